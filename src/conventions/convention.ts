import type { SpanKind, Usage } from '../model/index.js';
import { jsonOrText } from '../payloads/json-text.js';

/** What attributes can say about a span's outline. Times, ids and status are the container's to say. */
export interface OutlineFacts extends Usage {
  kind?: SpanKind;
  /** A name for people, where the span's own name is a technical one. */
  name?: string;
  /** The tool, agent or function, where the name may not say. */
  label?: string;
  model?: string;
  provider?: string;
  service?: string;
  /** US dollars. */
  cost?: number;
  /** US dollars, where the two sides are stated and their sum is not. */
  inputCost?: number;
  outputCost?: number;
  /** Milliseconds. */
  timeToFirstToken?: number;
  /** When the first token came, in milliseconds since the epoch, where no duration is stated. */
  firstTokenAt?: number;
  /** The name of the whole trace. */
  traceName?: string;
  /** The ids of the span, where the container could not hold them as they are. */
  ids?: Readonly<Partial<Record<'traceId' | 'id' | 'parentId', string>>>;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  metadata?: unknown;
}

/**
 * What one attribute says. Where several say the same, the lowest rank is believed; equal ranks: the first to come.
 *
 * Ranks of the kind: 1 what a vendor calls it, 2 `gen_ai.operation.name`, 3 an operation's or span's name, 4
 * `llm.request.type`, 5 an attribute that only such spans have.
 */
export interface OutlineRule {
  readonly fact: keyof OutlineFacts;
  readonly rank: number;
  /** The fact that a value states; `undefined` for a value that states none. */
  read(value: unknown): OutlineFacts[keyof OutlineFacts];
}

/** What one attribute says that states several facts at once, as JSON text of token counts does. */
export interface FactsRule {
  readonly rank: number;
  facts(value: unknown): OutlineFacts;
}

/**
 * One vocabulary of attributes, whatever container carries them. What it says of outlines is needed for every span, and at once;
 * what a record means in it is a function of its own in `…-meaning.ts`, which is loaded with the details.
 */
export interface Convention {
  readonly name: string;
  /** What its attributes say of the outline, by attribute key. A `Map`, since keys of data are looked up in it. */
  readonly outline: ReadonlyMap<string, OutlineRule | FactsRule>;
  /** How the keys begin that each state one entry of the trace's metadata. */
  readonly metadataPrefix?: string;
  /** The kind that a span's name alone tells, where its attributes tell none. */
  kindOfName?(name: string): SpanKind | undefined;
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A number, a big integer, or a numeric string, that is finite. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function asCount(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}

/** A rule for text. */
export const text = (
  fact: 'name' | 'label' | 'provider' | 'service' | 'sessionId' | 'userId' | 'traceName',
  rank = 1,
) => ({ fact, rank, read: asText }) satisfies OutlineRule;

/** A rule for the model. Instrumentations that cannot tell write `unknown` (OpenLLMetry for LangChain). */
export const model = (rank: number): OutlineRule => ({
  fact: 'model',
  rank,
  read: (value) => (value === 'unknown' ? undefined : asText(value)),
});

/** A rule for a count of tokens, or for dollars. */
export const count = (fact: keyof Usage | 'cost' | 'inputCost' | 'outputCost', rank = 1) =>
  ({ fact, rank, read: asCount }) satisfies OutlineRule;

/** A rule for a duration; `unit` is how many milliseconds make one. */
export const duration = (unit: 1 | 1000, rank = 1): OutlineRule => ({
  fact: 'timeToFirstToken',
  rank,
  read: (value) => {
    const number = asCount(value);
    return number === undefined ? undefined : number * unit;
  },
});

/** No word for a kind is longer. */
const LONGEST_WORD = 64;
/** Words that are remembered; a power of two. */
const RECENT = 64;

/** A rule for the kind. Words are compared without case. */
export function kind(rank: number, words: Readonly<Record<string, SpanKind>>): OutlineRule {
  const kinds = new Map(Object.entries(words));
  /** The words that came last, as they were written: nearly all are one of a few, and to look one up takes far longer. */
  const recent = Array.from({ length: RECENT }, (): [word: string, kind: SpanKind | undefined] => ['', undefined]);
  return {
    fact: 'kind',
    rank,
    read(value) {
      if (typeof value !== 'string' || value.length === 0 || value.length > LONGEST_WORD) return undefined;
      const at = (value.length * 5 + value.charCodeAt(0)) & (RECENT - 1);
      const last = recent[at]!;
      if (last[0] === value) return last[1];
      const found = kinds.get(value.toLowerCase());
      recent[at] = [value, found];
      return found;
    },
  };
}

/** A rule for an attribute that only spans of one kind have, whatever its value. */
export const marks = (spanKind: SpanKind, rank: number): OutlineRule => ({ fact: 'kind', rank, read: () => spanKind });

/** A rule for tags: a list, or JSON text of one, or one word. */
export const tags = (rank = 1): OutlineRule => ({
  fact: 'tags',
  rank,
  read: (value) => {
    const list = jsonOrText(value);
    const words = (Array.isArray(list) ? list : [list]).filter((tag) => typeof tag === 'string' && tag !== '');
    return words.length ? words : undefined;
  },
});

/** A rule for metadata: any value, or JSON text of it. */
export const metadata = (rank = 1): OutlineRule => ({
  fact: 'metadata',
  rank,
  read: (value) => jsonOrText(value),
});
