import { expect } from '@open-wc/testing';
import { onlyTrace, survivesAnything } from '../test/format-checks.js';
import { agentOps } from './agentops.js';

const SPANS = [
  { span_id: 'a1', parent_span_id: null, span_name: 'session.session', span_type: 'session', start_time: '2026-05-01T10:00:00.000000+00:00', end_time: '2026-05-01T10:00:02+00:00', duration: 2000000000, status_code: 'OK', span_attributes: { agentops: { span: { kind: 'session' } } }, resource_attributes: { service: { name: 'shop' } } },
  { span_id: 'a2', parent_span_id: 'a1', span_name: 'openai.chat.completion', span_type: 'request', start_time: '2026-05-01T10:00:01+00:00', duration: 500000000, status_code: 'ERROR', status_message: 'slow down', span_attributes: { gen_ai: { request: { model: 'gpt-4o' }, usage: { prompt_tokens: 8, completion_tokens: 2 }, prompt: [{ role: 'user', content: 'Hi' }], completion: [{ role: 'assistant', content: 'Hello' }] }, agentops: { span: { kind: 'llm' } } }, resource_attributes: {} },
]; // prettier-ignore

describe('AgentOps', () => {
  for (const [form, value] of Object.entries({
    'a trace and its spans': { trace: { trace_id: 'f00', tags: ['demo'], total_cost: 1 }, spans: SPANS },
    'one object': { trace_id: 'f00', tags: ['demo'], spans: SPANS },
  })) {
    it(`reads ${form}`, () => {
      const trace = onlyTrace(agentOps, value);
      expect(trace.id).to.equal('f00');
      expect(
        [...trace.spans].map(({ kind, depth, status, duration }) => [kind, depth, status, duration]),
      ).to.deep.equal([
        ['chain', 0, 'ok', 2000],
        ['llm', 1, 'error', 500],
      ]);
      const call = trace.spans.at(1)!;
      expect([call.model, call.usage?.input, call.statusMessage]).to.deep.equal(['gpt-4o', 8, 'slow down']);
      expect(call.messages.map(({ role, parts }) => [role, parts])).to.deep.equal([
        ['user', [{ type: 'text', text: 'Hi' }]],
        ['assistant', [{ type: 'text', text: 'Hello' }]],
      ]);
      expect([trace.roots[0]!.service, trace.tags]).to.deep.equal(['shop', ['demo']]);
    });
  }

  it('survives anything', () => survivesAnything(agentOps, { trace: { trace_id: 'f00' }, spans: SPANS }, SPANS));
});
