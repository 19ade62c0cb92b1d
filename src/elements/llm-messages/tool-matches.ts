import type { Message, ToolCallPart, ToolResultPart } from '../../model/index.js';

/** Which tool call each result answers. */
export interface ToolMatches {
  readonly callCount: number;
  /** A number for the call, unique in the conversation. */
  numberOf(call: ToolCallPart): number;
  /** The first result that answers the call. */
  resultOf(call: ToolCallPart): ToolResultPart | undefined;
  callOf(result: ToolResultPart): ToolCallPart | undefined;
  /** The calls of one tool, in order. */
  callsOf(tool: string): readonly ToolCallPart[];
  /** Where a call or a result stands. */
  placeOf(part: ToolCallPart | ToolResultPart): PartPlace | undefined;
}

/** Number of the message, and of the part in it, from 0. */
export interface PartPlace {
  readonly message: number;
  readonly part: number;
}

/**
 * Matches by id. Providers that give no ids answer in order, so a result without one belongs to the first call of its
 * name (of any name, where it has none) that has no answer yet.
 */
export function matchToolCalls(conversation: readonly Message[]): ToolMatches {
  const numbers = new Map<ToolCallPart, number>();
  const places = new Map<ToolCallPart | ToolResultPart, PartPlace>();
  const byId = new Map<string, ToolCallPart>();
  const byName = new Map<string, ToolCallPart[]>();
  const calls = new Map<ToolResultPart, ToolCallPart>();
  const results = new Map<ToolCallPart, ToolResultPart>();
  const withoutId = new Queues(results);
  const callFor = (result: ToolResultPart): ToolCallPart | undefined =>
    result.id === undefined ? withoutId.next(result.name) : byId.get(result.id);
  conversation.forEach(({ parts }, message) => {
    parts.forEach((part, index) => {
      if (part.type === 'tool-call') {
        places.set(part, { message, part: index });
        numbers.set(part, numbers.size);
        const named = byName.get(part.name);
        if (named) named.push(part);
        else byName.set(part.name, [part]);
        if (part.id === undefined) withoutId.add(part);
        else byId.set(part.id, part);
      } else if (part.type === 'tool-result') {
        places.set(part, { message, part: index });
        const call = callFor(part);
        if (!call) return;
        calls.set(part, call);
        if (!results.has(call)) results.set(call, part);
      }
    });
  });
  return {
    callCount: numbers.size,
    numberOf: (call) => numbers.get(call) ?? -1,
    resultOf: (call) => results.get(call),
    callOf: (result) => calls.get(result),
    callsOf: (tool) => byName.get(tool) ?? [],
    placeOf: (part) => places.get(part),
  };
}

/** Calls in their order, of each name and of all, each given out once. */
class Queues {
  readonly #answered: ReadonlyMap<ToolCallPart, unknown>;
  readonly #queues = new Map<string | undefined, { calls: ToolCallPart[]; at: number }>();

  constructor(answered: ReadonlyMap<ToolCallPart, unknown>) {
    this.#answered = answered;
  }

  add(call: ToolCallPart): void {
    for (const name of [call.name, undefined]) {
      const queue = this.#queues.get(name);
      if (queue) queue.calls.push(call);
      else this.#queues.set(name, { calls: [call], at: 0 });
    }
  }

  /** The first call of a name, or of any, that has no answer yet. */
  next(name: string | undefined): ToolCallPart | undefined {
    const queue = this.#queues.get(name);
    if (!queue) return undefined;
    while (queue.at < queue.calls.length && this.#answered.has(queue.calls[queue.at]!)) queue.at++;
    return queue.calls[queue.at];
  }
}
