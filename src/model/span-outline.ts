import type { SpanKind, SpanStatus } from './kinds.js';
import type { Usage } from './usage.js';

/** What a span is to the tree and the bars: all that a trace needs of it before its row is in sight. */
export interface SpanStructure {
  /** Normalised; empty where the record has none. */
  traceId: string;
  /** Normalised; empty where the record has none. */
  id: string;
  /** Empty for a root. */
  parentId: string;
  /** Milliseconds from the table's origin (see `TimeOrigin`); `NaN` where the record has no time. */
  start: number;
  end: number;
}

/** What a span states of itself, and of its trace. */
export interface SpanStatement {
  name: string;
  /** The tool, agent or function, where the name may not say. */
  label: string | undefined;
  kind: SpanKind;
  status: SpanStatus;
  statusMessage: string | undefined;
  service: string | undefined;
  model: string | undefined;
  provider: string | undefined;
  usage: Usage | undefined;
  /** US dollars. */
  cost: number | undefined;
  /** Milliseconds. */
  timeToFirstToken: number | undefined;
  /** The name of the whole trace; that of the first span that states one counts, where the container names none. */
  traceName?: string | undefined;
  sessionId: string | undefined;
  userId: string | undefined;
  tags: readonly string[] | undefined;
  metadata: unknown;
}

/**
 * The little that a trace needs to know of each span before somebody looks at it. A format fills one of these per span
 * and may fill the same object again for the next: the table copies it.
 */
export type SpanOutline = SpanStructure & SpanStatement;

/** An outline that says nothing, to be filled and filled again. */
export const emptyOutline = (): SpanOutline => ({
  traceId: '',
  id: '',
  parentId: '',
  name: '',
  label: undefined,
  kind: 'span',
  start: NaN,
  end: NaN,
  status: 'unset',
  statusMessage: undefined,
  service: undefined,
  model: undefined,
  provider: undefined,
  usage: undefined,
  cost: undefined,
  timeToFirstToken: undefined,
  traceName: undefined,
  sessionId: undefined,
  userId: undefined,
  tags: undefined,
  metadata: undefined,
});
