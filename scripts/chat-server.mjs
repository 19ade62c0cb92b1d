// What the demo's chat talks to: a model under `/model/chat/v1`, with the API of OpenAI's chat completions, streamed at the
// pace of a real one; and under `/collector/…` a receiver of OTLP/HTTP, which gives back what it got last.
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { replyTo } from './chat-model.mjs';

const MODEL = 'shop-assistant-1';
/** Milliseconds until the first piece, and between two. */
const PACE = { first: 350, next: 28 };

const json = (response, status, body, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
}

/** Roughly what a tokenizer would count. */
const tokensOf = (value) => Math.ceil(JSON.stringify(value ?? '').length / 4);

let count = 0;

function toolCallsOf(calls) {
  return calls.map(([name, args]) => ({
    id: `call_${++count}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
}

/** An answer as the deltas of a stream. */
function deltasOf({ content, tool_calls: calls = [] }) {
  const deltas = [{ role: 'assistant', content: calls.length ? null : '' }];
  for (const [index, { id, type, function: called }] of calls.entries()) {
    deltas.push({ tool_calls: [{ index, id, type, function: { name: called.name, arguments: '' } }] });
    for (const piece of called.arguments.match(/.{1,12}/gs)) {
      deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  for (const piece of content?.match(/\s*\S+/g) ?? []) deltas.push({ content: piece });
  return deltas;
}

async function complete(request, response) {
  const body = JSON.parse(await bodyOf(request));
  const { error, content, calls } = replyTo(body);
  if (error) {
    return json(response, 503, { error: { message: error, type: 'server_error' } }, { 'retry-after-ms': '300' });
  }
  const message = calls ? { tool_calls: toolCallsOf(calls), content: null } : { content };
  const head = { id: `chatcmpl-${++count}`, created: Math.floor(Date.now() / 1000), model: body.model ?? MODEL };
  const finish = calls ? 'tool_calls' : 'stop';
  const prompt = tokensOf([body.messages, body.tools]);
  const completion = tokensOf(message.tool_calls ?? content);
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  await pause(PACE.first);
  if (!body.stream) {
    const choice = { index: 0, message: { role: 'assistant', ...message }, finish_reason: finish };
    return json(response, 200, { ...head, object: 'chat.completion', choices: [choice], usage });
  }
  const send = (rest) =>
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...rest })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  for (const delta of deltasOf(message)) {
    if (response.destroyed) return;
    send({ choices: [{ index: 0, delta, finish_reason: null }] });
    await pause(PACE.next);
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  if (body.stream_options?.include_usage) send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

/** Requests that a collector gives back, by its path. */
const collected = new Map();
const MOST_COLLECTED = 100;

async function collect(path, request, response) {
  const all = collected.get(path) ?? [];
  collected.set(path, all);
  if (request.method !== 'POST') return json(response, 200, all);
  all.push(await bodyOf(request));
  if (all.length > MOST_COLLECTED) all.shift();
  json(response, 200, { partialSuccess: {} });
}

/** Middleware for Vite's servers. */
export function chatServer() {
  return async (request, response, next) => {
    const { pathname: path } = new URL(request.url, 'http://localhost');
    try {
      if (path === '/model/chat/v1/chat/completions') await complete(request, response);
      else if (path === '/model/chat/v1/models')
        json(response, 200, { object: 'list', data: [{ id: MODEL, object: 'model' }] });
      else if (path.startsWith('/collector/')) await collect(path, request, response);
      else next();
    } catch ({ message }) {
      if (!response.headersSent) json(response, 400, { error: { message, type: 'invalid_request_error' } });
    }
  };
}
