// A small server on the loopback interface that speaks the OpenAI wire format. It has no model: every scenario gives
// it a list of scripted replies. What it does by itself is the part that the SDKs see as behaviour: delays, streaming
// in small pieces, token counts from the length of the text, a prompt cache, and errors.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cachedTokens, countTokens, promptPieces, sumTokens } from './tokens.mjs';

// Some SDKs record the address of the server, so it has to be the same on every machine.
const port = 4010;

const requestOverhead = 140;
const millisecondsPerPromptToken = 0.2;
const millisecondsPerToken = 5;
const charactersPerChunk = 14;

/**
 * A scripted reply:
 *   when(conversation)  whether this reply answers the conversation ({ model, system, last, messages })
 *   times               how often it can be used (default: always)
 *   text                what the assistant says
 *   toolCalls           [{ name, arguments }]
 *   reasoning           what the model thinks first; counted, and sent only where shareReasoning is true
 *   error               { status, message, code, retryAfter } instead of an answer
 */
export async function startModelServer(replies) {
  const state = { replies: replies.map((reply) => ({ ...reply })), earlierPrompts: [], created: 0 };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error) => {
      sendJson(response, 500, { error: { message: error.message, type: 'server_error', param: null, code: null } });
    });
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    baseURL: `http://localhost:${port}/v1`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handle(state, request, response) {
  const body = JSON.parse(await readText(request));
  switch (request.url) {
    case '/v1/chat/completions':
      return answerChat(state, body, response);
    case '/v1/responses':
      return answerResponses(state, body, response);
    case '/v1/embeddings':
      return answerEmbeddings(body, response);
    default:
      return sendJson(response, 404, {
        error: { message: `No such path: ${request.url}`, type: 'invalid_request_error' },
      });
  }
}

async function readText(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

// Ids that look like the real ones, and that are the same in every recording.
function nextId(state, prefix) {
  state.created += 1;
  return `${prefix}${createHash('sha256').update(`${prefix}${state.created}`).digest('hex').slice(0, 24)}`;
}

function findReply(state, model, messages) {
  const textOf = (message) =>
    typeof message?.content === 'string' ? message.content : JSON.stringify(message?.content);
  const system = messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(textOf)
    .join('\n');
  const conversation = { model, system, last: textOf(messages.at(-1)) ?? '', messages };
  const reply = state.replies.find((candidate) => candidate.times !== 0 && candidate.when(conversation));
  if (!reply) throw new Error(`The scenario has no reply for: ${conversation.last}`);
  if (reply.times) reply.times -= 1;
  return reply;
}

function measure(state, reply, tools, messages) {
  const pieces = promptPieces(tools, messages);
  const prompt = sumTokens(pieces);
  const cached = cachedTokens(pieces, state.earlierPrompts);
  const reasoning = countTokens(reply.reasoning);
  const toolCalls = (reply.toolCalls ?? []).map((call) => call.name + JSON.stringify(call.arguments)).join('');
  const completion = countTokens(reply.text) + countTokens(toolCalls) + reasoning;
  state.earlierPrompts.push(pieces);
  return { prompt, cached, reasoning, completion };
}

// A cached prefix is not read again, which is why it makes the first token come earlier.
function timeToFirstToken(tokens) {
  return requestOverhead + (tokens.prompt - tokens.cached) * millisecondsPerPromptToken;
}

async function sendError(response, { status, message, code, retryAfter }) {
  await sleep(requestOverhead);
  const type = status === 429 ? 'requests' : 'server_error';
  const headers = retryAfter ? { 'retry-after': String(retryAfter) } : {};
  sendJson(response, status, { error: { message, type, param: null, code } }, headers);
}

// ---- /v1/chat/completions

async function answerChat(state, body, response) {
  const reply = findReply(state, body.model, body.messages);
  if (reply.error) return sendError(response, reply.error);

  const tokens = measure(state, reply, body.tools, body.messages);
  const usage = {
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    total_tokens: tokens.prompt + tokens.completion,
    prompt_tokens_details: { cached_tokens: tokens.cached, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning, audio_tokens: 0 },
  };
  const head = {
    id: nextId(state, 'chatcmpl-'),
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    service_tier: 'default',
  };
  const toolCalls = (reply.toolCalls ?? []).map((call) => ({
    id: nextId(state, 'call_'),
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  const finishReason = toolCalls.length > 0 ? 'tool_calls' : 'stop';

  if (body.stream) return streamChat({ body, reply, tokens, usage, head, toolCalls, finishReason, response });

  await sleep(timeToFirstToken(tokens) + tokens.completion * millisecondsPerToken);
  const message = { role: 'assistant', content: reply.text ?? null, refusal: null, annotations: [] };
  if (toolCalls.length > 0) message.tool_calls = toolCalls;
  sendJson(response, 200, {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage,
  });
}

async function streamChat({ body, reply, tokens, usage, head, toolCalls, finishReason, response }) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const includeUsage = body.stream_options?.include_usage;
  const send = (choices, extra = {}) => {
    const nullUsage = includeUsage ? { usage: null } : {};
    const chunk = { ...head, object: 'chat.completion.chunk', choices, ...nullUsage, ...extra };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  const sendDelta = (delta, reason = null) => send([{ index: 0, delta, logprobs: null, finish_reason: reason }]);

  await sleep(timeToFirstToken(tokens));
  if (!reply.shareReasoning) await sleep(tokens.reasoning * millisecondsPerToken);
  sendDelta({ role: 'assistant', content: toolCalls.length > 0 ? null : '', refusal: null });
  if (reply.shareReasoning) {
    for (const piece of chunksOf(reply.reasoning)) {
      await sleep(countTokens(piece) * millisecondsPerToken);
      sendDelta({ reasoning_content: piece });
    }
  }
  for (const piece of chunksOf(reply.text)) {
    await sleep(countTokens(piece) * millisecondsPerToken);
    sendDelta({ content: piece });
  }
  for (const [index, call] of toolCalls.entries()) {
    sendDelta({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: '' } }] });
    for (const piece of chunksOf(call.function.arguments)) {
      await sleep(countTokens(piece) * millisecondsPerToken);
      sendDelta({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  sendDelta({}, finishReason);
  if (includeUsage) send([], { usage });
  response.end('data: [DONE]\n\n');
}

function chunksOf(text = '') {
  return text.match(new RegExp(`[^]{1,${charactersPerChunk}}`, 'g')) ?? [];
}

// ---- /v1/responses (answers in one piece only: a streamed request is used for its error, in the error-retry scenario)

async function answerResponses(state, body, response) {
  const messages = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
  const conversation = body.instructions ? [{ role: 'system', content: body.instructions }, ...messages] : messages;
  const reply = findReply(state, body.model, conversation);
  if (reply.error) return sendError(response, reply.error);
  if (body.stream) throw new Error('This server does not stream /v1/responses.');

  const tokens = measure(state, reply, body.tools, conversation);
  await sleep(timeToFirstToken(tokens) + tokens.completion * millisecondsPerToken);
  sendJson(response, 200, {
    id: nextId(state, 'resp_'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'completed',
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    model: body.model,
    output: [
      {
        id: nextId(state, 'msg_'),
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: reply.text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: tokens.prompt,
      input_tokens_details: { cached_tokens: tokens.cached },
      output_tokens: tokens.completion,
      output_tokens_details: { reasoning_tokens: tokens.reasoning },
      total_tokens: tokens.prompt + tokens.completion,
    },
  });
}

// ---- /v1/embeddings

const dimensions = 16;

// Words that share their first letters fall into the same place of the vector ("work", "worked"), so that texts on
// the same matter are near to each other: enough for the tiny indexes of the samples.
function embed(text) {
  const vector = new Array(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
    const hash = createHash('sha256').update(word.slice(0, 4)).digest();
    vector[hash[0] % dimensions] += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => Number((value / length).toFixed(6)));
}

async function answerEmbeddings(body, response) {
  const inputs = [body.input].flat();
  const tokens = inputs.reduce((sum, input) => sum + countTokens(input), 0);
  await sleep(requestOverhead);
  const data = inputs.map((input, index) => {
    const vector = embed(input);
    // The OpenAI client asks for base64 unless the caller says otherwise.
    const asBase64 = () => Buffer.from(Float32Array.from(vector).buffer).toString('base64');
    return { object: 'embedding', index, embedding: body.encoding_format === 'base64' ? asBase64() : vector };
  });
  sendJson(response, 200, {
    object: 'list',
    data,
    model: body.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}
