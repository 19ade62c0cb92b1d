import type { RecordedSpan } from '../model/index.js';

/**
 * The one attribute of an exported span that is in nobody's vocabulary but ours: JSON text of what no other attribute
 * says, or says exactly. Its being there tells readers that the span says what it means, and how (conventions/
 * llm-trace-kit.ts).
 */
export const MARK = 'llm_trace.span';

/** What the mark holds beside fields of the span. */
export interface Exact extends Partial<RecordedSpan> {
  /** Whether the span had attributes itself: then the mark states the whole outline. Backends add some of their own. */
  hasOwn?: boolean;
  /** Attributes that the span had itself, though the exporter writes others under such names. */
  own?: string[];
  /** Attributes of the span that stand in the way of the mark. */
  moved?: Record<string, unknown>;
  /** What the span was about, where its name does not say; empty for a span that says no such thing. */
  label?: string;
  /** The name that the container gave the whole trace. */
  traceName?: string;
  /** Names of events that the span had itself, though the exporter writes others under such names. */
  ownEvents?: string[];
  /** Whether OpenInference's attributes were written beside. */
  openInference?: boolean;
}

const WRITTEN: ReadonlySet<string> = new Set(
  [
    ...'operation.name provider.name conversation.id response.time_to_first_chunk response.finish_reasons'.split(' '),
    ...'input.messages output.messages system_instructions retrieval.query.text retrieval.documents'.split(' '),
    ...'tool.definitions tool.name tool.description tool.call.arguments tool.call.result prompt.name'.split(' '),
    ...'input_tokens output_tokens total_tokens cache_read.input_tokens cache_creation.input_tokens'
      .concat(' reasoning.output_tokens audio.input_tokens audio.output_tokens cost')
      .split(' ')
      .map((name) => `usage.${name}`),
  ]
    .map((name) => `gen_ai.${name}`)
    .concat(
      'user.id error.type tag.tags metadata input.value input.mime_type output.value output.mime_type'.split(' '),
      ['template', 'version', 'variables'].map((name) => `llm.prompt_template.${name}`),
      'openinference.span.kind',
    ),
);

const OPEN_INFERENCE = /^(llm\.|session\.id$|tool\.|retrieval\.documents\.|reranker\.|embedding\.)/;

/** Whether the exporter writes attributes of this name. */
export const isWritten = (key: string, openInference = false): boolean =>
  WRITTEN.has(key) || key === MARK || key.startsWith('gen_ai.request.') || (openInference && OPEN_INFERENCE.test(key));

/** The attributes of a span while they are collected. What the span states itself stays as it is. */
export class AttributeDraft {
  readonly attributes = new Map<string, unknown>();
  readonly exact: Exact = {};
  readonly #span: RecordedSpan;
  readonly #own: ReadonlySet<string>;

  constructor(span: RecordedSpan, openInference: boolean) {
    this.#span = span;
    const own = Object.entries(span.attributes ?? {});
    this.#own = new Set(own.map(([key]) => key));
    for (const [key, value] of own) if (key !== MARK) this.attributes.set(key, value);
    const inTheWay = [...this.#own].filter((key) => isWritten(key, openInference) && key !== MARK);
    if (own.length) this.exact.hasOwn = true;
    if (inTheWay.length) this.exact.own = inTheWay;
    if (this.#own.has(MARK)) this.exact.moved = { [MARK]: span.attributes![MARK] };
    if (openInference) this.exact.openInference = true;
  }

  /** Whether the span has attributes of its own, which may say anything in any vocabulary. */
  get hasOwn(): boolean {
    return this.#own.size > 0;
  }

  /** Adds an attribute; false where the span has one of this name itself. */
  put(key: string, value: unknown): boolean {
    if (value === undefined) return true;
    if (this.#own.has(key)) return false;
    this.attributes.set(key, value);
    return true;
  }

  /** States a field in attributes; where they do not say it exactly, the mark does. */
  state(field: keyof RecordedSpan, attributes: Readonly<Record<string, unknown>>, isExact = true): void {
    for (const [key, value] of Object.entries(attributes)) if (!this.put(key, value)) isExact = false;
    if (!isExact) this.keep(field);
  }

  /** States a field in the mark. */
  keep(field: keyof RecordedSpan): void {
    const value = this.#span[field];
    if (value !== undefined) Object.assign(this.exact, { [field]: value });
  }
}
