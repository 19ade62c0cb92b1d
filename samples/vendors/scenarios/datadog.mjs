import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeMulti } from '@msgpack/msgpack';
import tracer from 'dd-trace';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

export function answer({ path }) {
  if (path === '/info') return { version: '7.60.0', endpoints: ['/v0.4/traces', '/evp_proxy/v2/'] };
  if (path.endsWith('/traces')) return { rate_by_service: {} };
}

export async function run({ modelURL, collector }) {
  tracer.init({ flushInterval: 200, plugins: true });
  tracer.use('http', false).use('fetch', false).use('dns', false).use('net', false);
  const { llmobs } = tracer;
  // The tracer changes modules that are required after it has started.
  const { OpenAI } = createRequire(import.meta.url)('openai');
  const openai = new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' });

  const traced = (name, kind, run) => (inputData) =>
    llmobs.trace({ name, kind }, async (span) => {
      llmobs.annotate(span, { inputData });
      const output = await run(inputData);
      const asDocuments = (found) =>
        found.map(({ id, content: text, metadata, score }) => ({ id, name: metadata.source, text, score }));
      llmobs.annotate(span, { outputData: kind === 'retrieval' ? asDocuments(output) : output });
      return output;
    });
  const steps = {
    searchHelpPages: traced('search help pages', 'retrieval', story.searchHelpPages),
    lookUpParcel: traced('look_up_parcel', 'tool', story.lookUpParcel),
    checkCustoms: traced('check_customs', 'tool', story.checkCustoms),
  };

  await llmobs.trace({ name: 'support question', kind: 'agent', sessionId: story.session }, async (span) => {
    llmobs.annotate(span, {
      inputData: story.question,
      tags: { user_id: story.user },
      metadata: { channel: 'help-center' },
    });
    const outputData = await story.answerSupportQuestion(openai, steps);
    llmobs.annotate(span, { outputData });
    const { name, value } = story.score;
    llmobs.submitEvaluation(llmobs.exportSpan(span), {
      label: name,
      metricType: 'score',
      value,
      tags: { source: 'customer' },
    });
  });
  llmobs.flush();
  await sleep(3000);

  return {
    'datadog-llmobs.jsonl': toLines([...collector.bodies(/llmobs$/), ...collector.bodies(/eval-metric$/)]),
    'datadog-apm.jsonl': toLines(collector.requests.filter(({ path }) => path === '/v0.4/traces').flatMap(asJson)),
  };
}

// The ids and times of MessagePack have 64 bits, and JSON writes them as digits.
function asJson({ bytes }) {
  const write = (value) => {
    if (typeof value === 'bigint') return value.toString();
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (value && typeof value === 'object') {
      return `{${Object.entries(value)
        .map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`)
        .join(',')}}`;
    }
    return JSON.stringify(value);
  };
  return [...decodeMulti(bytes, { useBigInt64: true })].map(write);
}
