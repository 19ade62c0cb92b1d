import type {
  InstrumentationScope,
  Payload,
  PromptTemplate,
  Score,
  SpanEvent,
  SpanException,
  SpanLink,
  SpanMeaning,
  SpanRecord,
  ToolDefinition,
  TraceDocument,
} from './detail.js';
import type { Internals } from '../internals/internals.js';
import type { InternalsProblem, ReadInternals } from '../internals/read.js';
import type { SpanKind, SpanStatus } from './kinds.js';
import type { Message } from './message.js';
import { internalsIn } from './span-internals.js';
import type { Trace } from './trace.js';
import type { Usage } from './usage.js';

const NONE: readonly never[] = [];
const NO_PARAMETERS: ReadonlyMap<string, unknown> = new Map();

/**
 * One span of a trace. Its outline (name, times, usage…) costs nothing to read. Its details (messages, documents,
 * attributes…) are worked out from the raw record when they are first asked for, then kept.
 */
export class Span {
  readonly trace: Trace;
  /** Position in the tree order of the trace. */
  readonly index: number;
  readonly #row: number;
  #record: SpanRecord | undefined;
  #meaning: SpanMeaning | undefined;
  #usage: Usage | undefined;
  #internals: ReadInternals | undefined;

  /** @internal Spans are made by their trace. */
  constructor(trace: Trace, index: number) {
    this.trace = trace;
    this.index = index;
    this.#row = trace.rowAt(index);
  }

  /** Unique in the trace. A second span that came with the same id has `#2` behind it. */
  get id(): string {
    return this.trace.idAt(this.index);
  }

  get traceId(): string {
    return this.trace.id;
  }

  /** The id that the record names as its parent, also where that parent is not in the trace. */
  get parentId(): string | undefined {
    return this.trace.table.parentIds.at(this.#row) || undefined;
  }

  get parent(): Span | undefined {
    const position = this.trace.tree.parent[this.index]!;
    return position < 0 ? undefined : this.trace.spanAt(position);
  }

  /** In order of their start. */
  get children(): Span[] {
    const { size } = this.trace.tree;
    const children: Span[] = [];
    const end = this.index + size[this.index]!;
    for (let position = this.index + 1; position < end; position += size[position]!) {
      children.push(this.trace.spanAt(position));
    }
    return children;
  }

  /** 0 for a root. */
  get depth(): number {
    return this.trace.tree.depth[this.index]!;
  }

  get name(): string {
    return this.trace.table.nameAt(this.#row);
  }

  get kind(): SpanKind {
    return this.trace.table.kindAt(this.#row);
  }

  /** Milliseconds since the epoch. A span without a start has that of its parent, and `hasStart` is false. */
  get start(): number {
    return this.trace.table.origin.toEpoch(this.trace.startAt(this.index));
  }

  /** Milliseconds since the epoch; absent while the span is running. */
  get end(): number | undefined {
    const end = this.trace.table.ends[this.#row]!;
    return Number.isNaN(end) ? undefined : this.trace.table.origin.toEpoch(end);
  }

  /** Milliseconds, exact to the nanosecond. Negative where the record says that the span ended before it began. */
  get duration(): number | undefined {
    const { starts, ends } = this.trace.table;
    const duration = ends[this.#row]! - starts[this.#row]!;
    return Number.isNaN(duration) ? undefined : duration;
  }

  get hasStart(): boolean {
    return !Number.isNaN(this.trace.table.starts[this.#row]!);
  }

  /** Whether the record has a start but no end. */
  get isRunning(): boolean {
    return this.hasStart && this.end === undefined;
  }

  get status(): SpanStatus {
    return this.trace.table.statusAt(this.#row);
  }

  get statusMessage(): string | undefined {
    return this.trace.table.statusMessageAt(this.#row);
  }

  get service(): string | undefined {
    return this.trace.table.serviceAt(this.#row);
  }

  get model(): string | undefined {
    return this.trace.table.modelAt(this.#row);
  }

  /** What the span was about where its name does not say: the tool, the agent, the function. */
  get label(): string | undefined {
    return this.trace.table.labelAt(this.#row);
  }

  get provider(): string | undefined {
    return this.trace.table.providerAt(this.#row);
  }

  /** The tokens that this span states for itself; for a subtree see `rollUp`. */
  get usage(): Readonly<Usage> | undefined {
    return (this.#usage ??= this.trace.table.usageAt(this.#row));
  }

  /** US dollars, as the trace states them. */
  get cost(): number | undefined {
    return this.trace.table.costAt(this.#row);
  }

  /** Milliseconds from the start of the call to the first part of its answer. */
  get timeToFirstToken(): number | undefined {
    return this.trace.table.timeToFirstTokenAt(this.#row);
  }

  get input(): Payload | undefined {
    return this.#means().input;
  }

  get output(): Payload | undefined {
    return this.#means().output;
  }

  /** The conversation: what the span was given, then what it wrote (`origin` tells them apart). */
  get messages(): readonly Message[] {
    return this.#means().messages ?? NONE;
  }

  get tools(): readonly ToolDefinition[] {
    return this.#means().tools ?? NONE;
  }

  /** What a retriever or reranker gave, best first. */
  get documents(): readonly TraceDocument[] {
    return this.#means().documents ?? NONE;
  }

  /** What a reranker was given. */
  get inputDocuments(): readonly TraceDocument[] {
    return this.#means().inputDocuments ?? NONE;
  }

  get parameters(): ReadonlyMap<string, unknown> {
    return this.#means().parameters ?? NO_PARAMETERS;
  }

  get prompt(): PromptTemplate | undefined {
    return this.#means().prompt;
  }

  get exceptions(): readonly SpanException[] {
    return this.#means().exceptions ?? NONE;
  }

  get scores(): readonly Score[] {
    return this.#means().scores ?? NONE;
  }

  /**
   * What went on inside the model, checked: as the attribute `llm_trace.internals` has it, else the probabilities of tokens that the
   * answer holds.
   */
  get internals(): Internals | undefined {
    return this.#insides().internals;
  }

  /** What of the internals could not be read, and was left out. */
  get internalsProblems(): readonly InternalsProblem[] {
    return this.#insides().problems;
  }

  get events(): readonly SpanEvent[] {
    return this.#unpacked().events;
  }

  get links(): readonly SpanLink[] {
    return this.#unpacked().links;
  }

  /** Everything that the record states, under the keys that it uses. */
  get attributes(): ReadonlyMap<string, unknown> {
    return this.#unpacked().attributes;
  }

  /** Attributes of the service that the span ran in. */
  get resource(): ReadonlyMap<string, unknown> {
    return this.#unpacked().resource;
  }

  /** The library that made the span. */
  get scope(): InstrumentationScope {
    return this.#unpacked().scope;
  }

  /** The record as it was read. Do not change it. */
  get raw(): unknown {
    return this.trace.table.raws[this.#row];
  }

  #insides(): ReadInternals {
    return (this.#internals ??= internalsIn(this));
  }

  #unpacked(): SpanRecord {
    return (this.#record ??= this.trace.table.readers.at(this.#row)!.record(this.raw));
  }

  #means(): SpanMeaning {
    return (this.#meaning ??= this.trace.table.readers.at(this.#row)!.meaning(this.#unpacked(), this.raw));
  }
}
