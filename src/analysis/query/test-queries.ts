import fc from 'fast-check';
import { buildTraces, SPAN_KINDS, type Message, type Span, type SpanReader, type Trace } from '../../model/index.js';
import { tableOf, type SpanSketch } from '../../test/trace-builder.js';
import { QUERY_FIELDS } from './registry.js';
import type { FieldTest, NumberRange, Query, TextPattern } from './query.js';

/*
 * For tests: queries of any shape, traces of few words, and the definition of what a query matches, written down as
 * plainly as it can be, over `Span` objects.
 */

const value = fc.oneof(fc.nat(20), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e9 }));

const range: fc.Arbitrary<NumberRange> = fc.oneof(
  fc
    .tuple(value, fc.boolean())
    .map(([from, isIncluded]) => ({ type: 'range', from: { value: from + 0, isIncluded } }) as const),
  fc
    .tuple(value, fc.boolean())
    .map(([to, isIncluded]) => ({ type: 'range', to: { value: to + 0, isIncluded } }) as const),
  fc.tuple(value, value).map(
    ([one, other]) =>
      ({
        type: 'range',
        from: { value: Math.min(one, other) + 0, isIncluded: true },
        to: { value: Math.max(one, other) + 0, isIncluded: true },
      }) as const,
  ),
);

const patternOf = (text: fc.Arbitrary<string>): fc.Arbitrary<TextPattern> =>
  fc.array(text, { minLength: 1, maxLength: 4 }).map((pieces) => ({
    type: 'pattern',
    pieces: pieces.filter((piece, at) => piece !== '' || at === 0 || at === pieces.length - 1),
  }));

function fieldOf(text: fc.Arbitrary<string>): fc.Arbitrary<Query> {
  return fc.constantFrom(...QUERY_FIELDS).chain((field): fc.Arbitrary<Query> => {
    const test: fc.Arbitrary<FieldTest> =
      field.type === 'number'
        ? range
        : field.type === 'word'
          ? fc.constantFrom(...field.words.keys()).map((word) => ({ type: 'word', word }) as const)
          : patternOf(text);
    return test.map((one) => ({ type: 'field', field: field.name, test: one }));
  });
}

function joined(type: 'and' | 'or', parts: readonly Query[]): Query {
  return { type, parts: parts.flatMap((part) => ('parts' in part && part.type === type ? part.parts : [part])) };
}

/** Queries in their normal form. */
export function queries(text: fc.Arbitrary<string>, key = text): fc.Arbitrary<Query> {
  const term: fc.Arbitrary<Query> = fc.oneof(
    text.filter((one) => one !== '').map((one) => ({ type: 'text', text: one }) as const),
    fieldOf(text),
    fc
      .tuple(key, fc.oneof(range, patternOf(text)))
      .map(([one, test]) => ({ type: 'attribute', key: one, test }) as const),
  );
  const { query } = fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      term,
      tie('query').map((part) => ({ type: 'not', part }) as const),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('query'), { minLength: 2, maxLength: 3 }))
        .map(([type, parts]) => joined(type, parts)),
    ),
  }));
  return fc.oneof({ weight: 1, arbitrary: fc.constant<Query>({ type: 'all' }) }, { weight: 30, arbitrary: query });
}

/** Few letters, so that words are found; some of them are written otherwise in JSON, or in two cases. */
export const fewLetters = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', '1', ' ', '"', '\\', 'n', 'é', 'É', 'σ', 'ς', '\n', '/', '😀'),
  maxLength: 4,
});

interface Raw {
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
  said: string[];
  score: number | undefined;
}

const messagesOf = (said: readonly string[]): Message[] =>
  said.map((text, at) => ({
    role: 'user',
    origin: 'input',
    parts: [at % 3 === 1 ? { type: 'reasoning', text } : { type: 'text', text }],
  }));

const record: SpanReader['record'] = (raw) => {
  const { attributes, events } = raw as Raw;
  return {
    attributes: new Map(Object.entries(attributes)),
    events: events.map((event) => ({ name: event.name, attributes: new Map(Object.entries(event.attributes)) })),
    links: [],
    resource: new Map([['host.name', 'ab']]),
    scope: {},
  };
};

/** Messages stand in a field of the row, and nowhere else. */
const rowReader: SpanReader = {
  format: 'row',
  record,
  meaning: (_, raw) => {
    const { said, score } = raw as Raw;
    return { messages: messagesOf(said), ...(score !== undefined && { scores: [{ name: 'b', value: score }] }) };
  },
};

/** Messages stand in an attribute as JSON text, itself inside JSON text. */
const attributeReader: SpanReader = {
  format: 'attribute',
  isMeaningInRecord: true,
  record: (raw) => {
    const read = record(raw);
    const said = JSON.stringify({ messages: JSON.stringify((raw as Raw).said) });
    return { ...read, attributes: new Map([...read.attributes, ['said', said]]) };
  },
  meaning: ({ attributes }) => {
    const said = JSON.parse(attributes.get('said') as string) as { messages: string };
    return { input: said, messages: messagesOf(JSON.parse(said.messages) as string[]) };
  },
};

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const sketch = fc.record({
  parent: fc.nat(12),
  name: fewLetters,
  label: optional(fewLetters),
  model: optional(fewLetters),
  statusMessage: optional(fewLetters),
  provider: optional(fewLetters),
  service: optional(fewLetters),
  kind: fc.constantFrom(...SPAN_KINDS),
  status: fc.constantFrom('ok' as const, 'error' as const, 'unset' as const),
  start: optional(fc.nat(20)),
  end: optional(fc.nat(20)),
  cost: optional(fc.nat(20)),
  timeToFirstToken: optional(fc.nat(20)),
  usage: optional(fc.record({ input: fc.nat(20), output: fc.nat(20), reasoning: fc.nat(2) }, { requiredKeys: [] })),
  sessionId: optional(fewLetters),
  tags: optional(fc.array(fewLetters, { maxLength: 2 })),
  raw: fc.record({
    attributes: fc.dictionary(
      fc.constantFrom('a', 'b.c', 'a b'),
      fc.oneof(
        fewLetters,
        fewLetters.map((text) => JSON.stringify({ text })),
        fc.nat(20),
        fc.boolean(),
        fc.array(fewLetters, { maxLength: 2 }),
        fc.record({ ab: fewLetters, list: fc.array(fc.nat(20), { maxLength: 3 }) }),
      ),
    ),
    events: fc.array(fc.record({ name: fewLetters, attributes: fc.dictionary(fc.constant('a'), fewLetters) }), {
      maxLength: 1,
    }),
    said: fc.array(fewLetters, { maxLength: 3 }),
    score: optional(fc.nat(3)),
  }),
});

/** Traces of a dozen spans. A span may have no parent, or one that is not there. */
export const traces: fc.Arbitrary<Trace> = fc
  .tuple(fc.array(sketch, { minLength: 1, maxLength: 10 }), fc.constantFrom(rowReader, attributeReader))
  .map(([sketches, reader]) => {
    const spans = sketches.map(({ parent, ...said }, at): SpanSketch => {
      const parentId = parent === at || parent === 12 ? '' : `s${parent}`;
      const stated = Object.fromEntries(Object.entries(said).filter(([, fact]) => fact !== undefined));
      return { id: `s${at}`, parentId, ...(stated as SpanSketch) };
    });
    return buildTraces(tableOf(spans, reader))[0]!;
  });

/* The definition. */

/** One letter in one of its cases. */
function fold(letter: string): string {
  const upper = letter.toUpperCase();
  const one = upper.length === letter.length ? upper : letter;
  const lower = one.toLowerCase();
  return lower.length === one.length ? lower : one;
}

const folded = (text: string): string => Array.from(text, fold).join('');

/** The text itself, and what it says where it is JSON text, or JSON text in JSON text. */
function readings(text: string): string[] {
  const all = [text];
  for (;;) {
    const before = all.at(-1)!;
    const inner = before.replace(/\\(u[0-9a-fA-F]{4}|["\\/bfnrt])/g, (escape) => JSON.parse(`"${escape}"`) as string);
    if (inner === before) return all;
    all.push(inner);
  }
}

function textsIn(item: unknown): string[] {
  if (item === undefined || item === null) return [];
  if (typeof item !== 'object') return [`${item as string | number}`];
  if (Array.isArray(item)) return item.flatMap(textsIn);
  if (item instanceof Map) return [...item].flatMap(textsIn);
  return Object.entries(item).flatMap(textsIn);
}

/** All texts of a span that a word is looked for in. */
export const textsOfSpan = (span: Span): string[] => [
  ...[span.name, span.label, span.model, span.statusMessage].flatMap(textsIn),
  ...[...span.attributes.values()].flatMap(textsIn),
  ...span.events.flatMap((event) => [event.name, ...[...event.attributes.values()].flatMap(textsIn)]),
  ...[span.input, span.output].flatMap(textsIn),
  ...span.messages.flatMap(({ name, parts }) => [
    ...textsIn(name),
    ...parts.flatMap((part) => {
      const said = new Map(Object.entries(part));
      for (const key of ['type', 'citations', 'data', 'id', 'hidden', 'isError', 'modality', 'mimeType'])
        said.delete(key);
      return [...said.values()].flatMap(textsIn);
    }),
  ]),
  ...span.tools.flatMap(({ name, description, parameters }) => [name, description, parameters].flatMap(textsIn)),
  ...[...span.documents, ...span.inputDocuments].flatMap(({ id, content, metadata }) =>
    [id, content, metadata].flatMap(textsIn),
  ),
  ...[...span.parameters.values()].flatMap(textsIn),
  ...(span.prompt ? Object.values(span.prompt).flatMap(textsIn) : []),
  ...span.exceptions.flatMap(({ type, message, stacktrace }) => [type, message, stacktrace].flatMap(textsIn)),
  ...span.scores.flatMap((score) => [score.name, score.value, score.label, score.explanation].flatMap(textsIn)),
];

export const holds = (texts: readonly string[], word: string): boolean =>
  texts.some((text) => readings(text).some((reading) => folded(reading).includes(folded(word))));

/** Whether a whole text matches: tried at every place, for texts of a few letters. */
function isLike(text: string, pieces: readonly string[]): boolean {
  const [first, ...others] = pieces.map(folded);
  const matches = (rest: string, left: readonly string[]): boolean =>
    left.length === 0
      ? rest === ''
      : Array.from({ length: rest.length + 1 }, (_, at) => at).some(
          (at) => rest.slice(at).startsWith(left[0]!) && matches(rest.slice(at + left[0]!.length), left.slice(1)),
        );
  const whole = folded(text);
  return whole.startsWith(first!) && matches(whole.slice(first!.length), others);
}

const isIn = (number: number | undefined, { from, to }: NumberRange): boolean => {
  if (number === undefined) return false;
  if (from && (from.isIncluded ? !(number >= from.value) : !(number > from.value))) return false;
  return !to || (to.isIncluded ? number <= to.value : number < to.value);
};

const total = ({ usage }: Span): number | undefined =>
  usage?.total ??
  (usage?.input === undefined && usage?.output === undefined ? undefined : (usage.input ?? 0) + (usage.output ?? 0));

const orNone = (number: number): number | undefined => (Number.isNaN(number) ? undefined : number);

const NUMBERS: Record<string, (span: Span) => number | undefined> = {
  duration: (span) => span.duration,
  start: (span) => span.start - span.trace.start,
  ttft: (span) => span.timeToFirstToken,
  tokens: total,
  'input-tokens': (span) => span.usage?.input,
  'output-tokens': (span) => span.usage?.output,
  'cached-tokens': (span) => span.usage?.cacheRead,
  'reasoning-tokens': (span) => span.usage?.reasoning,
  cost: (span) => span.cost,
  'total-tokens': (span) => orNone(span.trace.rollUp.tokens[span.index]!),
  'total-cost': (span) => orNone(span.trace.rollUp.cost[span.index]!),
  depth: (span) => span.depth,
  children: (span) => span.children.length,
};

const TEXTS: Record<string, (span: Span) => readonly (string | undefined)[]> = {
  name: (span) => [span.name],
  label: (span) => [span.label],
  model: (span) => [span.model],
  'status-message': (span) => [span.statusMessage],
  provider: (span) => [span.provider],
  service: (span) => [span.service],
  id: (span) => [span.id],
  session: (span) => [span.trace.sessionId],
  user: (span) => [span.trace.userId],
  tag: (span) => span.trace.tags,
};

const parts = (span: Span): unknown[] => span.messages.flatMap((message) => message.parts);
const some = (list: readonly unknown[]): boolean => list.length > 0;
const media = (span: Span, modality: string): boolean =>
  parts(span).some((part) => (part as { modality?: string }).modality === modality);
const partOf = (span: Span, type: string): boolean =>
  parts(span).some((part) => (part as { type: string }).type === type);

const WORDS: Record<string, (span: Span) => boolean> = {
  'is running': (span) => span.isRunning,
  'is root': (span) => span.parent === undefined,
  'is leaf': (span) => !some(span.children),
  'is orphan': (span) => span.parentId !== undefined && span.parent === undefined,
  'has error': (span) => span.status === 'error',
  'has children': (span) => some(span.children),
  'has cost': (span) => span.cost !== undefined,
  'has tokens': (span) => total(span) !== undefined,
  'has reasoning': (span) => (span.usage?.reasoning ?? 0) > 0 || partOf(span, 'reasoning'),
  'has input': (span) => span.input !== undefined,
  'has output': (span) => span.output !== undefined,
  'has messages': (span) => some(span.messages),
  'has tools': (span) => some(span.tools),
  'has tool-calls': (span) => partOf(span, 'tool-call'),
  'has documents': (span) => some(span.documents) || some(span.inputDocuments),
  'has score': (span) => some(span.scores),
  'has images': (span) => media(span, 'image'),
  'has audio': (span) => media(span, 'audio'),
  'has video': (span) => media(span, 'video'),
  'has files': (span) => media(span, 'file'),
  'has citations': (span) => parts(span).some((part) => some((part as { citations?: [] }).citations ?? [])),
  'has refusal': (span) => partOf(span, 'refusal'),
  'has exception': (span) => some(span.exceptions),
  'has parameters': (span) => span.parameters.size > 0,
  'has prompt': (span) => span.prompt !== undefined,
  'has events': (span) => some(span.events),
  'has links': (span) => some(span.links),
};

function hasAttribute(span: Span, key: string, test: NumberRange | TextPattern): boolean {
  const held = span.attributes.get(key) ?? span.resource.get(key);
  if (held === undefined) return false;
  if (test.type === 'range') {
    return typeof held === 'number'
      ? isIn(held, test)
      : typeof held === 'string' && held.trim() !== '' && isIn(orNone(Number(held)), test);
  }
  if (test.pieces.length > 1 && test.pieces.every((piece) => piece === '')) return true;
  const items = (Array.isArray(held) ? held : [held]).filter((item) => typeof item !== 'object');
  return items.some((item) => isLike(String(item), test.pieces));
}

/** Whether a span matches, by the words of `docs/query.md`. */
export function isMatch(span: Span, query: Query): boolean {
  switch (query.type) {
    case 'all':
      return true;
    case 'text':
      return holds(textsOfSpan(span), query.text);
    case 'not':
      return !isMatch(span, query.part);
    case 'and':
      return query.parts.every((part) => isMatch(span, part));
    case 'or':
      return query.parts.some((part) => isMatch(span, part));
    case 'attribute':
      return hasAttribute(span, query.key, query.test);
    case 'field': {
      const { field, test } = query;
      if (test.type === 'range') return isIn(NUMBERS[field]!(span), test);
      if (test.type === 'pattern') {
        return TEXTS[field]!(span).some((text) => text !== undefined && text !== '' && isLike(text, test.pieces));
      }
      if (field === 'kind') return span.kind === test.word;
      return field === 'status' ? span.status === test.word : WORDS[`${field} ${test.word}`]!(span);
    }
  }
}
