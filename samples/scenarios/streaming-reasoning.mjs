import { trace } from '@opentelemetry/api';
import { createOpenAICompatible } from 'ai-sdk-openai-compatible-v2';
import { streamText } from 'ai-v6';
import { startTelemetry } from '../telemetry.mjs';

export const name = 'streaming-reasoning';
export const title = 'Streamed reasoning: which tariff is cheaper?';
export const about =
  'Two turns with a reasoning model, whose thoughts are streamed before the answer; the second uses the prompt cache.';
export const packages = ['ai-v6', 'ai-sdk-openai-compatible-v2'];

const firstQuestion =
  'Tariff A costs 9.50 euros a month and 31 cents a kWh. Tariff B costs 14 euros a month and 28 cents a kWh. ' +
  'I use about 1,900 kWh a year. Which one is cheaper for me?';
const secondQuestion = 'And if I buy a small electric car that needs another 1,600 kWh a year?';

export const replies = [
  {
    when: ({ last }) => last.includes('1,900 kWh'),
    shareReasoning: true,
    reasoning: [
      'Compare the cost of a year. A: 12 × 9.50 = 114, plus 1,900 × 0.31 = 589, together 703. ',
      'B: 12 × 14 = 168, plus 1,900 × 0.28 = 532, together 700. So B is cheaper by 3 euros, which is nearly nothing. ',
      'Where do they meet? The fixed costs differ by 54 euros, the price by 3 cents: 54 / 0.03 = 1,800 kWh. ',
      'That is a useful number for the user, since they are just above it.',
    ].join(''),
    text: [
      '**Tariff B, by only 3 euros a year.**\n\n',
      '| | A | B |\n|---|---:|---:|\n| Fixed | €114 | €168 |\n| 1,900 kWh | €589 | €532 |\n',
      '| **Year** | **€703** | **€700** |\n\n',
      'The two cost the same at 1,800 kWh a year. You are just above that, so choose by the terms of the contract.',
    ].join(''),
  },
  {
    when: ({ last }) => last.includes('electric car'),
    shareReasoning: true,
    reasoning: [
      'Now 1,900 + 1,600 = 3,500 kWh. A: 114 + 3,500 × 0.31 = 114 + 1,085 = 1,199. ',
      'B: 168 + 3,500 × 0.28 = 168 + 980 = 1,148. The difference is 51. ',
      'Check with the meeting point: (3,500 − 1,800) × 0.03 = 51. Right.',
    ].join(''),
    text: [
      '**Then tariff B is clearly cheaper: by 51 euros a year.** With 3,500 kWh, A costs €1,199 and B €1,148. ',
      'Every kWh above 1,800 saves you 3 cents with B.',
    ].join(''),
  },
];

export async function run({ baseURL }) {
  const finishedSpans = startTelemetry('tariff-advisor');
  // A provider for servers that send their model's thoughts as reasoning_content, which OpenAI's own API keeps secret.
  const provider = createOpenAICompatible({ name: 'local', baseURL, includeUsage: true });

  const takeTurn = async (messages) => {
    const result = streamText({
      model: provider('reasoner-32b'),
      system: 'You compare electricity tariffs. Calculate with care and answer in a few lines.',
      messages,
      maxOutputTokens: 1200,
      experimental_telemetry: {
        isEnabled: true,
        functionId: 'tariff-advice',
        metadata: { sessionId: 'session-a2e6', userId: 'user-640' },
      },
    });
    await result.consumeStream();
    return { role: 'assistant', content: await result.text };
  };

  // A span of the app itself, so that both turns are in one trace.
  await trace.getTracer('tariff-advisor').startActiveSpan('tariff conversation', async (span) => {
    const messages = [{ role: 'user', content: firstQuestion }];
    messages.push(await takeTurn(messages));
    messages.push({ role: 'user', content: secondQuestion });
    await takeTurn(messages);
    span.end();
  });
  return finishedSpans();
}
