import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { parseText } from '../parse-text.js';
import { phoenix } from './phoenix.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

const FLAT = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-4o',
  'llm.token_count.prompt': 10,
  'llm.token_count.completion': 4,
  'llm.invocation_parameters': '{"temperature":0}',
  'input.value': '{"q":1}',
  'input.mime_type': 'application/json',
  'llm.input_messages.0.message.role': 'user',
  'llm.input_messages.0.message.content': 'Why?',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'f',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{}',
  'session.id': 's-1',
  metadata: { a: { b: 1 } },
};

const NESTED = {
  openinference: { span: { kind: 'LLM' } },
  llm: {
    model_name: 'gpt-4o',
    token_count: { prompt: 10, completion: 4 },
    invocation_parameters: '{"temperature":0}',
    input_messages: [{ message: { role: 'user', content: 'Why?' } }],
    output_messages: [{ message: { role: 'assistant', tool_calls: [{ tool_call: { function: { name: 'f', arguments: '{}' } } }] } }],
  },
  input: { value: '{"q":1}', mime_type: 'application/json' },
  session: { id: 's-1' },
  metadata: { a: { b: 1 } },
}; // prettier-ignore

const span = (more: object = {}): Record<string, unknown> => ({
  id: 'U3Bhbjox',
  name: 'call',
  context: { trace_id: TRACE, span_id: SPAN },
  span_kind: 'LLM',
  parent_id: null,
  start_time: '2025-05-01T10:00:00.000123+00:00',
  end_time: '2025-05-01T10:00:01.000623+00:00',
  status_code: 'OK',
  status_message: '',
  attributes: FLAT,
  events: [],
  ...more,
});

/** A row of a dataframe: columns that may be null, lists whose items have dotted keys. */
const row = (more: object = {}): Record<string, unknown> => ({
  name: 'call',
  span_kind: 'LLM',
  parent_id: null,
  start_time: '2025-05-01T10:00:00.000123+00:00',
  end_time: '2025-05-01T10:00:01.000623+00:00',
  status_code: 'OK',
  events: [],
  'context.trace_id': TRACE,
  'context.span_id': SPAN,
  'attributes.llm.model_name': 'gpt-4o',
  'attributes.llm.token_count.prompt': 10,
  'attributes.llm.token_count.completion': 4,
  'attributes.llm.invocation_parameters': '{"temperature":0}',
  'attributes.input.value': '{"q":1}',
  'attributes.input.mime_type': 'application/json',
  'attributes.llm.input_messages': [{ 'message.role': 'user', 'message.content': 'Why?' }],
  'attributes.llm.output_messages': [
    { 'message.role': 'assistant', 'message.tool_calls': [{ 'tool_call.function.name': 'f', 'tool_call.function.arguments': '{}' }] },
  ],
  'attributes.session.id': 's-1',
  'attributes.metadata': { a: { b: 1 } },
  'attributes.retrieval.documents': null,
  ...more,
}); // prettier-ignore

const graphQl = {
  data: {
    node: {
      spans: {
        edges: [
          {
            node: {
              id: 'U3Bhbjox',
              spanId: SPAN,
              trace: { traceId: TRACE },
              name: 'call',
              spanKind: 'llm',
              statusCode: 'OK',
              startTime: '2025-05-01T10:00:00.000123+00:00',
              endTime: '2025-05-01T10:00:01.000623+00:00',
              parentId: null,
              cumulativeTokenCountTotal: 999,
              attributes: JSON.stringify(NESTED),
              spanAnnotations: [{ name: 'good', score: 1, label: 'yes', annotatorKind: 'HUMAN' }],
            },
          },
        ],
      },
    },
  },
};

describe('Arize Phoenix', () => {
  const columns = Object.fromEntries(Object.entries(row()).map(([column, value]) => [column, { [SPAN]: value }]));
  const forms: Readonly<Record<string, unknown>> = {
    'a page of the REST API': { data: [span()], next_cursor: null },
    'a list of spans': [span()],
    'nested attributes': [span({ attributes: NESTED })],
    'rows of a dataframe': [row()],
    'columns of a dataframe': columns,
    'an answer of the GraphQL API': graphQl,
  };
  for (const [name, value] of Object.entries(forms)) {
    it(`reads ${name}`, () => {
      const read = onlyTrace(phoenix, value);
      expect([read.id, read.format, read.sessionId, read.spans.length]).to.deep.equal([TRACE, 'phoenix', 's-1', 1]);
      const only = read.spans.at(0)!;
      expect([only.id, only.kind, only.model, only.status, only.parentId]).to.deep.equal([
        SPAN,
        'llm',
        'gpt-4o',
        'ok',
        undefined,
      ]);
      expect(only.duration).to.be.closeTo(1000.5, 1e-6);
      expect(only.usage).to.deep.equal({ input: 10, output: 4, total: 14 });
      expect(only.input).to.deep.equal({ q: 1 });
      expect(only.messages).to.deep.equal([
        { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Why?' }] },
        { role: 'assistant', origin: 'output', parts: [{ type: 'tool-call', name: 'f', arguments: {} }] },
      ]);
      expect([...only.parameters]).to.deep.equal([['temperature', 0]]);
      expect(only.attributes.get('metadata')).to.deep.equal({ a: { b: 1 } });
      expect(read.metadata).to.deep.equal({ a: { b: 1 } });
    });
  }

  it('reads OTLP in snake case', () => {
    const read = onlyTrace(phoenix, {
      data: [
        {
          trace_id: TRACE,
          span_id: SPAN,
          name: 'call',
          start_time_unix_nano: '1746093600000000123',
          end_time_unix_nano: '1746093601000000123',
          attributes: [
            { key: 'openinference.span.kind', value: { string_value: 'RETRIEVER' } },
            { key: 'retrieval.documents.0.document.content', value: { string_value: 'Text' } },
            { key: 'retrieval.documents.0.document.score', value: { double_value: 0.5 } },
          ],
          status: { code: 2, message: 'no' },
        },
      ],
    });
    const only = read.spans.at(0)!;
    expect([read.format, only.kind, only.status, only.duration]).to.deep.equal(['phoenix', 'retriever', 'error', 1000]);
    expect(only.documents).to.deep.equal([{ content: 'Text', score: 0.5 }]);
  });

  it('reads traces with their bare spans, or alone', () => {
    const trace = { id: 'x', trace_id: TRACE, project_id: 'p', start_time: '2025-05-01T10:00:00Z', end_time: '2025-05-01T10:00:03Z', token_count_total: 9 }; // prettier-ignore
    const bare = { id: 'y', span_id: SPAN, parent_id: null, name: 'root', span_kind: 'AGENT', status_code: 'OK', start_time: '2025-05-01T10:00:00Z', end_time: '2025-05-01T10:00:01Z' }; // prettier-ignore
    const read = onlyTrace(phoenix, { data: [{ ...trace, spans: [bare, { ...bare, span_id: 'aaaaaaaaaaaaaaaa', parent_id: SPAN }] }] }); // prettier-ignore
    expect([read.id, read.spans.length, read.roots.length, read.spans.at(0)!.kind]).to.deep.equal([
      TRACE,
      2,
      1,
      'agent',
    ]);
    const alone = onlyTrace(phoenix, { data: [trace] });
    expect([alone.spans.length, alone.duration, alone.usage?.total]).to.deep.equal([1, 3000, 9]);
  });

  it('gives annotations to what they judge, and reads exceptions', () => {
    const judged = (more: object): object => ({ name: 'good', annotator_kind: 'LLM', result: { score: 0.5, label: 'so', explanation: 'why' }, ...more }); // prettier-ignore
    const event = { name: 'exception', timestamp: '2025-05-01T10:00:00.500+00:00', attributes: { 'exception.message': 'no', 'exception.type': 'E' } }; // prettier-ignore
    const read = onlyTrace(phoenix, [
      { data: [span({ status_code: 'ERROR', status_message: 'no', events: [event] })], next_cursor: null },
      { data: [judged({ span_id: SPAN }), judged({ trace_id: TRACE, name: 'whole' })] },
    ]);
    const score = { value: 0.5, label: 'so', explanation: 'why', source: 'llm' };
    const only = read.spans.at(0)!;
    expect(only.scores).to.deep.equal([{ name: 'good', ...score }]);
    expect(read.scores).to.deep.equal([{ name: 'whole', ...score }]);
    expect([only.status, only.statusMessage]).to.deep.equal(['error', 'no']);
    expect(only.exceptions).to.deep.equal([{ type: 'E', message: 'no', time: Date.UTC(2025, 4, 1, 10, 0, 0, 500) }]);
    const [answer] = readWith(phoenix, graphQl);
    expect(answer!.spans.at(0)!.scores).to.deep.equal([{ name: 'good', value: 1, label: 'yes', source: 'human' }]);
  });

  it('knows its own and nothing like it', () => {
    for (const other of [
      {}, [], null, { data: [] }, { data: {} }, { data: { node: { spans: { edges: [] } } } }, { data: [{ trace_id: 'a' }] },
      [{ context: { trace_id: 'a', span_id: 'b' }, name: 'x' }],
      { data: [{ traceID: 'a', spans: [{ operationName: 'x' }], processes: {} }] },
    ]) expect(phoenix.detect(other), JSON.stringify(other)).to.equal(false); // prettier-ignore
  });

  it('reads deep attributes without running out of stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = { a: deep };
    const read = onlyTrace(phoenix, [span({ attributes: { deep, 'llm.model_name': 'm' } })]);
    expect([read.spans.at(0)!.model, read.spans.at(0)!.attributes.size > 1]).to.deep.equal(['m', true]);
  });

  it('survives anything', () => survivesAnything(phoenix, { data: [span()] }, [row()], graphQl, columns));

  it('leaves the real files of others alone', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file) && !file.startsWith('phoenix/'));
    if (files.length === 0) return this.skip();
    for (const file of files) {
      expect(phoenix.detect(parseText((await sharedText(`fixtures/${file}`))!).value), file).to.equal(false);
    }
  });
});
