import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { helicone } from './helicone.js';

const session = (path: string) => ({ 'Helicone-Session-Id': 's-1', 'Helicone-Session-Path': path, 'Helicone-Session-Name': 'Course' }); // prettier-ignore
const ROWS = [
  { request_id: 'r-1', request_created_at: '2026-05-01T10:00:00.500Z', response_created_at: '2026-05-01T10:00:02Z', delay_ms: 1500, time_to_first_token: 200, response_status: 200, provider: 'OPENAI', request_model: 'gpt-4o', response_model: 'gpt-4o-2024', request_path: '/v1/chat/completions', prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, prompt_cache_read_tokens: 4, cost: 0.01, request_user_id: 'u-1', request_properties: session('/abstract/lesson-1'), feedback_rating: true, scores: { quality: { value: 80, valueType: 'number' } }, request_body: { model: 'gpt-4o', temperature: 1, messages: [{ role: 'user', content: 'Hi' }] }, response_body: { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] } },
  { request_id: 'r-2', request_created_at: '2026-05-01T10:00:03Z', delay_ms: 100, response_status: 200, request_properties: session('/abstract/tools'), request_body: { _type: 'vector_db', operation: 'search', text: 'jackets' }, response_body: { results: [{ id: 'd1', text: 'Doc', score: 0.5 }] } },
  { request_id: 'r-3', request_created_at: '2026-05-01T10:00:04Z', delay_ms: 100, response_status: 500, request_properties: session('/abstract/tools'), request_body: { _type: 'tool', toolName: 'weather', input: { city: 'Rome' } }, response_body: { error: { message: 'no service', type: 'ServiceError' } } },
]; // prettier-ignore

describe('Helicone', () => {
  it('makes a tree of the paths of a session', () => {
    const trace = onlyTrace(helicone, { data: ROWS, error: null });
    expect([...trace.spans].map(({ name, kind, depth }) => [name, kind, depth])).to.deep.equal([
      ['abstract', 'chain', 0],
      ['lesson-1', 'chain', 1],
      ['gpt-4o-2024', 'llm', 2],
      ['tools', 'chain', 1],
      ['search', 'retriever', 2],
      ['weather', 'tool', 2],
    ]);
    expect([trace.id, trace.name, trace.sessionId, trace.userId]).to.deep.equal(['s-1', 'Course', 's-1', 'u-1']);
    expect(trace.roots[0]!.duration).to.equal(3600);
    expect(trace.problems).to.deep.equal([]);
  });

  it('reads a call', () => {
    const call = spanNamed(onlyTrace(helicone, ROWS), 'gpt-4o-2024');
    expect(call.usage).to.deep.equal({ input: 12, output: 3, total: 15, cacheRead: 4 });
    expect([call.cost, call.duration, call.timeToFirstToken, call.status]).to.deep.equal([0.01, 1500, 200, 'ok']);
    expect(call.messages.map(({ role, parts }) => [role, parts])).to.deep.equal([
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['assistant', [{ type: 'text', text: 'Hello' }]],
    ]);
    expect([...call.parameters]).to.deep.equal([['temperature', 1]]);
    expect(call.scores).to.deep.equal([
      { name: 'feedback', value: true, source: 'human' },
      { name: 'quality', value: 80 },
    ]);
  });

  it('reads logged searches and tools, and errors', () => {
    const trace = onlyTrace(helicone, ROWS);
    expect(spanNamed(trace, 'search').documents).to.deep.equal([{ id: 'd1', content: 'Doc', score: 0.5 }]);
    expect(spanNamed(trace, 'search').input).to.equal('jackets');
    const tool = spanNamed(trace, 'weather');
    expect([tool.status, tool.statusMessage, tool.input]).to.deep.equal(['error', 'no service', { city: 'Rome' }]);
  });

  it('adds what Anthropic counts apart', () => {
    const row = { ...ROWS[0]!, provider: 'ANTHROPIC', request_properties: {}, prompt_cache_write_tokens: 8 };
    expect(onlyTrace(helicone, [row]).spans.at(0)!.usage).to.deep.equal({ input: 24, output: 3, total: 27, cacheRead: 4, cacheWrite: 8 }); // prettier-ignore
  });

  it('makes a trace of its own of a request without a session', () => {
    const rows = ROWS.map((row) => ({ ...row, request_properties: null }));
    expect(readWith(helicone, rows).map(({ id }) => id)).to.deep.equal(['r-1', 'r-2', 'r-3']);
  });

  it('reads the normalised schema where there are no bodies', () => {
    const row = { ...ROWS[0]!, request_body: undefined, response_body: undefined };
    const llmSchema = { request: { model: 'gpt-4o', messages: [{ _type: 'message', role: 'user', content: 'Hi' }] }, response: { messages: [{ _type: 'functionCall', role: 'assistant', tool_calls: [{ id: 'c1', name: 'search', arguments: { q: 'x' } }] }] } }; // prettier-ignore
    const call = spanNamed(onlyTrace(helicone, [{ ...row, llmSchema }]), 'gpt-4o-2024');
    expect(call.messages.map(({ parts }) => parts)).to.deep.equal([
      [{ type: 'text', text: 'Hi' }],
      [{ type: 'tool-call', id: 'c1', name: 'search', arguments: { q: 'x' } }],
    ]);
  });

  it('survives anything', () => survivesAnything(helicone, ROWS, { data: ROWS }));
});
