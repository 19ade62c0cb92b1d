import type { Message, Payload, Span } from '../../model/index.js';

/** A span that is judged, with what evaluators look at. Texts are worked out when they are first asked for. */
export class EvaluationCase {
  readonly span: Span;
  /** What should have come out, as the page says; `undefined` where it does not know. */
  readonly expected: unknown;
  /** Ends when nobody wants the verdict any more. */
  readonly signal: AbortSignal;
  #question: { text: string | undefined } | undefined;
  #answer: { text: string | undefined } | undefined;

  constructor(span: Span, expected: unknown, signal: AbortSignal) {
    this.span = span;
    this.expected = expected;
    this.signal = signal;
  }

  /** What was asked: the last message of a user, else the input as text. */
  get question(): string | undefined {
    return (this.#question ??= { text: questionOf(this.span) }).text;
  }

  /** What was answered: the text that the span wrote, else its output as text. */
  get answer(): string | undefined {
    return (this.#answer ??= { text: answerOf(this.span) }).text;
  }

  /** The expected answer as texts, of which one is enough: a text, or a list of texts. */
  get expectedTexts(): readonly string[] | undefined {
    const { expected } = this;
    if (typeof expected === 'string') return [expected];
    const isTexts = Array.isArray(expected) && expected.length > 0 && expected.every((one) => typeof one === 'string');
    return isTexts ? expected : undefined;
  }
}

function questionOf({ messages, input }: Span): string | undefined {
  for (let place = messages.length - 1; place >= 0; place--) {
    const message = messages[place]!;
    const text = message.origin === 'input' && message.role === 'user' ? textOf(message) : undefined;
    if (text !== undefined) return text;
  }
  return payloadText(input);
}

function answerOf({ messages, output }: Span): string | undefined {
  const texts = messages.flatMap((message) => (message.origin === 'output' ? (textOf(message) ?? []) : []));
  if (texts.length > 0) return texts.join('\n');
  // A call that wrote something, but no text, asked for a tool.
  return messages.some(({ origin }) => origin === 'output') ? undefined : payloadText(output);
}

function textOf({ parts }: Message): string | undefined {
  const texts = parts.flatMap((part) => (part.type === 'text' || part.type === 'refusal' ? [part.text] : []));
  const text = texts.join('\n');
  return text.trim() === '' ? undefined : text;
}

/** A payload as text. Frameworks put the one text into an object with one key: the key says nothing. */
function payloadText(payload: Payload | undefined): string | undefined {
  if (payload === undefined || payload === null) return undefined;
  if (typeof payload === 'object' && !Array.isArray(payload)) {
    const values = Object.values(payload) as unknown[];
    if (values.length === 1 && typeof values[0] === 'string') return payloadText(values[0]);
  }
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return text.trim() === '' ? undefined : text;
}
