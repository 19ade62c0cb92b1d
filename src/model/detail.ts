import type { Message } from './message.js';
import type { SpanOutline } from './span-outline.js';
import type { TimeOrigin } from './time-origin.js';

/** A value that went in or came out: text, or what the JSON text held. */
export type Payload = string | number | boolean | null | object;

/** A document that a retriever or a reranker gave. The order of a list of documents is their rank. */
export interface TraceDocument {
  id?: string;
  content?: string;
  score?: number;
  metadata?: unknown;
}

/** A tool that the model was offered. */
export interface ToolDefinition {
  name: string;
  description?: string;
  /** JSON schema of its arguments. */
  parameters?: unknown;
}

/** The template that a prompt was made from. */
export interface PromptTemplate {
  name?: string;
  version?: string;
  template?: string;
  variables?: unknown;
}

export interface SpanException {
  type?: string;
  message?: string;
  stacktrace?: string;
  /** Milliseconds since the epoch. */
  time?: number;
}

/** A judgement: of a person, of code, or of another model. */
export interface Score {
  name: string;
  value?: number | string | boolean;
  label?: string;
  explanation?: string;
  /** Who or what gave it: `human`, `llm`, `code`, or the trace's own word. */
  source?: string;
}

export interface SpanEvent {
  name: string;
  /** Milliseconds since the epoch; absent where the trace states none. */
  time?: number;
  attributes: ReadonlyMap<string, unknown>;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  attributes: ReadonlyMap<string, unknown>;
}

/** The library that made a span. */
export interface InstrumentationScope {
  name?: string;
  version?: string;
}

/** What a container says of one span: unpacked, not interpreted. */
export interface SpanRecord {
  attributes: ReadonlyMap<string, unknown>;
  events: readonly SpanEvent[];
  links: readonly SpanLink[];
  /** Attributes of the service that the span ran in. */
  resource: ReadonlyMap<string, unknown>;
  scope: InstrumentationScope;
}

/** What a span's record means. Absent parts were not stated. */
export interface SpanMeaning {
  input?: Payload;
  output?: Payload;
  messages?: readonly Message[];
  tools?: readonly ToolDefinition[];
  documents?: readonly TraceDocument[];
  /** What a reranker was given, where `documents` is what it gave back. */
  inputDocuments?: readonly TraceDocument[];
  /** Model and call parameters, by the name that the provider uses. */
  parameters?: ReadonlyMap<string, unknown>;
  prompt?: PromptTemplate;
  exceptions?: readonly SpanException[];
  scores?: readonly Score[];
}

/** How the spans of one source are read when somebody looks at them. */
export interface SpanReader {
  /** The name of the container format. */
  readonly format: string;
  /**
   * Whether every text of the meaning stands in the record's attributes and events, as it is or inside JSON text: then a
   * search does not read the meaning.
   */
  readonly isMeaningInRecord?: boolean;
  /**
   * Fills in what a span states of itself and of its trace, where a table was given its structure alone (`addStructure`). The
   * start is set already; members that the span does not state have to be, too.
   */
  state?(raw: unknown, outline: SpanOutline, origin: TimeOrigin): void;
  record(raw: unknown): SpanRecord;
  /** What it means. A container whose fields say more than its attributes looks at the raw record as well. */
  meaning(record: SpanRecord, raw: unknown): SpanMeaning;
}
