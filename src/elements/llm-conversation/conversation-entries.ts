import type { MessageEntry, RunConversation } from '../../analysis/index.js';
import type { Message } from '../../model/index.js';

/** Which entries of a conversation are hidden in a part that a person folded, and what each weighs in a window of them. */
export class EntryWeights {
  /** By entry; 0 for one that is hidden. */
  readonly weights: readonly number[];
  /** The part that an entry is in, by its place; -1 for none. */
  readonly parts: Int32Array;
  /** Messages in each part, by the place of the part. */
  readonly counts: Uint32Array;

  constructor(
    { entries, trace }: RunConversation,
    isFolded: (spanId: string) => boolean,
    partsOf: (entry: MessageEntry) => number,
  ) {
    const weights: number[] = [];
    this.parts = new Int32Array(entries.length).fill(-1);
    this.counts = new Uint32Array(entries.length);
    /** Parts around the entry at hand, by their depth. */
    const around: number[] = [];
    /** Entries deeper than this are hidden. */
    let hiddenFrom = Infinity;
    entries.forEach((entry, at) => {
      around.length = Math.min(around.length, entry.depth);
      this.parts[at] = around[entry.depth - 1] ?? -1;
      if (entry.depth <= hiddenFrom) hiddenFrom = Infinity;
      weights.push(entry.depth > hiddenFrom ? 0 : entry.type === 'message' ? Math.max(1, partsOf(entry)) : 1);
      if (entry.type === 'message') for (const part of around) this.counts[part]!++;
      if (entry.type !== 'part') return;
      around[entry.depth] = at;
      if (hiddenFrom === Infinity && isFolded(trace.idAt(entry.position))) hiddenFrom = entry.depth;
    });
    this.weights = weights;
  }

  /** The parts that an entry is in, the outermost first. */
  around(at: number): number[] {
    const around: number[] = [];
    for (let part = this.parts[at] ?? -1; part >= 0; part = this.parts[part]!) around.push(part);
    return around.reverse();
  }
}

/** The first entry of a span, or of the call or the part that it was done for; -1 for none. */
export function entryOf({ entries, outline, trace }: RunConversation, position: number): number {
  const places = new Map<number, number>();
  entries.forEach((entry, at) => {
    // What a call wrote tells more of it than what it was given.
    const isOutput = entry.type === 'message' && entry.message.origin === 'output';
    const known = places.get(entry.position);
    const knownEntry = known === undefined ? undefined : entries[known];
    const isKnownOutput = knownEntry?.type === 'message' && knownEntry.message.origin === 'output';
    if (known === undefined || (isOutput && !isKnownOutput)) places.set(entry.position, at);
  });
  for (let at = position; at >= 0; at = outline.parents[at]!) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  // What holds others: the first of them.
  const end = position + trace.tree.size[position]!;
  return entries.findIndex((entry) => entry.position >= position && entry.position < end);
}

/** All messages in order, with the results behind the calls that they are of. */
export function messagesOf({ entries, results }: RunConversation): Message[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'message') return [];
    const answers = entry.message.parts.flatMap((part) => {
      const result = part.type === 'tool-call' ? results.get(part) : undefined;
      return result ? [result] : [];
    });
    const { message } = entry;
    return answers.length ? [message, { role: 'tool', origin: 'input', parts: answers } satisfies Message] : [message];
  });
}
