import { atOnce, sameValue, type Message, type Span, type ToolDefinition } from '../../model/index.js';
import { alignInSteps } from './align.js';
import { ContentHash } from './content-hash.js';
import { sameMessage } from './differences.js';
import { Words } from './span-tokens.js';

/** Points for what two messages have in common. */
const SAME_MESSAGE = 100;
const SAME_ROLE = 20;
const MOST_ALIKE = 60;
/** Characters at both ends that say whether two texts are alike. */
const ENDS = 200;

/** Something of one call and its counterpart in the other; one of them is absent for what entered or fell out. */
export interface Compared<Item> {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly change: 'added' | 'missing' | 'changed' | 'equal';
}

/** Two calls of a model compared: what entered the context and what fell out of it. */
export interface CallDiff {
  /** All messages, what the calls wrote included, in order. */
  readonly messages: readonly Compared<Message>[];
  /** By name. */
  readonly tools: readonly Compared<ToolDefinition>[];
  /** By name. */
  readonly parameters: ReadonlyMap<string, Compared<unknown>>;
}

/**
 * Compares two calls, of two traces or of one; where one is absent, all of the other was added, or is missing. Messages are aligned by who says what; ids of tool calls do not count. What
 * one call wrote and the other was given is the same message.
 */
export function diffCalls(before: Span | undefined, after: Span | undefined): CallDiff {
  return {
    messages: comparedMessages(before?.messages ?? [], after?.messages ?? []),
    tools: [...comparedByName(toolsOf(before), toolsOf(after)).values()],
    parameters: comparedByName(before?.parameters ?? new Map(), after?.parameters ?? new Map()),
  };
}

/** Tools by name; one that comes twice counts once. */
const toolsOf = (span: Span | undefined): ReadonlyMap<string, ToolDefinition> =>
  new Map(span?.tools.map((tool) => [tool.name, tool]));

function comparedByName<Item>(
  before: ReadonlyMap<string, Item>,
  after: ReadonlyMap<string, Item>,
): Map<string, Compared<Item>> {
  const compared = new Map<string, Compared<Item>>();
  for (const [name, item] of before) {
    if (!after.has(name)) compared.set(name, { before: item, after: undefined, change: 'missing' });
    else compared.set(name, pairOf(item, after.get(name)!, sameValue));
  }
  for (const [name, item] of after) {
    if (!before.has(name)) compared.set(name, { before: undefined, after: item, change: 'added' });
  }
  return compared;
}

const pairOf = <Item>(before: Item, after: Item, isSame: (one: Item, other: Item) => boolean): Compared<Item> => ({
  before,
  after,
  change: isSame(before, after) ? 'equal' : 'changed',
});

function comparedMessages(before: readonly Message[], after: readonly Message[]): Compared<Message>[] {
  const words = new Words();
  const itemsOf = (messages: readonly Message[]): { exact: number[]; rough: number[] } => ({
    exact: messages.map((message) => new ContentHash().addMessage(message).value),
    rough: messages.map(({ role }) => words.numberOf(role)),
  });
  const [one, other] = [itemsOf(before), itemsOf(after)];
  const [texts, otherTexts] = [before.map(endsOf), after.map(endsOf)];
  const counterpart = new Map<number, number>();
  const places = (messages: readonly Message[]): number[] => Array.from(messages, (_, place) => place);
  const alignment = alignInSteps(places(before), places(after), {
    before: one,
    after: other,
    score: (place, at) => {
      if (one.exact[place] === other.exact[at]) return SAME_MESSAGE;
      if (one.rough[place] !== other.rough[at]) return 0;
      return SAME_ROLE + Math.floor(MOST_ALIKE * likeness(texts[place]!, otherTexts[at]!));
    },
    pair: (place, at) => void counterpart.set(place, at),
  });
  atOnce(alignment);
  const compared: Compared<Message>[] = [];
  let next = 0;
  const addUntil = (end: number): void => {
    for (; next < end; next++) compared.push({ before: undefined, after: after[next]!, change: 'added' });
  };
  before.forEach((message, place) => {
    const at = counterpart.get(place);
    // Where messages beyond what is aligned came in another order, the later of a pair stands for itself.
    if (at === undefined || at < next)
      return void compared.push({ before: message, after: undefined, change: 'missing' });
    addUntil(at);
    compared.push(pairOf(message, after[next++]!, sameMessage));
  });
  addUntil(after.length);
  return compared;
}

interface Ends {
  readonly start: string;
  readonly end: string;
}

/** How the texts of a message begin and end. */
function endsOf({ parts }: Message): Ends {
  const texts = parts.map((part) => ('text' in part ? part.text : part.type === 'tool-call' ? part.name : ''));
  return { start: (texts[0] ?? '').slice(0, ENDS), end: (texts.at(-1) ?? '').slice(-ENDS) };
}

/** Which part of two texts is the same at the ends, from 0 to 1. */
function likeness(one: Ends, other: Ends): number {
  const shorter = (a: string, b: string): number => Math.min(a.length, b.length);
  const most = shorter(one.start, other.start) + shorter(one.end, other.end);
  if (most === 0) return 0;
  let same = 0;
  while (same < shorter(one.start, other.start) && one.start[same] === other.start[same]) same++;
  let sameEnd = 0;
  while (sameEnd < shorter(one.end, other.end) && one.end.at(-1 - sameEnd) === other.end.at(-1 - sameEnd)) sameEnd++;
  return (same + sameEnd) / most;
}
