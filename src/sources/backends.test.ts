import { expect } from '@open-wc/testing';
import type { Trace } from '../model/index.js';
import { backend, type BackendAnswer, type BackendRequest } from '../test/backend.js';
import { otlp } from '../elements/test-support.js';
import { addressSource } from './address.js';
import { jaegerSource } from './jaeger.js';
import { langfuseSource } from './langfuse.js';
import { langSmithSource } from './langsmith.js';
import { mlflowSource } from './mlflow.js';
import { opikSource } from './opik.js';
import { phoenixSource } from './phoenix.js';
import type { TraceQuery, TraceSource } from './source.js';
import { tempoSource } from './tempo.js';
import { zipkinSource } from './zipkin.js';

const START = Date.parse('2026-11-20T10:00:00.250Z');
const ID = '0af7651916cd43dd8448eb211c80319c';
const FROM = START - 1000;
const TO = START + 1000;

async function asking(
  make: (url: string) => TraceSource,
  ...answers: readonly BackendAnswer[]
): Promise<{ source: TraceSource; asked(): Promise<BackendRequest[]> }> {
  const { url, asked } = await backend(...answers);
  return { source: make(url), asked };
}

const namesIn = (trace: Trace | undefined): string[] => [...trace!.spans].map(({ name }) => name);
const searchOf = ({ search }: BackendRequest): URLSearchParams => new URLSearchParams(search);
const bodyOf = ({ body }: BackendRequest): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

// Bodies as the backends' documentation has them.
const jaegerTrace = {
  traceID: ID,
  spans: [
    {
      traceID: ID,
      spanID: 'aa00000000000001',
      operationName: 'answer',
      references: [],
      startTime: START * 1000,
      duration: 5000,
      tags: [{ key: 'error', type: 'bool', value: true }],
      logs: [],
      processID: 'p1',
    },
  ],
  processes: { p1: { serviceName: 'shop', tags: [] } },
};

describe('Jaeger', () => {
  it('lists the traces of a service, and gives one', async () => {
    const { source, asked } = await asking((url) => jaegerSource({ url }), {
      path: 'api/traces',
      body: { data: [jaegerTrace] },
    });
    const query: TraceQuery = {
      service: 'shop',
      name: 'answer',
      status: 'error',
      model: 'gpt',
      minDuration: 2.5,
      from: FROM,
      to: TO,
    };
    const { traces, cursor } = await source.list(query);
    expect(traces).to.have.length(1);
    expect(traces[0]).to.include({ id: ID, name: 'answer', start: START, duration: 5, errorCount: 1 });
    expect(cursor).to.equal(undefined);
    const trace = await source.trace(ID);
    expect(trace!.spans.at(0)).to.include({ name: 'answer', status: 'error' });
    const [list, one] = await asked();
    expect(Object.fromEntries(searchOf(list!))).to.deep.equal({
      service: 'shop',
      operation: 'answer',
      start: `${FROM * 1000}`,
      end: `${TO * 1000}`,
      limit: '20',
      minDuration: '2.5ms',
      tags: '{"error":"true","gen_ai.request.model":"gpt"}',
    });
    expect(one!.path).to.equal(`api/traces/${ID}`);
  });

  it('asks every service where a query names none, and keeps back what may not be the newest', async () => {
    const at = (id: string, offset: number): object => ({
      ...jaegerTrace,
      traceID: id,
      spans: [{ ...jaegerTrace.spans[0], traceID: id, startTime: (START + offset) * 1000 }],
    });
    const { source, asked } = await asking(
      (url) => jaegerSource({ url, pageSize: 2 }),
      { path: 'api/services', body: { data: ['a', 'b'] } },
      { path: 'api/traces', body: { data: [at('aa', 90), at('bb', 50)] } },
      { path: 'api/traces', body: { data: [at('cc', 70)] } },
      { path: 'api/services', body: { data: ['a', 'b'] } },
      { path: 'api/traces', body: { data: [at('bb', 50)] } },
    );
    const first = await source.list({ to: TO });
    expect(first.traces.map(({ start }) => start - START)).to.deep.equal([90, 70, 50]);
    expect(first.since).to.be.closeTo(TO - 7 * 86_400_000, 1);
    await source.list({ to: TO }, { cursor: first.cursor });
    expect(searchOf((await asked()).at(-1)!).get('end')).to.equal(`${(START + 50) * 1000}`);
  });

  it('has no trace where Jaeger says so', async () => {
    const { source } = await asking((url) => jaegerSource({ url }), {
      path: '',
      status: 404,
      body: { data: null, errors: [{ code: 404, msg: 'trace not found' }] },
    });
    expect(await source.trace(ID)).to.equal(undefined);
  });
});

describe('Zipkin', () => {
  it('lists traces, and gives one', async () => {
    const span = {
      traceId: ID,
      id: 'aa00000000000001',
      name: 'answer',
      timestamp: START * 1000,
      duration: 5000,
      tags: { error: 'x' },
    };
    const { source, asked } = await asking(
      (url) => zipkinSource({ url }),
      { path: 'api/v2/traces', body: [[span]] },
      { path: 'api/v2/trace/', body: [span] },
    );
    const { traces } = await source.list({
      name: 'Answer',
      status: 'error',
      model: 'gpt',
      native: 'k=v',
      minDuration: 2,
      from: FROM,
      to: TO,
    });
    expect(traces[0]).to.include({ id: ID, name: 'answer', start: START, duration: 5, errorCount: 1 });
    expect((await source.trace(ID))!.spans.length).to.equal(1);
    expect(Object.fromEntries(searchOf((await asked())[0]!))).to.deep.equal({
      spanName: 'answer',
      annotationQuery: 'error and gen_ai.request.model=gpt and k=v',
      minDuration: '2000',
      endTs: `${TO + 1}`,
      lookback: `${TO + 1 - FROM}`,
      limit: '20',
    });
  });
});

describe('Grafana Tempo', () => {
  const found = {
    traces: [
      {
        traceID: ID.slice(1),
        rootServiceName: 'shop',
        rootTraceName: 'answer',
        startTimeUnixNano: `${START}000000`,
        durationMs: 5,
        serviceStats: { shop: { spanCount: 3, errorCount: 1 } },
      },
    ],
    metrics: { completedJobs: 3, totalJobs: 5 },
  };

  it('asks in TraceQL, for the newest where Tempo can give them, and tells of a search that broke off', async () => {
    const { source, asked } = await asking(
      (url) => tempoSource({ url }),
      { path: 'api/search', status: 400, type: 'text/plain', body: 'parse error: unexpected with' },
      { path: 'api/search', body: found },
    );
    const page = await source.list({
      name: 'a.b"',
      model: 'gpt',
      minDuration: 100,
      native: '{ span.x = 1 }',
      from: FROM,
      to: TO,
    });
    expect(page.traces[0]).to.include({
      id: ID,
      name: 'answer',
      start: START,
      duration: 5,
      spanCount: 3,
      errorCount: 1,
    });
    expect(page.incomplete).to.contain('3 of 5');
    const asks = (await asked()).map((request) => searchOf(request).get('q'));
    const wanted =
      '{ name =~ "(?i).*a\\\\.b\\".*" } && { span.gen_ai.request.model = "gpt" } && { traceDuration >= 100ms } && { span.x = 1 }';
    expect(asks).to.deep.equal([`${wanted} with (most_recent=true)`, wanted]);
    await source.list({ from: FROM, to: TO });
    expect(await asked()).to.have.length(3);
  });

  it('gives a trace of either version, and tells of one that is not whole', async () => {
    const resourceSpans = (otlp({ id: '01', name: 'answer', trace: ID }) as { resourceSpans: unknown }).resourceSpans;
    const { source } = await asking((url) => tempoSource({ url }), {
      path: 'api/v2/traces/',
      body: { trace: { resourceSpans }, status: 'PARTIAL', message: 'too large' },
    });
    const trace = (await source.trace(ID))!;
    expect(trace.problems.map(({ message }) => message).join()).to.contain('too large');
    const old = await asking((url) => tempoSource({ url }), { path: 'api/traces/', body: { batches: resourceSpans } });
    expect((await old.source.trace(ID))!.spans.at(0)!.name).to.equal('answer');
    const none = await asking((url) => tempoSource({ url }), { path: '', status: 404, type: 'text/plain', body: '' });
    expect(await none.source.trace(ID)).to.equal(undefined);
  });
});

describe('Arize Phoenix', () => {
  const span = {
    id: 'U3Bhbjox',
    span_id: 'aa00000000000001',
    parent_id: null,
    name: 'answer',
    span_kind: 'CHAIN',
    status_code: 'ERROR',
    start_time: '2026-11-20T10:00:00.250000+00:00',
    end_time: '2026-11-20T10:00:00.255000+00:00',
  };

  it('lists the traces of a project page by page, and gives one', async () => {
    const { source, asked } = await asking(
      (url) => phoenixSource({ url, project: 'my shop' }),
      {
        path: 'v1/projects/my%20shop/traces',
        body: {
          data: [
            {
              id: 'VHJhY2U6MQ==',
              trace_id: ID,
              project_id: 'UHJvamVjdDox',
              start_time: span.start_time,
              end_time: span.end_time,
              token_count_prompt: 7,
              token_count_completion: 3,
              token_count_total: 10,
              spans: [span],
            },
          ],
          next_cursor: 'next',
        },
      },
      {
        path: 'v1/projects/my%20shop/spans',
        body: {
          data: [{ ...span, context: { trace_id: ID, span_id: span.span_id }, attributes: {}, events: [] }],
          next_cursor: null,
        },
      },
    );
    const query: TraceQuery = {
      status: 'error',
      minDuration: 2,
      sessionId: 's',
      native: 'num_spans > 1',
      from: FROM,
      to: TO,
    };
    const page = await source.list(query, { cursor: 'here' });
    expect(page.cursor).to.equal('next');
    expect(page.traces[0]).to.deep.include({
      id: ID,
      name: 'answer',
      start: START,
      duration: 5,
      errorCount: 1,
      usage: { input: 7, output: 3 },
    });
    expect((await source.trace(ID))!.spans.at(0)!.name).to.equal('answer');
    const [list, one] = await asked();
    expect(Object.fromEntries(searchOf(list!))).to.deep.equal({
      limit: '50',
      include_spans: 'true',
      cursor: 'here',
      session_identifier: 's',
      start_time: new Date(FROM).toISOString(),
      end_time: new Date(TO).toISOString(),
      filter: 'error_count > 0 and latency_ms >= 2 and (num_spans > 1)',
    });
    expect(searchOf(one!).get('trace_id')).to.equal(ID);
  });

  it('tells a page that is gone', async () => {
    const { source } = await asking((url) => phoenixSource({ url }), {
      path: '',
      status: 422,
      body: { detail: 'Invalid cursor' },
    });
    const error = await source.list({}, { cursor: 'old' }).catch((reason: unknown) => reason);
    expect(error).to.have.property('reason', 'gone');
  });
});

describe('MLflow', () => {
  const info = {
    trace_id: 'tr-1',
    request_time: '2026-11-20T10:00:00.250Z',
    execution_duration: '0.005s',
    state: 'ERROR',
    request_preview: '{"question": "Where is it?"}',
    trace_metadata: {
      'mlflow.trace.tokenUsage': '{"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}',
      'mlflow.trace.session': 's',
    },
    tags: { 'mlflow.traceName': 'answer' },
  };

  it('searches an experiment, and gives a trace', async () => {
    const spans = [
      {
        trace_id: 'CvdlGRbNQ92ESOshHIAxnA==',
        span_id: 'qgAAAAAAAAE=',
        name: 'answer',
        start_time_unix_nano: START * 1e6,
        end_time_unix_nano: START * 1e6 + 5e6,
        status: { code: 'STATUS_CODE_ERROR' },
        attributes: [{ key: 'mlflow.spanType', value: { string_value: '"CHAIN"' } }],
      },
    ];
    const { source, asked } = await asking(
      (url) => mlflowSource({ url, experiments: ['7'] }),
      { path: 'api/3.0/mlflow/traces/search', body: { traces: [info], next_page_token: 'next' } },
      { path: 'api/3.0/mlflow/traces/get', body: { trace: { trace_info: info, spans } } },
    );
    const page = await source.list(
      { name: "it's", status: 'error', from: FROM, native: 'tag.a = 1' },
      { cursor: 'here' },
    );
    expect(page.cursor).to.equal('next');
    expect(page.traces[0]).to.deep.include({
      id: 'tr-1',
      name: 'answer',
      start: START,
      duration: 5,
      status: 'error',
      sessionId: 's',
      usage: { input: 7, output: 3, total: 10 },
    });
    expect(page.traces[0]!.preview).to.contain('Where is it?');
    const trace = (await source.trace('tr-1'))!;
    expect(trace.spans.length).to.equal(1);
    expect(trace.spans.at(0)!.name).to.equal('answer');
    const [list, one] = await asked();
    expect(bodyOf(list!)).to.deep.include({
      locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '7' } }],
      filter: `trace.name ILIKE "%it's%" AND trace.status = 'ERROR' AND trace.timestamp_ms >= ${FROM} AND tag.a = 1`,
      page_token: 'here',
    });
    expect(searchOf(one!).get('trace_id')).to.equal('tr-1');
  });
});

describe('Langfuse', () => {
  it('lists traces back in time, and gives one', async () => {
    const trace = {
      id: ID,
      name: 'answer',
      timestamp: '2026-11-20T10:00:00.250Z',
      latency: 0.005,
      totalCost: 0.01,
      sessionId: 's',
      userId: 'u',
      tags: ['a'],
      observations: ['o1', 'o2'],
      scores: [],
    };
    const observation = {
      id: 'o1',
      traceId: ID,
      type: 'SPAN',
      name: 'step',
      startTime: trace.timestamp,
      endTime: trace.timestamp,
      parentObservationId: null,
    };
    const { source, asked } = await asking(
      (url) => langfuseSource({ url, pageSize: 1 }),
      { path: `api/public/traces/${ID}`, body: { ...trace, observations: [observation] } },
      {
        path: 'api/public/traces',
        body: { data: [trace], meta: { page: 1, limit: 1, totalItems: 12, totalPages: 12 } },
      },
    );
    const page = await source.list({ name: 'answer', tag: 'a', to: TO });
    expect(page.total).to.equal(12);
    expect(page.traces[0]).to.deep.include({
      id: ID,
      name: 'answer',
      start: START,
      duration: 5,
      cost: 0.01,
      spanCount: 2,
      tags: ['a'],
    });
    await source.list({ name: 'answer', to: TO }, { cursor: page.cursor });
    expect(namesIn(await source.trace(ID))).to.include('step');
    const [first, second] = (await asked()).map(searchOf);
    expect(first!.get('toTimestamp')).to.equal(new Date(TO + 1).toISOString());
    expect(first!.get('fromTimestamp')).to.equal(null);
    expect(second!.get('toTimestamp')).to.equal(new Date(START + 1).toISOString());
  });
});

describe('LangSmith', () => {
  it('lists root runs, and gives a trace that comes in pages', async () => {
    const run = {
      id: 'a',
      trace_id: 'a',
      name: 'answer',
      run_type: 'chain',
      start_time: '2026-11-20T10:00:00.250000',
      end_time: '2026-11-20T10:00:00.255000',
      status: 'success',
      total_tokens: 10,
      total_cost: '0.01',
      dotted_order: '20261120T100000250000Za',
    };
    const child = {
      ...run,
      id: 'b',
      parent_run_id: 'a',
      name: 'call',
      run_type: 'llm',
      dotted_order: `${run.dotted_order}.20261120T100000250001Zb`,
    };
    const { source, asked } = await asking(
      (url) => langSmithSource({ url, projectId: 'p' }),
      { path: 'api/v1/runs/query', body: { runs: [run], cursors: { next: null } } },
      { path: 'api/v1/runs/query', body: { runs: [run], cursors: { next: 'more' } } },
      { path: 'api/v1/runs/query', body: { runs: [child], cursors: {} } },
    );
    const { traces } = await source.list({ name: 'answer', tag: 'x"y', model: 'gpt', minDuration: 500 });
    expect(traces[0]).to.deep.include({
      id: 'a',
      name: 'answer',
      start: START,
      duration: 5,
      cost: 0.01,
      status: 'ok',
      usage: { total: 10 },
    });
    const trace = (await source.trace('a'))!;
    expect(namesIn(trace)).to.deep.equal(['answer', 'call']);
    const [list, , next] = (await asked()).map(bodyOf);
    expect(list).to.deep.include({
      session: ['p'],
      is_root: true,
      filter: 'and(eq(name, "answer"), has(tags, "x\\"y"), gte(latency, 0.5))',
      tree_filter: 'and(in(metadata_key, ["ls_model_name"]), eq(metadata_value, "gpt"))',
    });
    expect(next).to.include({ trace: 'a', cursor: 'more' });
  });
});

describe('Opik', () => {
  it('lists traces back in time, and gives one with its spans', async () => {
    const trace = {
      id: '01900000-0000-7000-8000-000000000001',
      project_id: '01900000-0000-7000-8000-000000000009',
      name: 'answer',
      start_time: '2026-11-20T10:00:00.250Z',
      end_time: '2026-11-20T10:00:00.255Z',
      input: { question: 'Where?' },
      thread_id: 's',
      usage: { prompt_tokens: 7, completion_tokens: 3 },
      error_info: { exception_type: 'E' },
    };
    const span = {
      id: '01900000-0000-7000-8000-000000000002',
      trace_id: trace.id,
      type: 'general',
      name: 'step',
      start_time: trace.start_time,
      end_time: trace.end_time,
    };
    const { source, asked } = await asking(
      (url) => opikSource({ url, project: 'shop' }),
      { path: `v1/private/traces/${trace.id}`, body: trace },
      { path: 'v1/private/traces', body: { page: 1, size: 50, total: 1, content: [trace] } },
      { path: 'v1/private/spans', body: { page: 1, size: 500, total: 1, content: [span] } },
    );
    const { traces, total } = await source.list({ status: 'error', name: 'ans', to: TO });
    expect(total).to.equal(1);
    expect(traces[0]).to.deep.include({
      id: trace.id,
      start: START,
      duration: 5,
      status: 'error',
      sessionId: 's',
      usage: { input: 7, output: 3 },
    });
    const read = (await source.trace(trace.id))!;
    expect(namesIn(read)).to.include('step');
    const [list] = await asked();
    expect(searchOf(list!).get('project_name')).to.equal('shop');
    expect(JSON.parse(searchOf(list!).get('filters')!)).to.deep.equal([
      { field: 'start_time', operator: '<', value: new Date(TO + 1).toISOString() },
      { field: 'name', operator: 'contains', value: 'ans' },
      { field: 'error_info', operator: 'is_not_empty', value: '' },
    ]);
  });
});

describe('an address', () => {
  it('follows its pages, and finds a trace on them', async () => {
    const page = (trace: string): string => JSON.stringify(otlp({ id: '01', name: `of ${trace}`, trace }));
    const { source } = await asking(
      (url) => addressSource({ url: `${url}/one.jsonl` }),
      {
        path: 'one',
        type: 'application/x-ndjson',
        headers: { link: '</elsewhere>; rel="prev", <two.jsonl>; rel="next"' },
        body: page('0'.repeat(31) + '1'),
      },
      {
        path: 'two',
        type: 'application/x-ndjson',
        headers: { link: '<https://other.example/three>; rel=next' },
        body: page('0'.repeat(31) + '2'),
      },
    );
    const first = await source.list({});
    expect(first.traces.map(({ name }) => name)).to.deep.equal([`of ${'0'.repeat(31)}1`]);
    const second = await source.list({}, { cursor: first.cursor });
    expect(second.traces).to.have.length(1);
    // Headers, and so a key, do not go to another origin.
    expect(second.cursor).to.equal(undefined);
    expect((await source.trace(`${'0'.repeat(31)}2`))!.spans.length).to.equal(1);
    expect(await source.trace('nobody')).to.equal(undefined);
  });
});
