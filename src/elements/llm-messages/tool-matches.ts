import type { Message, ToolCallPart, ToolResultPart } from '../../model/index.js';

/** Which tool call each result answers. */
export interface ToolMatches {
  /** A number for the call, unique in the conversation. */
  placeOf(call: ToolCallPart): number;
  hasResult(call: ToolCallPart): boolean;
  callOf(result: ToolResultPart): ToolCallPart | undefined;
}

/**
 * Matches by id. Providers that give no ids answer in order, so a result without one belongs to the first call of its
 * name (of any name, where it has none) that has no answer yet.
 */
export function matchToolCalls(conversation: readonly Message[]): ToolMatches {
  const places = new Map<ToolCallPart, number>();
  const byId = new Map<string, ToolCallPart>();
  const calls = new Map<ToolResultPart, ToolCallPart>();
  const answered = new Set<ToolCallPart>();
  const withoutId = new Queues(answered);
  const callFor = (result: ToolResultPart): ToolCallPart | undefined =>
    result.id === undefined ? withoutId.next(result.name) : byId.get(result.id);
  for (const message of conversation) {
    for (const part of message.parts) {
      if (part.type === 'tool-call') {
        places.set(part, places.size);
        if (part.id === undefined) withoutId.add(part);
        else byId.set(part.id, part);
      } else if (part.type === 'tool-result') {
        const call = callFor(part);
        if (call) {
          calls.set(part, call);
          answered.add(call);
        }
      }
    }
  }
  return {
    placeOf: (call) => places.get(call) ?? -1,
    hasResult: (call) => answered.has(call),
    callOf: (result) => calls.get(result),
  };
}

/** Calls in their order, of each name and of all, each given out once. */
class Queues {
  readonly #answered: ReadonlySet<ToolCallPart>;
  readonly #queues = new Map<string | undefined, { calls: ToolCallPart[]; at: number }>();

  constructor(answered: ReadonlySet<ToolCallPart>) {
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
