import {
  Span,
  type Message,
  type MessagePart,
  type ToolCallPart,
  type ToolResultPart,
  type Trace,
} from '../model/index.js';
import { instructs, isSamePart } from './conversation.js';
import { valueKey } from './leaves.js';
import { rollUpSpans, type RollUps } from './roll-ups.js';
import { stepOutline, type StepOutline } from './steps.js';

/** Characters at each end of a picture or a recording by which it is told from others. */
const MEDIA_ENDS = 200;

interface Place {
  /** Position of the span in the trace. */
  readonly position: number;
  /** How many agents, tools… it is inside of that have a part of their own. */
  readonly depth: number;
}

/** Where the part of an agent, or of a tool that calls models, begins. It ends with the span. */
export interface PartEntry extends Place {
  readonly type: 'part';
}

/** A message, where it was said first. */
export interface MessageEntry extends Place {
  readonly type: 'message';
  /** With those of its parts that were not said before. */
  readonly message: Message;
  /** Whether these are instructions in place of others. */
  readonly isChanged: boolean;
}

/** Messages that a call was given and that stand further up, where it does not simply go on from the call before. */
export interface RepeatedEntry extends Place {
  readonly type: 'repeated';
  readonly count: number;
}

/** A call that failed. */
export interface FailureEntry extends Place {
  readonly type: 'failure';
}

export type ConversationEntry = PartEntry | MessageEntry | RepeatedEntry | FailureEntry;

/** What was said in a run, in order; it grows while it is read. */
export interface RunConversation {
  readonly trace: Trace;
  readonly entries: readonly ConversationEntry[];
  /** The results of tool calls; those stand in no entry of their own. */
  readonly results: ReadonlyMap<ToolCallPart, ToolResultPart>;
  readonly messageCount: number;
  readonly toolCallCount: number;
  /** What each span was done for. */
  readonly outline: StepOutline;
}

/** How far the reading has come, in calls. */
export interface ConversationProgress {
  readonly conversation: RunConversation;
  readonly done: number;
  readonly all: number;
}

/** What is said in one place: by the calls of one agent, or of one tool. */
class Thread {
  instructions: readonly Unit[] = [];
  /** What the last call was given and wrote. */
  last: readonly Unit[] = [];
  lastWritten: Unit | undefined;
  readonly said = new Tally();
  /** Tool calls without a result so far. */
  readonly calls: ToolCallPart[] = [];
}

/** A part of a message with who said it. Some recorders cut one turn into several messages, so parts are compared. */
interface Unit {
  readonly role: string;
  readonly part: MessagePart;
  readonly message: Message;
}

/**
 * All messages of a run, each where it was said first. Calls repeat what was said before, so each is compared with the call
 * before of the same agent: what stands behind it is new. Where a call does not go on from there (its history was shortened or
 * edited, or it begins anew) what was said as often before is left out. Instructions stand once, and again where they are others.
 * Results stand with their calls.
 *
 * Rests after each call that is read; what it gives is the same object each time.
 */
export function* runConversation(
  trace: Trace,
  rollUps: RollUps = rollUpSpans(trace),
): Generator<ConversationProgress, RunConversation> {
  const reader = new Reader(trace, stepOutline(trace, rollUps));
  const calls = speakers(trace, rollUps, reader.outline);
  let done = 0;
  for (const position of calls) {
    reader.read(position);
    yield { conversation: reader, done: ++done, all: calls.length };
  }
  return reader;
}

/**
 * Spans whose messages are read: calls of models, and agents that have none inside but may state what was said; in a trace
 * without any, its roots.
 */
function speakers(trace: Trace, { calls }: RollUps, { turns }: StepOutline): number[] {
  const { table, tree } = trace;
  const hasTurns = turns.some((turn) => turn > 0);
  const found: number[] = [];
  for (let position = 0; position < turns.length; position++) {
    const mayTell = table.kinds[trace.rowAt(position)] === 'agent' || (!hasTurns && tree.parent[position]! < 0);
    if (turns[position]! > 0 || (mayTell && calls[position] === 0)) found.push(position);
  }
  return found;
}

class Reader implements RunConversation {
  readonly trace: Trace;
  readonly outline: StepOutline;
  readonly entries: ConversationEntry[] = [];
  readonly results = new Map<ToolCallPart, ToolResultPart>();
  messageCount = 0;
  toolCallCount = 0;
  readonly #threads = new Map<number, Thread>();
  readonly #said = new Tally();
  /** Depth of the parts that have begun. */
  readonly #parts = new Map<number, number>();

  constructor(trace: Trace, outline: StepOutline) {
    this.trace = trace;
    this.outline = outline;
  }

  read(position: number): void {
    // A span of its own: what was read of the trace's would be kept.
    const span = new Span(this.trace, position);
    const messages = messagesOf(span);
    const hasFailed = span.kind === 'llm' && span.status === 'error';
    if (messages.length === 0 && !hasFailed) return;
    const home = span.kind === 'llm' ? this.#homeOf(position) : position;
    const place: Place = { position, depth: this.#begin(home) };
    let thread = this.#threads.get(home);
    const isFirst = !thread;
    if (!thread) this.#threads.set(home, (thread = new Thread()));

    const given = messages.filter(({ origin }) => origin === 'input');
    const begin = given.findIndex(({ role }) => !instructs(role));
    const start = begin < 0 ? given.length : begin;
    this.#instruct(thread, given.slice(0, start), place);
    const rest = unitsOf(given.slice(start));
    const { isNew, repeated } = isFirst ? this.#compareFirst(rest) : compare(rest, thread);
    if (repeated > 0) this.entries.push({ ...place, type: 'repeated', count: repeated });
    this.#say(
      thread,
      rest.filter((_unit, at) => isNew[at]),
      place,
    );
    const written = unitsOf(messages.filter(({ origin }) => origin === 'output'));
    this.#say(thread, written, place);
    if (hasFailed) this.entries.push({ ...place, type: 'failure' });
    thread.last = [...rest, ...written].filter(({ part }) => part.type !== 'reasoning');
    thread.lastWritten = thread.last.length > rest.length ? thread.last.at(-1) : undefined;
  }

  /** The agent, tool… that calls the model; -1 where there is none. */
  #homeOf(position: number): number {
    const { parents, turns } = this.outline;
    let home = parents[position]!;
    while (home >= 0 && turns[home]! > 0) home = parents[home]!;
    return home;
  }

  /** Begins the part of an agent and those around it, unless they have begun. @returns the depth of what it says */
  #begin(home: number): number {
    const above: number[] = [];
    for (let at = home; at >= 0 && !this.#parts.has(at); at = this.#homeOf(at)) above.push(at);
    for (const position of above.reverse()) {
      const outer = this.#homeOf(position);
      const depth = outer < 0 ? 0 : this.#parts.get(outer)! + 1;
      this.#parts.set(position, depth);
      this.entries.push({ type: 'part', position, depth });
    }
    return home < 0 ? 0 : this.#parts.get(home)! + 1;
  }

  #instruct(thread: Thread, messages: readonly Message[], place: Place): void {
    const units = unitsOf(messages);
    // A call that was given none, as some recorders have it, changes nothing.
    if (units.length === 0 || areSame(units, thread.instructions)) return;
    const isChanged = thread.instructions.length > 0;
    thread.instructions = units;
    for (const message of messages) this.#add({ ...place, type: 'message', message, isChanged });
  }

  /** An agent that was handed what another one had said and heard so far. */
  #compareFirst(units: readonly Unit[]): Compared {
    const first = units.findIndex((unit) => !this.#said.has(unit));
    const known = first < 0 ? units.length : first;
    const isHandedOn = units.slice(0, known).some(isAnswer);
    return {
      isNew: units.map((_unit, at) => !isHandedOn || at >= known),
      repeated: isHandedOn ? messagesIn(units.slice(0, known)) : 0,
    };
  }

  /** Adds what is new, message by message; results to their calls. */
  #say(thread: Thread, units: readonly Unit[], place: Place): void {
    for (let at = 0; at < units.length;) {
      const { message } = units[at]!;
      const parts: MessagePart[] = [];
      for (; at < units.length && units[at]!.message === message; at++) {
        const unit = units[at]!;
        thread.said.add(unit);
        this.#said.add(unit);
        if (unit.part.type === 'tool-call') {
          thread.calls.push(unit.part);
          this.toolCallCount++;
        }
        if (unit.part.type !== 'tool-result' || !this.#answer(thread, unit.part)) parts.push(unit.part);
      }
      if (parts.length === 0) continue;
      const isWhole = parts.length === message.parts.length;
      this.#add({ ...place, type: 'message', message: isWhole ? message : { ...message, parts }, isChanged: false });
    }
  }

  /** Gives a result to its call: by id, else to the first of its name, or of any, that has none. */
  #answer(thread: Thread, result: ToolResultPart): boolean {
    const { calls } = thread;
    const { id, name } = result;
    let at = id === undefined ? -1 : calls.findIndex((call) => call.id === id);
    if (at < 0) {
      at = calls.findIndex(
        (call) => (id === undefined || call.id === undefined) && (name === undefined || call.name === name),
      );
    }
    if (at < 0) return false;
    this.results.set(calls[at]!, result);
    calls.splice(at, 1);
    return true;
  }

  #add(entry: MessageEntry): void {
    this.messageCount++;
    this.entries.push(entry);
  }
}

/** What a span says was said; of a call that states only what went in and came out, that. */
function messagesOf(span: Span): readonly Message[] {
  if (span.messages.length > 0 || span.kind !== 'llm') return span.messages;
  const messages: Message[] = [];
  for (const origin of ['input', 'output'] as const) {
    const value = span[origin];
    if (value === undefined || value === null || value === '') continue;
    const part: MessagePart = typeof value === 'string' ? { type: 'text', text: value } : { type: 'other', value };
    messages.push({ role: origin, origin, parts: [part] });
  }
  return messages;
}

const unitsOf = (messages: readonly Message[]): Unit[] =>
  messages.flatMap((message) =>
    message.parts
      .filter((part) => part.type !== 'text' || part.text.trim() !== '')
      // What was thought is often not given back to the model, or in another form: it is shown where it was written.
      .filter((part) => part.type !== 'reasoning' || message.origin === 'output')
      .map((part) => ({ role: message.role, part, message })),
  );

const isSame = (one: Unit, other: Unit): boolean => one.role === other.role && isSamePart(one.part, other.part);

const areSame = (some: readonly Unit[], others: readonly Unit[]): boolean =>
  some.length === others.length && some.every((unit, at) => isSame(unit, others[at]!));

/** What only a call that goes on can be given. */
const isAnswer = ({ role, part }: Unit): boolean =>
  role === 'assistant' || role === 'tool' || part.type === 'tool-call' || part.type === 'tool-result';

const messagesIn = (units: readonly Unit[]): number => new Set(units.map(({ message }) => message)).size;

interface Compared {
  readonly isNew: readonly boolean[];
  /** Messages that stand further up, where the call does not go on from the one before. */
  readonly repeated: number;
}

/** What of a call's input is new in its thread. */
function compare(units: readonly Unit[], { last, lastWritten, said }: Thread): Compared {
  let shared = 0;
  while (shared < units.length && shared < last.length && isSame(units[shared]!, last[shared]!)) shared++;
  const isNew = units.map((_unit, at) => at >= shared);
  if (shared === last.length) return { isNew, repeated: 0 };
  const rest = units.slice(shared);
  if (rest.some(isAnswer)) {
    // A history that was shortened or edited. What stands behind the last answer is new in any case.
    const answered = lastWritten ? units.findLastIndex((unit) => isSame(unit, lastWritten)) : -1;
    const again = new Tally();
    units.forEach((unit, at) => {
      again.add(unit);
      isNew[at] = (at > answered && answered >= shared) || again.count(unit) > said.count(unit);
    });
    if (answered >= 0) return { isNew, repeated: 0 };
  }
  return { isNew, repeated: messagesIn(units.filter((_unit, at) => !isNew[at])) };
}

/** How often parts were said, by what they say. Ids of calls and citations do not count. */
class Tally {
  readonly #counts = new Map<string, Map<unknown, number>>();

  add(unit: Unit): void {
    const [group, key] = keyOf(unit);
    let counts = this.#counts.get(group);
    if (!counts) this.#counts.set(group, (counts = new Map<unknown, number>()));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  count(unit: Unit): number {
    const [group, key] = keyOf(unit);
    return this.#counts.get(group)?.get(key) ?? 0;
  }

  has(unit: Unit): boolean {
    return this.count(unit) > 0;
  }
}

/** The part itself where it is too large to be compared by a key: it is said anew, then. */
function keyOf({ role, part }: Unit): [group: string, key: unknown] {
  const group = `${part.type} ${role}`;
  switch (part.type) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      return [group, part.text.trim()];
    case 'tool-call':
      return [`${group} ${part.name}`, valueKey(part.arguments) ?? part];
    case 'tool-result':
      return [group, valueKey(part.result) ?? part];
    case 'media': {
      const { data = '', uri = '', name = '' } = part;
      return [group, `${name} ${uri} ${data.length} ${data.slice(0, MEDIA_ENDS)} ${data.slice(-MEDIA_ENDS)}`];
    }
    case 'other':
      return [group, valueKey(part.value) ?? part];
  }
}
