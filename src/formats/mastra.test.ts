import { expect } from '@open-wc/testing';
import { onlyTrace, spanNamed, survivesAnything } from '../test/format-checks.js';
import { mastra } from './mastra.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPANS = [
  { id: 'a000000000000001', traceId: TRACE, name: "agent run: 'helper'", type: 'agent_run', entityName: 'helper', startTime: '2026-05-01T10:00:00.000Z', endTime: '2026-05-01T10:00:04.000Z', isEvent: false, isRootSpan: true, attributes: { conversationId: 'th-1' }, metadata: { userId: 'u-1' }, tags: ['prod'], input: { messages: 'Why?' }, output: { text: 'Because.' } },
  { id: 'a000000000000002', traceId: TRACE, parentSpanId: 'a000000000000001', name: "llm: 'gpt-4o'", type: 'model_generation', startTime: '2026-05-01T10:00:01.000Z', endTime: '2026-05-01T10:00:03.000Z', isEvent: false, attributes: { model: 'gpt-4o', responseModel: 'gpt-4o-2024', provider: 'openai', completionStartTime: '2026-05-01T10:00:01.250Z', usage: { inputTokens: 20, outputTokens: 10, inputDetails: { cacheRead: 5 }, outputDetails: { reasoning: 4 } }, parameters: { temperature: 0.5 }, tools: [{ type: 'function', name: 'search', parameters: { type: 'object' } }], costContext: { estimatedCost: 0.002 } }, input: { messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'Why?' }] }, output: { text: '', toolCalls: [{ type: 'tool-call', payload: { toolCallId: 'c1', toolName: 'search', args: { q: 'x' } } }] } },
  { id: 'a000000000000003', traceId: TRACE, parentSpanId: 'a000000000000001', name: "tool: 'search'", type: 'tool_call', startTime: 1777629603000, endTime: 1777629603500, isEvent: false, input: { q: 'x' }, errorInfo: { message: 'no index', name: 'SearchError', stack: 'at x' } },
  { id: 'a000000000000004', traceId: TRACE, parentSpanId: 'a000000000000002', name: 'chunk', type: 'model_chunk', startTime: '2026-05-01T10:00:02.000Z', isEvent: true, output: { text: 'Be' } },
]; // prettier-ignore

describe('Mastra', () => {
  it('reads exported spans', () => {
    const trace = onlyTrace(mastra, SPANS);
    expect([...trace.spans].map(({ kind, depth, status }) => [kind, depth, status])).to.deep.equal([
      ['agent', 0, 'unset'],
      ['llm', 1, 'unset'],
      ['span', 2, 'unset'],
      ['tool', 1, 'error'],
    ]);
    expect([trace.id, trace.sessionId, trace.userId, trace.tags]).to.deep.equal([TRACE, 'th-1', 'u-1', ['prod']]);
    const call = trace.spans.at(1)!;
    expect([call.model, call.provider, call.cost, call.timeToFirstToken]).to.deep.equal(['gpt-4o-2024', 'openai', 0.002, 250]); // prettier-ignore
    expect(call.usage).to.deep.equal({ input: 20, output: 10, total: 30, cacheRead: 5, reasoning: 4 });
    expect(trace.spans.at(2)!.duration).to.equal(0);
    expect(trace.problems).to.deep.equal([]);
  });

  it('reads conversations, parameters, tools and errors', () => {
    const trace = onlyTrace(mastra, SPANS);
    const call = spanNamed(trace, "llm: 'gpt-4o'");
    expect(call.messages.map(({ role, origin, parts }) => [role, origin, parts])).to.deep.equal([
      ['system', 'input', [{ type: 'text', text: 'Be short.' }]],
      ['user', 'input', [{ type: 'text', text: 'Why?' }]],
      ['assistant', 'output', [{ type: 'tool-call', id: 'c1', name: 'search', arguments: { q: 'x' } }]],
    ]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0.5]]);
    expect(call.tools).to.deep.equal([{ name: 'search', parameters: { type: 'object' } }]);
    expect(trace.roots[0]!.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
    expect(spanNamed(trace, "tool: 'search'").exceptions).to.deep.equal([
      { type: 'SearchError', message: 'no index', stacktrace: 'at x' },
    ]);
  });

  it('believes the last event of a span', () => {
    const started = { ...SPANS[0]!, endTime: undefined, output: undefined };
    const events = [
      { type: 'span_started', exportedSpan: started },
      { type: 'span_ended', exportedSpan: SPANS[0] },
    ];
    const trace = onlyTrace(mastra, events);
    expect([trace.spans.length, trace.spans.at(0)!.duration]).to.deep.equal([1, 4000]);
    expect(onlyTrace(mastra, events.slice(0, 1)).spans.at(0)!.isRunning).to.equal(true);
  });

  it('reads what its storage gives', () => {
    const spans = SPANS.map(({ id, type, startTime, ...span }) => ({ ...span, spanId: id, spanType: type, startedAt: startTime, endedAt: span.endTime })); // prettier-ignore
    expect([...onlyTrace(mastra, { traceId: TRACE, spans }).spans].map(({ kind }) => kind)).to.deep.equal(['agent', 'llm', 'span', 'tool']); // prettier-ignore
  });

  it('survives anything', () => survivesAnything(mastra, SPANS, { spans: SPANS }));
});
