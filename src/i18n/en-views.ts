import type { FirstMessages } from './en-first.js';
import { englishCount } from './english.js';

const count = (number: number, one: string, many: string): string =>
  `${englishCount(number)} ${number === 1 ? one : many}`;

/** Words for the views that show a trace as steps, as a conversation, as a sequence and as a table. */
export interface ViewWords {
  // Tabs.
  steps: string;
  conversation: string;
  sequence: string;
  table: string;

  // What an address asks for and is not there.
  missingSpan(id: string): string;
  missingTrace(id: string): string;

  // Steps.
  stepsOf(trace: string): string;
  step: string;
  /** A model call by its place among those of its agent. */
  turn(number: number): string;
  /** Spans of frameworks that are folded away. */
  folded(count: number): string;
  noSteps: string;
  documents(count: number): string;

  // Conversation.
  conversationOf(trace: string): string;
  reading(done: number, all: number): string;
  noMessages: string;
  /** Messages of a call that were said before, in another place. */
  saidAbove(count: number): string;
  instructionsChanged: string;
  /** Of the button that shows the span in which something was said. */
  saidIn(span: string): string;
  /** The span whose part of the conversation is put together: its kind and its name. */
  partOf(kind: string, name: string): string;
  failed: string;

  // Sequence.
  sequenceOf(trace: string): string;
  /** What the keys do, for a screen reader. */
  sequenceKeys: string;
  sequenceEmpty: string;
  /** What stands for the outside of the trace. */
  start: string;
  calls(from: string, to: string): string;
  returns(from: string, to: string): string;
  /** Of exchanges that are folded into one. */
  times(count: number): string;
  foldedExchanges(count: number): string;
  /** Of a call that began while the one before it ran. */
  atTheSameTime: string;
  others(count: number): string;

  // Table.
  tableOf(trace: string): string;
  sorting: string;
  columns: Readonly<
    Record<'name' | 'kind' | 'start' | 'duration' | 'own' | 'tokens' | 'cost' | 'status' | 'model' | 'service', string>
  >;
  statuses: Readonly<Record<'ok' | 'error' | 'unset', string>>;
}

/** The others are in `en-first.ts`. */
export const ENGLISH_VIEWS: Omit<ViewWords, keyof FirstMessages['views']> = {
  stepsOf: (trace) => `Steps of ${trace}`,
  step: 'Step',
  turn: (number) => `Turn ${englishCount(number)}`,
  folded: (number) => count(number, 'framework span', 'framework spans'),
  noSteps: 'No span of this trace is a call of a model, a tool, an agent or the like.',
  documents: (number) => count(number, 'document', 'documents'),

  conversationOf: (trace) => `Conversation of ${trace}`,
  reading: (done, all) => `Reading the conversation… ${englishCount(done)} of ${englishCount(all)} calls`,
  noMessages: 'No call of this trace states its messages.',
  saidAbove: (number) => `${count(number, 'message', 'messages')} as above`,
  instructionsChanged: 'The instructions changed.',
  saidIn: (span) => `Show ${span}`,
  partOf: (kind, name) => `${kind} ${name}`,
  failed: 'failed',

  sequenceOf: (trace) => `Sequence of ${trace}`,
  sequenceKeys:
    'Up and down go from call to call, right and left open and fold what is repeated, Enter goes to the detail.',
  sequenceEmpty: 'No span of this trace is a call of a model, a tool, an agent or the like.',
  start: 'start',
  calls: (from, to) => `${from} calls ${to}`,
  returns: (from, to) => `${from} returns to ${to}`,
  times: (number) => `${englishCount(number)} times`,
  foldedExchanges: (number) => `repeated ${englishCount(number)} times`,
  atTheSameTime: 'at the same time',
  others: (number) => count(number, 'other', 'others'),

  tableOf: (trace) => `Spans of ${trace}`,
  sorting: 'Sorting…',
  columns: {
    name: 'Name',
    kind: 'Kind',
    start: 'Start',
    duration: 'Duration',
    own: 'Own time',
    tokens: 'Tokens',
    cost: 'Cost',
    status: 'Status',
    model: 'Model',
    service: 'Service',
  },
  statuses: { ok: 'ok', error: 'error', unset: '' },
};
