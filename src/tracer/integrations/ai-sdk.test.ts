import { createOpenAI } from '@ai-sdk/openai';
import { expect } from '@open-wc/testing';
import {
  embed,
  embedMany,
  generateObject,
  generateText,
  isStepCount,
  jsonSchema,
  registerTelemetry,
  rerank,
  streamObject,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai';
import type { RecordedSpan } from '../../model/index.js';
import { itemsOf } from '../../test/byte-streams.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer, type Tracer } from '../index.js';
import { aiSdkMiddleware, aiSdkTelemetry } from './ai-sdk.js';

const SAID = 'Grüße, brave new 世界 of traces 🙂hello';
const KEY = 'sk-this-key-must-not-be-recorded-0123456789';

const openai = (scenario: string, headers: Record<string, string> = {}) =>
  createOpenAI({ apiKey: KEY, baseURL: `${location.origin}/model/${scenario}/v1`, headers });

const chat = (scenario: string, headers?: Record<string, string>) => openai(scenario, headers).chat('gpt-4o');

function traced(idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const telemetry = aiSdkTelemetry({ tracer, idleLimit });
  return { sink, tracer, telemetry, on: { telemetry: { integrations: telemetry } } };
}

interface On {
  telemetry?: { integrations?: ReturnType<typeof aiSdkTelemetry>; isEnabled?: boolean };
}

/** What a use of the SDK gives without tracing and with it: the same. */
async function both<Result>(use: (on: On) => Promise<Result>) {
  const { sink, tracer, on } = traced();
  const without = await use({ telemetry: { isEnabled: false } });
  const result = await use(on);
  expect(result).to.deep.equal(without);
  await tracer.flush();
  return { result, spans: sink.spans, begun: sink.begun };
}

const weather = jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } });
const time = jsonSchema<{ tz: string }>({ type: 'object', properties: { tz: { type: 'string' } } });

const tools = {
  weather: tool({ description: 'The weather.', inputSchema: weather, execute: ({ city }) => `sun in ${city}` }),
  time: tool({ description: 'The time.', inputSchema: time, execute: ({ tz }) => ({ tz, hour: 7 }) }),
};

const SEVERAL_STEPS = { tools, stopWhen: isStepCount(5) };

const named = (spans: readonly RecordedSpan[], name: string): RecordedSpan => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
  return found[0]!;
};

/** The tree of the spans: each as `kind name`, indented below its parent, in the order of their start. */
function treeOf(spans: readonly RecordedSpan[]): string[] {
  const below = (parentId: string | undefined, depth: number): string[] =>
    spans
      .filter((span) => span.parentId === parentId)
      .sort((one, other) => one.start - other.start || one.name.localeCompare(other.name))
      .flatMap((span) => [`${'  '.repeat(depth)}${span.kind} ${span.name}`, ...below(span.id, depth + 1)]);
  return below(undefined, 0);
}

const said = (span: RecordedSpan): unknown[] =>
  (span.messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('aiSdkTelemetry', () => {
  it('records generateText: the operation, its step and the call of the model', async () => {
    const { result, spans } = await both(async (on) => {
      const { text, usage, finishReason } = await generateText({
        model: chat('text'),
        instructions: 'Be brief.',
        prompt: 'hello',
        temperature: 0.5,
        maxOutputTokens: 99,
        ...on,
      });
      return { text, usage, finishReason };
    });
    expect(result.text).to.equal(SAID);
    expect(treeOf(spans)).to.deep.equal(['chain generateText', '  chain step 0', '    llm chat gpt-4o']);
    const call = named(spans, 'chat gpt-4o');
    expect(call).to.deep.include({
      model: 'gpt-4o-2026',
      provider: 'openai',
      parameters: { maxOutputTokens: 99, temperature: 0.5 },
    });
    expect(call.usage).to.deep.include({ input: 11, output: 6, total: 17 });
    expect(said(call)).to.deep.equal([
      ['system', 'input', 'Be brief.'],
      ['user', 'input', 'hello'],
      ['assistant', 'output', SAID],
    ]);
    expect(call.messages!.at(-1)!.finishReason).to.equal('stop');
    expect(call.attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2026',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'http.response.header.x-ratelimit-remaining-requests': '7',
    });
    expect(call).not.to.have.property('status');
    const root = named(spans, 'generateText');
    expect(root).to.deep.include({ output: SAID, model: 'gpt-4o', provider: 'openai' });
    expect(root).not.to.have.property('usage');
    expect(JSON.stringify(spans)).not.to.include('sk-');
  });

  it('records streamText: what it said, its usage, and when', async () => {
    const { result, spans } = await both(async (on) => {
      const stream = streamText({ model: chat('text'), prompt: 'hello', ...on });
      return { deltas: await all(stream.textStream), usage: await stream.usage };
    });
    expect(result.deltas.join('')).to.equal(SAID);
    expect(treeOf(spans)).to.deep.equal(['chain streamText', '  chain step 0', '    llm chat gpt-4o']);
    const call = named(spans, 'chat gpt-4o');
    expect(said(call).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
    expect(call.usage).to.deep.include({ input: 11, output: 6, total: 17 });
    expect(call.timeToFirstToken).to.be.within(0, call.end! - call.start + 1);
    expect(call.attributes).to.include({ 'gen_ai.request.stream': true, 'llm_trace.stream.chunks': 7 });
    expect(call.attributes).not.to.have.property('llm_trace.end_reason');
    const times = call.attributes!['llm_trace.stream.chunk_times'] as number[];
    expect(times[0]).to.equal(call.timeToFirstToken);
    expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
    expect(named(spans, 'streamText')).to.include({ output: SAID });
  });

  for (const how of ['generateText', 'streamText']) {
    it(`records two tools of one step, and the step after them (${how})`, async () => {
      const { result, spans } = await both(async (on) => {
        const call = { model: chat('agent'), prompt: 'hello', ...SEVERAL_STEPS, ...on };
        const { steps } = how === 'streamText' ? streamText(call) : await generateText(call);
        return (await steps).map(({ text, toolResults }) => ({ text, toolResults }));
      });
      expect(result).to.have.length(2);
      expect(treeOf(spans).sort()).to.deep.equal(
        [
          `agent ${how}`,
          '  chain step 0',
          '    llm chat gpt-4o',
          '    tool weather',
          '    tool time',
          '  chain step 1',
          '    llm chat gpt-4o',
        ].sort(),
      );
      const first = named(spans, 'step 0');
      expect(named(spans, 'weather')).to.deep.include({
        parentId: first.id,
        input: { city: 'Oslo' },
        output: 'sun in Oslo',
      });
      expect(named(spans, 'weather').attributes).to.include({
        'gen_ai.tool.name': 'weather',
        'gen_ai.tool.call.id': 'call_a',
      });
      expect(named(spans, 'time')).to.deep.include({ parentId: first.id, output: { tz: 'CET', hour: 7 } });
      const calls = spans.filter(({ kind }) => kind === 'llm').sort((one, other) => one.start - other.start);
      expect(calls.map(({ parentId }) => parentId)).to.deep.equal([first.id, named(spans, 'step 1').id]);
      expect(calls[0]!.messages!.at(-1)!.parts).to.deep.equal([
        { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
        { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
      ]);
      expect(calls[0]!.tools!.map(({ name, description }) => [name, description])).to.deep.equal([
        ['weather', 'The weather.'],
        ['time', 'The time.'],
      ]);
      expect(calls[1]!.messages!.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'assistant']);
      expect(calls[1]!.messages![2]!.parts[0]).to.deep.include({ id: 'call_a', result: 'sun in Oslo' });
    });
  }

  it('records a tool that fails', async () => {
    const broken = tool({
      inputSchema: weather,
      execute: (): string => {
        throw new RangeError('No weather today.');
      },
    });
    const { spans } = await both(async (on) => {
      const call = { model: chat('agent'), prompt: 'hello', stopWhen: isStepCount(5), ...on };
      return (await generateText({ ...call, tools: { ...tools, weather: broken } })).text;
    });
    const span = named(spans, 'weather');
    expect(span).to.include({ status: 'error', statusMessage: 'No weather today.' });
    expect(span.exceptions![0]).to.include({ type: 'RangeError' });
    expect(named(spans, 'generateText')).not.to.have.property('status');
  });

  it('records generateObject and streamObject', async () => {
    const schema = jsonSchema<{ city: string }>({
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    });
    const { result, spans } = await both(async (on) => {
      const call = { model: chat('json'), prompt: 'Which city?', schema, temperature: 0.1, ...on };
      /* eslint-disable @typescript-eslint/no-deprecated -- Whoever uses them is to see them. */
      const { object } = await generateObject(call);
      return [object, await all(streamObject(call).partialObjectStream)];
      /* eslint-enable @typescript-eslint/no-deprecated */
    });
    expect(result[0]).to.deep.equal({ city: 'Oslo' });
    expect(treeOf(spans)).to.deep.equal([
      'chain generateObject',
      '  llm chat gpt-4o',
      'chain streamObject',
      '  llm chat gpt-4o',
    ]);
    for (const call of spans.filter(({ kind }) => kind === 'llm')) {
      expect(said(call)).to.deep.equal([
        ['user', 'input', 'Which city?'],
        ['assistant', 'output', '{"city":"Oslo"}'],
      ]);
      expect(call.usage).to.deep.include({ input: 11, output: 6 });
      expect(call.parameters).to.deep.include({ temperature: 0.1 });
      expect(call.parameters).to.have.nested.property('schema.required[0]', 'city');
    }
    expect(named(spans, 'generateObject').output).to.deep.equal({ city: 'Oslo' });
    expect(named(spans, 'streamObject').output).to.deep.equal({ city: 'Oslo' });
  });

  it('records embeddings without their vectors', async () => {
    const { spans } = await both(async (on) => {
      const model = openai('text').embedding('text-embedding-3-small');
      const { embedding, usage } = await embed({ model, value: 'hello', ...on });
      const { embeddings } = await embedMany({ model, values: ['one'], ...on });
      return { embedding, usage, embeddings };
    });
    expect(treeOf(spans)).to.deep.equal([
      'chain embed',
      '  embedding embeddings text-embedding-3-small',
      'chain embedMany',
      '  embedding embeddings text-embedding-3-small',
    ]);
    const [one] = spans.filter(({ kind }) => kind === 'embedding');
    expect(one).to.deep.include({ input: ['hello'], output: ['[3 numbers]'], usage: { input: 3 } });
    expect(one).to.include({ model: 'text-embedding-3-small', provider: 'openai' });
    expect(named(spans, 'embed').output).to.equal('[3 numbers]');
  });

  it('records reranking: what was ranked, and in what order', async () => {
    const model = {
      specificationVersion: 'v4' as const,
      provider: 'some.ranker',
      modelId: 'ranker-1',
      doRerank: () =>
        Promise.resolve({
          ranking: [
            { index: 1, relevanceScore: 0.9 },
            { index: 0, relevanceScore: 0.2 },
          ],
        }),
    };
    const { spans } = await both(
      async (on) => (await rerank({ model, documents: ['a cat', 'a dog'], query: 'bark', ...on })).ranking,
    );
    expect(treeOf(spans)).to.deep.equal(['chain rerank', '  reranker rerank ranker-1']);
    const ranked = [
      { id: '1', content: 'a dog', score: 0.9 },
      { id: '0', content: 'a cat', score: 0.2 },
    ];
    for (const span of spans) {
      expect(span.documents).to.deep.equal(ranked);
      expect(span.inputDocuments).to.deep.equal([{ content: 'a cat' }, { content: 'a dog' }]);
    }
  });

  it('shows each attempt of a call that is repeated', async () => {
    for (const how of ['generateText', 'streamText']) {
      const { tracer, sink, on } = traced();
      const call = { model: chat('retry', { 'x-test-id': `ai-sdk-${how}` }), prompt: 'hello', ...on };
      const text = how === 'streamText' ? await streamText(call).text : (await generateText(call)).text;
      expect(text).to.equal(SAID);
      await tracer.flush();
      const [failed, repeated, ...others] = sink.spans
        .filter(({ kind }) => kind === 'llm')
        .sort((one, other) => one.start - other.start);
      expect(others).to.deep.equal([]);
      expect(failed).to.include({ status: 'error', statusMessage: 'The model is out.' });
      expect(failed!.attributes).to.include({ 'http.response.status_code': 500, 'error.type': '500' });
      expect(repeated).not.to.have.property('status');
      expect(repeated!.attributes).to.include({ 'http.request.resend_count': 1, 'llm_trace.retry_of': failed!.id });
      expect(repeated!.parentId).to.equal(failed!.parentId);
      expect(named(sink.spans, how)).not.to.have.property('status');
    }
  });

  it('shows each attempt of an embedding that is repeated', async () => {
    const { tracer, sink, on } = traced();
    const model = openai('retry', { 'x-test-id': 'ai-sdk-embed' }).embedding('text-embedding-3-small');
    await embed({ model, value: 'hello', ...on });
    await tracer.flush();
    const [failed, repeated] = sink.spans.filter(({ kind }) => kind === 'embedding');
    expect(failed).to.include({ status: 'error' });
    expect(repeated).not.to.have.property('status');
    expect(repeated!.attributes).to.include({ 'llm_trace.retry_of': failed!.id });
  });

  it('records errors of the server, and throws them as before', async () => {
    const { tracer, sink, on } = traced();
    const call = { model: chat('out'), prompt: 'hello', maxRetries: 0 };
    const without = (await rejection(generateText(call))) as Error;
    const error = (await rejection(generateText({ ...call, ...on }))) as Error;
    expect([error.name, error.message]).to.deep.equal([without.name, without.message]);
    const errors: unknown[] = [];
    await streamText({ ...call, ...on, onError: (event) => void errors.push(event.error) }).consumeStream();
    expect((errors[0] as Error).message).to.equal(without.message);
    await tracer.flush();
    expect(sink.spans).to.have.length(6);
    expect(sink.begun).to.have.length(6);
    for (const span of sink.spans) {
      expect(span).to.include({ status: 'error', statusMessage: 'The model is out.' });
      expect(span.attributes).to.include({ 'http.response.status_code': 500 });
    }
  });

  it('records an error that a stream tells of, and a connection that breaks', async () => {
    for (const scenario of ['error', 'broken']) {
      const { spans, begun } = await both(async (on) => {
        const errors: string[] = [];
        const onError = ({ error }: { error: unknown }): void => void errors.push(String(error));
        const stream = streamText({ model: chat(scenario), prompt: 'hello', onError, ...on });
        return [(await all(stream.textStream).catch(String)).length, errors.length];
      });
      expect(spans.length, scenario).to.equal(begun.length);
      const call = named(spans, 'chat gpt-4o');
      expect(call.status).to.equal('error');
      if (scenario === 'error') expect(call.statusMessage).to.include('The model is out.');
      expect(said(call).at(-1)).to.include('assistant');
      expect(named(spans, 'streamText').status).to.equal('error');
    }
  });

  it('records an abort, before the answer and within it', async () => {
    for (const scenario of ['never', 'endless']) {
      const { tracer, sink, on } = traced();
      const abort = new AbortController();
      const stream = streamText({ model: chat(scenario), prompt: 'hello', abortSignal: abort.signal, ...on });
      if (scenario === 'never') void sink.whenBegun(3).then(() => abort.abort());
      let count = 0;
      for await (const part of stream.stream) if (part.type === 'text-delta' && ++count === 3) abort.abort();
      await sink.whenEnded(3);
      await tracer.flush();
      for (const span of sink.spans) {
        expect(span.attributes, `${scenario} ${span.name}`).to.include({ 'llm_trace.end_reason': 'aborted' });
        expect(span.status).to.equal('error');
      }
      if (scenario === 'endless') expect(JSON.stringify(named(sink.spans, 'chat gpt-4o').output)).to.include('Grüße');
    }
  });

  it('records an abort of generateText', async () => {
    const { tracer, sink, on } = traced();
    const abort = new AbortController();
    void sink.whenBegun(3).then(() => abort.abort());
    const call = generateText({ model: chat('never'), prompt: 'hello', abortSignal: abort.signal, ...on });
    expect(((await rejection(call)) as Error).name).to.equal('AbortError');
    await tracer.flush();
    expect(sink.spans.map(({ attributes }) => attributes!['llm_trace.end_reason'])).to.deep.equal([
      ...['aborted', 'aborted', 'aborted'],
    ]);
  });

  it('ends the spans of a stream that is left, with what was said until then', async () => {
    const { sink, on } = traced(50);
    const abort = new AbortController();
    const stream = streamText({ model: chat('endless'), prompt: 'hello', abortSignal: abort.signal, ...on });
    let first = '';
    for await (const delta of stream.textStream) {
      first = delta;
      break;
    }
    expect(first).not.to.equal('');
    const spans = await sink.whenEnded(3);
    for (const span of spans) expect(span.attributes).to.include({ 'llm_trace.end_reason': 'unread' });
    expect(JSON.stringify(named(spans, 'chat gpt-4o').output)).to.include(first);
    abort.abort();
  });

  it('ends the spans of a short stream that is left, whose answer has come whole', async () => {
    const { sink, on } = traced(50);
    // The SDK reads some parts ahead: all of an answer that has few.
    const stream = streamText({ model: chat('json'), prompt: 'hello', ...on });
    for await (const delta of stream.textStream) if (delta) break;
    const spans = await sink.whenEnded(3);
    expect(named(spans, 'streamText').attributes).to.include({ 'llm_trace.end_reason': 'unread' });
  });

  it('gives every one of ten concurrent runs its own tree', async () => {
    const { tracer, sink, telemetry } = traced();
    const runs = Array.from({ length: 10 }, (_, at) => `run ${at}`);
    await Promise.all(
      runs.map((name, at) =>
        tracer.span(name, async (span) => {
          const integrations = at % 2 ? span.use(telemetry) : aiSdkTelemetry({ span });
          const call = { model: chat('agent'), prompt: name, ...SEVERAL_STEPS, telemetry: { integrations } };
          return at % 3 ? (await generateText(call)).text : await streamText(call).text;
        }),
      ),
    );
    await tracer.flush();
    expect(sink.spans).to.have.length(80);
    for (const name of runs) {
      const root = named(sink.spans, name);
      const tree = sink.spans.filter(({ traceId }) => traceId === root.traceId);
      expect(treeOf(tree).map((line) => line.trim().split(' ')[0])).to.have.members([
        ...['span', 'agent', 'chain', 'llm', 'tool', 'tool', 'chain', 'llm'],
      ]);
      for (const call of tree.filter(({ kind }) => kind === 'llm')) {
        expect(call.messages![0]!.parts).to.deep.equal([{ type: 'text', text: name }]);
      }
    }
  });

  it('tells a tool its span, though the ids of its calls are those of others', async () => {
    const { tracer, sink, telemetry, on } = traced();
    const runs = ['run 0', 'run 1', 'run 2', 'run 3'];
    let meet: () => void;
    const met = new Promise<void>((resolve) => (meet = resolve));
    let waiting = 0;
    await Promise.all(
      runs.map((prompt) => {
        const nested = tool({
          inputSchema: weather,
          execute: async (_input, options) => {
            if (++waiting === runs.length) meet();
            await met;
            const span = telemetry.spanOf(options)!;
            const inner = {
              model: chat('text'),
              prompt: `in ${prompt}`,
              telemetry: { integrations: span.use(telemetry) },
            };
            return (await generateText(inner)).text;
          },
        });
        return generateText({
          model: chat('agent'),
          prompt,
          stopWhen: isStepCount(5),
          tools: { ...tools, weather: nested },
          ...on,
        });
      }),
    );
    await tracer.flush();
    const byId = new Map(sink.spans.map((span) => [span.id, span]));
    const asked = (span: RecordedSpan): string => /run \d/.exec(JSON.stringify(span.input))![0];
    // What the tools asked for: a chain below a tool.
    const nested = sink.spans.filter(({ kind, parentId }) => kind === 'chain' && byId.get(parentId!)?.kind === 'tool');
    expect(nested.map(asked).sort()).to.deep.equal(runs);
    for (const operation of nested) {
      const caller = byId.get(operation.parentId!)!;
      expect(caller.name).to.equal('weather');
      expect(asked(byId.get(byId.get(caller.parentId!)!.parentId!)!)).to.equal(asked(operation));
    }
    expect(telemetry.spanOf({ toolCallId: 'call_a' })).to.equal(undefined);
  });

  it('is registered for all calls', async () => {
    const { tracer, sink, telemetry } = traced();
    registerTelemetry(telemetry);
    try {
      await generateText({ model: chat('text'), prompt: 'hello', telemetry: { functionId: 'greeting' } });
    } finally {
      globalThis.AI_SDK_TELEMETRY_INTEGRATIONS = [];
    }
    await tracer.flush();
    expect(treeOf(sink.spans)[0]).to.equal('chain greeting');
  });

  it('keeps to recordInputs and recordOutputs', async () => {
    const { tracer, sink, telemetry } = traced();
    const hidden = { integrations: telemetry, recordInputs: false, recordOutputs: false };
    const call = { model: chat('agent'), prompt: 'my secret question', ...SEVERAL_STEPS, telemetry: hidden };
    expect((await generateText(call)).text).to.include('Grüße');
    expect(await streamText(call).text).to.include('Grüße');
    await tracer.flush();
    expect(sink.spans).to.have.length(14);
    expect(JSON.stringify(sink.spans)).not.to.match(/secret question|Grüße|Oslo|sun in/);
    expect(sink.spans.find(({ kind }) => kind === 'llm')!.usage).to.deep.include({ input: 11 });
  });

  it('does without the hook around calls of models, as other versions may', async () => {
    const { tracer, sink, telemetry } = traced();
    const integrations = { ...telemetry };
    Reflect.deleteProperty(integrations, 'executeLanguageModelCall');
    const call = { model: chat('text'), prompt: 'hello', telemetry: { integrations } };
    await generateText(call);
    await streamText(call).consumeStream();
    await tracer.flush();
    const calls = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(calls).to.have.length(2);
    for (const span of calls) {
      expect(said(span).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
      expect(span.usage).to.deep.include({ input: 11, output: 6 });
    }
  });

  it('records nothing of a trace that is not sampled, and changes nothing', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, sample: 0 });
    const telemetry = { integrations: aiSdkTelemetry({ tracer }) };
    expect((await generateText({ model: chat('text'), prompt: 'hello', telemetry })).text).to.equal(SAID);
    expect(sink.begun).to.deep.equal([]);
  });

  it('survives events that are not what they should be', () => {
    const { telemetry, sink } = traced();
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const handlers = Object.entries(telemetry).filter(([name]) => name.startsWith('on'));
    expect(handlers).to.have.length(17);
    telemetry.onStart({ callId: 'known' });
    for (const event of [undefined, null, 1, 'x', {}, hostile, { callId: 'known', toolCall: hostile }]) {
      for (const [, handler] of handlers) (handler as (event: unknown) => void)(event);
    }
    expect(sink.begun).not.to.deep.equal([]);
  });
});

describe('aiSdkMiddleware', () => {
  const both = async <Result>(
    scenario: string,
    use: (model: ReturnType<typeof wrapLanguageModel>) => Promise<Result>,
    idleLimit?: number,
  ) => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const model = chat(scenario);
    const without = await use(model);
    const result = await use(wrapLanguageModel({ model, middleware: aiSdkMiddleware({ tracer, idleLimit }) }));
    expect(result).to.deep.equal(without);
    await tracer.flush();
    return { sink, result };
  };

  it('records calls of the model, plain and streamed', async () => {
    const { sink } = await both('text', async (model) => [
      (await generateText({ model, prompt: 'hello', temperature: 0.5 })).text,
      await all(streamText({ model, prompt: 'hello', temperature: 0.5 }).textStream),
    ]);
    expect(treeOf(sink.spans)).to.deep.equal(['llm chat gpt-4o', 'llm chat gpt-4o']);
    for (const span of sink.spans) {
      expect(said(span)).to.deep.equal([
        ['user', 'input', 'hello'],
        ['assistant', 'output', SAID],
      ]);
      expect(span.usage).to.deep.include({ input: 11, output: 6, total: 17 });
      expect(span).to.include({ model: 'gpt-4o-2026', provider: 'openai' });
      expect(span.parameters).to.include({ temperature: 0.5 });
    }
    expect(sink.spans[1]!.attributes).to.include({ 'llm_trace.stream.chunks': 7 });
  });

  it('records calls of tools that a stream brings at once', async () => {
    const { sink } = await both('tools', async (model) => {
      const called = await streamText({ model, prompt: 'hello', tools }).toolCalls;
      return called.map(({ toolName, input }) => ({ toolName, input }));
    });
    const [span] = sink.spans;
    expect(span!.messages!.at(-1)!.parts.map((part) => part.type === 'tool-call' && part.name)).to.deep.equal([
      'weather',
      'time',
    ]);
    expect(span!.tools!.map(({ name }) => name)).to.deep.equal(['weather', 'time']);
  });

  it('makes calls children of a span, and records their errors and aborts', async () => {
    const sink = new RecordedSpans();
    const tracer: Tracer = createTracer({ store: sink });
    await tracer.span('root', async (span) => {
      const of = (scenario: string) =>
        wrapLanguageModel({ model: chat(scenario), middleware: aiSdkMiddleware({ span }) });
      await rejection(generateText({ model: of('out'), prompt: 'hello', maxRetries: 0 }));
      const abort = new AbortController();
      const stream = streamText({ model: of('endless'), prompt: 'hello', abortSignal: abort.signal });
      for await (const part of stream.stream) if (part.type === 'text-delta') abort.abort();
    });
    await sink.whenEnded(3);
    const root = named(sink.spans, 'root');
    const [failed, aborted] = sink.spans.filter(({ kind }) => kind === 'llm').sort((a, b) => a.start - b.start);
    expect(failed).to.include({ parentId: root.id, status: 'error', statusMessage: 'The model is out.' });
    expect(aborted).to.include({ parentId: root.id, status: 'error' });
    expect(aborted!.attributes).to.include({ 'llm_trace.end_reason': 'aborted' });
  });

  it('reads the answers of older versions', async () => {
    const sink = new RecordedSpans();
    const middleware = aiSdkMiddleware({ tracer: createTracer({ store: sink }) });
    const model = { modelId: 'old', provider: 'openai.chat' };
    const params = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }] };
    // Version 4.
    await middleware.wrapGenerate({
      model,
      params,
      doGenerate: () =>
        Promise.resolve({
          text: 'Hi.',
          reasoning: 'A greeting.',
          toolCalls: [{ toolCallType: 'function', toolCallId: 'a', toolName: 'wave', args: '{"hand":1}' }],
          finishReason: 'tool-calls',
          usage: { promptTokens: 3, completionTokens: 2 },
        }),
    });
    const parts = [
      { type: 'reasoning', textDelta: 'A greeting.' },
      { type: 'text-delta', textDelta: 'H' },
      { type: 'text-delta', textDelta: 'i.' },
      { type: 'tool-call', toolCallType: 'function', toolCallId: 'a', toolName: 'wave', args: '{"hand":1}' },
      { type: 'finish', finishReason: 'tool-calls', usage: { promptTokens: 3, completionTokens: 2 } },
    ];
    const stream = new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    const result = await middleware.wrapStream({ model, params, doStream: () => Promise.resolve({ stream }) });
    expect(await all(itemsOf(result.stream))).to.deep.equal(parts);
    const spans = await sink.whenEnded(2);
    for (const span of spans) {
      expect(span.messages!.at(-1)!.parts).to.deep.equal([
        { type: 'reasoning', text: 'A greeting.' },
        { type: 'text', text: 'Hi.' },
        { type: 'tool-call', id: 'a', name: 'wave', arguments: { hand: 1 } },
      ]);
      expect(span.usage).to.deep.equal({ input: 3, output: 2, total: 5 });
    }
  });
});
