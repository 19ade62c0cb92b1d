import { expect } from '@open-wc/testing';
import { onlyTrace, spanNamed, survivesAnything } from '../test/format-checks.js';
import { logfireRows } from './logfire-rows.js';

const T = '0af7651916cd43dd8448eb211c80319c';
const ROWS = [
  { kind: 'pending_span', start_timestamp: '2026-05-01T10:00:00.000001Z', end_timestamp: '2026-05-01T10:00:00.000001Z', trace_id: T, span_id: 'aaaaaaaaaaaaaaaa', parent_span_id: '00000000000000a1', span_name: 'agent run', message: 'agent run', attributes: { 'logfire.pending_parent_id': '0000000000000000' } },
  { kind: 'span', start_timestamp: '2026-05-01T10:00:00.000001Z', end_timestamp: '2026-05-01T10:00:02.000003Z', duration: 2.000002, trace_id: T, span_id: '00000000000000a1', parent_span_id: null, span_name: 'agent run', message: 'agent run', service_name: 'shop', tags: ['beta'], attributes: { 'gen_ai.operation.name': 'invoke_agent' }, otel_status_code: null, is_exception: false, otel_scope_name: 'pydantic-ai' },
  { kind: 'span', start_timestamp: '2026-05-01T10:00:01Z', end_timestamp: '2026-05-01T10:00:01.5Z', trace_id: T, span_id: '00000000000000a2', parent_span_id: '00000000000000a1', span_name: 'chat gpt-4o', message: 'chat gpt-4o', attributes: '{"gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":9,"gen_ai.usage.output_tokens":1,"gen_ai.input.messages":[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]}' },
  { kind: 'log', start_timestamp: '2026-05-01T10:00:01.2Z', end_timestamp: '2026-05-01T10:00:01.2Z', trace_id: T, span_id: '00000000000000a3', parent_span_id: '00000000000000a1', span_name: 'oh {x}', message: 'oh no', is_exception: true, exception_type: 'ValueError', exception_message: 'bad', exception_stacktrace: 'Traceback', attributes: {}, otel_status_code: 'ERROR' },
  { kind: 'pending_span', start_timestamp: '2026-05-01T10:00:01.7Z', end_timestamp: '2026-05-01T10:00:01.7Z', trace_id: T, span_id: 'bbbbbbbbbbbbbbbb', parent_span_id: '00000000000000a4', span_name: 'running', message: 'running', attributes: { 'logfire.pending_parent_id': '00000000000000a1' } },
]; // prettier-ignore
const NAMES = [...new Set(ROWS.flatMap((row) => Object.keys(row)))];
const COLUMNS = { columns: NAMES.map((name) => ({ name, datatype: 'String', nullable: true, values: ROWS.map((row) => (row as Record<string, unknown>)[name] ?? null) })) }; // prettier-ignore

describe('Logfire rows', () => {
  for (const [form, value] of Object.entries({ rows: ROWS, columns: COLUMNS })) {
    it(`reads ${form}; pending rows give way to the final ones`, () => {
      const trace = onlyTrace(logfireRows, value);
      expect([...trace.spans].map(({ id, name, kind, depth }) => [id, name, kind, depth])).to.deep.equal([
        ['00000000000000a1', 'agent run', 'agent', 0],
        ['00000000000000a2', 'chat gpt-4o', 'llm', 1],
        ['00000000000000a3', 'oh no', 'span', 1],
        ['00000000000000a4', 'running', 'span', 1],
      ]);
      expect(trace.problems.map(({ code, spanId }) => [code, spanId])).to.deep.equal([['missing-end', '00000000000000a4']]); // prettier-ignore
      const root = trace.roots[0]!;
      expect(root.duration).to.be.closeTo(2000.002, 1e-6);
      expect([root.service, trace.tags, root.scope]).to.deep.equal(['shop', ['beta'], { name: 'pydantic-ai' }]);
    });
  }

  it('reads attributes of any convention, and errors', () => {
    const trace = onlyTrace(logfireRows, ROWS);
    const call = spanNamed(trace, 'chat gpt-4o');
    expect([call.model, call.usage?.input]).to.deep.equal(['gpt-4o', 9]);
    expect(call.messages.map(({ parts }) => parts)).to.deep.equal([[{ type: 'text', text: 'Hi' }]]);
    const failed = spanNamed(trace, 'oh no');
    expect([failed.status, failed.statusMessage]).to.deep.equal(['error', 'bad']);
    expect(failed.exceptions).to.deep.equal([{ type: 'ValueError', message: 'bad', stacktrace: 'Traceback' }]);
    expect(failed.attributes.get('span_name')).to.equal('oh {x}');
  });

  it('survives anything', () => survivesAnything(logfireRows, ROWS, COLUMNS));
});
