import { setTimeout as sleep } from 'node:timers/promises';
import { generateText, stepCountIs, streamText, tool } from 'ai-v6';
import { createOpenAI } from 'ai-sdk-openai-v3';
import { z } from 'zod';
import { startTelemetry } from '../telemetry.mjs';

export const name = 'agent-tools';
export const title = 'Agent with tools: a weekend in Porto';
export const about =
  'A streamed agent calls three tools at once, then two more, of which one asks a model itself, and writes a plan.';
// Version 6 of the AI SDK has its telemetry inside (ai.* attributes); version 7 is in the chat-genai scenario.
export const packages = ['ai-v6', 'ai-sdk-openai-v3'];

const plan = [
  '**Saturday.** It will rain until the early afternoon, so start inside: Livraria Lello at 10:00 (buy the ticket ',
  'online), then lunch at the Mercado do Bolhão. When the sky clears at about 15:00, walk across the Dom Luís bridge ',
  'to the port cellars. Dinner for two is booked at Adega São Nicolau, 20:30, reservation **R-2291**.\n\n',
  '**Sunday.** Sunny, 21 °C: take tram 1 to Foz and walk back along the river. Guests like the terrace seats of the ',
  'restaurant but say that service is slow, so do not plan anything tight after dinner.\n\n',
  '**Trains.** Leave Lisbon on Friday at 18:39 (arrives 21:48); return on Sunday at 17:52. Together €62.40 a person.',
].join('');

export const replies = [
  {
    when: ({ last }) => last.includes('Plan a weekend in Porto'),
    toolCalls: [
      { name: 'getWeather', arguments: { city: 'Porto', days: ['Saturday', 'Sunday'] } },
      { name: 'searchTrains', arguments: { from: 'Lisbon', to: 'Porto', depart: 'Friday', return: 'Sunday' } },
      { name: 'findRestaurants', arguments: { city: 'Porto', cuisine: 'traditional', maximumPrice: 35 } },
    ],
  },
  {
    when: ({ last }) => last.includes('Adega São Nicolau') && last.includes('rating'),
    text: 'Adega São Nicolau fits the budget. I will check what guests say about it and book a table.',
    toolCalls: [
      { name: 'summarizeReviews', arguments: { restaurant: 'Adega São Nicolau' } },
      { name: 'bookTable', arguments: { restaurant: 'Adega São Nicolau', time: 'Saturday 20:30', guests: 2 } },
    ],
  },
  {
    when: ({ last }) => last.includes('Wonderful octopus'),
    text: 'Guests praise the octopus and the terrace by the river; several mention slow service on weekends.',
  },
  { when: ({ last }) => last.includes('R-2291'), text: plan },
];

const reviews = [
  'Wonderful octopus, and the terrace by the river is lovely at sunset.',
  'Good food, but we waited forty minutes for the main course on a Saturday.',
  'Best grilled fish of our trip. Reserve, the room is small. Service was slow.',
];

function createTools(model) {
  return {
    getWeather: tool({
      description: 'Weather forecast of a city for given days',
      inputSchema: z.object({ city: z.string(), days: z.array(z.string()) }),
      execute: async ({ days }) => {
        await sleep(180);
        return [
          { day: days[0], sky: 'rain until 15:00, then clear', high: 17 },
          { day: days[1], sky: 'sunny', high: 21 },
        ];
      },
    }),
    searchTrains: tool({
      description: 'Return trains between two cities',
      inputSchema: z.object({ from: z.string(), to: z.string(), depart: z.string(), return: z.string() }),
      execute: async () => {
        await sleep(340);
        return {
          outbound: { train: 'IC 529', departs: '18:39', arrives: '21:48' },
          inbound: { train: 'AP 134', departs: '17:52', arrives: '20:40' },
          pricePerPerson: 62.4,
          currency: 'EUR',
        };
      },
    }),
    findRestaurants: tool({
      description: 'Restaurants of a city, with their rating and the price of a dinner',
      inputSchema: z.object({ city: z.string(), cuisine: z.string(), maximumPrice: z.number() }),
      execute: async () => {
        await sleep(260);
        return [
          { name: 'Adega São Nicolau', rating: 4.5, price: 28 },
          { name: 'Taberna dos Mercadores', rating: 4.4, price: 33 },
        ];
      },
    }),
    summarizeReviews: tool({
      description: 'Summary of what guests say about a restaurant',
      inputSchema: z.object({ restaurant: z.string() }),
      execute: async ({ restaurant }) => {
        const { text } = await generateText({
          model,
          prompt: `Summarize these reviews of ${restaurant} in one sentence:\n\n${reviews.join('\n')}`,
          experimental_telemetry: { isEnabled: true, functionId: 'summarize-reviews' },
        });
        return text;
      },
    }),
    bookTable: tool({
      description: 'Book a table at a restaurant',
      inputSchema: z.object({ restaurant: z.string(), time: z.string(), guests: z.number() }),
      execute: async ({ time }) => {
        await sleep(150);
        return { reservation: 'R-2291', time, confirmed: true };
      },
    }),
  };
}

export async function run({ baseURL }) {
  const finishedSpans = startTelemetry('trip-planner');
  const model = createOpenAI({ baseURL, apiKey: 'not-needed' }).chat('gpt-4.1-mini');
  const result = streamText({
    model,
    system:
      'You are a travel agent. Use the tools; never guess times or prices. Answer with a short plan for each day.',
    prompt: 'Plan a weekend in Porto for two people, from Lisbon, Friday to Sunday, dinner under 35 euros each.',
    tools: createTools(model),
    temperature: 0.2,
    stopWhen: stepCountIs(6),
    experimental_telemetry: {
      isEnabled: true,
      functionId: 'weekend-planner',
      metadata: { sessionId: 'session-19c4', userId: 'user-311', tags: ['travel', 'beta'] },
    },
  });
  await result.consumeStream();
  return finishedSpans();
}
