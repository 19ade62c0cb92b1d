import type { Score } from './detail.js';

/** What is said of a trace as a whole: by its container, or by its spans, where the root's word counts most. */
export interface TraceFacts {
  name?: string;
  sessionId?: string;
  userId?: string;
  tags: Set<string>;
  metadata?: unknown;
  scores: Score[];
}

/** What one span says of its trace. */
export interface SpanClaims {
  sessionId: string | undefined;
  userId: string | undefined;
  tags: readonly string[] | undefined;
  metadata: unknown;
}

const CLAIMS = ['sessionId', 'userId', 'metadata'] as const;
type Claim = (typeof CLAIMS)[number];

export const saysAnything = ({ tags, sessionId, userId, metadata }: SpanClaims): boolean =>
  tags !== undefined || sessionId !== undefined || userId !== undefined || metadata !== undefined;

/** The facts of one trace, and which of them nobody but a child has stated. */
export class Testimony {
  readonly facts: TraceFacts = { tags: new Set(), scores: [] };
  /** What children stated. The container may write another value to the facts, which is then its own. */
  readonly #ofChild: Partial<Record<Claim, unknown>> = {};

  hear(claims: SpanClaims, isRoot: boolean): void {
    for (const claim of CLAIMS) this.#state(claim, claims[claim], isRoot);
    for (const tag of claims.tags ?? []) this.facts.tags.add(tag);
  }

  /** Takes over what another source says of the trace. A score that is there already is not added again. */
  take(other: Testimony): void {
    const { name, tags, scores } = other.facts;
    if (name !== undefined) this.facts.name = name;
    for (const claim of CLAIMS) this.#state(claim, other.facts[claim], !other.#isOfChild(claim));
    for (const tag of tags) this.facts.tags.add(tag);
    const known = new Set(this.facts.scores.map(keyOf));
    for (const score of scores) if (!known.has(keyOf(score))) this.facts.scores.push(score);
  }

  /** The word of a root or a container replaces what was said before; that of a child fills a gap. */
  #state(claim: Claim, value: unknown, isOfWeight: boolean): void {
    if (value === undefined || (!isOfWeight && this.facts[claim] !== undefined)) return;
    Object.assign(this.facts, { [claim]: value });
    this.#ofChild[claim] = isOfWeight ? undefined : value;
  }

  #isOfChild(claim: Claim): boolean {
    return this.facts[claim] !== undefined && this.#ofChild[claim] === this.facts[claim];
  }
}

const keyOf = ({ name, value, label, explanation, source }: Score): string =>
  JSON.stringify([name, value, label, explanation, source]);
