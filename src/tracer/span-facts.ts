import type {
  Message,
  PromptTemplate,
  RecordedLink,
  Score,
  SpanKind,
  ToolDefinition,
  TraceDocument,
  Usage,
} from '../model/index.js';

/** What may be known of a span when it begins, or learnt while it runs. */
interface SpanFacts {
  /** `span` where none is given. */
  kind?: SpanKind;
  input?: unknown;
  model?: string;
  provider?: string;
  tools?: readonly ToolDefinition[];
  parameters?: Readonly<Record<string, unknown>>;
  /** The template that a prompt was made from, and its variables. */
  prompt?: PromptTemplate;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  metadata?: unknown;
  /** Added to those that the span has. */
  attributes?: Readonly<Record<string, unknown>>;
  /** Spans that this one has to do with, and is no child of. */
  links?: readonly RecordedLink[];
}

export interface SpanOptions extends SpanFacts {
  /** Milliseconds since the epoch, for what began earlier. */
  startTime?: number;
  /** A `traceparent` header of a caller (W3C Trace Context). Only for spans without a parent in the page. */
  traceparent?: string | null | undefined;
  /** Whether the result of the function becomes the span's output. True where not said otherwise. */
  recordOutput?: boolean;
}

/** What a span may be told while it runs. */
export interface SpanUpdate extends SpanFacts {
  name?: string;
  output?: unknown;
  messages?: readonly Message[];
  documents?: readonly TraceDocument[];
  inputDocuments?: readonly TraceDocument[];
  usage?: Usage;
  scores?: readonly Score[];
  /** US dollars. */
  cost?: number;
  /** Milliseconds. */
  timeToFirstToken?: number;
}
