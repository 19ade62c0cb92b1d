import { recordOf, type RecordedSpan, type Span, type SpanEvent } from '../model/index.js';
import { isWritten, MARK, type Exact } from './attribute-draft.js';

/**
 * Any span, of whatever format, with its details, as plain JSON: what a store keeps and an exporter takes. Of what is said
 * of the trace as a whole, its first span is told. Attributes of the resource, other than the name of the service, and of
 * the scope have no place in it.
 */
export function recordedSpanOf(span: Span): RecordedSpan {
  const record = recordOf(span);
  if (record) return { ...record };
  const exact = exactOf(span.attributes.get(MARK));
  const { traceId, id, parentId, links = linksOf(span) } = exact ?? {};
  const attributes = exact ? ownAttributes(span, exact) : span.attributes;
  const { end, status, parameters } = span;
  return given<RecordedSpan>({
    traceId: traceId ?? span.traceId,
    id: id ?? span.id,
    parentId: parentId ?? span.parentId,
    name: span.name,
    kind: span.kind,
    start: span.start,
    end,
    status: status === 'unset' ? undefined : status,
    statusMessage: span.statusMessage,
    service: span.service,
    ...(exact?.hasOwn ? outlineOf(exact) : outlineOf(span)),
    ...(exact ? ownFacts(span, exact) : traceFacts(span)),
    input: plain(span.input),
    output: plain(span.output),
    messages: listed(span.messages),
    tools: listed(span.tools),
    documents: listed(span.documents),
    inputDocuments: listed(span.inputDocuments),
    parameters: objectOf(parameters),
    prompt: plain(span.prompt),
    exceptions: listed(span.exceptions),
    scores: listed(exact || span.index > 0 ? span.scores : [...span.scores, ...span.trace.scores]),
    events: listed(eventsOf(span, exact)),
    links: listed(links),
    attributes: objectOf(attributes),
  });
}

/** An exporter states all of it in the mark of a span that has attributes of its own: those may say otherwise. */
const outlineOf = ({ model, provider, usage, cost, timeToFirstToken }: Partial<RecordedSpan> | Span) =>
  given<Partial<RecordedSpan>>({ model, provider, usage: usage && { ...usage }, cost, timeToFirstToken });

type Given<T> = { [K in keyof T]: T[K] | undefined };

/** Without what is absent. */
const given = <T extends object>(fields: Given<T>): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** A copy as JSON has it: what JSON has no word for becomes text. */
function plain<T>(value: T): T {
  if (typeof value !== 'object' && typeof value !== 'bigint') return value;
  return JSON.parse(JSON.stringify(value, inWords)) as T;
}

function inWords(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return value;
}

const listed = <T>(list: readonly T[]): readonly T[] | undefined => (list.length ? plain(list) : undefined);

const objectOf = (entries: ReadonlyMap<string, unknown>): Record<string, unknown> | undefined =>
  entries.size ? plain(Object.fromEntries(entries)) : undefined;

const eventOf = ({ name, time, attributes }: SpanEvent, start: number) => {
  const held = objectOf(attributes);
  return { name, time: time ?? start, ...(held && { attributes: held }) };
};

/** Events without those that the exporter made of exceptions and scores. */
function eventsOf({ events, start }: Span, exact: Exact | undefined) {
  const isMade = (name: string): boolean =>
    exact !== undefined &&
    (name === 'exception' || name === 'gen_ai.evaluation.result') &&
    !exact.ownEvents?.includes(name);
  return events.filter(({ name }) => !isMade(name)).map((event) => eventOf(event, start));
}

const linksOf = (span: Span) =>
  span.links.map(({ traceId, spanId, attributes }) => {
    const held = objectOf(attributes);
    return { traceId, spanId, ...(held && { attributes: held }) };
  });

function traceFacts({ index, trace }: Span): Partial<RecordedSpan> {
  if (index > 0) return {};
  const { sessionId, userId, tags, metadata } = trace;
  return given({ sessionId, userId, tags: listed(tags), metadata: plain(metadata) });
}

/** What an exported span said of its trace: the trace itself no longer knows which span said it. */
function ownFacts({ attributes }: Span, exact: Exact): Partial<RecordedSpan> {
  const own = new Set(exact.own);
  const at = (key: string): unknown => (own.has(key) ? undefined : attributes.get(key));
  const metadata = at('metadata');
  return given({
    sessionId: exact.sessionId ?? (at('gen_ai.conversation.id') as string | undefined),
    userId: exact.userId ?? (at('user.id') as string | undefined),
    // Backends that keep texts only have the JSON of it.
    tags: exact.tags ?? (jsonIn(at('tag.tags')) as string[] | undefined),
    metadata: 'metadata' in exact ? exact.metadata : jsonIn(metadata),
  });
}

/** Attributes without those that the exporter wrote. */
function ownAttributes({ attributes }: Span, { own = [], moved, openInference }: Exact): Map<string, unknown> {
  const kept = new Set(own);
  const entries = [...attributes].filter(([key]) => key !== MARK && (kept.has(key) || !isWritten(key, openInference)));
  return new Map([...entries, ...Object.entries(moved ?? {})]);
}

/** What the mark of an exported span holds; `undefined` for any other span. */
function exactOf(mark: unknown): Exact | undefined {
  const held = jsonIn(mark);
  return typeof held === 'object' && held !== null ? held : undefined;
}

/** What a JSON text holds; any other value as it is. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
