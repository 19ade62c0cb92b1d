import {
  Agent,
  BatchTraceProcessor,
  getGlobalTraceProvider,
  OpenAIProvider,
  OpenAITracingExporter,
  Runner,
  setTraceProcessors,
  tool,
  withCustomSpan,
  withTrace,
} from '@openai/agents';
import { z } from 'zod';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

const triageText = 'You pass questions to the right colleague.';
const summaryText = 'You sum up a conversation in one line.';

export const replies = [
  {
    when: ({ system }) => system.includes(summaryText),
    text: 'Parcel 4711 is at customs; the customs due are not known.',
  },
  { when: ({ system }) => system.includes(triageText), toolCalls: [{ name: 'transfer_to_parcels', arguments: {} }] },
  // The handoff is a tool call too.
  { when: ({ messages }) => messages.filter(({ role }) => role === 'tool').length > 2, text: story.answer },
  { ...story.replies.at(-1), when: () => true },
];

const asTool = (name, execute) =>
  tool({ name, description: story.toolTexts[name], parameters: z.object({ parcel: z.string() }), execute });

export async function run({ modelURL, collector }) {
  const exporter = new OpenAITracingExporter({ apiKey: 'sk-local', endpoint: `${collector.url}/v1/traces/ingest` });
  setTraceProcessors([new BatchTraceProcessor(exporter)]);

  const parcels = new Agent({
    name: 'parcels',
    model: story.model,
    modelSettings: { temperature: 0 },
    instructions: story.firstMessages(story.documents)[0].content,
    tools: [asTool('look_up_parcel', story.lookUpParcel), asTool('check_customs', story.checkCustoms)],
  });
  const triage = Agent.create({ name: 'triage', model: story.model, instructions: triageText, handoffs: [parcels] });
  triage.inputGuardrails = [
    { name: 'is about parcels', execute: async () => ({ outputInfo: 'parcel', tripwireTriggered: false }) },
  ];
  const summary = new Agent({ name: 'summary', model: story.model, instructions: summaryText });

  const connection = { baseURL: modelURL, apiKey: 'sk-local' };
  // Two of the wire formats of OpenAI: chat completions make "generation" spans, responses make "response" spans.
  const chat = new Runner({ modelProvider: new OpenAIProvider({ ...connection, useResponses: false }) });
  const responses = new Runner({ modelProvider: new OpenAIProvider({ ...connection, useResponses: true }) });

  await withTrace(
    'support question',
    async () => {
      await withCustomSpan(async () => story.searchHelpPages(), {
        data: { name: 'search help pages', data: { query: story.question, documents: story.documents } },
      });
      const streamed = await chat.run(triage, story.question, { stream: true });
      await streamed.completed;
      await responses.run(summary, streamed.finalOutput);
    },
    { groupId: story.session, metadata: { user_id: story.user } },
  );
  await getGlobalTraceProvider().forceFlush();

  return { 'openai-agents.jsonl': toLines(collector.bodies(/^POST \/v1\/traces\/ingest/)) };
}
