import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { mlflow } from './mlflow.js';
import { parseText } from '../parse-text.js';
import { readTraces } from '../read-traces.js';

const json = JSON.stringify;

/** Attributes as MLflow writes them: each value as JSON. */
const attributes = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, json(value)]));

const MESSAGES = [
  { role: 'user', content: 'Why?' },
  { role: 'assistant', content: 'Because.' },
];

const llmAttributes = attributes({
  'mlflow.spanType': 'CHAT_MODEL',
  'mlflow.spanInputs': { messages: [MESSAGES[0]], temperature: 0.5 },
  'mlflow.spanOutputs': { choices: [{ message: MESSAGES[1], finish_reason: 'stop' }] },
  'mlflow.chat.messages': MESSAGES,
  'mlflow.chat.tools': [{ type: 'function', function: { name: 'f' } }],
  'mlflow.chat.tokenUsage': { input_tokens: 10, output_tokens: 4, total_tokens: 14, cache_read_input_tokens: 3 },
  'mlflow.llm.cost': { input_cost: 0.1, output_cost: 0.2, total_cost: 0.3 },
  'mlflow.llm.model': 'gpt-4o',
  'mlflow.llm.provider': 'openai',
  mine: 'x',
  number: 0.5,
});

/** 8 bytes, 0x01 to 0x08. */
const BASE64_ID = 'AQIDBAUGBwg=';

const v3Span = (more: object = {}): Record<string, unknown> => ({
  trace_id: 'AAECAwQFBgcICQoLDA0ODw==',
  span_id: BASE64_ID,
  parent_span_id: null,
  name: 'chat',
  start_time_unix_nano: 1_726_145_091_022_155,
  end_time_unix_nano: 1_726_145_091_022_655,
  status: { code: 'STATUS_CODE_OK', message: '' },
  attributes: llmAttributes,
  events: [],
  ...more,
});

const info = (more: object = {}): Record<string, unknown> => ({
  trace_id: 'tr-1',
  trace_location: { type: 'MLFLOW_EXPERIMENT' },
  request_time: '2024-09-12T12:44:51.022Z',
  execution_duration_ms: 500,
  state: 'OK',
  request_preview: '{"q": "Why?"}',
  trace_metadata: { 'mlflow.trace.session': 's-1', 'mlflow.trace.user': 'ada', 'mlflow.trace_schema.version': '3' },
  tags: { 'mlflow.traceName': 'ask', team: 'red' },
  assessments: [
    { assessment_name: 'good', feedback: { value: true }, source: { source_type: 'HUMAN', source_id: 'eve' }, rationale: 'yes' },
    { assessment_name: 'tone', feedback: { value: 0.5 }, source: { source_type: 'LLM_JUDGE' }, span_id: '0102030405060708' },
    { assessment_name: 'wanted', expectation: { value: { a: 1 } }, source: { source_type: 'CODE' }, valid: false },
    { assessment_name: 'odd', feedback: { error: { error_code: 'E', error_message: 'no judge' } } },
  ],
  ...more,
}); // prettier-ignore

const v3 = (): unknown => ({ info: info(), data: { spans: [v3Span()] } });

const v2 = (more: object = {}): unknown => ({
  info: { request_id: 'req-1', experiment_id: '0', timestamp_ms: 1726145091022, execution_time_ms: 1, status: 'OK', request_metadata: {}, tags: {} },
  data: {
    spans: [
      {
        name: 'remote',
        context: { trace_id: '0x05e82d1fc4486f3986fae6dd7b5352b1', span_id: '0x337af925d6629c01' },
        parent_id: null,
        start_time: '1726145091022155863',
        end_time: '1726145091022572053',
        status_code: 'ERROR',
        status_message: 'late',
        attributes: attributes({ 'mlflow.spanType': 'RETRIEVER', 'mlflow.spanOutputs': [{ page_content: 'Text', metadata: { p: 1 }, id: 'd1' }], 'mlflow.spanInputs': 'Why?' }),
        events: [{ name: 'exception', timestamp: 1726145091022287, attributes: { 'exception.message': 'late', 'exception.type': 'E' } }],
        ...more,
      },
    ],
  },
}); // prettier-ignore

describe('MLflow', () => {
  it('reads V3', () => {
    const read = onlyTrace(mlflow, v3());
    expect([read.id, read.name, read.sessionId, read.userId, [...read.tags]]).to.deep.equal([
      'tr-1',
      'ask',
      's-1',
      'ada',
      ['team:red'],
    ]);
    expect(read.scores).to.deep.equal([
      { name: 'good', value: true, explanation: 'yes', source: 'human' },
      { name: 'wanted', value: '{"a":1}', label: 'replaced', source: 'code' },
      { name: 'odd', label: 'error', explanation: 'no judge' },
    ]);
    const span = spanNamed(read, 'chat');
    expect([span.id, span.kind, span.model, span.provider, span.status, span.cost]).to.deep.equal([
      '0102030405060708',
      'llm',
      'gpt-4o',
      'openai',
      'ok',
      0.3,
    ]);
    expect(span.usage).to.deep.equal({ input: 10, output: 4, total: 14, cacheRead: 3 });
    expect(span.scores).to.deep.equal([{ name: 'tone', value: 0.5, source: 'llm' }]);
    expect(span.messages.map(({ role, origin }) => [role, origin])).to.deep.equal([
      ['user', 'input'],
      ['assistant', 'output'],
    ]);
    expect(span.tools.map(({ name }) => name)).to.deep.equal(['f']);
    expect([...span.parameters]).to.deep.equal([['temperature', 0.5]]);
    expect([span.attributes.get('mine'), span.attributes.get('number')]).to.deep.equal(['x', 0.5]);
    expect(span.attributes.get('trace.request_preview')).to.equal('{"q": "Why?"}');
  });

  it('reads V2, with its times', () => {
    const read = onlyTrace(mlflow, v2());
    const span = read.spans.at(0)!;
    expect([read.id, span.id, span.kind, span.status, span.statusMessage]).to.deep.equal([
      'req-1',
      '337af925d6629c01',
      'retriever',
      'error',
      'late',
    ]);
    expect(span.duration).to.be.closeTo(0.41619, 1e-9);
    expect(span.events[0]!.time).to.be.closeTo(1726145091022.287, 0.001);
    expect(span.exceptions.map(({ type, message }) => [type, message])).to.deep.equal([['E', 'late']]);
    expect(span.documents).to.deep.equal([{ id: 'd1', content: 'Text', metadata: { p: 1 } }]);
    expect(span.input).to.equal('Why?');
  });

  it('reads V4, the REST API, wrappers, rows and bare spans', () => {
    const v4 = v3Span({ trace_id: 'tr-1', span_id: '0102030405060708', otel_trace_id: 'ff' });
    const overRest = v3Span({
      attributes: Object.entries(llmAttributes).map(([key, value]) => ({ key, value: { string_value: value } })),
    });
    for (const value of [
      { info: info(), data: { spans: [v4] } },
      { trace: { trace_info: info(), spans: [overRest] } },
      { trace_info: info(), trace_data: { spans: [v3Span()] } },
      { databricks_output: { trace: v3() }, choices: [] },
      { traces: [v3()] },
      [{ ...info(), trace: json(v3()), request: '{}' }],
      [v3()],
    ]) {
      const read = onlyTrace(mlflow, value);
      const span = read.spans.at(0)!;
      expect([read.id, span.id, span.kind, span.model, span.usage?.total]).to.deep.equal([
        'tr-1',
        '0102030405060708',
        'llm',
        'gpt-4o',
        14,
      ]);
    }
    expect(onlyTrace(mlflow, [v4, v3Span({ trace_id: 'tr-1', span_id: 'b' })]).spans.length).to.equal(2);
    const listed = onlyTrace(mlflow, {
      traces: [{ trace_info: info({ execution_duration: '1.5s', execution_duration_ms: undefined }) }],
    });
    expect([listed.spans.length, listed.duration, listed.spans.at(0)!.name]).to.deep.equal([1, 1500, 'ask']);
    expect(listed.spans.at(0)!.input).to.deep.equal({ q: 'Why?' });
  });

  it('knows its own and nothing like it', () => {
    for (const other of [
      {}, [], null, { info: {}, data: {} }, { info: { request_id: 'x' }, data: { spans: [] } }, { data: [{ trace_id: 'a' }] },
      [{ trace_id: 'a', span_id: 'b', start_time_unix_nano: 1, attributes: { x: 1 } }],
      [{ context: { trace_id: '0x1', span_id: '0x2' }, start_time: 'x', status_code: 'OK', attributes: {} }],
    ]) expect(mlflow.detect(other), json(other)).to.equal(false); // prettier-ignore
  });

  it('reports what it cannot read', () => {
    const [read] = readWith(mlflow, { info: info(), data: { spans: [v3Span(), 1] } });
    expect([read!.spans.length, read!.problems.length]).to.deep.equal([1, 1]);
  });

  it('survives anything', () => survivesAnything(mlflow, v2(), v3(), [v3Span()], { traces: [{ trace_info: info() }] }));

  it('reads the real file as it is', async function () {
    const files = (await sharedFiles()).filter((file) => file.startsWith('mlflow/'));
    if (files.length === 0) return this.skip();
    expect(files).to.deep.equal(['mlflow/v2-model-with-add-trace.json']);
    const [read, ...others] = await readTraces((await sharedText(`fixtures/${files[0]}`))!);
    expect([read!.format, others.length, read!.spans.length, read!.problems]).to.deep.equal(['mlflow', 0, 1, []]);
    const span = read!.spans.at(0)!;
    expect([read!.id, [...read!.tags]]).to.deep.equal([
      '2e72d64369624e6888324462b62dc120',
      ['fruit:apple', 'food:pizza'],
    ]);
    expect([span.id, span.name, span.kind, span.status]).to.deep.equal(['337af925d6629c01', 'remote', 'span', 'ok']);
    expect(span.duration).to.be.closeTo(0.41619, 1e-9);
    expect([span.input, span.output]).to.deep.equal([{ x: 1 }, { prediction: 1 }]);
    expect(span.events[0]!.time).to.be.closeTo(1726145091022.287, 0.001);
  });

  it('leaves the real files of others alone', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file));
    if (files.length === 0) return this.skip();
    const known: string[] = [];
    for (const file of files) {
      if (mlflow.detect(parseText((await sharedText(`fixtures/${file}`))!).value)) known.push(file.split('/')[0]!);
    }
    expect([...new Set(known)]).to.deep.equal(['mlflow']);
  });
});
