import { expect } from '@open-wc/testing';
import { ApiError, GoogleGenAI, type CallableTool, type GoogleGenAIOptions, type HttpOptions } from '@google/genai';
import type { Message } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer, type TracerSpan } from '../index.js';
import { traceFetch } from './fetch.js';
import { wrapGoogleGenAI } from './google-genai.js';

const MODEL = 'gemini-pro';
const ASKED = { model: MODEL, contents: 'hello' };
const SAID = 'Grüße, brave new 世界 of traces 🙂';
const KEY = 'AIzaSy-this-key-must-not-be-recorded-01';

const plainClient = (scenario: string, httpOptions: HttpOptions = {}): GoogleGenAI => {
  const options: GoogleGenAIOptions = {
    apiKey: KEY,
    httpOptions: { baseUrl: `${location.origin}/model/${scenario}`, ...httpOptions },
  };
  return new GoogleGenAI(options);
};

/** As versions 0 to 2.0 are: they know no `fetch` option. */
function olderClient(scenario: string): GoogleGenAI {
  const client = plainClient(scenario);
  const { apiClient } = client as unknown as { apiClient: Record<string, unknown> };
  const apiCall = (apiClient['apiCall'] as (url: string, init: RequestInit) => Promise<Response>).bind(apiClient);
  apiClient['getFetch'] = undefined;
  apiClient['apiCall'] = (url: string, init: RequestInit) => apiCall(url, init);
  return client;
}

interface Setup {
  httpOptions?: HttpOptions;
  idleLimit?: number;
  make?: (scenario: string, httpOptions?: HttpOptions) => GoogleGenAI;
}

function traced(scenario: string, { httpOptions, idleLimit, make = plainClient }: Setup = {}) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const ai = wrapGoogleGenAI(make(scenario, httpOptions), { tracer, ...(idleLimit !== undefined && { idleLimit }) });
  return { sink, tracer, ai };
}

/** What two clients give for the same use of them, the second one traced. */
async function both<Result>(scenario: string, use: (client: GoogleGenAI) => Promise<Result>, setup: Setup = {}) {
  const { sink, ai, tracer } = traced(scenario, setup);
  const without = await use((setup.make ?? plainClient)(scenario, setup.httpOptions));
  const result = await use(ai);
  expect(withoutTimes(result)).to.deep.equal(withoutTimes(without));
  await tracer.flush();
  return { result, sink };
}

/** Answers carry the headers that came with them, and with those the time of day. */
const withoutTimes = (value: unknown): unknown =>
  JSON.parse(JSON.stringify({ value }, (key, item: unknown) => (key === 'date' ? '' : item)));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const textsOf = (messages: readonly Message[] | undefined): unknown[] =>
  (messages ?? []).map(({ role, parts }) => [
    role,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

const signOf = (error: unknown): unknown => {
  const { constructor, message, status } = error as ApiError;
  return [constructor, message, status];
};

describe('wrapGoogleGenAI', () => {
  it('records a plain answer: both bodies, messages, parameters, tools, usage, address', async () => {
    const { result, sink } = await both('text', (client) =>
      client.models.generateContent({
        ...ASKED,
        config: {
          temperature: 0.5,
          systemInstruction: 'Be brief.',
          tools: [{ functionDeclarations: [{ name: 'weather', parametersJsonSchema: { type: 'object' } }] }],
        },
      }),
    );
    expect(result.text).to.equal(SAID);
    const span = await sink.only();
    expect(span).to.deep.include({
      name: `generate_content ${MODEL}`,
      kind: 'llm',
      provider: 'gcp.gemini',
      model: 'gemini-2026',
      usage: { input: 11, output: 6, total: 17 },
      parameters: { temperature: 0.5 },
      tools: [{ name: 'weather', parameters: { type: 'object' } }],
    });
    expect(span).not.to.have.property('status');
    expect(span).not.to.have.property('parentId');
    expect(textsOf(span.messages).map((message) => (message as string[])[0])).to.deep.equal([
      'system',
      'user',
      'assistant',
    ]);
    expect(span.input).to.have.nested.property('generationConfig.temperature', 0.5);
    expect(span.output).to.deep.include({ responseId: 'g-1' });
    expect(span.attributes).to.deep.include({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': MODEL,
      'gen_ai.response.model': 'gemini-2026',
      'gen_ai.response.finish_reasons': ['STOP'],
      'gen_ai.response.id': 'g-1',
      'http.response.status_code': 200,
      'http.response.header.x-ratelimit-remaining-requests': '7',
    });
    expect(JSON.stringify(span)).not.to.match(/AIza|x-goog/i);
  });

  it('records a stream: what it said, its usage, and when', async () => {
    const { sink } = await both('text', async (client) => all(await client.models.generateContentStream(ASKED)));
    const span = await sink.only();
    expect(textsOf(span.messages)).to.deep.equal([
      ['user', 'hello'],
      ['assistant', SAID],
    ]);
    expect(span.usage).to.deep.equal({ input: 11, output: 6, total: 17 });
    expect(span.attributes).not.to.have.property('llm_trace.usage_missing');
    expect(span.attributes).not.to.have.property('llm_trace.end_reason');
    expect(span.attributes).to.include({ 'gen_ai.request.stream': true, 'llm_trace.stream.chunks': 6 });
    expect(span.timeToFirstToken).to.be.within(0, span.end! - span.start + 1);
    const times = span.attributes!['llm_trace.stream.chunk_times'] as number[];
    expect(times).to.have.length(6);
    expect(times[0]).to.equal(span.timeToFirstToken);
    expect(span.attributes!['llm_trace.output_tokens_per_second']).to.be.greaterThan(0);
  });

  it('says that an answer left out its usage', async () => {
    const { sink } = await both('no-usage', async (client) => [
      await client.models.generateContent(ASKED),
      await all(await client.models.generateContentStream(ASKED)),
    ]);
    expect(sink.spans).to.have.length(2);
    for (const span of sink.spans) {
      expect(span).not.to.have.property('usage');
      expect(span.attributes).to.include({ 'llm_trace.usage_missing': true });
    }
  });

  it('tells thoughts from what is said, and counts them', async () => {
    const { sink } = await both('thoughts', async (client) => all(await client.models.generateContentStream(ASKED)));
    const span = await sink.only();
    expect(span.messages!.at(-1)!.parts).to.deep.equal([
      { type: 'reasoning', text: 'Hm, well.' },
      { type: 'text', text: SAID },
    ]);
    expect(span.usage).to.deep.equal({ input: 11, output: 10, total: 21, reasoning: 4 });
  });

  it('keeps two tool calls two, plain and streamed', async () => {
    const { sink } = await both('tools', async (client) => [
      (await client.models.generateContent(ASKED)).functionCalls,
      await all(await client.models.generateContentStream(ASKED)),
    ]);
    expect(sink.spans).to.have.length(2);
    for (const span of sink.spans) {
      expect(span.messages!.at(-1)!.parts).to.deep.equal([
        { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
        { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
      ]);
    }
  });

  it('keeps the calls of a client that runs tools by itself in one trace', async () => {
    const tool: CallableTool = {
      tool: () => Promise.resolve({ functionDeclarations: [{ name: 'weather' }] }),
      callTool: (calls) =>
        Promise.resolve(calls.map(({ name }) => ({ functionResponse: { name: name!, response: { rain: true } } }))),
    };
    const { result, sink } = await both('agent', async (client) => {
      const { text, automaticFunctionCallingHistory } = await client.models.generateContent({
        ...ASKED,
        config: { tools: [tool] },
      });
      const chunks = await all(await client.models.generateContentStream({ ...ASKED, config: { tools: [tool] } }));
      return { text, automaticFunctionCallingHistory, chunks };
    });
    expect(result.text).to.equal(SAID);
    expect(sink.spans).to.have.length(4);
    for (const [first, second] of [sink.spans.slice(0, 2), sink.spans.slice(2)]) {
      expect(first).not.to.have.property('parentId');
      expect(second!.traceId).to.equal(first!.traceId);
      expect(textsOf(second!.messages)).to.deep.include(['tool', 'tool-result']);
      expect(second!.attributes).not.to.have.property('http.request.resend_count');
    }
    expect(sink.spans[2]!.traceId).not.to.equal(sink.spans[0]!.traceId);
  });

  it('ends the span when the reader breaks off, and closes the connection', async () => {
    for (const through of ['models', 'chat']) {
      const id = crypto.randomUUID();
      const { sink, ai } = traced('endless', { httpOptions: { headers: { 'x-test-id': id } } });
      const stream =
        through === 'models'
          ? await ai.models.generateContentStream(ASKED)
          : await ai.chats.create({ model: MODEL }).sendMessageStream({ message: 'hello' });
      let count = 0;
      for await (const chunk of stream) {
        expect(chunk.text).to.be.a('string');
        if (++count === 3) break;
      }
      expect(await (await fetch(`/model/closed/${id}`)).text()).to.equal('closed');
      const span = await sink.only();
      expect(span.attributes!['llm_trace.end_reason']).to.equal('stopped');
      expect(span).not.to.have.property('status');
      expect(JSON.stringify(span.messages)).to.include('Grüße');
    }
  });

  it('ends the span of a stream that nobody reads', async () => {
    const { sink, ai } = traced('text', { idleLimit: 1 });
    await ai.models.generateContentStream(ASKED);
    expect((await sink.only()).attributes!['llm_trace.end_reason']).to.equal('unread');
  });

  it('records that the network failed in mid-stream, with the same error as without', async () => {
    const { sink, ai } = traced('broken');
    const fails = (client: GoogleGenAI): Promise<unknown> =>
      rejection(client.models.generateContentStream(ASKED).then(all));
    expect(signOf(await fails(ai))).to.deep.equal(signOf(await fails(plainClient('broken'))));
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.exceptions).to.have.length(1);
    expect(span.attributes!['llm_trace.end_reason']).to.equal('failed');
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('records an error that a stream tells of, and closes the connection', async () => {
    const { sink, ai } = traced('error');
    const fails = (client: GoogleGenAI): Promise<unknown> =>
      rejection(client.models.generateContentStream(ASKED).then(all));
    const error = await fails(ai);
    expect(error).to.be.instanceOf(ApiError);
    expect(signOf(error)).to.deep.equal(signOf(await fails(plainClient('error'))));
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: 'The model is out.' });
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('records refusals with their status and the limits they name', async () => {
    const { sink, ai } = traced('limited');
    const error = await rejection(ai.models.generateContent(ASKED));
    expect(error).to.be.instanceOf(ApiError);
    expect(signOf(error)).to.deep.equal(signOf(await rejection(plainClient('limited').models.generateContent(ASKED))));
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: '429 The model is out.' });
    expect(span.attributes).to.include({
      'error.type': '429',
      'http.response.status_code': 429,
      'http.response.header.retry-after': '20',
    });
    expect(span.attributes).not.to.have.property('http.response.header.x-secret');
  });

  it('shows each attempt of a call that is retried', async () => {
    const retrying = (): HttpOptions => ({
      headers: { 'x-test-id': crypto.randomUUID() },
      retryOptions: { attempts: 2, initialDelay: 0.001 },
    });
    const { sink, ai, tracer } = traced('retry', { httpOptions: retrying() });
    const answer = await tracer.span('root', (span) => span.use(ai).models.generateContent(ASKED));
    expect(answer.text).to.equal(SAID);
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    const [failed, repeated] = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(failed).to.include({ status: 'error', statusMessage: '500 The model is out.', parentId: root.id });
    expect(failed!.attributes).not.to.have.property('llm_trace.end_reason');
    expect(repeated).to.include({ parentId: root.id });
    expect(repeated).not.to.have.property('status');
    expect(repeated!.attributes).to.include({ 'http.request.resend_count': 1, 'llm_trace.retry_of': failed!.id });

    const rootless = traced('retry', { httpOptions: retrying() });
    await rootless.ai.models.generateContent(ASKED);
    const [one, other] = await rootless.sink.whenEnded(2);
    expect(one).not.to.have.property('parentId');
    expect(other!.traceId).to.equal(one!.traceId);
    // The same question asked again by the application is no retry.
    await rootless.ai.models.generateContent(ASKED);
    expect((await rootless.sink.whenEnded(3))[2]!.attributes).not.to.have.property('http.request.resend_count');
  });

  it('records an abort, before the answer and within it', async () => {
    for (const scenario of ['never', 'endless']) {
      const { sink, ai } = traced(scenario);
      const abort = new AbortController();
      const asked = ai.models.generateContentStream({ ...ASKED, config: { abortSignal: abort.signal } });
      if (scenario === 'never') void sink.whenBegun(1).then(() => abort.abort());
      let count = 0;
      const read = async (): Promise<void> => {
        for await (const chunk of await asked) if (chunk.text && ++count === 3) abort.abort();
      };
      expect(((await rejection(read())) as Error).name).to.equal('AbortError');
      const span = await sink.only();
      expect(span.attributes!['llm_trace.end_reason']).to.equal('aborted');
      expect(span.status).to.equal('error');
    }
  });

  it('records the time-out of the client', async () => {
    const { sink, ai } = traced('never', { httpOptions: { timeout: 20 } });
    const error = await rejection(ai.models.generateContent(ASKED));
    const without = await rejection(plainClient('never', { timeout: 20 }).models.generateContent(ASKED));
    expect(signOf(error)).to.deep.equal(signOf(without));
    expect((await sink.only()).status).to.equal('error');
  });

  it('records embeddings without their vectors', async () => {
    const { result, sink } = await both('text', (client) =>
      client.models.embedContent({ model: 'gemini-embedding-001', contents: ['hello', 'world'] }),
    );
    expect(result.embeddings![0]!.values).to.deep.equal([0.25, 0.5, 0.75]);
    const span = await sink.only();
    expect(span).to.include({ kind: 'embedding', name: 'embeddings gemini-embedding-001' });
    expect(span.output).to.have.nested.property('embeddings[1].values', '[3 numbers]');
    expect(span.attributes).to.include({ 'llm_trace.usage_missing': true });
  });

  it('records embeddings of Vertex AI, whose addresses do not tell what they are', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const vertex = new GoogleGenAI({
      apiKey: KEY,
      vertexai: true,
      httpOptions: { baseUrl: `${location.origin}/model/text` },
    });
    const ai = wrapGoogleGenAI(vertex, { tracer });
    const { embeddings } = await ai.models.embedContent({ model: 'text-embedding-005', contents: 'hello' });
    expect(embeddings![0]!.values).to.deep.equal([0.25, 0.5, 0.75]);
    const span = await sink.only();
    expect(span).to.include({ kind: 'embedding', name: 'embeddings text-embedding-005' });
    expect(span.output).to.have.nested.property('predictions[0].embeddings.values', '[3 numbers]');
  });

  it('keeps chats: their settings, their history, and those of one message', async () => {
    const { result, sink } = await both('echo', async (client) => {
      const chat = client.chats.create({
        model: MODEL,
        config: { temperature: 0.5 },
        history: [
          { role: 'user', parts: [{ text: 'Hi' }] },
          { role: 'model', parts: [{ text: 'Hello' }] },
        ],
      });
      const first = await chat.sendMessage({ message: 'one' });
      const second = await all(await chat.sendMessageStream({ message: 'two', config: { topK: 3 } }));
      return { first, second, history: chat.getHistory() };
    });
    expect(result.history).to.have.length.above(5);
    expect(sink.spans).to.have.length(2);
    const [first, second] = sink.spans;
    expect(first!.parameters).to.deep.equal({ temperature: 0.5 });
    expect(second!.parameters).to.deep.equal({ topK: 3 });
    expect(
      textsOf(second!.messages)
        .map((message) => (message as string[]).slice(0, 1))
        .flat(),
    ).to.deep.equal(['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
  });

  it('binds a chat that goes on over several spans', async () => {
    const { sink, ai, tracer } = traced('echo');
    const chat = ai.chats.create({ model: MODEL });
    for (const turn of ['first', 'second']) {
      await tracer.span(turn, (span) => span.use(chat).sendMessage({ message: turn }));
    }
    await tracer.flush();
    expect(chat.getHistory()).to.have.length(4);
    for (const turn of ['first', 'second']) {
      const parent = sink.spans.find(({ name }) => name === turn)!;
      const calls = sink.spans.filter(({ parentId }) => parentId === parent.id);
      expect(calls).to.have.length(1);
      expect(JSON.stringify(calls[0]!.messages)).to.include(turn);
    }
  });

  it('gives every one of ten concurrent chats its own parent', async () => {
    const { sink, ai, tracer } = traced('echo');
    const names = Array.from({ length: 10 }, (_, at) => `chat ${at}`);
    const ask = async (span: TracerSpan, name: string, at: number): Promise<unknown> => {
      const client = span.use(ai);
      const asked = { model: MODEL, contents: name };
      if (at % 3 === 0) return client.models.generateContent(asked);
      if (at % 3 === 1) return client.chats.create({ model: MODEL }).sendMessage({ message: name });
      return all(await client.models.generateContentStream(asked));
    };
    await Promise.all(names.map((name, at) => tracer.span(name, (span) => ask(span, name, at))));
    await tracer.flush();
    expect(sink.spans).to.have.length(20);
    for (const name of names) {
      const parent = sink.spans.find((span) => span.name === name)!;
      const calls = sink.spans.filter(({ parentId }) => parentId === parent.id);
      expect(calls).to.have.length(1);
      expect(calls[0]!.traceId).to.equal(parent.traceId);
      expect(textsOf(calls[0]!.messages)[0]).to.deep.equal(['user', name]);
      expect(JSON.stringify(calls[0]!.messages!.at(-1))).to.include(`🙂${name}`);
    }
  });

  it('is of the same type, and lets everything else through', async () => {
    const { ai, tracer, sink } = traced('text');
    const plain = plainClient('text');
    expect(ai).to.be.instanceOf(GoogleGenAI);
    expect(ai.chats).to.be.instanceOf(plain.chats.constructor);
    expect(ai.chats.create({ model: MODEL })).to.be.instanceOf(plain.chats.create({ model: MODEL }).constructor);
    expect(Object.keys(ai)).to.deep.equal(Object.keys(plain));
    expect(ai.interactions).to.equal(ai.interactions);
    const { totalTokens } = await ai.models.countTokens(ASKED);
    expect(totalTokens).to.equal(undefined);
    expect(wrapGoogleGenAI(ai, { tracer })).to.equal(ai);
    const other = { models: {}, chats: {} };
    expect(wrapGoogleGenAI(other, { tracer })).to.equal(other);
    await tracer.flush();
    expect(sink.begun).to.deep.equal([]);
  });

  it('leaves the given client and what it is given alone', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const plain = plainClient('text');
    const ai = wrapGoogleGenAI(plain, { tracer });
    const asked = Object.freeze({
      ...ASKED,
      config: Object.freeze({ temperature: 1, httpOptions: Object.freeze({}) }),
    });
    await ai.models.generateContent(asked);
    await tracer.flush();
    expect(sink.spans).to.have.length(1);
    await plain.models.generateContent(ASKED);
    await tracer.flush();
    expect(sink.spans).to.have.length(1);
  });

  it('throws what the client throws for what it cannot use', async () => {
    const { ai } = traced('text');
    for (const given of [undefined, null, {}, { model: 1 }]) {
      const use = (client: GoogleGenAI): Promise<unknown> =>
        rejection(client.models.generateContent(given as unknown as typeof ASKED));
      expect(signOf(await use(ai))).to.deep.equal(signOf(await use(plainClient('text'))));
    }
  });

  it('uses the fetch of the application, of the client or of one call, and records it once', async () => {
    const { sink, ai, tracer } = traced('text', {
      httpOptions: { fetch: () => Promise.reject(new TypeError('no network')) },
    });
    expect(((await rejection(ai.models.generateContent(ASKED))) as Error).message).to.equal('no network');
    const fetch = traceFetch(globalThis.fetch, { tracer, match: '/model/' });
    await ai.models.generateContent({ ...ASKED, config: { httpOptions: { fetch } } });
    await tracer.flush();
    expect(sink.spans.map(({ status }) => status)).to.deep.equal(['error', undefined]);
  });

  it('passes everything through where the trace is not recorded', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, sample: 0 });
    const ai = wrapGoogleGenAI(plainClient('text'), { tracer });
    expect((await ai.models.generateContent(ASKED)).text).to.equal(SAID);
    await tracer.flush();
    expect(sink.begun).to.deep.equal([]);
  });

  it('records older clients, which have no fetch option', async () => {
    const { result, sink } = await both(
      'echo',
      async (client) => {
        const chat = client.chats.create({ model: MODEL });
        return [
          await client.models.generateContent(ASKED),
          await all(await client.models.generateContentStream(ASKED)),
          await client.models.embedContent({ model: 'gemini-embedding-001', contents: 'hello' }),
          await chat.sendMessage({ message: 'one' }),
          chat.getHistory(),
        ];
      },
      { make: olderClient },
    );
    expect(result).to.have.length(5);
    expect(sink.spans.map(({ kind, usage }) => [kind, usage?.total])).to.deep.equal([
      ['llm', 17],
      ['llm', 17],
      ['embedding', undefined],
      ['llm', 17],
    ]);
    expect(sink.spans[1]!.attributes).to.include({ 'llm_trace.stream.chunks': 7 });
    expect(sink.spans[1]!.timeToFirstToken).to.be.a('number');
  });

  it('binds older clients, and closes the streams that they leave', async () => {
    const { sink, ai, tracer } = traced('endless', { make: olderClient });
    await tracer.span('root', async (span) => {
      for await (const chunk of await span.use(ai).models.generateContentStream(ASKED)) if (chunk.text) break;
    });
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    const call = sink.spans.find(({ kind }) => kind === 'llm')!;
    expect(call.parentId).to.equal(root.id);
    expect(call.attributes!['llm_trace.end_reason']).to.equal('stopped');
    const limited = traced('limited', { make: olderClient });
    expect(await rejection(limited.ai.models.generateContent(ASKED))).to.be.instanceOf(ApiError);
    expect(await limited.sink.only()).to.include({ statusMessage: '429 The model is out.' });
  });
});
