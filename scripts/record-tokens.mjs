// Records the trace of demo/tokens.html: a question, the call of a tool, an answer. The client is OpenAI's, the model is the
// one of ngram-model.mjs, the tracer is ours. `node scripts/record-tokens.mjs`
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { answer } from './ngram-model.mjs';
import { buildProgram } from './served-page.mjs';

const at = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const SEEDS = { call: 85_839, answer: 69_606 };

const chunkOf = (choice) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_767_268_800,
  model: 'ngram-5',
  choices: [{ index: 0, finish_reason: null, ...choice }],
});

/** As vLLM does: a call of a tool is parsed from what the model writes, and the tokens are those that it wrote. */
function* chunksFor({ messages }) {
  const isLast = messages.some(({ role }) => role === 'tool');
  const tokens = isLast ? answer('Your order 1040', SEEDS.answer) : answer('{"name', SEEDS.call);
  const decoder = new TextDecoder();
  for (const token of tokens) {
    const text = decoder.decode(Uint8Array.from(token.bytes), { stream: true });
    yield chunkOf({ delta: isLast ? { content: text } : {}, logprobs: { content: [token] } });
  }
  if (isLast) return yield chunkOf({ delta: {}, finish_reason: 'stop' });
  const call = JSON.parse(Buffer.from(tokens.flatMap(({ bytes }) => bytes)).toString());
  const called = { name: call.name, arguments: JSON.stringify(call.arguments) };
  const delta = { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: called }] };
  return yield chunkOf({ delta, finish_reason: 'tool_calls' });
}

const server = createServer(async (request, response) => {
  const body = await new Response(request).json();
  response.setHeader('content-type', 'text/event-stream');
  for (const chunk of chunksFor(body)) {
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  response.end('data: [DONE]\n\n');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const PROGRAM = `
  import OpenAI from 'openai';
  import { toOtlp } from ${JSON.stringify(at('src/export/index.ts'))};
  import { createTracer } from ${JSON.stringify(at('src/tracer/index.ts'))};
  import { wrapOpenAI } from ${JSON.stringify(at('src/tracer/integrations/openai.ts'))};

  export async function record(baseURL) {
    const spans = [];
    const store = { started() {}, ended: (span) => spans.push(span), flush: async () => ({ stored: spans.length, dropped: 0 }) };
    const tracer = createTracer({ store, service: 'shop' });
    const client = wrapOpenAI(new OpenAI({ apiKey: 'none', baseURL, dangerouslyAllowBrowser: true }), { tracer });
    const tools = [{ type: 'function', function: { name: 'delivery_date', parameters: { type: 'object', properties: { order: { type: 'integer' }, city: { type: 'string' }, express: { type: 'boolean' } } } } }];
    const messages = [{ role: 'user', content: 'When does my order 1040 come?' }];
    await tracer.span('answer', { kind: 'chain', input: messages[0].content }, async (span) => {
      const ask = async () => {
        const stream = await span.use(client).chat.completions.create({ model: 'ngram-5', temperature: 1, logprobs: true, top_logprobs: 5, stream: true, messages, tools });
        let text = '';
        let call;
        for await (const { choices: [{ delta }] } of stream) {
          text += delta.content ?? '';
          call = delta.tool_calls?.[0] ?? call;
        }
        return { text, call };
      };
      const { call } = await ask();
      const input = JSON.parse(call.function.arguments);
      const result = await span.child(call.function.name, { kind: 'tool', input }, async () => ({ order: input.order, arrives: 'Friday' }));
      messages.push({ role: 'assistant', content: null, tool_calls: [{ id: call.id, type: 'function', function: call.function }] });
      messages.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) });
      return (await ask()).text;
    });
    await tracer.flush();
    return toOtlp(spans);
  }`;

// Older versions of Node do not have it.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const folder = await mkdtemp(at('node_modules/.record-'));
try {
  for (const { fileName, code } of await buildProgram(PROGRAM)) await writeFile(path.join(folder, fileName), code);
  const { record } = await import(pathToFileURL(path.join(folder, 'program.js')).href);
  const trace = await record(`http://127.0.0.1:${server.address().port}/v1`);
  const text = JSON.stringify(trace, null, 1).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://localhost:4010');
  await writeFile(at('demo/traces/token-probabilities.json'), `${text}\n`);
} finally {
  await rm(folder, { recursive: true });
  server.close();
}
