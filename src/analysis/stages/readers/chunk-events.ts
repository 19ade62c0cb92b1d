import type { StageReader } from '../stage-reader.js';

/** Names of the events that instrumentations write for each piece of a stream (OpenLLMetry). */
const CHUNKS: ReadonlySet<string> = new Set(['llm.content.completion.chunk', 'gen_ai.content.completion.chunk']);

/** When the pieces of a stream came, where a span has an event for each. */
export const chunkEventStages: StageReader = {
  read(span) {
    if (!span.hasStart) return undefined;
    const times: number[] = [];
    for (const { name, time } of span.events) {
      if (time !== undefined && CHUNKS.has(name)) times.push(time - span.start);
    }
    if (times.length < 2) return undefined;
    times.sort((one, other) => one - other);
    return { from: 'events', measuredBy: 'client', stages: [], arrivals: { times, unit: 'chunk' } };
  },
};
