import { config, createSupportGraph, input } from '../support-graph.mjs';
import { toList } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

/** Nothing is sent here: what is recorded is what the two streams of the library yield, as JSON. */
export async function run({ modelURL }) {
  const events = [];
  for await (const event of createSupportGraph(modelURL).streamEvents(input, { ...config, version: 'v2' })) {
    events.push(JSON.stringify(event));
  }

  const tuples = [];
  const streamMode = ['values', 'updates', 'messages', 'custom', 'tasks', 'checkpoints'];
  for await (const tuple of await createSupportGraph(modelURL).stream(input, { ...config, streamMode })) {
    tuples.push(JSON.stringify(tuple));
  }
  return { 'langchain-events.json': toList(events), 'langgraph-stream.json': toList(tuples) };
}
