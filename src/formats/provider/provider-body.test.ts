import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, survivesAnything } from '../../test/format-checks.js';
import { providerBody } from './provider-body.js';
import { readTraces } from '../read-traces.js';

const REQUEST = {
  model: 'gpt-4o',
  temperature: 0.2,
  user: 'ada',
  messages: [{ role: 'user', content: 'Weather in Rome?' }],
  tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
};
const RESPONSE = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-4o-2024-08-06',
  system_fingerprint: 'fp_1',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Sunny.' } }],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
};

const only = (value: unknown) => onlyTrace(providerBody, value).spans.at(0)!;

describe('provider bodies', () => {
  it('a pair: everything of both sides', () => {
    const span = only({ request: REQUEST, response: RESPONSE });
    expect([span.id, span.traceId, span.name, span.kind, span.model, span.provider, span.status]).to.deep.equal([
      'chatcmpl-1',
      'chatcmpl-1',
      'chat gpt-4o-2024-08-06',
      'llm',
      'gpt-4o-2024-08-06',
      'openai',
      'ok',
    ]);
    expect([span.start, span.end]).to.deep.equal([1_700_000_000_000, undefined]);
    expect(span.usage).to.deep.equal({ input: 9, output: 2, total: 11 });
    expect(span.messages.map(({ role, origin, finishReason }) => [role, origin, finishReason])).to.deep.equal([
      ['user', 'input', undefined],
      ['assistant', 'output', 'stop'],
    ]);
    expect([...span.parameters]).to.deep.equal([['temperature', 0.2]]);
    expect(span.tools).to.deep.equal([{ name: 'weather', parameters: { type: 'object' } }]);
    expect([span.attributes.get('system_fingerprint'), span.attributes.get('request.model')]).to.deep.equal([
      'fp_1',
      'gpt-4o',
    ]);
  });

  it('a pair whose bodies are text, and whose response is a transcript', () => {
    const chunk = { id: 'c1', object: 'chat.completion.chunk', model: 'gpt-4o' };
    const lines = ['Sun', 'ny.'].map(
      (content) => `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta: { content } }] })}\n\n`,
    );
    const span = only({ request: JSON.stringify(REQUEST), response: `${lines.join('')}data: [DONE]\n\n` });
    expect(span.messages.at(-1)!.parts).to.deep.equal([{ type: 'text', text: 'Sunny.' }]);
    expect([span.id, span.status]).to.deep.equal(['c1', 'unset']);
  });

  it('a list: a trace each, and what is no body is counted', async () => {
    const table = readWith(providerBody, [REQUEST, RESPONSE, { odd: 1 }]);
    expect(table.map(({ id }) => id)).to.deep.equal(['call-1', 'chatcmpl-1']);
    const lines = [RESPONSE, { ...RESPONSE, id: 'chatcmpl-2' }].map((body) => JSON.stringify(body)).join('\n');
    expect((await readTraces(lines)).map(({ format }) => format)).to.deep.equal(['provider', 'provider']);
  });

  it('errors of each', () => {
    const errors: [object, string, string, string | undefined][] = [
      [
        { error: { message: 'Too many.', type: 'rate_limit_error', param: null, code: 'rate' } },
        'rate_limit_error',
        'Too many.',
        undefined,
      ],
      [
        { type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } },
        'overloaded_error',
        'Busy.',
        'anthropic',
      ],
      [
        { error: { code: 400, message: 'Bad key.', status: 'INVALID_ARGUMENT' } },
        'INVALID_ARGUMENT',
        'Bad key.',
        'gcp.gemini',
      ],
    ];
    for (const [body, type, message, provider] of errors) {
      const span = only(body);
      expect([span.status, span.statusMessage, span.provider]).to.deep.equal(['error', message, provider]);
      expect(span.exceptions).to.deep.equal([{ type, message }]);
    }
    // Texts are no errors of a model by themselves, but beside a request they are.
    expect(providerBody.detect({ error: 'model not found' })).to.equal(false);
    const span = only({ request: { model: 'llama3', prompt: 'Hi' }, response: { error: 'model not found' } });
    expect([span.name, span.statusMessage]).to.deep.equal(['text_completion llama3', 'model not found']);
    const failed = {
      object: 'response',
      id: 'r',
      model: 'gpt-5',
      status: 'failed',
      output: [],
      error: { code: 'server_error', message: 'Oh.' },
    };
    expect(only(failed).exceptions).to.deep.equal([{ type: 'server_error', message: 'Oh.' }]);
    expect(only({ usageMetadata: {}, promptFeedback: { blockReason: 'SAFETY' } }).status).to.equal('error');
  });

  it('Ollama: when it was done, and how long it took', () => {
    const body = {
      model: 'llama3.2',
      created_at: '2025-01-01T00:00:10.5000005Z',
      message: { role: 'assistant', content: 'Hi' },
      done: true,
      done_reason: 'stop',
      total_duration: 2_500_000_000,
      prompt_eval_count: 26,
      eval_count: 290,
    };
    const span = only(body);
    expect(span.start).to.be.closeTo(Date.UTC(2025, 0, 1, 0, 0, 8), 0.001);
    expect(span.duration).to.be.closeTo(2500, 0.0001);
    expect([span.provider, span.usage]).to.deep.equal(['ollama', { input: 26, output: 290, total: 316 }]);
  });

  it('Bedrock and Gemini: parameters and tools that stand in groups', () => {
    const schema = { type: 'object' };
    const converse = {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 10 },
      toolConfig: { tools: [{ toolSpec: { name: 'look', inputSchema: { json: schema } } }] },
    };
    const answer = {
      output: { message: { role: 'assistant', content: [{ text: 'Ho' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    };
    const span = only({ request: converse, response: answer });
    expect([span.provider, span.status, span.usage?.total, span.messages.length]).to.deep.equal([
      'aws.bedrock',
      'ok',
      3,
      2,
    ]);
    expect([...span.parameters]).to.deep.equal([['maxTokens', 10]]);
    expect(span.tools).to.deep.equal([{ name: 'look', parameters: schema }]);
    const gemini = { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generation_config: { top_k: 3 } };
    expect([...only(gemini).parameters]).to.deep.equal([['top_k', 3]]);
    const snake = {
      candidates: [{ content: { parts: [{ text: 'Ho' }] }, finish_reason: 'STOP' }],
      usage_metadata: { prompt_token_count: 2, candidates_token_count: 1 },
      model_version: 'gemini-x',
    };
    expect([only(snake).model, only(snake).usage?.total, only(snake).messages.length]).to.deep.equal([
      'gemini-x',
      3,
      1,
    ]);
  });

  it('embeddings and completions', () => {
    const request = { model: 'text-embedding-3-small', input: ['a', 'b'] };
    const response = {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [0.1] }],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 2, total_tokens: 2 },
    };
    const span = only({ request, response });
    expect([span.kind, span.name, span.usage, span.messages.length]).to.deep.equal([
      'embedding',
      'embeddings text-embedding-3-small',
      { input: 2, total: 2 },
      0,
    ]);
    const completion = {
      id: 'cmpl-1',
      object: 'text_completion',
      model: 'davinci-002',
      choices: [{ text: 'Ho', finish_reason: 'length' }],
    };
    expect(only(completion).messages[0]!.parts).to.deep.equal([{ type: 'text', text: 'Ho' }]);
  });

  it('is none: turns, settings, other objects', () => {
    for (const value of [
      [],
      {},
      null,
      'x',
      1,
      [{ role: 'user', content: 'Hi' }],
      { model: 'x' },
      { messages: [{ role: 'user', content: 'Hi' }] },
      { request: 1, response: 2 },
      { error: { message: 'x' } },
      { data: [] },
      new Uint8Array(3),
    ]) {
      expect(providerBody.detect(value), JSON.stringify(value)).to.equal(false);
    }
  });

  it('survives anything', () =>
    survivesAnything(providerBody, { request: REQUEST, response: RESPONSE }, RESPONSE, [REQUEST]));
});
