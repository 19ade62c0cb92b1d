import { expect } from '@open-wc/testing';
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Span as ApiSpan,
  type TracerProvider,
} from '@opentelemetry/api';
import { SamplingDecision, StackContextManager, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import type { Trace } from '../../model/index.js';
import { openTraceStore, type TraceStore } from '../../store/index.js';
import { spanNamed } from '../../test/format-checks.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer, type TracerOptions } from '../index.js';
import { otelTracerProvider, storeSpanProcessor } from './opentelemetry.js';

/** A call of a model, as OpenTelemetry's GenAI conventions have it. */
const GENAI = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o-mini',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.response.model': 'gpt-4o-mini-2026',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.usage.output_tokens': 5,
  'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]),
  'gen_ai.output.messages': JSON.stringify([
    { role: 'assistant', parts: [{ type: 'text', content: 'Hello!' }], finish_reason: 'stop' },
  ]),
};

/** The same, as OpenInference has it. */
const OPENINFERENCE = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'claude-5',
  'llm.provider': 'anthropic',
  'llm.token_count.prompt': 7,
  'llm.token_count.completion': 3,
  'llm.input_messages.0.message.role': 'user',
  'llm.input_messages.0.message.content': 'Hi',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.content': 'Hello!',
};

const RETRIEVER = {
  'openinference.span.kind': 'RETRIEVER',
  'input.value': 'question',
  'retrieval.documents.0.document.content': 'An answer',
  'retrieval.documents.0.document.score': 0.9,
};

const stores: TraceStore[] = [];

async function openStore(): Promise<TraceStore> {
  const store = await openTraceStore({ name: `otel-${crypto.randomUUID()}` });
  stores.push(store);
  return store;
}

/** The kit's tracer as OpenTelemetry's, into a store. */
async function adapted(options: TracerOptions = {}) {
  const store = await openStore();
  const tracer = createTracer({ store, ...options });
  // The types of the published API.
  const provider: TracerProvider = otelTracerProvider({ tracer });
  return { store, tracer, otel: provider.getTracer('test', '1.2.3') };
}

/** OpenTelemetry's own SDK, into a store. */
async function withSdk(options: Omit<Parameters<typeof storeSpanProcessor>[0], 'store'> = {}) {
  const store = await openStore();
  const provider = new WebTracerProvider({ spanProcessors: [storeSpanProcessor({ store, ...options })] });
  return { store, provider, otel: provider.getTracer('test', '1.2.3') };
}

/** The only trace of a store. */
async function onlyTrace(store: TraceStore): Promise<Trace> {
  const [summary, ...others] = await store.list();
  if (!summary || others.length) throw new Error(`${others.length + (summary ? 1 : 0)} traces, not one`);
  return (await store.trace(summary.id))!;
}

const textsOf = (traced: Trace, name: string): unknown[] =>
  spanNamed(traced, name).messages.map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

const treeOf = ({ spans }: Trace): string[] =>
  [...spans].map(({ depth, name, kind }) => `${'  '.repeat(depth)}${name}: ${kind}`);

afterEach(async () => {
  context.disable();
  trace.disable();
  for (const store of stores.splice(0)) {
    await store.close();
    indexedDB.deleteDatabase(store.name);
  }
});

/** What must be the same, whichever way spans come in. */
function checkBothWays(
  way: string,
  begin: (options?: { content?: 'full' | 'masked' | 'none' }) => Promise<{
    store: TraceStore;
    otel: ReturnType<TracerProvider['getTracer']>;
    flush: () => Promise<unknown>;
  }>,
): void {
  describe(way, () => {
    it('gives the tree, kinds, usage and messages of both vocabularies, and the attributes as written', async () => {
      const { store, otel, flush } = await begin();
      context.setGlobalContextManager(new StackContextManager().enable());
      otel.startActiveSpan('agent', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }, (agent) => {
        otel.startActiveSpan('search', (search) => {
          search.setAttributes(RETRIEVER);
          search.end();
        });
        otel.startSpan('genai', { kind: SpanKind.CLIENT, attributes: GENAI }).end();
        const under = trace.setSpan(ROOT_CONTEXT, agent);
        const inference = otel.startSpan('inference', {}, under);
        for (const [key, value] of Object.entries(OPENINFERENCE)) inference.setAttribute(key, value);
        inference.end();
        agent.end();
      });
      await flush();
      const traced = await onlyTrace(store);
      expect(treeOf(traced)).to.have.members([
        'agent: agent',
        '  search: retriever',
        '  genai: llm',
        '  inference: llm',
      ]);
      const genai = spanNamed(traced, 'genai');
      expect(genai.usage).to.deep.equal({ input: 12, output: 5, total: 17 });
      expect([genai.model, genai.provider]).to.deep.equal(['gpt-4o-mini-2026', 'openai']);
      expect(Object.fromEntries(genai.attributes)).to.deep.equal(GENAI);
      expect(textsOf(traced, 'genai')).to.deep.equal([
        ['user', 'input', 'Hi'],
        ['assistant', 'output', 'Hello!'],
      ]);
      const inference = spanNamed(traced, 'inference');
      expect(inference.usage).to.deep.equal({ input: 7, output: 3, total: 10 });
      expect(Object.fromEntries(inference.attributes)).to.deep.equal(OPENINFERENCE);
      expect(textsOf(traced, 'inference')).to.deep.equal(textsOf(traced, 'genai'));
      expect(spanNamed(traced, 'search').documents).to.deep.equal([{ content: 'An answer', score: 0.9 }]);
      expect((await store.list())[0]!.usage).to.deep.include({ input: 19, output: 8 });
      expect(traced.problems).to.deep.equal([]);
    });

    it('keeps times, events, links, exceptions, status and names', async () => {
      const { store, otel, flush } = await begin();
      const start = Math.floor(Date.now() / 1000) * 1000 - 5000;
      const other = { traceId: '0'.repeat(31) + '1', spanId: '0'.repeat(15) + '2', traceFlags: 1 };
      const span = otel.startSpan('before', {
        startTime: start,
        links: [{ context: other, attributes: { why: 'asked' } }],
      });
      span.addEvent('happened', { at: 'once' }, new Date(start + 5));
      span.addEvent('later', [start / 1000, 7_000_000]);
      span.recordException(new TypeError('no such thing'), start + 8);
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'failed' });
      span.addLinks([{ context: { ...other, spanId: '0'.repeat(15) + '3' } }]);
      span.updateName('after');
      expect(span.isRecording()).to.be.true;
      span.end([start / 1000, 10_000_000]);
      expect(span.isRecording()).to.be.false;
      await flush();
      const [found] = (await onlyTrace(store)).spans;
      expect(found!.name).to.equal('after');
      expect([found!.start, found!.end]).to.deep.equal([start, start + 10]);
      expect([found!.status, found!.statusMessage]).to.deep.equal(['error', 'failed']);
      expect(found!.events.map(({ name, time }) => [name, time])).to.deep.equal([
        ['happened', start + 5],
        ['later', start + 7],
        ['exception', start + 8],
      ]);
      expect(found!.events[0]!.attributes.get('at')).to.equal('once');
      expect(found!.exceptions[0]).to.include({ type: 'TypeError', message: 'no such thing', time: start + 8 });
      expect(found!.links.map(({ spanId, attributes }) => [spanId, attributes.get('why')])).to.deep.equal([
        [other.spanId, 'asked'],
        ['0'.repeat(15) + '3', undefined],
      ]);
    });

    it('goes on with the trace of a caller, and leaves out what the caller does not record', async () => {
      const { store, otel, flush } = await begin();
      const remote = {
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      };
      const under = (traceFlags: TraceFlags) => trace.setSpanContext(ROOT_CONTEXT, { ...remote, traceFlags });
      const span = otel.startSpan('served', {}, under(TraceFlags.SAMPLED));
      const { traceId, spanId, traceFlags } = span.spanContext();
      expect([traceId, traceFlags]).to.deep.equal([remote.traceId, 1]);
      expect(trace.isSpanContextValid(span.spanContext())).to.be.true;
      span.end();
      const silent = otel.startSpan('silent', {}, under(TraceFlags.NONE));
      expect([silent.isRecording(), silent.spanContext().traceFlags]).to.deep.equal([false, 0]);
      otel.startSpan('silent too', {}, trace.setSpan(ROOT_CONTEXT, silent)).end();
      silent.end();
      await flush();
      const traced = await onlyTrace(store);
      expect([...traced.spans].map(({ id, parentId }) => [id, parentId])).to.deep.equal([[spanId, remote.spanId]]);
    });

    it('takes secrets out, and all that was said where that is wanted', async () => {
      const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';
      const { store, otel, flush } = await begin({ content: 'none' });
      const span = otel.startSpan('call', {
        attributes: { ...GENAI, ...RETRIEVER, ...OPENINFERENCE, 'http.url.key': secret },
      });
      span.addEvent('gen_ai.choice', { content: 'Hello!', index: 1 });
      span.end();
      await flush();
      const traced = await onlyTrace(store);
      const [found] = traced.spans;
      expect(found!.usage).to.deep.include({ input: 12, output: 5 });
      expect(found!.model).to.equal('gpt-4o-mini-2026');
      expect(found!.messages).to.deep.equal([]);
      expect(found!.attributes.get('gen_ai.operation.name')).to.equal('chat');
      expect(found!.events[0]!.attributes.get('index')).to.equal(1);
      expect(JSON.stringify(found!.raw)).not.to.match(/Hi|Hello|question|An answer|sk-proj/);
    });

    it('masks secrets in attributes and in what they mean', async () => {
      const { store, otel, flush } = await begin();
      const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';
      const attributes = { ...OPENINFERENCE, 'llm.input_messages.0.message.content': `My key is ${key}` };
      otel.startSpan('call', { attributes }).end();
      await flush();
      const [found] = (await onlyTrace(store)).spans;
      expect(JSON.stringify(found!.raw)).not.to.include(key);
      expect(found!.messages[0]!.parts[0])
        .to.have.property('text')
        .that.matches(/^My key is .*masked/);
    });
  });
}

describe('opentelemetry', () => {
  checkBothWays('the kit as a TracerProvider', async (options) => {
    const { store, tracer, otel } = await adapted(options);
    return { store, otel, flush: () => tracer.flush() };
  });

  checkBothWays('a SpanProcessor of an SDK', async (options) => {
    const { store, provider, otel } = await withSdk(options);
    return { store, otel, flush: () => provider.forceFlush() };
  });

  describe('otelTracerProvider', () => {
    it('serves the API as its global provider', async () => {
      const { store, tracer } = await adapted();
      trace.setGlobalTracerProvider(otelTracerProvider({ tracer }));
      const result = trace.getTracer('any').startActiveSpan('call', (span: ApiSpan) => {
        expect(trace.getActiveSpan()).to.equal(undefined);
        span.end();
        return 5;
      });
      expect(result).to.equal(5);
      await tracer.flush();
      expect(treeOf(await onlyTrace(store))).to.deep.equal(['call: span']);
    });

    it('makes roots children of a span that it is given, and mixes with the spans of the kit', async () => {
      const { store, tracer } = await adapted();
      await tracer.span('chat', async (span) => {
        const otel: TracerProvider = otelTracerProvider({ span });
        const outer = otel.getTracer('ai').startSpan('ai.streamText', { root: true });
        await Promise.resolve();
        otel.getTracer('ai').startSpan('ai.toolCall', {}, trace.setSpan(ROOT_CONTEXT, outer)).end();
        outer.end();
      });
      await tracer.flush();
      expect((await onlyTrace(store)).spans.length).to.equal(3);
      expect(treeOf(await onlyTrace(store)).map((line) => line.replace(/:.*/, ''))).to.deep.equal([
        'chat',
        '  ai.streamText',
        '    ai.toolCall',
      ]);
    });

    it('keeps a status of ok, and lets unset say nothing', async () => {
      const { store, tracer, otel } = await adapted();
      const span = otel.startSpan('call');
      span.setStatus({ code: SpanStatusCode.UNSET });
      span.setStatus({ code: SpanStatusCode.OK });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'too late' });
      span.end();
      span.end();
      span.setAttribute('late', true);
      await tracer.flush();
      const [found] = (await onlyTrace(store)).spans;
      expect([found!.status, found!.statusMessage, found!.attributes.size]).to.deep.equal(['ok', undefined, 0]);
    });

    it('takes numbers below the age of the page for performance.now()', async () => {
      const { store, tracer, otel } = await adapted();
      const start = performance.now();
      otel.startSpan('call', { startTime: start }).end(start + 0.25);
      await tracer.flush();
      const [found] = (await onlyTrace(store)).spans;
      expect(found!.start).to.be.closeTo(performance.timeOrigin + start, 0.01);
      // What lies ahead of the clock is a time of its own kind, as in OpenTelemetry's SDK.
      expect(found!.end).to.be.a('number');
    });

    it('has one clock, also where the wall clock ran ahead of the page', async () => {
      const { now } = Date;
      // A machine that slept for an hour since the page was opened.
      Date.now = () => now() + 3_600_000;
      try {
        const { store, tracer, otel } = await adapted();
        const before = Date.now();
        otel.startSpan('call').addEvent('something').end();
        await tracer.flush();
        const { problems, spans } = await onlyTrace(store);
        expect(problems).to.deep.equal([]);
        const { start, end, events } = [...spans][0]!;
        expect(start).to.be.within(before - 2, events[0]!.time!);
        expect(end).to.be.within(events[0]!.time!, Date.now() + 2);
      } finally {
        Date.now = now;
      }
    });

    it('throws nothing into instrumentation, whatever it is given', async () => {
      const { tracer, otel } = await adapted();
      const hostile = new Proxy({}, { ownKeys: () => { throw new Error('no'); }, get: () => { throw new Error('no'); } }); // prettier-ignore
      const span = otel.startSpan('call', { attributes: hostile, links: [hostile as never] });
      span
        .setAttributes(hostile)
        .addEvent('event', hostile)
        .addLink(hostile as never)
        .setStatus(hostile as never);
      span.recordException(hostile as never);
      span.recordException(undefined as never);
      span.setAttribute('__proto__', 'text');
      span.end(hostile as never);
      await tracer.flush();
      expect(({} as Record<string, unknown>)['text']).to.equal(undefined);
    });

    it('records nothing of a trace that is not sampled', async () => {
      const sink = new RecordedSpans();
      const tracer = createTracer({ store: sink, sample: 0 });
      const span = otelTracerProvider({ tracer }).getTracer('test').startSpan('call');
      expect([span.isRecording(), span.spanContext().traceFlags]).to.deep.equal([false, 0]);
      span.setAttribute('a', 1).end();
      await tracer.flush();
      expect([sink.begun, sink.spans]).to.deep.equal([[], []]);
    });
  });

  describe('storeSpanProcessor', () => {
    it('takes spans down when they begin, and the name of the service', async () => {
      const sink = new RecordedSpans();
      const provider = new WebTracerProvider({ spanProcessors: [storeSpanProcessor({ store: sink })] });
      const span = provider.getTracer('test').startSpan('call', { attributes: { early: true } });
      expect(sink.begun[0]).to.deep.include({ id: span.spanContext().spanId, name: 'call' });
      expect(sink.begun[0]!.attributes).to.deep.equal({ early: true });
      expect(sink.begun[0]).not.to.have.property('end');
      span.end();
      await provider.shutdown();
      expect((await sink.only()).service).to.match(/^unknown_service/);
    });

    it('leaves out what is recorded in the page only, and not sampled', async () => {
      const sink = new RecordedSpans();
      const provider = new WebTracerProvider({
        sampler: { shouldSample: () => ({ decision: SamplingDecision.RECORD }) },
        spanProcessors: [storeSpanProcessor({ store: sink })],
      });
      const span = provider.getTracer('test').startSpan('call');
      expect(span.isRecording()).to.be.true;
      span.end();
      await provider.forceFlush();
      expect([sink.begun, sink.spans]).to.deep.equal([[], []]);
    });

    it('is done with a span at once when what reads it is loaded', async () => {
      const sink = new RecordedSpans();
      const provider = new WebTracerProvider({ spanProcessors: [storeSpanProcessor({ store: sink })] });
      provider.getTracer('test').startSpan('first').end();
      await provider.forceFlush();
      provider.getTracer('test').startSpan('second', { attributes: GENAI }).end();
      expect(sink.spans.map(({ name, kind }) => [name, kind])).to.deep.equal([
        ['first', 'span'],
        ['second', 'llm'],
      ]);
    });
  });
});
