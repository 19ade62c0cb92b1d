import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { Client } from 'langsmith';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';
import { config, createSupportGraph, input } from '../support-graph.mjs';

export { answer } from './langsmith.mjs';

export const { replies } = story;

export async function run({ modelURL, collector }) {
  const client = new Client();
  const callbacks = [new LangChainTracer({ client })];
  const stream = await createSupportGraph(modelURL).stream(input, { ...config, callbacks, streamMode: 'messages' });
  for await (const piece of stream) void piece;
  await awaitAllCallbacks();
  await client.awaitPendingTraceBatches();
  return { 'langsmith-langgraph.jsonl': toLines(collector.bodies(/^POST \/runs\/batch/)) };
}
