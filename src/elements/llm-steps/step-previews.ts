import type { ReactiveControllerHost } from 'lit';
import { parsedContainer } from '../../internal/json/json-value.js';
import { jsonText } from '../../internal/json-text.js';
import { previewOf, Span, type Payload } from '../../model/index.js';

/** A text and what it is called; the name may be empty. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What a step was about, in short. */
export interface StepPreview {
  /** What it was given; of a model call nothing, as that was said before. */
  readonly input: readonly NamedText[];
  /** What it gave back. */
  readonly output: readonly NamedText[];
  /** The tools that a model call asked for, with their arguments. */
  readonly calls: readonly { readonly name: string; readonly input: readonly NamedText[] }[];
  /** Documents that were found. */
  readonly documents: number;
}

/** Milliseconds that reading may take in one rendering. One large record may take longer. */
const BUDGET = 6;
/** What is kept; then all is forgotten but what is asked for again. */
const MOST_KEPT = 5000;
const MOST_NAMED = 6;
const MOST_CALLS = 6;
/** Characters of a value that has no text in it. */
const SHORT = 80;

/** Reads what steps were about, those in sight only, and no more in one rendering than a person would not notice. */
export class StepPreviews {
  readonly #host: ReactiveControllerHost;
  readonly #known = new Map<number, StepPreview>();
  #until = 0;
  #isAsked = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  forget(): void {
    this.#known.clear();
  }

  /** To be called before each rendering. */
  begin(): void {
    this.#until = performance.now() + BUDGET;
    if (this.#known.size > MOST_KEPT) this.#known.clear();
  }

  /** `undefined` for what is to be read in the next rendering, which comes by itself. */
  of({ trace, index }: Span): StepPreview | undefined {
    const known = this.#known.get(index);
    if (known) return known;
    if (performance.now() > this.#until) {
      this.#askAgain();
      return undefined;
    }
    // A span of its own: what was read of the trace's would be kept.
    const preview = previewOfStep(new Span(trace, index));
    this.#known.set(index, preview);
    return preview;
  }

  #askAgain(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    setTimeout(() => {
      this.#isAsked = false;
      this.#host.requestUpdate();
    });
  }
}

function previewOfStep(span: Span): StepPreview {
  if (span.kind === 'llm') return previewOfCall(span);
  return {
    input: namedTexts(span.input),
    output: namedTexts(span.output),
    calls: [],
    documents: span.documents.length,
  };
}

function previewOfCall({ messages, output }: Span): StepPreview {
  const parts = messages.filter(({ origin }) => origin === 'output').flatMap((message) => message.parts);
  const said = parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : ''));
  const answer = previewOf(said.filter((words) => words !== '').join(' '));
  return {
    input: [],
    output: answer !== undefined ? [{ name: '', text: answer }] : parts.length ? [] : namedTexts(output),
    calls: parts
      .filter((part) => part.type === 'tool-call')
      .slice(0, MOST_CALLS)
      .map(({ name, arguments: given }) => ({ name, input: namedTexts(given as Payload) })),
    documents: 0,
  };
}

/** A value in short: of an object that holds plain values, those with their names; else its texts. */
function namedTexts(given: Payload | undefined): NamedText[] {
  if (given === undefined || given === null || given === '') return [];
  const value = unwrapped(typeof given === 'string' ? (parsedContainer(given) ?? given) : given);
  if (typeof value === 'object' && !Array.isArray(value)) {
    if (Object.keys(value).length === 0) return [];
    const entries = Object.entries(value).slice(0, MOST_NAMED) as [string, unknown][];
    const named = entries.flatMap(([name, inner]) => {
      const text = typeof inner === 'object' ? undefined : previewOf(inner);
      return text === undefined ? [] : [{ name, text }];
    });
    if (named.length) return named;
  }
  const text = previewOf(value) ?? jsonText(value, SHORT).text.replace(/\s+/g, ' ');
  return [{ name: '', text }];
}

/** Messages that LangChain wrote out (`Serializable.toJSON`) say in `kwargs` what they say. */
function unwrapped(value: string | number | boolean | object): string | number | boolean | object {
  if (typeof value !== 'object' || !('lc' in value) || !('kwargs' in value)) return value;
  const { kwargs } = value;
  const content = typeof kwargs === 'object' && kwargs !== null && 'content' in kwargs ? kwargs.content : kwargs;
  return typeof content === 'string' || (typeof content === 'object' && content !== null) ? content : value;
}
