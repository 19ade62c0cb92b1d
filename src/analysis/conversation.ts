import { sameValue, type Message, type MessagePart, type Span } from '../model/index.js';

/** Calls of the same agent that are read to find the one before: reading a call means parsing its messages. */
const MOST_READ = 12;
/** Calls of other agents that are read, for a conversation that one agent handed to another. */
const MOST_READ_ELSEWHERE = 4;
/** Calls that are passed on the way. */
const MOST_PASSED = 2000;

/** What a call has in common with the call before it. */
export interface Continuation {
  /** The call before: the one that went on to this one. */
  readonly previous: Span;
  /** The first message that stands in the call before as well. Not 0 only where the instructions before it are other ones. */
  readonly from: number;
  /** The message behind the last such one. */
  readonly to: number;
  /** Messages of the call before, what it wrote included, that are not in this one: left out, shortened, or changed. */
  readonly left: number;
}

/**
 * Finds the LLM call of the same trace whose conversation a call continues: what that one was given and what it wrote is
 * what this one was given first. Where history was shortened or edited, the longest beginning in common counts, among
 * the calls of the same agent that were over by then. Other agents' calls, and those that run at the same time, count
 * only when the whole of them, their answer included, is in this call.
 *
 * Reads a bounded number of spans, the nearest first.
 */
export function continuationOf(span: Span): Continuation | undefined {
  if (span.kind !== 'llm') return undefined;
  let own: Units | undefined;
  const agent = agentOf(span);
  const left = { inside: MOST_READ, outside: MOST_READ_ELSEWHERE };
  let best: Candidate | undefined;
  // Calls of the same agent first: those of others are read only where none of them says it all.
  for (const place of ['inside', 'outside'] as const) {
    for (const previous of callsBefore(span)) {
      if (left[place] === 0) break;
      if ((agentOf(previous) === agent) !== (place === 'inside')) continue;
      left[place]--;
      own ??= unitsOf(span.messages.filter(({ origin }) => origin === 'input'));
      const found = compare(previous, own);
      if (!found) continue;
      // Whose answer is in this call, was over. One that failed may be another try of the same, at the same time.
      if (!found.isAnswered && !isOverBefore(previous, span)) continue;
      if (found.isWhole) return (best && best.shared > found.shared ? best : found).continuation;
      if (place === 'inside' && (!best || found.shared > best.shared)) best = found;
    }
  }
  return best?.continuation;
}

interface Candidate {
  continuation: Continuation;
  /** Parts in common. */
  shared: number;
  /** Whether nothing of the call before is missing. */
  isWhole: boolean;
  /** Whether what it wrote is among what they have in common. */
  isAnswered: boolean;
}

/** Earlier calls, the nearest first. A call inside another (two libraries record one call) is compared with such ones only. */
function* callsBefore(span: Span): Generator<Span> {
  const { trace } = span;
  const { kinds } = trace.table;
  const isInner = span.parent?.kind === 'llm';
  let passed = 0;
  for (let position = span.index - 1; position >= 0; position--) {
    if (kinds[trace.rowAt(position)] !== 'llm' || position + trace.tree.size[position]! > span.index) continue;
    if (++passed > MOST_PASSED) return;
    const call = trace.spanAt(position);
    if ((call.parent?.kind === 'llm') === isInner) yield call;
  }
}

/** The agent that a call belongs to, or the root where no span says that it is one. */
function agentOf(span: Span): Span {
  let top = span;
  for (let at = span.parent; at; at = at.parent) {
    if (at.kind === 'agent') return at;
    top = at;
  }
  return top;
}

/** A call whose end is not known is over when the next one begins. */
const isOverBefore = (previous: Span, span: Span): boolean => previous.end === undefined || previous.end <= span.start;

function compare(previous: Span, own: Units): Candidate | undefined {
  const { messages } = previous;
  const before = unitsOf(messages);
  const shared = commonBeginning(before, own);
  // Instructions alone are shared by calls that have nothing to do with each other.
  if (shared === 0) return undefined;
  const hasSameInstructions =
    before.instructions.length === own.instructions.length &&
    before.instructions.every((unit, index) => isSameUnit(unit, own.instructions[index]!));
  const from = hasSameInstructions ? 0 : own.start;
  const to = own.units[shared - 1]!.message + 1;
  // A message of which only a part is the same is not the same.
  const end = own.units[shared]?.message === to - 1 ? to - 1 : to;
  if (end <= own.start) return undefined;
  const missing = new Set(before.units.slice(shared).map((unit) => unit.message));
  return {
    continuation: { previous, from, to: end, left: missing.size },
    shared,
    isWhole: missing.size === 0,
    isAnswered: messages[before.units[shared - 1]!.message]!.origin === 'output',
  };
}

/** A part with who said it. Some recorders cut one turn into several messages, so messages are not compared as wholes. */
interface Unit {
  readonly role: string;
  readonly part: MessagePart;
  /** Place of its message. */
  readonly message: number;
}

interface Units {
  /** What system and developer say before anyone else does. It may be made anew for each call, with the time in it. */
  readonly instructions: readonly Unit[];
  readonly units: readonly Unit[];
  /** The first message that is not one of the instructions. */
  readonly start: number;
}

export const instructs = (role: string): boolean => role === 'system' || role === 'developer';

function unitsOf(messages: readonly Message[]): Units {
  const instructions: Unit[] = [];
  const units: Unit[] = [];
  const first = messages.findIndex(({ role }) => !instructs(role));
  const start = first < 0 ? messages.length : first;
  messages.forEach(({ role, parts }, message) => {
    for (const part of parts) {
      // Reasoning is often not given back to the model, or in another form.
      if (part.type === 'reasoning' || (part.type === 'text' && part.text.trim() === '')) continue;
      (message < start ? instructions : units).push({ role, part, message });
    }
  });
  return { instructions, units, start };
}

function commonBeginning({ units: one }: Units, { units: other }: Units): number {
  const most = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < most && isSameUnit(one[shared]!, other[shared]!)) shared++;
  return shared;
}

const isSameUnit = (one: Unit, other: Unit): boolean => one.role === other.role && isSamePart(one.part, other.part);

/** Ids of calls and citations are left out: an answer has them in one place and not in the other. */
export function isSamePart(one: MessagePart, other: MessagePart): boolean {
  if (one.type === 'text' || one.type === 'refusal') {
    return other.type === one.type && (one.text === other.text || one.text.trim() === other.text.trim());
  }
  if (one.type === 'tool-call') {
    return other.type === 'tool-call' && one.name === other.name && sameValue(one.arguments, other.arguments);
  }
  if (one.type === 'tool-result') return other.type === 'tool-result' && sameValue(one.result, other.result);
  return sameValue(one, other);
}
