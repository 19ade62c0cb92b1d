// A model server for the tests of the tracer's integrations, under `/model/<scenario>/…`: it speaks the wire formats of
// OpenAI, Anthropic, Gemini and Ollama, has no model, and does by scenario what servers do in real life.

/** What it says. With characters of two, three and four bytes, so that chunks may end within one. */
const WORDS = ['Grüße, ', 'brave ', 'new ', '世界 ', 'of ', 'traces 🙂'];

const CALLS = [
  { id: 'call_a', name: 'weather', pieces: ['{"city":', '"Oslo"}'] },
  { id: 'call_b', name: 'time', pieces: ['{"tz":', '"CET"}'] },
];

/** Requests that a test waits to be closed, by the id that it gave. */
const closed = new Map();

function closing(id) {
  let entry = closed.get(id);
  if (!entry) {
    entry = {};
    entry.promise = new Promise((resolve) => (entry.resolve = resolve));
    closed.set(id, entry);
  }
  return entry;
}

/** Requests by the id that the test gave, for clients that do not say which attempt a request is. */
const attempts = new Map();

function attemptOf(id) {
  if (id === undefined) return 0;
  const count = attempts.get(id) ?? 0;
  attempts.set(id, count + 1);
  return count;
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const limits = {
  'x-ratelimit-remaining-requests': '7',
  'x-request-id': 'req_1',
  'x-secret': 'sk-notforthetrace0123456789',
};

function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...limits, ...headers });
  response.end(JSON.stringify(body));
}

const sse = (event, name) => `${name ? `event: ${name}\n` : ''}data: ${JSON.stringify(event)}\n\n`;

/** What the last turn says, so that a test can tell the answers of many calls apart. */
function askedIn({ messages, input, contents }) {
  const last = (messages ?? contents ?? [])?.at?.(-1);
  const content = last?.content ?? last?.parts?.[0]?.text ?? input ?? '';
  return typeof content === 'string' ? content : (content[0]?.text ?? '');
}

/** Whether a call of a model ends in calls of tools: an agent's until it has their results. */
const callsTools = ({ messages }, scenario) =>
  scenario === 'tools' || (scenario === 'agent' && !messages?.some(({ role }) => role === 'tool'));

/** What it says to a question. */
const wordsFor = (body, scenario) => (scenario === 'json' ? ['{"city":', '"Oslo"}'] : [...WORDS, askedIn(body)]);

// ---- OpenAI

const chatHead = (body) => ({ id: 'chatcmpl-1', created: 1, model: `${body.model}-2026` });

function chatChunks(body, scenario) {
  const isCalling = callsTools(body, scenario);
  const chunk = (delta, finish = null) => ({
    ...chatHead(body),
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const chunks = [chunk({ role: 'assistant', content: isCalling ? null : '' })];
  if (isCalling) {
    for (const [index, { id, name, pieces }] of CALLS.entries()) {
      chunks.push(chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }));
      for (const piece of pieces) chunks.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
    }
  } else for (const content of wordsFor(body, scenario)) chunks.push(chunk({ content }));
  chunks.push(chunk({}, isCalling ? 'tool_calls' : 'stop'));
  const usage = { prompt_tokens: 11, completion_tokens: 6, total_tokens: 17 };
  if (body.stream_options?.include_usage) chunks.push({ ...chunk({}), choices: [], usage });
  return [...chunks.map((event) => sse(event)), 'data: [DONE]\n\n'];
}

function chatAnswer(body, scenario) {
  const isCalling = callsTools(body, scenario);
  return {
    ...chatHead(body),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: isCalling ? 'tool_calls' : 'stop',
        message: {
          role: 'assistant',
          content: isCalling ? null : wordsFor(body, scenario).join(''),
          ...(isCalling && {
            tool_calls: CALLS.map(({ id, name, pieces }) => ({
              id,
              type: 'function',
              function: { name, arguments: pieces.join('') },
            })),
          }),
        },
      },
    ],
    usage: { prompt_tokens: 11, completion_tokens: 6, total_tokens: 17 },
  };
}

const responsesAnswer = (body) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: `${body.model}-2026`,
  output: [
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: WORDS.join(''), annotations: [] }],
    },
  ],
  usage: { input_tokens: 11, output_tokens: 6, total_tokens: 17 },
});

function responsesEvents(body) {
  const whole = responsesAnswer(body);
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const events = [
    { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
    { type: 'response.output_item.added', output_index: 0, item: { ...whole.output[0], content: [] } },
    ...WORDS.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    { type: 'response.completed', response: whole },
  ];
  return events.map((event, at) => sse({ ...event, sequence_number: at }, event.type));
}

// ---- Anthropic

const messageHead = (body) => ({ id: 'msg_1', type: 'message', role: 'assistant', model: `${body.model}-2026` });
const anthropicUsage = { input_tokens: 11, cache_read_input_tokens: 4, cache_creation_input_tokens: 0 };

function anthropicBlocks(body, scenario) {
  if (scenario !== 'tools') return [{ type: 'text', pieces: [...WORDS, askedIn(body)] }];
  return CALLS.map(({ id, name, pieces }) => ({ type: 'tool_use', id, name, pieces }));
}

const anthropicAnswer = (body, scenario) => ({
  ...messageHead(body),
  content: anthropicBlocks(body, scenario).map(({ pieces, ...block }) =>
    block.type === 'text' ? { ...block, text: pieces.join('') } : { ...block, input: JSON.parse(pieces.join('')) },
  ),
  stop_reason: scenario === 'tools' ? 'tool_use' : 'end_turn',
  stop_sequence: null,
  usage: { ...anthropicUsage, output_tokens: 6 },
});

function anthropicEvents(body, scenario) {
  const head = { ...messageHead(body), content: [], stop_reason: null, stop_sequence: null };
  const events = [
    { type: 'message_start', message: { ...head, usage: { ...anthropicUsage, output_tokens: 1 } } },
    { type: 'ping' },
  ];
  for (const [index, { pieces, ...block }] of anthropicBlocks(body, scenario).entries()) {
    const isText = block.type === 'text';
    events.push({
      type: 'content_block_start',
      index,
      content_block: { ...block, ...(isText ? { text: '' } : { input: {} }) },
    });
    for (const piece of pieces) {
      const delta = isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece };
      events.push({ type: 'content_block_delta', index, delta });
    }
    events.push({ type: 'content_block_stop', index });
  }
  const reason = scenario === 'tools' ? 'tool_use' : 'end_turn';
  events.push({
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 6 },
  });
  events.push({ type: 'message_stop' });
  return events.map((event) => sse(event, event.type));
}

// ---- Gemini, Ollama

const geminiHead = { responseId: 'g-1', modelVersion: 'gemini-2026' };

const geminiUsage = (scenario) =>
  scenario !== 'no-usage' && {
    usageMetadata: {
      promptTokenCount: 11,
      candidatesTokenCount: 6,
      totalTokenCount: scenario === 'thoughts' ? 21 : 17,
      ...(scenario === 'thoughts' && { thoughtsTokenCount: 4 }),
    },
  };

function geminiParts(body, scenario, isWhole) {
  if (scenario === 'tools') {
    return CALLS.map(({ id, name, pieces }) => ({ functionCall: { id, name, args: JSON.parse(pieces.join('')) } }));
  }
  // One that calls a tool by itself, and then says what it gave.
  if (scenario === 'agent' && !JSON.stringify(body).includes('functionResponse')) {
    return [{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }];
  }
  const texts = scenario === 'echo' ? [...WORDS, askedIn(body)] : WORDS;
  return [
    ...(scenario === 'thoughts'
      ? [
          { text: 'Hm, ', thought: true },
          { text: 'well.', thought: true },
        ]
      : []),
    ...(isWhole ? [texts.join('')] : texts).map((text) => ({ text })),
  ];
}

const geminiCandidate = (parts, isLast) => ({
  index: 0,
  content: { role: 'model', parts },
  ...(isLast && { finishReason: 'STOP' }),
});

const geminiAnswer = (body, scenario) => ({
  ...geminiHead,
  candidates: [geminiCandidate(geminiParts(body, scenario, true), true)],
  ...geminiUsage(scenario),
});

const geminiEvents = (body, scenario) =>
  geminiParts(body, scenario).map((part, at, { length }) => {
    const isLast = at === length - 1 && scenario !== 'endless';
    return sse({
      ...geminiHead,
      candidates: [geminiCandidate([part], isLast)],
      ...(isLast && geminiUsage(scenario)),
    });
  });

const ollamaLines = ({ model }) => {
  const line = (rest) => `${JSON.stringify({ model, created_at: '2026-01-01T00:00:00Z', ...rest })}\n`;
  return [
    ...WORDS.map((content) => line({ message: { role: 'assistant', content }, done: false })),
    line({
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 11,
      eval_count: 6,
    }),
  ];
};

/** What a path answers: `[whole, pieces]`, the pieces where it is asked to stream. */
function answerOf(path, body, scenario) {
  if (path.endsWith('/chat/completions'))
    return [chatAnswer(body, scenario), body.stream && chatChunks(body, scenario)];
  if (path.endsWith('/responses')) return [responsesAnswer(body), body.stream && responsesEvents(body)];
  if (path.endsWith('/messages'))
    return [anthropicAnswer(body, scenario), body.stream && anthropicEvents(body, scenario)];
  if (path.includes(':streamGenerateContent')) return [{}, geminiEvents(body, scenario)];
  if (path.endsWith(':generateContent')) return [geminiAnswer(body, scenario)];
  if (path.endsWith(':batchEmbedContents')) {
    return [{ embeddings: body.requests.map(() => ({ values: [0.25, 0.5, 0.75] })) }];
  }
  if (path.endsWith(':predict')) {
    return [{ predictions: [{ embeddings: { values: [0.25, 0.5, 0.75], statistics: { token_count: 3 } } }] }];
  }
  if (path.endsWith('/api/chat')) return [{}, ollamaLines(body)];
  if (path.endsWith('/embeddings')) {
    const data = [{ object: 'embedding', index: 0, embedding: [0.25, 0.5, 0.75] }];
    return [{ object: 'list', model: body.model, data, usage: { prompt_tokens: 3, total_tokens: 3 } }];
  }
  if (path.endsWith('/images/generations')) return [{ created: 1, data: [{ b64_json: 'AAAA' }] }];
  return [{ object: 'list', data: [] }];
}

/** Streams in pieces that end where they like. */
async function stream(response, pieces, { scenario, type, error }) {
  response.writeHead(200, { 'content-type': type, ...limits });
  const bytes = Buffer.from((scenario === 'error' ? [...pieces.slice(0, 4), error] : pieces).join(''));
  const end = scenario === 'broken' ? bytes.length / 2 : bytes.length;
  for (let at = 0; at < end; at += 61) {
    response.write(bytes.subarray(at, Math.min(end, at + 61)));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (scenario === 'broken') {
    // A browser throws away what nobody has read when the connection ends.
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Reset: WebKit takes a connection that is only closed for the end of the answer.
    response.socket.resetAndDestroy();
  } else if (scenario !== 'endless') return response.end();
  // What comes then is more of the same, until the client has had enough.
  while (!response.destroyed) {
    response.write(pieces[2]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Middleware for the test runner's server. */
export function modelServer() {
  return async (context, next) => {
    const [, scenario, path] = /^\/model\/([\w-]+)(\/.*)$/.exec(context.path) ?? [];
    if (!scenario) return next();
    if (scenario === 'closed') {
      await closing(path.slice(1)).promise;
      context.body = 'closed';
      return;
    }
    const { req: request, res: response } = context;
    context.respond = false;
    context.status = 200;
    const id = request.headers['x-test-id'];
    if (id) response.on('close', () => closing(id).resolve());
    const body = await bodyOf(request);
    const attempt = Number(request.headers['x-stainless-retry-count'] ?? attemptOf(id));
    const isAnthropic = path.endsWith('/messages');
    const failure = { type: 'server_error', message: 'The model is out.', code: null, param: null };
    if (path.includes('/models/')) Object.assign(failure, { code: 503, status: 'UNAVAILABLE' });
    const error = isAnthropic ? { type: 'error', error: failure } : { error: failure };
    if (scenario === 'never') return;
    if (scenario === 'retry' && attempt === 0) return sendJson(response, 500, error, { 'retry-after-ms': '1' });
    if (scenario === 'out') return sendJson(response, 500, error, { 'retry-after-ms': '1' });
    if (scenario === 'limited') return sendJson(response, 429, error, { 'retry-after': '20' });
    const [whole, pieces] = answerOf(path, body, scenario);
    if (!pieces) return sendJson(response, 200, whole);
    const type = path.endsWith('/api/chat') ? 'application/x-ndjson' : 'text/event-stream';
    await stream(response, pieces, { scenario, type, error: sse(error, isAnthropic ? 'error' : undefined) });
  };
}
