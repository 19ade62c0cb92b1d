import { expect } from '@open-wc/testing';
import { onlyTrace, survivesAnything } from '../test/format-checks.js';
import { portkey } from './portkey.js';

const ROWS = [
  { id: 'l-1', trace_id: 't-1', created_at: '2026-05-01T10:00:00Z', is_success: true, ai_org: 'openai', ai_model: 'gpt-4o', req_units: 12, res_units: 3, total_units: 15, request_url: 'https://x/v1/chat/completions', cost: 0.5, response_time: 1500, response_status_code: 200, prompt_slug: 'ask', metadata: { _user: 'u-1', span_id: 's1', span_name: 'first' }, request: { model: 'gpt-4o', temperature: 0, messages: [{ role: 'user', content: 'Hi' }] }, response: { choices: [{ message: { role: 'assistant', content: 'Hello' } }] } },
  { id: 'l-2', trace_id: 't-1', created_at: 1777629602000, is_success: false, ai_org: 'anthropic', ai_model: 'claude', cost: 0.02, cost_currency: 'USD', response_time: 100, response_status_code: 429, metadata: '{"parent_span_id":"s1"}', request: '{"model":"claude","messages":[]}', response: { error: { message: 'slow down', type: 'rate_limit' } } },
]; // prettier-ignore

describe('Portkey', () => {
  it('reads calls, their times, tokens, cost and tree', () => {
    const trace = onlyTrace(portkey, ROWS);
    expect(
      [...trace.spans].map(({ name, kind, depth, status, cost }) => [name, kind, depth, status, cost]),
    ).to.deep.equal([
      ['first', 'llm', 0, 'ok', 0.005],
      ['claude', 'llm', 1, 'error', 0.02],
    ]);
    const [call, failed] = [trace.spans.at(0)!, trace.spans.at(1)!];
    expect([call.model, call.provider, call.duration]).to.deep.equal(['gpt-4o', 'openai', 1500]);
    expect(call.usage).to.deep.equal({ input: 12, output: 3, total: 15 });
    expect([trace.id, trace.userId]).to.deep.equal(['t-1', 'u-1']);
    expect([failed.statusMessage, failed.exceptions[0]?.type]).to.deep.equal(['slow down', 'rate_limit']);
  });

  it('reads the bodies', () => {
    const call = onlyTrace(portkey, { data: ROWS }).spans.at(0)!;
    expect(call.messages.map(({ role, parts }) => [role, parts])).to.deep.equal([
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['assistant', [{ type: 'text', text: 'Hello' }]],
    ]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0]]);
    expect(call.prompt).to.deep.equal({ name: 'ask' });
    expect(call.attributes.get('metadata.span_name')).to.equal('first');
  });

  it('survives anything', () => survivesAnything(portkey, ROWS, { data: ROWS }));
});
