import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { otlp } from '../../elements/test-support.js';
import { readTraces } from '../../formats/index.js';
import type { Span } from '../../model/index.js';
import { knownStage, mayHaveStages, stageFigures, stagesOf, stallsOf } from './index.js';

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };

async function callOf(attributes: Record<string, unknown>, more: object = {}): Promise<Span> {
  const [trace] = await readTraces(
    otlp({ id: 'call', start: 0, end: 1000, attributes: { ...CHAT, ...attributes }, ...more }),
  );
  return trace!.spans.at(0)!;
}

/** A call whose answer is this body. */
const answered = (body: object, more: Record<string, unknown> = {}): Promise<Span> =>
  callOf({ 'langfuse.observation.output': JSON.stringify(body), ...more });

const stagesIn = (span: Span): string[] =>
  stagesOf(span).flatMap(({ stages }) =>
    stages.map(({ stage, start, end }) => `${stage} ${+start.toFixed(3)}–${+end.toFixed(3)}`),
  );

const figuresIn = (span: Span): string[] =>
  stagesOf(span).flatMap(({ measuredBy, figures }) =>
    Array.from(
      figures,
      ([name, { value, isDerived }]) => `${measuredBy} ${name} ${+value.toFixed(3)}${isDerived ? ' derived' : ''}`,
    ),
  );

describe('the stages of a call', () => {
  it('are what any streamed call has: until the first token, and after it', async () => {
    const span = await callOf({
      'gen_ai.response.time_to_first_chunk': 0.2,
      'gen_ai.usage.input_tokens': 7,
      'gen_ai.usage.output_tokens': 41,
    });
    expect(stagesIn(span)).to.deep.equal(['first-token 0–200', 'decode 200–1000']);
    expect(figuresIn(span)).to.deep.equal(['client ttft 200', 'client e2e 1000', 'client tpot 20 derived']);
    expect(stagesOf(span)[0]!.figures.get('tpot')!.from).to.contain('output tokens');
    expect(mayHaveStages(span)).to.equal(true);
  });

  it('are not invented: no mean over hidden thoughts, nothing of a call that was not streamed', async () => {
    const thought = await callOf({
      'gen_ai.response.time_to_first_chunk': 0.2,
      'gen_ai.usage.output_tokens': 41,
      'gen_ai.usage.reasoning.output_tokens': 30,
    });
    expect(thought.usage?.reasoning).to.equal(30);
    expect(figuresIn(thought)).to.deep.equal(['client ttft 200', 'client e2e 1000']);
    const whole = await callOf({ 'gen_ai.usage.output_tokens': 41 });
    expect(stagesOf(whole)).to.deep.equal([]);
    expect(mayHaveStages(whole)).to.equal(false);
  });

  it('of a server are not put together with the clock of the client', async () => {
    const span = await callOf({ 'gen_ai.server.time_to_first_token': 0.1 });
    expect(stagesIn(span)).to.deep.equal(['first-token 0–100']);
    expect(figuresIn(span)).to.deep.equal(['server ttft 100']);
  });

  it('are read from the attributes of vLLM', async () => {
    const span = await callOf({
      'gen_ai.latency.time_in_queue': 0.05,
      'gen_ai.latency.time_in_model_prefill': 0.1,
      'gen_ai.latency.time_in_model_decode': 0.6,
      'gen_ai.latency.time_to_first_token': 0.16,
      'gen_ai.latency.e2e': 0.76,
      'gen_ai.usage.output_tokens': 31,
    });
    expect(stagesIn(span)).to.deep.equal(['queue 0–50', 'prefill 50–150', 'decode 150–750']);
    expect(figuresIn(span)).to.deep.equal([
      'server queue 50',
      'server ttft 160',
      'server e2e 760',
      'server tpot 20 derived',
    ]);
    expect(stagesOf(span)[0]!.arePlaced).to.equal(true);
    expect(mayHaveStages(span)).to.equal(true);
  });

  it('are read from the answers of llama.cpp, Ollama, Groq, Cerebras and WebLLM', async () => {
    const llama = await answered({
      timings: {
        cache_n: 3,
        prompt_n: 12,
        prompt_ms: 40,
        predicted_n: 9,
        predicted_ms: 90,
        predicted_per_token_ms: 10,
      },
    });
    expect(stagesIn(llama)).to.deep.equal(['prefill 0–40', 'decode 40–130']);
    expect(figuresIn(llama)).to.deep.equal(['server tpot 10', 'server ttft 40 derived']);
    expect(stagesOf(llama)[0]!.stages[0]).to.include({ tokensIn: 12, cached: 3 });
    const ollama = await answered({
      total_duration: 2e9,
      load_duration: 5e8,
      prompt_eval_count: 4,
      prompt_eval_duration: 5e8,
      eval_count: 11,
      eval_duration: 1e9,
    });
    expect(stagesIn(ollama)).to.deep.equal(['load 0–500', 'prefill 500–1000', 'decode 1000–2000']);
    expect(figuresIn(ollama)).to.deep.equal(['server e2e 2000', 'server ttft 1000 derived', 'server tpot 100 derived']);
    const groq = await answered({
      usage: {
        queue_time: 0.01,
        prompt_tokens: 5,
        prompt_time: 0.02,
        completion_tokens: 11,
        completion_time: 0.1,
        total_time: 0.13,
      },
    });
    expect(stagesIn(groq)).to.deep.equal(['queue 0–10', 'prefill 10–30', 'decode 30–130']);
    expect(stagesOf(groq)[0]!.from).to.equal('usage');
    const cerebras = await answered({
      time_info: { queue_time: 0.001, prompt_time: 0.002, completion_time: 0.005, total_time: 0.02 },
    });
    expect(stagesOf(cerebras)[0]!.from).to.equal('time_info');
    const webLlm = await answered({
      usage: { extra: { e2e_latency_s: 2, time_to_first_token_s: 0.5, time_per_output_token_s: 0.1 } },
    });
    expect(figuresIn(webLlm)).to.deep.equal(['client ttft 500', 'client tpot 100', 'client e2e 2000']);
    for (const span of [llama, ollama, groq, cerebras, webLlm]) expect(mayHaveStages(span)).to.equal(true);
  });

  it('are those of the internals, under the names of the list, with gaps and stalls', async () => {
    const times = [100, 110, 120, 130, 400, 410, 420, 430, 440, 450];
    const span = await callOf({
      'llm_trace.internals': JSON.stringify({
        v: 1,
        output: { from: 0, dist: 'raw', t_ms: times },
        stages: {
          clock: 'ms',
          measured_at: 'simulated',
          events: [
            { stage: 'KV-cache retrieval', start: 0, end: 20, bytes: 5 },
            { stage: 'prompt', start: 20, end: 100, tokens_in: 9, on: 'gpu 0' },
            { stage: 'generation', start: 100, end: 450 },
            { stage: 'My own', start: 450, end: 460 },
          ],
        },
      }),
    });
    expect(stagesIn(span)).to.deep.equal(['kv.retrieve 0–20', 'prefill 20–100', 'decode 100–450', 'My own 450–460']);
    const [record] = stagesOf(span);
    expect(record!.measuredBy).to.equal('simulated');
    expect(figuresIn(span).slice(1)).to.deep.equal([
      'simulated itl-p50 10 derived',
      'simulated itl-p90 270 derived',
      'simulated itl-p99 270 derived',
      'simulated tpot 38.889 derived',
    ]);
    expect(stallsOf(record!)).to.deep.equal([{ after: 3, start: 130, length: 270 }]);
  });

  it('are said once of a call whose recorder has measured them itself', async () => {
    const inside = (measured_at: string): string =>
      JSON.stringify({
        v: 1,
        stages: {
          clock: 'ms',
          measured_at,
          events: [
            { stage: 'prefill', start: 0, end: 200 },
            { stage: 'decode', start: 200, end: 900 },
          ],
        },
      });
    const facts = { 'llm_trace.span': JSON.stringify({ timeToFirstToken: 200 }) };
    const own = await callOf({ ...facts, 'llm_trace.internals': inside('client') });
    expect(own.timeToFirstToken).to.equal(200);
    expect(stagesOf(own).map(({ from }) => from)).to.deep.equal(['llm_trace.internals']);
    expect(figuresIn(own)).to.deep.equal(['client e2e 1000', 'client ttft 200 derived']);
    const server = await callOf({ ...facts, 'llm_trace.internals': inside('server') });
    expect(stagesOf(server).map(({ measuredBy }) => measuredBy)).to.deep.equal(['server', 'unknown']);
  });

  it('have the times of pieces of a stream, which are no tokens', async () => {
    const events = [10, 20, 30].map((time) => ({ name: 'llm.content.completion.chunk', time }));
    const [trace] = await readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 't',
                  spanId: 's',
                  name: 'chat',
                  startTimeUnixNano: '1000000000',
                  endTimeUnixNano: '2000000000',
                  attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }],
                  events: events.map(({ name, time }) => ({ name, timeUnixNano: String(1_000_000_000 + time * 1e6) })),
                },
              ],
            },
          ],
        },
      ],
    });
    const [record] = stagesOf(trace!.spans.at(0)!);
    expect(record!.arrivals!.unit).to.equal('chunk');
    expect(Array.from(record!.arrivals!.times)).to.deep.equal([10, 20, 30]);
    expect(record!.figures.has('tpot')).to.equal(false);
  });

  it('know the names of HERMES, and leave others alone', () => {
    expect(['RAG', 'KV retrieval', 'reasoning', 'Prefill', 'model routing'].map(knownStage)).to.deep.equal([
      'rag.retrieve',
      'kv.retrieve',
      'reason',
      'prefill',
      'route',
    ]);
    expect(knownStage('constructor')).to.equal(undefined);
    expect(knownStage('x'.repeat(100))).to.equal(undefined);
  });

  it('say nothing and throw nothing for numbers that are none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const span = await answered({
          timings: { prompt_ms: value, predicted_ms: value },
          usage: { prompt_time: value, completion_time: 1 },
        });
        for (const { figures, stages } of stagesOf(span)) {
          for (const { value: figure } of figures.values()) expect(Number.isFinite(figure)).to.equal(true);
          for (const { start, end } of stages) expect(end).to.be.at.least(start);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the stages of many calls', () => {
  it('are spread by clock, count the inner one of two calls, and have what was done before calls', async () => {
    const [trace] = await readTraces(
      otlp(
        { id: 'root', start: 0, end: 1000 },
        { id: 'find', parent: 'root', start: 0, end: 100, attributes: { 'openinference.span.kind': 'RETRIEVER' } },
        {
          id: 'outer',
          parent: 'root',
          start: 100,
          end: 600,
          attributes: { ...CHAT, 'gen_ai.response.time_to_first_chunk': 0.3 },
        },
        {
          id: 'inner',
          parent: 'outer',
          start: 100,
          end: 600,
          attributes: { ...CHAT, 'gen_ai.response.time_to_first_chunk': 0.2 },
        },
        {
          id: 'next',
          parent: 'root',
          start: 600,
          end: 900,
          attributes: { ...CHAT, 'gen_ai.response.time_to_first_chunk': 0.1 },
        },
        {
          id: 'served',
          parent: 'root',
          start: 900,
          end: 950,
          attributes: { ...CHAT, 'gen_ai.server.time_to_first_token': 0.01 },
        },
        { id: 'silent', parent: 'root', start: 950, end: 990, attributes: CHAT },
      ),
    );
    const { latencies, stages, moments, told, silent } = stageFigures(trace!.spans);
    const ttft = latencies.filter(({ name }) => name === 'ttft');
    expect(
      ttft.map(({ measuredBy, count, p50, max, slowest }) => [measuredBy, count, p50, max, slowest.id]),
    ).to.deep.equal([
      ['client', 2, 100, 200, 'inner'],
      ['server', 1, 10, 10, 'served'],
    ]);
    expect(stages.map(({ name, count }) => `${name} ${count}`)).to.deep.equal([
      'rag.retrieve 1',
      'first-token 2',
      'first-token 1',
      'decode 2',
    ]);
    expect(moments.map(({ stage, start }) => `${stage} ${start}`)).to.include.members([
      'rag.retrieve 0',
      'first-token 100',
      'decode 300',
    ]);
    expect([told, silent]).to.deep.equal([4, 1]);
  });

  it('are named by the slices of a Chrome trace', async () => {
    const [trace] = await readTraces({
      traceEvents: [
        { name: 'session_initialization', ph: 'X', ts: 0, dur: 5000, pid: 1, tid: 1, args: {} },
        { name: 'h.0_Add_kernel_time', ph: 'X', ts: 6000, dur: 10, pid: 1, tid: 1, args: { op_name: 'Add' } },
        {
          name: '[0, 1]',
          ph: 'X',
          ts: 0,
          dur: 3000,
          pid: 2,
          tid: 1,
          args: { batch_id: 1, request_ids: [0, 1], num_tokens: [4, 4] },
        },
      ],
    });
    expect(stageFigures(trace!.spans).stages.map(({ name, measuredBy }) => `${name} ${measuredBy}`)).to.deep.equal([
      'compile unknown',
      'batch simulated',
      'operator unknown',
    ]);
  });
});
