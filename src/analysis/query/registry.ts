import { SPAN_KINDS, type Trace, type Usage } from '../../model/index.js';
import type { Known, NumberField, QueryField } from './field.js';
import { HAS_WORDS } from './has-words.js';
import { IS_WORDS } from './is-words.js';

const kinds = new Map<string, Known>(
  SPAN_KINDS.map((kind) => [
    kind,
    {
      summary: `of the kind ${kind}`,
      outline: (trace) => (position) => trace.table.kinds[trace.rowAt(position)] === kind,
    },
  ]),
);

const statuses = new Map<string, Known>(
  (['ok', 'error', 'unset'] as const).map((status) => [
    status,
    {
      summary: `with the status ${status}`,
      outline: (trace) => (position) => trace.table.statuses[trace.rowAt(position)] === status,
    },
  ]),
);

const tokens =
  (part: keyof Usage): NumberField['numbersOf'] =>
  (trace) =>
  (position) =>
    trace.table.tokensAt(trace.rowAt(position), part) ?? NaN;

/** Text columns of the table by row. */
const column =
  (texts: (trace: Trace) => { at(row: number): string | undefined }) =>
  (trace: Trace): ((position: number) => string | undefined) => {
    const byRow = texts(trace);
    return (position) => byRow.at(trace.rowAt(position));
  };

const optional = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

/** The fields of the query language: what is not here is an attribute, if its name has a dot. */
export const QUERY_FIELDS: readonly QueryField[] = [
  { name: 'kind', type: 'word', words: kinds, summary: 'What the span did.', example: 'kind:tool' },
  { name: 'status', type: 'word', words: statuses, summary: 'How it ended.', example: 'status:error' },
  { name: 'is', type: 'word', words: IS_WORDS, summary: 'What it is in the trace.', example: 'is:running' },
  {
    name: 'has',
    type: 'word',
    words: HAS_WORDS,
    summary: 'What it has; also the key of an attribute.',
    example: 'has:reasoning',
  },
  {
    name: 'name',
    type: 'text',
    isInWords: true,
    textsOf: column(({ table }) => table.names),
    summary: 'Its name.',
    example: 'name:search*',
  },
  {
    name: 'label',
    type: 'text',
    isInWords: true,
    textsOf: column(({ table }) => table.labels),
    summary: 'The tool, agent or function, where the name does not say it.',
    example: 'label:get_weather',
  },
  {
    name: 'model',
    type: 'text',
    isInWords: true,
    textsOf: column(({ table }) => table.models),
    summary: 'The model that it called.',
    example: 'model:gpt*',
  },
  {
    name: 'status-message',
    type: 'text',
    isInWords: true,
    textsOf: column(({ table }) => table.statusMessages),
    summary: 'What went wrong, in the words of the trace.',
    example: 'status-message:*timeout*',
  },
  {
    name: 'provider',
    type: 'text',
    textsOf: column(({ table }) => table.providers),
    summary: 'Who serves the model.',
    example: 'provider:openai',
  },
  {
    name: 'service',
    type: 'text',
    textsOf: column(({ table }) => table.services),
    summary: 'The service that it ran in.',
    example: 'service:checkout',
  },
  {
    name: 'id',
    type: 'text',
    isUnique: true,
    textsOf: (trace) => (position) => trace.idAt(position),
    summary: 'Its id.',
    example: 'id:00f067aa0ba902b7',
  },
  {
    name: 'session',
    type: 'trace',
    valuesOf: (trace) => optional(trace.sessionId),
    summary: 'The session of the trace.',
    example: 'session:s-17',
  },
  {
    name: 'user',
    type: 'trace',
    valuesOf: (trace) => optional(trace.userId),
    summary: 'The user of the trace.',
    example: 'user:ada',
  },
  {
    name: 'tag',
    type: 'trace',
    valuesOf: (trace) => trace.tags,
    summary: 'A tag of the trace.',
    example: 'tag:production',
  },
  {
    name: 'duration',
    type: 'number',
    quantity: 'time',
    numbersOf: (trace) => {
      const { starts, ends } = trace.table;
      return (position) => ends[trace.rowAt(position)]! - starts[trace.rowAt(position)]!;
    },
    summary: 'How long it took.',
    example: 'duration>2s',
  },
  {
    name: 'start',
    type: 'number',
    quantity: 'time',
    numbersOf: (trace) => (position) => trace.startAt(position) - trace.startTime,
    summary: 'When it began, from the start of the trace.',
    example: 'start:1m..2m',
  },
  {
    name: 'ttft',
    type: 'number',
    quantity: 'time',
    numbersOf: (trace) => (position) => trace.table.timeToFirstTokenAt(trace.rowAt(position)) ?? NaN,
    summary: 'Time to the first token.',
    example: 'ttft>1s',
  },
  {
    name: 'tokens',
    type: 'number',
    quantity: 'count',
    numbersOf: tokens('total'),
    summary: 'Tokens that it states for itself.',
    example: 'tokens>5k',
  },
  {
    name: 'input-tokens',
    type: 'number',
    quantity: 'count',
    numbersOf: tokens('input'),
    summary: 'Those that went in.',
    example: 'input-tokens>100k',
  },
  {
    name: 'output-tokens',
    type: 'number',
    quantity: 'count',
    numbersOf: tokens('output'),
    summary: 'Those that came out.',
    example: 'output-tokens<10',
  },
  {
    name: 'cached-tokens',
    type: 'number',
    quantity: 'count',
    numbersOf: tokens('cacheRead'),
    summary: 'Those that were read from the prompt cache.',
    example: 'cached-tokens:0',
  },
  {
    name: 'reasoning-tokens',
    type: 'number',
    quantity: 'count',
    numbersOf: tokens('reasoning'),
    summary: 'Those that were spent on reasoning.',
    example: 'reasoning-tokens>1k',
  },
  {
    name: 'cost',
    type: 'number',
    quantity: 'money',
    numbersOf: (trace) => (position) => trace.table.costAt(trace.rowAt(position)) ?? NaN,
    summary: 'US dollars that it states for itself.',
    example: 'cost>0.01',
  },
  {
    name: 'total-tokens',
    type: 'number',
    quantity: 'count',
    numbersOf:
      ({ rollUp }) =>
      (position) =>
        rollUp.tokens[position]!,
    summary: 'Tokens of the span and of all that is in it, each call counted once.',
    example: 'total-tokens>1M',
  },
  {
    name: 'total-cost',
    type: 'number',
    quantity: 'money',
    numbersOf:
      ({ rollUp }) =>
      (position) =>
        rollUp.cost[position]!,
    summary: 'US dollars of the span and of all that is in it, each call counted once.',
    example: 'total-cost>=1',
  },
  {
    name: 'depth',
    type: 'number',
    quantity: 'count',
    numbersOf:
      ({ tree }) =>
      (position) =>
        tree.depth[position]!,
    summary: 'How many spans it is inside of.',
    example: 'depth<3',
  },
  {
    name: 'children',
    type: 'number',
    quantity: 'count',
    numbersOf:
      ({ tree }) =>
      (position) =>
        tree.childCount[position]!,
    summary: 'How many spans are directly inside it.',
    example: 'children>100',
  },
];

const BY_NAME: ReadonlyMap<string, QueryField> = new Map(QUERY_FIELDS.map((field) => [field.name, field]));

/** The field of that name, whatever its case. */
export const queryField = (name: string): QueryField | undefined => BY_NAME.get(name.toLowerCase());
