import type { Score, SpanTable } from '../model/index.js';
import { normalisedId } from './span-ids.js';

interface Judged {
  traceId: string;
  spanId: string;
  scores: Score[];
}

/** Scores that come apart from what they judge, and name it by its ids. */
export class JoinedScores {
  readonly #judged = new Map<string, Judged>();

  /** Notes a score; one without a span is of the whole trace. */
  add(traceId: unknown, spanId: unknown, score: Score): void {
    const ids = { traceId: normalisedId(traceId), spanId: normalisedId(spanId) };
    const known = this.#judged.get(keyOf(ids));
    if (known) known.scores.push(score);
    else this.#judged.set(keyOf(ids), { ...ids, scores: [score] });
  }

  get isEmpty(): boolean {
    return this.#judged.size === 0;
  }

  of(traceId: unknown, spanId: unknown): readonly Score[] | undefined {
    return this.#judged.get(keyOf({ traceId: normalisedId(traceId), spanId: normalisedId(spanId) }))?.scores;
  }

  /** Once all spans are read: what names no span that is here is said of its trace, if that is here; else reported. */
  settle(table: SpanTable): void {
    if (this.#judged.size === 0) return;
    const spans = new Set<string>();
    for (let row = 0; row < table.length; row++) {
      spans.add(keyOf({ traceId: table.traceIds.at(row)!, spanId: table.ids.at(row) }));
    }
    const traces = new Set(table.traceIds.distinct());
    let lost = 0;
    for (const [key, { traceId, spanId, scores }] of this.#judged) {
      if (spanId !== '' && spans.has(key)) continue;
      if (!traces.has(traceId)) lost += scores.length;
      else for (const score of scores) table.facts(traceId).scores.push(score);
    }
    if (lost === 0) return;
    const message = `${lost} ${lost === 1 ? 'score is' : 'scores are'} of a trace that is not here and left out.`;
    table.problems.push({ code: 'unreadable-record', message });
  }
}

const keyOf = ({ traceId, spanId }: { traceId: string; spanId: string }): string => `${traceId}/${spanId}`;
