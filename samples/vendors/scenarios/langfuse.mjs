import { LangfuseClient } from '@langfuse/client';
import { observeOpenAI } from '@langfuse/openai';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { getActiveTraceId, propagateAttributes, startActiveObservation } from '@langfuse/tracing';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { OpenAI } from 'openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

const observed = (name, asType, run) => (input) =>
  startActiveObservation(
    name,
    async (observation) => {
      observation.update({ input });
      try {
        const output = await run(input);
        observation.update({ output });
        return output;
      } catch (error) {
        observation.update({ level: 'ERROR', statusMessage: error.message });
        throw error;
      }
    },
    { asType },
  );

export async function run({ modelURL, collector }) {
  const processor = new LangfuseSpanProcessor();
  const resource = resourceFromAttributes({ 'service.name': 'support' });
  new NodeTracerProvider({ resource, spanProcessors: [processor] }).register();
  const client = observeOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }), { generationName: 'answer' });
  const steps = {
    searchHelpPages: observed('search help pages', 'retriever', story.searchHelpPages),
    lookUpParcel: observed('look_up_parcel', 'tool', story.lookUpParcel),
    checkCustoms: observed('check_customs', 'tool', story.checkCustoms),
  };

  let traceId;
  const trace = {
    traceName: 'support question',
    sessionId: story.session,
    userId: story.user,
    tags: ['support', 'parcels'],
    metadata: { channel: 'help-center' },
    version: '2.4.1',
  };
  await propagateAttributes(trace, () =>
    observed('support question', 'agent', () => {
      traceId = getActiveTraceId();
      return story.answerSupportQuestion(client, steps);
    })(story.question),
  );
  await processor.forceFlush();

  const langfuse = new LangfuseClient();
  langfuse.score.create({ traceId, dataType: 'NUMERIC', ...story.score });
  await langfuse.flush();

  const spans = collector.bodies(/^POST \/api\/public\/otel/);
  return { 'langfuse-otlp.jsonl': toLines([...spans, ...collector.bodies(/^POST \/api\/public\/ingestion/)]) };
}
