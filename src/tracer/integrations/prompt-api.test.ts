import { expect } from '@open-wc/testing';
import type { RecordedSpan } from '../../model/index.js';
import { languageModelDouble, type Script } from '../../test/language-model-double.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer } from '../index.js';
import { tracedLanguageModel } from './prompt-api.js';

function traced(script: Script = {}, idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const double = languageModelDouble(script);
  return { ...double, sink, tracer, model: tracedLanguageModel(double.LanguageModel, { tracer, idleLimit }) };
}

/** By a reader: WebKit knows no loop over a stream. */
async function all<Item>(items: ReadableStream<Item>): Promise<Item[]> {
  const list: Item[] = [];
  const reader = items.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) list.push(read.value);
  return list;
}

const textsOf = ({ messages }: RecordedSpan): unknown[] =>
  (messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

const TOOL = {
  name: 'weather',
  description: 'The weather of a city',
  inputSchema: { type: 'object' },
  execute: (asked: { city: string }) => Promise.resolve(`Rain in ${asked.city}`),
};

describe('tracedLanguageModel (a double from the published types)', () => {
  it('gives the model and its sessions back as they are to use', async () => {
    const { model, LanguageModel: plain, given } = traced();
    expect(await model.availability()).to.equal('available');
    const options: LanguageModelCreateOptions = { initialPrompts: [{ role: 'system', content: 'Be short.' }] };
    const session = await model.create(options);
    expect(session).to.be.instanceOf(plain);
    expect(session).to.be.instanceOf(model);
    expect(given[0]!.initialPrompts).to.equal(options.initialPrompts);
    expect(session.contextWindow).to.equal(1000);
    const handler = (): void => {};
    session.oncontextoverflow = handler;
    expect(session.oncontextoverflow).to.equal(handler);
    expect(session.prompt).to.equal(session.prompt);
    expect(await session.measureContextUsage('four')).to.equal(4);
    expect(tracedLanguageModel(model, { tracer: createTracer() })).to.equal(model);
  });

  it('records the making of a session: its prompts, tools, and how far the download was', async () => {
    const { model, sink } = traced();
    const loaded: number[] = [];
    await model.create({
      initialPrompts: [{ role: 'system', content: 'Be short.' }],
      tools: [TOOL],
      samplingMode: 'creative',
      monitor: (monitor) => monitor.addEventListener('downloadprogress', (event) => void loaded.push(event.loaded)),
    });
    expect(loaded).to.deep.equal([0, 0.51, 0.52, 1]);
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'create_session',
      kind: 'span',
      provider: 'prompt-api',
      tools: [{ name: 'weather', description: 'The weather of a city', parameters: { type: 'object' } }],
      parameters: { samplingMode: 'creative' },
    });
    expect(textsOf(span)).to.deep.equal([['system', 'input', 'Be short.']]);
    expect(span.attributes).to.include({ 'llm_trace.load.reports': 4 });
    expect(span.events!.map(({ attributes }) => attributes!['loaded'])).to.deep.equal([0, 0.51, 1]);
  });

  it('hands on why no session can be made', async () => {
    const { model, sink } = traced();
    const reason = new Error('not now');
    expect(await rejection(model.create({ signal: AbortSignal.abort(reason) }))).to.equal(reason);
    expect(await sink.only()).to.deep.include({ status: 'error', statusMessage: 'not now' });
  });

  it('records a prompt, and how much of the context it filled', async () => {
    const { model, sink, measured } = traced();
    const session = await model.create();
    const answer = await session.prompt('Who is there?', { responseConstraint: { type: 'string' } });
    expect(answer).to.equal('Hello, you');
    const [created, span] = await sink.whenEnded(2);
    expect(span).to.deep.include({
      name: 'chat',
      kind: 'llm',
      output: 'Hello, you',
      usage: { total: 23 },
      parameters: { responseConstraint: { type: 'string' } },
      links: [{ traceId: created!.traceId, spanId: created!.id }],
    });
    expect(textsOf(span!)).to.deep.equal([
      ['user', 'input', 'Who is there?'],
      ['assistant', 'output', 'Hello, you'],
    ]);
    expect(span!.attributes).to.include({
      'prompt_api.context_usage.before': 0,
      'prompt_api.context_usage.after': 23,
      'prompt_api.context_window': 1000,
    });
    expect(measured).to.deep.equal([]);
  });

  it('records a stream, and gives the same chunks', async () => {
    const { model, sink } = traced();
    const session = await model.create();
    const stream = session.promptStreaming([{ role: 'user', content: [{ type: 'text', value: 'Hi' }] }]);
    expect(stream).to.be.instanceOf(ReadableStream);
    expect(await all(stream)).to.deep.equal(['Hello', ', ', 'you']);
    const [, span] = await sink.whenEnded(2);
    expect(textsOf(span!)).to.deep.equal([
      ['user', 'input', 'Hi'],
      ['assistant', 'output', 'Hello, you'],
    ]);
    expect(span!.attributes).to.include({ 'gen_ai.request.stream': true, 'llm_trace.stream.chunks': 3 });
    expect(span!.attributes).not.to.have.any.keys('llm_trace.end_reason', 'llm_trace.output_tokens_per_second');
    expect(span!.timeToFirstToken).to.equal((span!.attributes!['llm_trace.stream.chunk_times'] as number[])[0]);
    expect(span!.usage!.total).to.be.greaterThan(10);
  });

  it('records images and recordings by what they are', async () => {
    const { model, sink } = traced();
    const session = await model.create();
    const image = new Blob(['x'], { type: 'image/png' });
    await session.prompt([
      {
        role: 'user',
        content: [
          { type: 'text', value: 'See' },
          { type: 'image', value: image },
        ],
      },
      { role: 'assistant', content: 'I see', prefix: true },
    ]);
    const [, span] = await sink.whenEnded(2);
    expect(textsOf(span!).slice(0, 2)).to.deep.equal([
      ['user', 'input', 'See', 'media'],
      ['assistant', 'input', 'I see'],
    ]);
  });

  it('makes the calls of tools children of the prompt that they are for', async () => {
    const { model, sink } = traced({ calls: [{ name: 'weather', args: [{ city: 'Oslo' }] }] });
    const tool = { ...TOOL };
    const session = await model.create({ tools: [tool] });
    await session.prompt('Weather?');
    expect(tool).to.deep.equal(TOOL);
    const spans = await sink.whenEnded(3);
    const [call] = spans.filter(({ kind }) => kind === 'tool');
    const chat = spans.find(({ kind }) => kind === 'llm')!;
    expect(call).to.deep.include({
      name: 'execute_tool weather',
      parentId: chat.id,
      input: { city: 'Oslo' },
      output: 'Rain in Oslo',
    });
    expect(chat.tools![0]!.name).to.equal('weather');
  });

  it('guesses no prompt for a tool where several go on, also in a clone', async () => {
    const { model, sink } = traced({ calls: [{ name: 'weather', args: [{ city: 'Oslo' }] }] });
    const session = await model.create({ tools: [TOOL] });
    const clone = await session.clone();
    await Promise.all([session.prompt('one'), clone.prompt('two')]);
    const tools = (await sink.whenEnded(6)).filter(({ kind }) => kind === 'tool');
    expect(tools.map(({ parentId }) => parentId)).to.deep.equal([undefined, undefined]);
    expect(tools.map(({ attributes }) => attributes!['llm_trace.parent_unknown'])).to.deep.equal([true, true]);
    // Each fills the context of its own session only.
    const totals = sink.spans.filter(({ kind }) => kind === 'llm').map(({ usage }) => usage?.total);
    expect(totals).to.deep.equal([13, 13]);
  });

  it('states no tokens of prompts that overlap', async () => {
    const { model, sink } = traced();
    const session = await model.create();
    await Promise.all([session.prompt('one'), session.prompt('two')]);
    const calls = (await sink.whenEnded(3)).filter(({ kind }) => kind === 'llm');
    for (const { usage, attributes } of calls) {
      expect(usage).to.equal(undefined);
      expect(attributes).to.include({ 'llm_trace.usage_missing': true });
    }
  });

  it('tells that the context overflowed, and states no tokens then', async () => {
    const { model, sink } = traced({ window: 40 });
    const session = await model.create();
    let heard = 0;
    session.addEventListener('contextoverflow', () => heard++);
    await session.prompt('Hi');
    await session.prompt('What was said must make room.');
    const spans = await sink.whenEnded(3);
    expect(heard).to.equal(1);
    expect(spans[1]!.usage).to.deep.equal({ total: 12 });
    expect(spans[2]).not.to.have.property('usage');
    expect(spans[2]!.events!.map(({ name }) => name)).to.deep.equal(['contextoverflow']);
  });

  it('records what was appended, and links a clone to where it comes from', async () => {
    const { model, sink } = traced();
    const session = await model.create();
    expect(await session.append('More to know')).to.equal(undefined);
    const clone = await session.clone();
    await clone.prompt('Hi');
    const [created, appended, cloned, chat] = await sink.whenEnded(4);
    expect(appended).to.deep.include({ name: 'append', kind: 'llm', usage: { input: 12, total: 12 } });
    expect(textsOf(appended!)).to.deep.equal([['user', 'input', 'More to know']]);
    expect(cloned).to.deep.include({
      name: 'clone_session',
      links: [{ traceId: created!.traceId, spanId: created!.id }],
    });
    expect(chat!.links).to.deep.equal([{ traceId: cloned!.traceId, spanId: cloned!.id }]);
    expect(chat!.attributes!['prompt_api.session']).not.to.equal(appended!.attributes!['prompt_api.session']);
  });

  it('ends the span when the reader goes away, and cancels the answer', async () => {
    const { model, sink } = traced();
    const session = await model.create();
    const reader = session.promptStreaming('Hi').getReader();
    expect(await reader.read()).to.deep.equal({ done: false, value: 'Hello' });
    await reader.cancel();
    const [, span] = await sink.whenEnded(2);
    expect(span!.attributes).to.include({ 'llm_trace.end_reason': 'stopped' });
    expect(textsOf(span!).at(-1)).to.deep.equal(['assistant', 'output', 'Hello']);
    expect(span).not.to.have.property('status');
  });

  it('ends the span of a stream that nobody reads', async () => {
    const { model, sink } = traced({}, 5);
    const session = await model.create();
    const stream = session.promptStreaming('Hi');
    const [, span] = await sink.whenEnded(2);
    expect(span!.attributes).to.include({ 'llm_trace.end_reason': 'unread' });
    expect(await all(stream)).to.have.length(3);
  });

  it('hands on errors as they are, with what was said before', async () => {
    const error = new DOMException('The device was lost', 'UnknownError');
    const { model, sink } = traced({ failure: { after: 2, error } });
    const session = await model.create();
    expect(await rejection(session.prompt('Hi'))).to.equal(error);
    expect(await rejection(all(session.promptStreaming('Hi')))).to.equal(error);
    const [, plain, streamed] = await sink.whenEnded(3);
    for (const span of [plain!, streamed!]) {
      expect(span).to.deep.include({ status: 'error', statusMessage: 'The device was lost' });
      expect(span.attributes).to.include({ 'llm_trace.end_reason': 'failed' });
      expect(span).not.to.have.property('usage');
    }
    expect(textsOf(streamed!).at(-1)).to.deep.equal(['assistant', 'output', 'Hello, ']);
  });

  it('tells aborts from failures, whatever the reason', async () => {
    let open = (): void => {};
    const { model, sink } = traced({ gate: new Promise((resolve) => (open = resolve)) });
    const session = await model.create();
    const abort = new AbortController();
    const stream = session.promptStreaming('Hi', { signal: abort.signal }).getReader();
    await stream.read();
    const reason = new Error('enough');
    abort.abort(reason);
    open();
    expect(await rejection(stream.read())).to.equal(reason);
    const [, span] = await sink.whenEnded(2);
    expect(span!.attributes).to.include({ 'llm_trace.end_reason': 'aborted' });
    session.destroy();
    expect(await rejection(session.prompt('Hi'))).to.have.property('name', 'InvalidStateError');
  });

  it('makes calls children of the span they are bound to: of a session, and of the model', async () => {
    const { model, tracer, sink } = traced();
    const session = await model.create();
    await tracer.span('root', async (span) => {
      await span.use(session).prompt('one');
      await (await span.use(model).create()).prompt('two');
    });
    const spans = await sink.whenEnded(5);
    const root = spans.find(({ name }) => name === 'root')!;
    expect(spans.filter(({ parentId }) => parentId === root.id).map(({ name }) => name)).to.deep.equal([
      'chat',
      'create_session',
      'chat',
    ]);
  });

  it('hands options that make no sense to the browser as they are', async () => {
    const { model, given, sink } = traced();
    const monitor = 'nobody' as unknown as CreateMonitorCallback;
    expect(await rejection(model.create({ monitor }))).to.be.instanceOf(TypeError);
    expect(given[0]!.monitor).to.equal(monitor);
    expect((await sink.only()).status).to.equal('error');
  });

  it('traces the model of this browser, where there is one, as the double', async function () {
    if (!('LanguageModel' in globalThis)) return this.skip();
    const sink = new RecordedSpans();
    const model = tracedLanguageModel(LanguageModel, { tracer: createTracer({ store: sink }) });
    expect(await model.availability()).to.equal(await LanguageModel.availability());
    const without = (await rejection(LanguageModel.create())) as DOMException;
    const error = (await rejection(model.create())) as DOMException;
    expect([error.name, error.message]).to.deep.equal([without.name, without.message]);
    expect((await sink.only()).status).to.equal('error');
    // Before version 148 of Chromium, some had other names.
    if (!('contextUsage' in LanguageModel.prototype)) return;
    // The double has what the browser has, no more and no less: where the browser moves, this says so.
    const own = (of: object): string[] => Object.getOwnPropertyNames(of).sort();
    const { LanguageModel: double } = languageModelDouble();
    expect(own(double.prototype)).to.deep.equal(own(LanguageModel.prototype));
    const statics = (of: object): string[] => own(of).filter((name) => !['length', 'name', 'prototype'].includes(name));
    expect(statics(double)).to.deep.equal(statics(LanguageModel));
  });
});
