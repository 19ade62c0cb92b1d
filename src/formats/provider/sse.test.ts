import { expect } from '@open-wc/testing';
import type { Span } from '../../model/index.js';
import { onlyTrace, readWith, survivesAnything } from '../../test/format-checks.js';
import { parseText } from '../parse-text.js';
import { readTraces } from '../read-traces.js';
import { sse } from './sse.js';
import { parseSse, SseTranscript } from './sse-transcript.js';

const only = (value: unknown): Span => onlyTrace(sse, value).spans.at(0)!;
const parts = (span: Span) => span.messages.flatMap((message) => message.parts);
const transcriptOf = (chunks: readonly unknown[]): string =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');

describe('transcripts of server-sent events', () => {
  it('reads fields, comments, line ends of every kind, and several lines of data', () => {
    const text =
      ': hello\r\n\r\nevent: ping\r\ndata: {"a":\r\ndata: 1}\r\nid: 7\r\n\r\ndata:"b"\r\rretry: 3\n\ndata: [DONE]\n\ndata: {"cut"';
    const { events, unreadable } = parseSse(text);
    expect(events).to.deep.equal([
      { event: 'ping', id: '7', data: { a: 1 } },
      { data: 'b' },
      { data: '[DONE]' },
      { data: '{"cut"' },
    ]);
    expect(unreadable).to.equal(1);
  });

  it('are told from JSON, and say what they cannot read', () => {
    for (const text of ['data: 1', '\n\nevent: x\ndata: 1', ':ok\n\ndata: 1', '\ufeffid: 1\ndata: 1']) {
      expect(parseText(text).value, text).to.be.instanceOf(SseTranscript);
    }
    expect(parseText('{"data": 1}').value).to.deep.equal({ data: 1 });
    expect(parseText('data: {oh\n\ndata: 1').problems.map(({ code }) => code)).to.deep.equal(['unreadable-record']);
    expect(() => parseText(': nothing\n\n')).to.throw('none has data');
  });
});

describe('streams', () => {
  const CHUNK = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-4o' };
  const delta = (content: object, more: object = {}) => ({
    ...CHUNK,
    choices: [{ index: 0, delta: content, finish_reason: null, ...more }],
  });
  const CHAT = [
    { ...CHUNK, id: '', model: '', choices: [], prompt_filter_results: [] },
    delta({ role: 'assistant', content: null, reasoning_content: 'Hm' }),
    delta({ reasoning_content: 'm.' }),
    delta({ content: 'Sun' }),
    delta({ content: 'ny.' }),
    delta({ tool_calls: [{ index: 1, id: 'b', type: 'function', function: { name: 'two', arguments: '' } }] }),
    delta({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'one', arguments: '{"x"' } }] }),
    delta({
      tool_calls: [
        { index: 0, function: { arguments: ':1}' } },
        { index: 1, function: { arguments: '{}' } },
      ],
    }),
    delta({}, { finish_reason: 'tool_calls' }),
    { ...CHUNK, choices: [], usage: { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 } },
  ];

  it('OpenAI chat: calls by index, usage behind the choices', async () => {
    const [trace] = await readTraces(`${transcriptOf(CHAT)}data: [DONE]\n\n`);
    const span = trace!.spans.at(0)!;
    expect([trace!.format, span.id, span.name, span.status, span.start]).to.deep.equal([
      'sse',
      'chatcmpl-1',
      'chat gpt-4o',
      'ok',
      1_700_000_000_000,
    ]);
    expect(span.usage).to.deep.equal({ input: 5, output: 4, total: 9 });
    expect(parts(span)).to.deep.equal([
      { type: 'reasoning', text: 'Hmm.' },
      { type: 'text', text: 'Sunny.' },
      { type: 'tool-call', id: 'b', name: 'two', arguments: {} },
      { type: 'tool-call', id: 'a', name: 'one', arguments: { x: 1 } },
    ]);
    expect(span.messages[0]!.finishReason).to.equal('tool_calls');
    expect((span.raw as { stream: unknown[] }).stream).to.have.length(CHAT.length + 1);
  });

  it('OpenAI chat: choices apart, refusals, calls that all have the same index', () => {
    const span = only([
      delta({ refusal: 'I ' }),
      delta({ refusal: 'won’t.' }),
      { ...CHUNK, choices: [{ index: 1, delta: { content: 'Yes.' } }] },
      {
        ...CHUNK,
        choices: [
          { index: 1, delta: { tool_calls: [{ index: 0, id: 'a', function: { name: 'one', arguments: '{}' } }] } },
        ],
      },
      {
        ...CHUNK,
        choices: [
          { index: 1, delta: { tool_calls: [{ index: 0, id: 'b', function: { name: 'two', arguments: '{}' } }] } },
        ],
      },
    ]);
    expect(span.messages.map((message) => message.parts)).to.deep.equal([
      [{ type: 'refusal', text: 'I won’t.' }],
      [
        { type: 'text', text: 'Yes.' },
        { type: 'tool-call', id: 'a', name: 'one', arguments: {} },
        { type: 'tool-call', id: 'b', name: 'two', arguments: {} },
      ],
    ]);
    expect(span.status).to.equal('unset');
  });

  it('an error within a stream', () => {
    const span = only(
      parseSse(
        transcriptOf([delta({ content: 'Sun' }), { error: { message: 'Lost.', type: 'server_error', code: null } }]),
      ),
    );
    expect([span.status, span.statusMessage, parts(span)]).to.deep.equal([
      'error',
      'Lost.',
      [{ type: 'text', text: 'Sun' }],
    ]);
  });

  it('several streams in one file', () => {
    const other = CHAT.slice(1).map((chunk) => ({ ...chunk, id: 'chatcmpl-2' }));
    expect(readWith(sse, [...CHAT, ...other]).map(({ id }) => id)).to.deep.equal(['chatcmpl-1', 'chatcmpl-2']);
  });

  const ITEM = { type: 'message', id: 'm1', role: 'assistant', content: [] };
  const RESPONSE = {
    id: 'resp_1',
    object: 'response',
    created_at: 1_700_000_000,
    model: 'gpt-5',
    output: [],
    status: 'in_progress',
  };
  const RESPONSES = [
    { type: 'response.created', sequence_number: 0, response: RESPONSE },
    { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', summary: [] } },
    { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'Hmm.' },
    { type: 'response.output_item.added', output_index: 1, item: ITEM },
    { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Sun' },
    { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'ny.' },
    {
      type: 'response.output_item.added',
      output_index: 2,
      item: { type: 'function_call', call_id: 'c1', name: 'add', arguments: '' },
    },
    { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a":1}' },
  ];

  it('OpenAI responses: the last event is the whole response', () => {
    const output = [{ ...ITEM, content: [{ type: 'output_text', text: 'Whole.' }] }];
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
    const span = only([
      ...RESPONSES,
      { type: 'response.completed', response: { ...RESPONSE, status: 'completed', output, usage } },
    ]);
    expect([span.status, span.usage?.total, parts(span)]).to.deep.equal(['ok', 5, [{ type: 'text', text: 'Whole.' }]]);
    const failed = { ...RESPONSE, status: 'failed', error: { code: 'server_error', message: 'Oh.' } };
    expect(only([...RESPONSES, { type: 'response.failed', response: failed }]).statusMessage).to.equal('Oh.');
  });

  it('OpenAI responses: cut off before it', () => {
    const span = only(RESPONSES);
    expect([span.id, span.status]).to.deep.equal(['resp_1', 'unset']);
    expect(parts(span)).to.deep.equal([
      { type: 'reasoning', text: 'Hmm.' },
      { type: 'text', text: 'Sunny.' },
      { type: 'tool-call', id: 'c1', name: 'add', arguments: { a: 1 } },
    ]);
  });

  const START = {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 4, cache_read_input_tokens: 6, output_tokens: 1 },
    },
  };
  const block = (index: number, content: object, ...deltas: object[]) => [
    { type: 'content_block_start', index, content_block: content },
    ...deltas.map((piece) => ({ type: 'content_block_delta', index, delta: piece })),
    { type: 'content_block_stop', index },
  ];
  const CITED = { type: 'web_search_result_location', url: 'https://example.org/a', cited_text: 'Sun.' };
  const ANTHROPIC = [
    { type: 'ping' },
    START,
    START,
    ...block(
      0,
      { type: 'thinking', thinking: '' },
      { type: 'thinking_delta', thinking: 'Hmm.' },
      { type: 'signature_delta', signature: 's' },
    ),
    ...block(
      1,
      { type: 'text', text: '' },
      { type: 'text_delta', text: 'Sun' },
      { type: 'text_delta', text: 'ny.' },
      { type: 'citations_delta', citation: CITED },
    ),
    ...block(
      2,
      { type: 'tool_use', id: 't1', name: 'add', input: {} },
      { type: 'input_json_delta', partial_json: '{"a"' },
      { type: 'input_json_delta', partial_json: ':1}' },
    ),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ];

  it('Anthropic: a repeated beginning, blocks of every kind, the last usage', () => {
    const span = only(ANTHROPIC);
    expect([span.id, span.model, span.provider, span.status]).to.deep.equal(['msg_1', 'claude-x', 'anthropic', 'ok']);
    expect(span.usage).to.deep.equal({ input: 10, output: 9, total: 19, cacheRead: 6 });
    expect(parts(span)).to.deep.equal([
      { type: 'reasoning', text: 'Hmm.' },
      { type: 'text', text: 'Sunny.', citations: [{ url: 'https://example.org/a', text: 'Sun.' }] },
      { type: 'tool-call', id: 't1', name: 'add', arguments: { a: 1 } },
    ]);
    const { content } = (span.raw as { response: { content: object[] } }).response;
    expect(content[0]).to.deep.include({ signature: 's' });
    expect(content[1]).to.deep.include({ citations: [CITED] });
  });

  it('Anthropic: joined streams, cut calls, errors', () => {
    const second = JSON.parse(JSON.stringify(ANTHROPIC).replaceAll('msg_1', 'msg_2')) as unknown[];
    expect(readWith(sse, [...ANTHROPIC, ...second]).map(({ id }) => id)).to.deep.equal(['msg_1', 'msg_2']);
    const cut = only(ANTHROPIC.slice(0, -4));
    expect(parts(cut).at(-1)).to.deep.include({ arguments: '{"a"' });
    expect(cut.status).to.equal('unset');
    const failed = only([
      ...ANTHROPIC.slice(0, 5),
      { type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } },
    ]);
    expect([failed.status, failed.exceptions]).to.deep.equal([
      'error',
      [{ type: 'overloaded_error', message: 'Busy.' }],
    ]);
  });

  const gemini = (items: object[], more: object = {}) => ({
    candidates: [{ content: { role: 'model', parts: items }, ...more }],
    responseId: 'g1',
    modelVersion: 'gemini-x',
  });
  const GEMINI = [
    gemini([{ text: 'Hm', thought: true }]),
    gemini([{ text: 'm.', thought: true }, { text: 'Sun' }]),
    gemini([{ text: 'ny.' }]),
    gemini([{ functionCall: { name: 'go', willContinue: true } }]),
    gemini([
      {
        functionCall: {
          partialArgs: [{ jsonPath: '$.stops[1].city', stringValue: 'Ro', willContinue: true }],
          willContinue: true,
        },
      },
    ]),
    gemini([
      {
        functionCall: {
          partialArgs: [
            { jsonPath: '$.stops[1].city', stringValue: 'me' },
            { jsonPath: '$.stops[0]', numberValue: 1 },
            { jsonPath: '$.__proto__', boolValue: true },
          ],
          willContinue: true,
        },
      },
    ]),
    gemini([{ functionCall: {} }]),
    {
      ...gemini([], { finishReason: 'STOP' }),
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, thoughtsTokenCount: 4, totalTokenCount: 9 },
    },
  ];

  it('Gemini: parts that follow each other, calls in pieces, the last usage', () => {
    const span = only(GEMINI);
    const args = JSON.parse('{"stops":[1,{"city":"Rome"}],"__proto__":true}') as unknown;
    expect(parts(span)).to.deep.equal([
      { type: 'reasoning', text: 'Hmm.' },
      { type: 'text', text: 'Sunny.' },
      { type: 'tool-call', name: 'go', arguments: args },
    ]);
    expect([span.id, span.status, span.usage]).to.deep.equal([
      'g1',
      'ok',
      { input: 3, output: 6, total: 9, reasoning: 4 },
    ]);
    // Whole responses are no stream, and neither is one alone.
    const whole = gemini([{ text: 'x' }], { finishReason: 'STOP' });
    expect([sse.detect([whole, { ...whole, responseId: 'g2' }]), sse.detect(whole)]).to.deep.equal([false, false]);
  });

  const BEDROCK = [
    { messageStart: { role: 'assistant' } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Sun' } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'ny.' } } },
    { contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name: 'add' } } } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '{"a":' } } } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '1}' } } } },
    { messageStop: { stopReason: 'tool_use' } },
    { metadata: { usage: { inputTokens: 2, outputTokens: 3, totalTokens: 5 }, metrics: { latencyMs: 10 } } },
  ];

  it('Bedrock', () => {
    const span = only(BEDROCK);
    expect([span.provider, span.status, span.usage]).to.deep.equal([
      'aws.bedrock',
      'ok',
      { input: 2, output: 3, total: 5 },
    ]);
    expect(parts(span)).to.deep.equal([
      { type: 'text', text: 'Sunny.' },
      { type: 'tool-call', id: 't1', name: 'add', arguments: { a: 1 } },
    ]);
    expect(readWith(sse, [...BEDROCK, ...BEDROCK])).to.have.length(2);
  });

  const line = (second: number, content: string, more: object = {}) => ({
    model: 'llama3',
    created_at: `2025-01-01T00:00:0${second}Z`,
    message: { role: 'assistant', content },
    done: false,
    ...more,
  });
  const OLLAMA = [
    line(2, 'Sun'),
    line(3, 'ny.'),
    line(4, '', { done: true, done_reason: 'stop', total_duration: 3e9, prompt_eval_count: 2, eval_count: 3 }),
  ];

  it('Ollama: times, and the time to the first token', async () => {
    const [trace] = await readTraces(OLLAMA.map((each) => JSON.stringify(each)).join('\n'));
    const span = trace!.spans.at(0)!;
    expect([trace!.format, span.start, span.duration, span.timeToFirstToken]).to.deep.equal([
      'sse',
      Date.UTC(2025, 0, 1, 0, 0, 1),
      3000,
      1000,
    ]);
    expect([parts(span), span.usage?.total, span.status]).to.deep.equal([[{ type: 'text', text: 'Sunny.' }], 5, 'ok']);
  });

  it('keep what the text cites', () => {
    const url = 'https://example.org/a';
    const annotation = { type: 'url_citation', url, start_index: 0, end_index: 3 };
    const place = { item_id: 'm', output_index: 0, content_index: 0 };
    const chat = [
      delta({ content: 'Sunny.' }),
      delta({ annotations: [{ type: 'url_citation', url_citation: { url, start_index: 0, end_index: 3 } }] }),
    ];
    const responses = [
      { type: 'response.created', sequence_number: 0, response: { id: 'resp_1', object: 'response', output: [] } },
      { type: 'response.output_text.delta', sequence_number: 1, ...place, delta: 'Sun' },
      { type: 'response.output_text.annotation.added', sequence_number: 2, ...place, annotation_index: 0, annotation },
      { type: 'response.output_text.delta', sequence_number: 3, ...place, delta: 'ny.' },
    ];
    const grounded = [
      gemini([{ text: 'Sun' }], { groundingMetadata: { groundingChunks: [{ web: { uri: url } }] } }),
      gemini([{ text: 'ny.' }], { citationMetadata: { citationSources: [{ uri: url, endIndex: 1 }] } }),
      gemini([], {
        finishReason: 'STOP',
        groundingMetadata: { groundingSupports: [{ segment: { endIndex: 3 }, groundingChunkIndices: [0] }] },
        citationMetadata: { citationSources: [{ uri: url, startIndex: 1, endIndex: 2 }] },
      }),
    ];
    const converse = [
      ...BEDROCK.slice(0, 2),
      { contentBlockDelta: { contentBlockIndex: 0, delta: { citation: { location: { web: { url } } } } } },
      ...BEDROCK.slice(2),
    ];
    const place03 = { start: 0, end: 3 };
    const expected = new Map<unknown[], object[]>([
      [chat, [{ url, ...place03 }]],
      [responses, [{ url, ...place03 }]],
      [
        grounded,
        [
          { url, ...place03 },
          { url, start: 0, end: 1 },
          { url, start: 1, end: 2 },
        ],
      ],
      [converse, [{ url }]],
    ]);
    for (const [chunks, citations] of expected) {
      expect(parts(only(chunks))[0]).to.deep.equal({ type: 'text', text: 'Sunny.', citations });
    }
  });

  it('none of other events', () => {
    expect(sse.detect(parseSse('data: {"hello":1}\n\n'))).to.equal(false);
    for (const value of [[], {}, [{ type: 'ping' }], [{ type: 'message_start' }], [{ choices: [] }], null, 'data: x']) {
      expect(sse.detect(value), JSON.stringify(value)).to.equal(false);
    }
  });

  it('survives anything', function () {
    this.timeout(60_000);
    survivesAnything(sse, CHAT, RESPONSES, ANTHROPIC, GEMINI, BEDROCK, OLLAMA);
  });
});
