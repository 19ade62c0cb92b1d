import { setTimeout as sleep } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { OpenTelemetry } from '@ai-sdk/otel';
import { createOpenAI } from '@ai-sdk/openai';
import { cosineSimilarity, embedMany, isStepCount, registerTelemetry, streamText, tool } from 'ai';
import { z } from 'zod';
import { startTelemetry } from '../telemetry.mjs';

export const name = 'chat-genai';
export const title = 'Support chat: a heat pump shows E7';
export const about =
  'Two streamed turns with the newest OpenTelemetry GenAI attributes: messages, instructions, tool definitions.';
// Version 7 asks for Node 22 or later; what is used of it here runs on Node 20 as well.
export const packages = ['ai', '@ai-sdk/otel', '@ai-sdk/openai'];

const firstQuestion = 'My heat pump HP-300 shows E7 and the house is getting cold. What can I do?';
const secondQuestion = 'The filter was full of dirt and now it heats again. Do I still need the technician?';

export const replies = [
  {
    when: ({ last }) => last.includes('shows E7'),
    text: 'Let me look that up and check your device.',
    toolCalls: [
      { name: 'searchManual', arguments: { query: 'error code E7 water flow too low' } },
      { name: 'readDevice', arguments: { serial: 'HP300-55821' } },
    ],
  },
  {
    when: ({ last }) => last.includes('6.1'),
    text: [
      '**E7 means that too little water flows** through the pump. Yours reports 6.1 liters a minute; it needs 12.\n\n',
      '1. Switch the pump off at the panel.\n',
      '2. Close both valves next to the water filter and unscrew the filter.\n',
      '3. Rinse it, put it back, open the valves, and switch the pump on.\n\n',
      'If E7 comes back, a technician has to check the circulation pump: I can reserve a visit for tomorrow at 9:00.',
    ].join(''),
  },
  {
    when: ({ last }) => last.includes('full of dirt'),
    toolCalls: [{ name: 'readDevice', arguments: { serial: 'HP300-55821' } }],
  },
  {
    when: ({ last }) => last.includes('12.8'),
    text: 'No. The flow is at 12.8 liters a minute and the error is gone. Rinse the filter again in about six months.',
  },
];

const manual = [
  { page: 41, text: 'Error code E7: the water flow is too low. Rinse the water filter and check the valves.' },
  { page: 42, text: 'Error code E9: the outdoor sensor is not connected.' },
  { page: 17, text: 'Cleaning the air inlet once a year keeps the noise low.' },
];

function createTools(openai) {
  let readings = 0;
  return {
    searchManual: tool({
      description: 'Pages of the manual that are near to a query',
      inputSchema: z.object({ query: z.string() }),
      execute: async ({ query }) => {
        const { embeddings } = await embedMany({
          model: openai.embedding('text-embedding-3-small'),
          values: [query, ...manual.map(({ text }) => text)],
          telemetry: { functionId: 'manual-search' },
        });
        const [queryVector, ...pageVectors] = embeddings;
        return manual
          .map((page, index) => ({
            ...page,
            score: Number(cosineSimilarity(queryVector, pageVectors[index]).toFixed(3)),
          }))
          .sort((left, right) => right.score - left.score)
          .slice(0, 2);
      },
    }),
    readDevice: tool({
      description: 'State of a device: its error code and the flow of water in liters a minute',
      inputSchema: z.object({ serial: z.string() }),
      execute: async ({ serial }) => {
        readings += 1;
        await sleep(210);
        return readings === 1 ? { serial, error: 'E7', flowRate: 6.1 } : { serial, error: null, flowRate: 12.8 };
      },
    }),
  };
}

export async function run({ baseURL }) {
  const finishedSpans = startTelemetry('support-chat');
  registerTelemetry(
    new OpenTelemetry({
      // The integration does not know of conversations: an app adds the id by itself.
      enrichSpan: () => ({ 'gen_ai.conversation.id': 'conversation-4d10', 'user.id': 'user-1205' }),
      usage: true,
    }),
  );

  const openai = createOpenAI({ baseURL, apiKey: 'not-needed' });
  const tools = createTools(openai);
  const takeTurn = async (messages) => {
    const result = streamText({
      model: openai.chat('gpt-4.1'),
      instructions:
        'You help owners of heat pumps. Use the manual and the device; be brief; never suggest opening the device.',
      messages,
      tools,
      temperature: 0.3,
      maxOutputTokens: 500,
      stopWhen: isStepCount(4),
      telemetry: { functionId: 'support-agent' },
    });
    await result.consumeStream();
    return result.responseMessages;
  };

  // A span of the app itself, so that both turns are in one trace.
  await trace.getTracer('support-chat').startActiveSpan('support conversation', async (span) => {
    const firstTurn = [{ role: 'user', content: firstQuestion }];
    const answer = await takeTurn(firstTurn);
    await takeTurn([...firstTurn, ...answer, { role: 'user', content: secondQuestion }]);
    span.end();
  });
  return finishedSpans();
}
