// The small story that every scenario tells with its own SDK: a support question is answered from help pages, with
// two tools; one of the tools fails, and the answer is streamed.

export const question = 'Where is my parcel 4711, and do I have to pay customs?';
export const systemPrompt = 'You answer questions of customers about their parcels, in two sentences at most.';
export const model = 'gpt-4o-mini';
export const session = 'session-7f3a';
export const user = 'user-82';
export const score = { name: 'helpful', value: 1, comment: 'The customer said thank you.' };

export const documents = [
  {
    id: 'parcels-003',
    content: 'A parcel from abroad stays at customs for one to three days.',
    metadata: { source: 'parcels.md', line: 12 },
    score: 0.91,
  },
  {
    id: 'customs-011',
    content: 'Gifts below 45 euros are free of customs.',
    metadata: { source: 'customs.md', line: 40 },
    score: 0.84,
  },
];

export async function searchHelpPages() {
  return documents;
}

export async function lookUpParcel({ parcel }) {
  return { parcel, status: 'at customs', since: '2026-03-02' };
}

export async function checkCustoms() {
  throw new Error('The customs service did not answer within 2 seconds.');
}

export const toolTexts = {
  look_up_parcel: 'Says where a parcel is.',
  check_customs: 'Says which customs are due for a parcel.',
};

const parameters = { type: 'object', properties: { parcel: { type: 'string' } }, required: ['parcel'] };

/** The tools as the chat completions of OpenAI want them. */
export const tools = Object.entries(toolTexts).map(([name, description]) => ({
  type: 'function',
  function: { name, description, parameters },
}));

export const answer =
  'Your parcel 4711 has been at customs since 2 March. I could not find out the customs due; gifts below 45 euros are free.';

const hasToolResult = ({ messages }) =>
  messages.some(({ role, type }) => role === 'tool' || type === 'function_call_output');

/** What the model server answers: two tool calls at first, and the answer once their results are there. */
export const replies = [
  { when: hasToolResult, text: answer },
  {
    when: ({ messages }) => !hasToolResult({ messages }),
    toolCalls: [
      { name: 'look_up_parcel', arguments: { parcel: '4711' } },
      { name: 'check_customs', arguments: { parcel: '4711' } },
    ],
  },
];

export function firstMessages(found) {
  const pages = found
    .map(({ content, page_content, pageContent }) => `- ${content ?? page_content ?? pageContent}`)
    .join('\n');
  return [
    { role: 'system', content: `${systemPrompt}\n\nHelp pages:\n${pages}` },
    { role: 'user', content: question },
  ];
}

/**
 * The story with an OpenAI client, for the SDKs that wrap the client and functions: `steps` holds the wrapped
 * searchHelpPages, lookUpParcel and checkCustoms.
 */
export async function answerSupportQuestion(client, steps) {
  const start = firstMessages(await steps.searchHelpPages(question));
  const first = await client.chat.completions.create({ model, temperature: 0, messages: start, tools });
  const asked = first.choices[0].message;
  const results = [];
  for (const call of asked.tool_calls) {
    results.push({ role: 'tool', tool_call_id: call.id, content: await useTool(call, steps) });
  }
  const messages = [...start, asked, ...results];
  const stream = await client.chat.completions.create({
    model,
    temperature: 0,
    messages,
    tools,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  return text;
}

async function useTool({ function: { name, arguments: sent } }, steps) {
  const tool = { look_up_parcel: steps.lookUpParcel, check_customs: steps.checkCustoms }[name];
  try {
    return JSON.stringify(await tool(JSON.parse(sent)));
  } catch (error) {
    return `Error: ${error.message}`;
  }
}
