import { sameValue, totalTokens, type Message, type Span, type Trace } from '../../model/index.js';
import { isSamePart } from '../conversation.js';

/** In what two spans can differ. */
export const DIFFERENCES = [
  'name',
  'kind',
  /** Inside another span, or in another order. */
  'place',
  'status',
  'model',
  /** Noticeably: by more than a fifth, and by a millisecond at least. */
  'time',
  'tokens',
  'cost',
  'parameters',
  'tools',
  'input',
  'output',
] as const;

export type Difference = (typeof DIFFERENCES)[number];

/** What is told of two spans by what they hold, which is to be read. */
export const CONTENT_DIFFERENCES: readonly Difference[] = ['parameters', 'tools', 'input', 'output'];

const NOTICEABLE_SHARE = 0.2;
const NOTICEABLE_TIME = 1;

/** Differences as the bits of a number. */
export const bitOf = (difference: Difference): number => 1 << DIFFERENCES.indexOf(difference);

export const differencesOf = (bits: number): Difference[] =>
  DIFFERENCES.filter((_, place) => (bits & (1 << place)) !== 0);

/** Whether a duration differs so much that somebody would notice. Of the same work, no two runs take the same time. */
export function isNoticeable(before: number | undefined, after: number | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  const change = Math.abs(after - before);
  return change >= NOTICEABLE_TIME && change > NOTICEABLE_SHARE * Math.max(Math.abs(before), Math.abs(after));
}

/** What a table says of each row. */
interface Column {
  at(row: number): unknown;
}

/** What differs in the outlines of two spans; their place is not looked at. */
export function outlineDifferences(before: Trace, position: number, after: Trace, other: number): number {
  const [row, otherRow] = [before.rowAt(position), after.rowAt(other)];
  const { table } = before;
  const { table: otherTable } = after;
  let bits = 0;
  const note = (difference: Difference, isOther: boolean): void => {
    if (isOther) bits |= bitOf(difference);
  };
  const isOther = (one: Column, another: Column): boolean => one.at(row) !== another.at(otherRow);
  note('name', isOther(table.names, otherTable.names) || isOther(table.labels, otherTable.labels));
  note('kind', isOther(table.kinds, otherTable.kinds));
  note(
    'status',
    isOther(table.statuses, otherTable.statuses) || isOther(table.statusMessages, otherTable.statusMessages),
  );
  note('model', isOther(table.models, otherTable.models) || isOther(table.providers, otherTable.providers));
  note('time', isNoticeable(durationAt(before, row), durationAt(after, otherRow)));
  const usage = table.usageAt(row);
  const otherUsage = otherTable.usageAt(otherRow);
  const total = usage && totalTokens(usage);
  note('tokens', total !== (otherUsage && totalTokens(otherUsage)) || usage?.output !== otherUsage?.output);
  note('cost', isOtherCost(table.costAt(row), otherTable.costAt(otherRow)));
  return bits;
}

function durationAt({ table }: Trace, row: number): number | undefined {
  const duration = table.ends[row]! - table.starts[row]!;
  return Number.isNaN(duration) ? undefined : duration;
}

/** Sums of small amounts differ in their last digits. */
const isOtherCost = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined ? one !== other : Math.abs(one - other) > 1e-9 * Math.max(one, other);

/** What differs in what two spans hold. Ids of tool calls do not count: each run has others. */
export function contentDifferences(before: Span, after: Span): number {
  if (before.raw === after.raw) return 0;
  let bits = 0;
  const note = (difference: Difference, isSame: boolean): void => {
    if (!isSame) bits |= bitOf(difference);
  };
  note('parameters', sameEntries(before.parameters, after.parameters));
  note('tools', sameValue(before.tools, after.tools));
  const isConversation = before.messages.length > 0 || after.messages.length > 0;
  const said = ({ messages }: Span, origin: Message['origin']): Message[] =>
    messages.filter((message) => message.origin === origin);
  // A call states its messages as its input and output too, in the words of the provider.
  note(
    'input',
    (isConversation
      ? sameMessages(said(before, 'input'), said(after, 'input'))
      : sameValue(before.input, after.input)) &&
      sameValue(before.inputDocuments, after.inputDocuments) &&
      sameValue(before.prompt, after.prompt),
  );
  note(
    'output',
    (isConversation
      ? sameMessages(said(before, 'output'), said(after, 'output'))
      : sameValue(before.output, after.output)) && sameValue(before.documents, after.documents),
  );
  return bits;
}

const sameEntries = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean =>
  one.size === other.size && [...one].every(([name, value]) => other.has(name) && sameValue(value, other.get(name)));

const sameMessages = (one: readonly Message[], other: readonly Message[]): boolean =>
  one.length === other.length && one.every((message, at) => sameMessage(message, other[at]!));

/** Whether two messages say the same. */
export const sameMessage = (one: Message, other: Message): boolean =>
  one.role === other.role &&
  one.parts.length === other.parts.length &&
  one.parts.every((part, at) => isSamePart(part, other.parts[at]!));
