import { expect } from '@open-wc/testing';
import type { RecordedSpan } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import {
  EMBEDDING_MODEL,
  engineDouble,
  MLCEngine,
  MODEL,
  WebWorkerMLCEngine,
  type Answer,
  type ChatRequest,
  type ProgressReport,
  type Reply,
} from '../../test/web-llm-engine.js';
import { createTracer } from '../index.js';
import { wrapWebLLM } from './web-llm.js';

const WORDS = ['Hello', ',', ' local', ' world'];

const asked = () => ({ messages: [{ role: 'user', content: 'hello' }] });

function traced(reply: Reply = WORDS, options: Parameters<typeof engineDouble>[1] & { idleLimit?: number } = {}) {
  const { idleLimit, ...config } = options;
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const { engine, loaded } = engineDouble(reply, config);
  return { sink, tracer, plain: engine, loaded, engine: wrapWebLLM(engine, { tracer, idleLimit }) };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const textsOf = ({ messages }: RecordedSpan): unknown[] =>
  (messages ?? []).map(({ role, parts }) => [
    role,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type === 'tool-call' ? part.name : part.type)),
  ]);

/** What is the same every time. */
const withoutIds = ({ id, created, ...rest }: Answer): object => ({ ...rest, has: typeof id + typeof created });

describe('wrapWebLLM (the published engine, its model doubled)', () => {
  it('gives the engine back as it is to use', async () => {
    const { engine, plain } = traced();
    expect(engine).to.be.instanceOf(MLCEngine);
    expect(engine.constructor).to.equal(MLCEngine);
    expect(Object.keys(engine)).to.deep.equal(Object.keys(plain));
    expect(engine.chat.completions).to.equal(engine.chat.completions);
    expect(engine.reload).to.equal(engine.reload);
    const callback = (): void => {};
    engine.setInitProgressCallback(callback);
    expect(plain.getInitProgressCallback()).to.equal(callback);
    expect(wrapWebLLM(engine, { tracer: createTracer() })).to.equal(engine);
    await engine.unload();
  });

  it('records an answer: messages, usage, and what the engine measured', async () => {
    const { engine, sink } = traced();
    const answer = await engine.chat.completions.create({ ...asked(), temperature: 0.5 });
    expect(answer.choices[0]!.message.content).to.equal('Hello, local world');
    const span = await sink.only();
    expect(span).to.deep.include({
      name: `chat ${MODEL}`,
      kind: 'llm',
      provider: 'web-llm',
      model: MODEL,
      usage: { input: 7, output: 4, total: 11 },
      parameters: { temperature: 0.5 },
      timeToFirstToken: 500,
    });
    expect(textsOf(span)).to.deep.equal([
      ['user', 'hello'],
      ['assistant', 'Hello, local world'],
    ]);
    expect(span.attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.model': MODEL,
      'llm_trace.output_tokens_per_second': 20,
      'web_llm.usage.prefill_tokens_per_s': 14,
      'web_llm.usage.decode_tokens_per_s': 20,
      'web_llm.usage.time_to_first_token_s': 0.5,
    });
    expect(span.attributes!['web_llm.usage.time_per_output_token_s']).to.be.closeTo(0.05, 1e-9);
    expect(span.attributes).to.have.property('web_llm.usage.e2e_latency_s');
    expect(span.output).to.have.nested.property('usage.extra.time_to_first_token_s', 0.5);
  });

  it('records a stream, and gives the same chunks', async () => {
    const { engine, plain, sink } = traced();
    const request = { ...asked(), stream: true as const, stream_options: { include_usage: true } };
    const without = await all(await plain.chat.completions.create(request));
    const stream = await engine.chat.completions.create(request);
    expect(Reflect.ownKeys(stream)).to.deep.equal(Reflect.ownKeys(await plain.chat.completions.create(request)));
    const chunks = await all(stream);
    // The engine's own clock is in the last one.
    expect(chunks.slice(0, -1).map(withoutIds)).to.deep.equal(without.slice(0, -1).map(withoutIds));
    const span = await sink.only();
    expect(textsOf(span).at(-1)).to.deep.equal(['assistant', 'Hello, local world']);
    expect(span.usage).to.deep.equal({ input: 7, output: 4, total: 11 });
    expect(span.attributes).to.include({
      'gen_ai.request.stream': true,
      'llm_trace.stream.chunks': 4,
      'web_llm.usage.decode_tokens_per_s': 20,
    });
    expect(span.attributes).not.to.have.any.keys('llm_trace.end_reason', 'llm_trace.usage_missing');
    expect(span.timeToFirstToken).to.equal((span.attributes!['llm_trace.stream.chunk_times'] as number[])[0]);
  });

  it('says that a stream left out its usage', async () => {
    const { engine, sink } = traced();
    await all(await engine.chat.completions.create({ ...asked(), stream: true }));
    const span = await sink.only();
    expect(span).not.to.have.property('usage');
    expect(span.attributes).to.include({ 'llm_trace.usage_missing': true });
  });

  it('records what was asked, whatever engine and application make of the request afterwards', async () => {
    const calls = JSON.stringify([
      { name: 'weather', arguments: { city: 'Oslo' } },
      { name: 'time', arguments: { zone: 'CET' } },
    ]);
    const { engine, sink } = traced([calls]);
    const request: ChatRequest & { stream: true } = {
      ...asked(),
      stream: true,
      tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
    };
    for await (const chunk of await engine.chat.completions.create(request)) {
      const { tool_calls: called } = chunk.choices[0]!.delta;
      if (called) request.messages.push({ role: 'user', content: 'later' });
    }
    // The engine put its own instructions in front.
    expect(request.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'user']);
    const span = await sink.only();
    expect(textsOf(span)[0]).to.deep.equal(['user', 'hello']);
    expect(span.messages!.flatMap(({ parts }) => parts.filter(({ type }) => type === 'tool-call'))).to.deep.equal([
      { type: 'tool-call', name: 'weather', arguments: { city: 'Oslo' } },
      { type: 'tool-call', name: 'time', arguments: { zone: 'CET' } },
    ]);
    expect(span.tools).to.deep.equal([{ name: 'weather', parameters: { type: 'object' } }]);
  });

  it('records completions and embeddings, by either way to call them', async () => {
    const { engine, sink } = traced();
    await engine.completions.create({ prompt: 'once' });
    await engine.completion({ prompt: 'once' });
    const { data } = await engine.embeddings.create({ input: ['one', 'two'] });
    expect(data[1]!.embedding).to.deep.equal([0.25, 0.5, 0.75]);
    await engine.embedding({ input: 'one' });
    await engine.chatCompletion(asked());
    const spans = await sink.whenEnded(5);
    expect(spans.map(({ name, kind }) => [name, kind])).to.deep.equal([
      [`text_completion ${MODEL}`, 'llm'],
      [`text_completion ${MODEL}`, 'llm'],
      [`embeddings ${EMBEDDING_MODEL}`, 'embedding'],
      [`embeddings ${EMBEDDING_MODEL}`, 'embedding'],
      [`chat ${MODEL}`, 'llm'],
    ]);
    expect(textsOf(spans[0]!)).to.deep.equal([
      ['user', 'once'],
      ['assistant', 'Hello, local world'],
    ]);
    expect(spans[2]!.usage).to.deep.include({ input: 4 });
    expect(spans[2]!.output).to.have.nested.property('data[0].embedding', '[3 numbers]');
  });

  it('ends the span when the reader breaks off, and lets the engine stop', async () => {
    const { engine, sink } = traced();
    for await (const chunk of await engine.chat.completions.create({ ...asked(), stream: true })) {
      if (chunk.choices[0]?.delta.content === ',') break;
    }
    const span = await sink.only();
    expect(span.attributes).to.include({ 'llm_trace.end_reason': 'stopped' });
    expect(textsOf(span).at(-1)).to.deep.equal(['assistant', 'Hello,']);
    expect(span).not.to.have.property('status');
  });

  it('tells that interruptGenerate stopped the answer', async () => {
    const { engine, sink } = traced();
    let text = '';
    for await (const { choices } of await engine.chat.completions.create({ ...asked(), stream: true })) {
      text += choices[0]?.delta.content ?? '';
      if (choices[0]?.finish_reason === null) await engine.interruptGenerate();
    }
    expect(text).to.equal('Hello');
    const span = await sink.only();
    expect(span.attributes).to.deep.include({
      'llm_trace.end_reason': 'aborted',
      'gen_ai.response.finish_reasons': ['abort'],
    });
    expect(span.events!.map(({ name }) => name)).to.deep.equal(['interruptGenerate']);
  });

  it('hands on errors as they are: before an answer, and in the middle of one', async () => {
    const failure = new Error('the device was lost');
    const { engine, sink } = traced(['Hel', failure]);
    expect(await rejection(engine.chat.completions.create(asked()))).to.equal(failure);
    const stream = await engine.chat.completions.create({ ...asked(), stream: true });
    expect(await rejection(all(stream))).to.equal(failure);
    const refused = await rejection(engine.chat.completions.create({ messages: [] }));
    expect(refused).to.be.instanceOf(TypeError);
    const spans = await sink.whenEnded(3);
    expect(spans.map(({ status }) => status)).to.deep.equal(['error', 'error', 'error']);
    expect(spans[1]!.exceptions![0]).to.include({ message: 'the device was lost' });
    expect(textsOf(spans[1]!).at(-1)).to.deep.equal(['assistant', 'Hel']);
    expect(spans[1]!.attributes).to.include({ 'llm_trace.end_reason': 'failed' });
  });

  it('ends the span of a stream that nobody reads', async () => {
    const { engine, sink } = traced(WORDS, { idleLimit: 5 });
    const stream = await engine.chat.completions.create({ ...asked(), stream: true });
    const span = await sink.only();
    expect(span.attributes).to.include({ 'llm_trace.end_reason': 'unread' });
    expect(await all(stream)).to.have.length(5);
    expect(sink.spans).to.have.length(1);
  });

  it('records the loading of a model, its stages and bytes, and calls the callback of the application', async () => {
    const reports: ProgressReport[] = [];
    const theirs = (report: ProgressReport): void => void reports.push(report);
    const { engine, plain, sink, loaded } = traced(WORDS, { initProgressCallback: theirs });
    await engine.reload(MODEL);
    expect(loaded).to.deep.equal([MODEL]);
    expect(reports).to.have.length(5);
    expect(plain.getInitProgressCallback() === theirs).to.be.true;
    const span = await sink.only();
    expect(span).to.deep.include({ name: `load ${MODEL}`, kind: 'span', model: MODEL, provider: 'web-llm' });
    expect(span.attributes).to.include({ 'llm_trace.load.reports': 5, 'llm_trace.load.bytes': 48 * 1024 * 1024 });
    expect(span.events!.map(({ name }) => name)).to.deep.equal([
      'Start to fetch params',
      'Fetching param cache',
      'Loading GPU shader modules',
      'Finish loading on WebGPU - test',
    ]);
    await engine.chat.completions.create({ ...asked(), stream: true });
    await sink.whenBegun(2);
    expect(sink.begun[1]!.name).to.equal(`chat ${MODEL}`);
  });

  it('records that a model could not be loaded', async () => {
    const { engine, plain, sink } = traced();
    const error = await rejection(engine.reload('missing'));
    expect(error).to.be.an('error').with.property('message', 'No such model');
    expect(plain.getInitProgressCallback() === undefined).to.be.true;
    expect(await sink.only()).to.deep.include({
      name: 'load missing',
      status: 'error',
      statusMessage: 'No such model',
    });
  });

  it('makes calls children of the span they are bound to, ten chats at once', async () => {
    const { engine, tracer, sink } = traced();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        tracer.span(`chat ${index}`, (span) => span.use(engine).chat.completions.create(asked())),
      ),
    );
    const spans = await sink.whenEnded(20);
    const parents = spans.filter(({ kind }) => kind === 'span');
    const calls = spans.filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ parentId }) => parentId).sort()).to.deep.equal(parents.map(({ id }) => id).sort());
  });

  it('records the engine of a worker as well', async () => {
    const sink = new RecordedSpans();
    const answers = new Map<string, unknown>([
      ['reload', null],
      ['completionStreamReturn', null],
      ['chatCompletionStreamInit', null],
    ]);
    const chunks = ['Hi', ' there'].map((content) => ({
      id: '1',
      object: 'chat.completion.chunk',
      model: MODEL,
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
    }));
    // What a worker answers, by the messages of the published package.
    const worker: { onmessage?: (event: unknown) => void; postMessage(message: unknown): void } = {
      postMessage(message) {
        const { kind, uuid } = message as { kind: string; uuid: string };
        if (kind === 'setLogLevel') return;
        const content = kind === 'completionStreamNextChunk' ? chunks.shift() : answers.get(kind);
        queueMicrotask(() => worker.onmessage?.({ kind: 'return', uuid, content }));
      },
    };
    const remote = new WebWorkerMLCEngine(worker, { logLevel: 'SILENT' });
    const engine = wrapWebLLM(remote, { tracer: createTracer({ store: sink }) });
    await engine.reload(MODEL);
    expect(remote.modelId).to.deep.equal([MODEL]);
    expect(await all(await engine.chat.completions.create({ ...asked(), stream: true }))).to.have.length(2);
    const spans = await sink.whenEnded(2);
    expect(textsOf(spans[1]!).at(-1)).to.deep.equal(['assistant', 'Hi there']);
  });
});
