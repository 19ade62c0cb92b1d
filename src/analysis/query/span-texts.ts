import type { Message, MessagePart, SpanMeaning, SpanReader, SpanRecord } from '../../model/index.js';
import { isVector } from '../vectors.js';
import { plainText } from './plain-text.js';

/** Which part of a span a text stands in. */
export type TextPlace =
  | 'name'
  | 'label'
  | 'model'
  | 'status-message'
  | 'attributes'
  | 'events'
  | 'input'
  | 'output'
  | 'messages'
  | 'tools'
  | 'documents'
  | 'parameters'
  | 'prompt'
  | 'exceptions'
  | 'scores';

/**
 * @param key the name of the attribute, parameter or event, the number of the message or the document from 0; else empty
 */
export type PutText = (text: string, place: TextPlace, key: string | number) => void;

/** The details of one span while they are searched. Nothing of them is kept with the span. */
export class SpanContent {
  readonly #reader: SpanReader;
  readonly #raw: unknown;
  #record: SpanRecord | undefined;
  #meaning: SpanMeaning | undefined;
  #texts: string[] | undefined;

  constructor(reader: SpanReader, raw: unknown) {
    this.#reader = reader;
    this.#raw = raw;
  }

  get record(): SpanRecord {
    return (this.#record ??= this.#reader.record(this.#raw));
  }

  get meaning(): SpanMeaning {
    return (this.#meaning ??= this.#reader.meaning(this.record, this.#raw));
  }

  /** All that words are looked for in. What is read from the record alone is not read again as messages. */
  get texts(): readonly string[] {
    if (this.#texts) return this.#texts;
    const texts: string[] = [];
    const put = (text: string): void => void texts.push(text);
    recordTexts(this.record, put);
    if (!this.#reader.isMeaningInRecord) meaningTexts(this.meaning, put);
    return (this.#texts = texts);
  }
}

/** The texts of what a container says of a span: values of attributes, events. */
export function recordTexts({ attributes, events }: Pick<SpanRecord, 'attributes' | 'events'>, put: PutText): void {
  for (const [key, value] of attributes) valueTexts(value, put, 'attributes', key);
  for (const event of events) {
    put(event.name, 'events', event.name);
    for (const value of event.attributes.values()) valueTexts(value, put, 'events', event.name);
  }
}

/** A `SpanMeaning`, or a `Span`, which has the same parts. */
type Meaning = { readonly [Part in keyof SpanMeaning]?: SpanMeaning[Part] | undefined };

/** The texts of what a span's record means. */
export function meaningTexts(meaning: Meaning, put: PutText): void {
  valueTexts(meaning.input, put, 'input', '');
  valueTexts(meaning.output, put, 'output', '');
  meaning.messages?.forEach((message, index) => messageTexts(message, put, index));
  meaning.tools?.forEach((tool, index) => {
    put(tool.name, 'tools', index);
    valueTexts(tool.description, put, 'tools', index);
    valueTexts(tool.parameters, put, 'tools', index);
  });
  for (const documents of [meaning.inputDocuments, meaning.documents]) {
    documents?.forEach(({ id, content, metadata }, index) => {
      for (const value of [id, content, metadata]) valueTexts(value, put, 'documents', index);
    });
  }
  for (const [key, value] of meaning.parameters ?? []) valueTexts(value, put, 'parameters', key);
  if (meaning.prompt) {
    const { name, version, template, variables } = meaning.prompt;
    for (const value of [name, version, template, variables]) valueTexts(value, put, 'prompt', '');
  }
  meaning.exceptions?.forEach(({ type, message, stacktrace }, index) => {
    for (const value of [type, message, stacktrace]) valueTexts(value, put, 'exceptions', index);
  });
  meaning.scores?.forEach(({ name, value, label, explanation }, index) => {
    for (const item of [name, value, label, explanation]) valueTexts(item, put, 'scores', index);
  });
}

function messageTexts({ name, parts }: Message, put: PutText, index: number): void {
  valueTexts(name, put, 'messages', index);
  for (const part of parts) for (const value of valuesOf(part)) valueTexts(value, put, 'messages', index);
}

/** What a part says; not the base64 of media. */
function valuesOf(part: MessagePart): readonly unknown[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return [part.text];
    case 'tool-call':
      return [part.name, part.arguments];
    case 'tool-result':
      return [part.name, part.result];
    case 'media':
      return [part.name, part.uri];
    case 'other':
      return [part.value];
  }
}

/** The texts of a value, its numbers and the keys inside it, however deep. Vectors hold no text. */
function valueTexts(value: unknown, put: PutText, place: TextPlace, key: string | number): void {
  if (typeof value !== 'object' || value === null) {
    const text = plainText(value);
    if (text) put(text, place, key);
    return;
  }
  const seen = new Set<object>([value]);
  const waiting: object[] = [value];
  const look = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) valueTexts(item, put, place, key);
    else if (!seen.has(item)) {
      seen.add(item);
      waiting.push(item);
    }
  };
  for (let container = waiting.pop(); container; container = waiting.pop()) {
    if (Array.isArray(container)) {
      if (!isVector(container)) (container as unknown[]).forEach(look);
    } else if (container instanceof Map) {
      for (const [name, item] of container) {
        look(name);
        look(item);
      }
    } else {
      for (const [name, item] of Object.entries(container)) {
        put(name, place, key);
        look(item);
      }
    }
  }
}
