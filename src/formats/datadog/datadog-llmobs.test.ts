import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedText } from '../../test/shared-files.js';
import { datadogLlmObs } from './datadog-llmobs.js';
import { readTraces } from '../read-traces.js';

const SPANS = [
  { parent_id: 'undefined', trace_id: '900', span_id: '1', name: 'coach', start_ns: '1713889389104152123', duration: 10000000000, status: 'ok', tags: ['user_id:u1', 'service:coach'], meta: { kind: 'agent', input: { value: 'Jacket?' }, output: { value: 'No.' }, metadata: { plan: 'a' } } },
  {
    parent_id: '1', trace_id: '900', span_id: '2', name: 'chat', start_ns: '1713889390000000000', duration: 2000000000, status: 'ok',
    meta: {
      kind: 'llm', model_name: 'gpt-4o', model_provider: 'openai', metadata: { temperature: 0.5 },
      tool_definitions: [{ name: 'weather', description: 'Tells it', schema: { type: 'object' } }],
      input: { messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'Jacket?' }, { role: 'tool', content: '', tool_results: [{ name: 'weather', result: 'hot', tool_id: 't1', type: 'function' }] }], prompt: { id: 'p1', version: '2', template: 'Ask {{q}}', variables: { q: 'Jacket?' } } },
      output: { messages: [{ role: 'assistant', content: '', tool_calls: [{ name: 'weather', arguments: { city: 'Rome' }, tool_id: 't1', type: 'function' }] }] },
    },
    metrics: { input_tokens: 64, output_tokens: 128, total_tokens: 192, cache_read_input_tokens: 10, reasoning_output_tokens: 20, input_cost: 0.001, output_cost: 0.002, time_to_first_token: 0.4 },
  },
  { parent_id: '1', trace_id: '900', span_id: '3', name: 'search', start_ns: '1713889393000000000', duration: 1000000, status: 'error', meta: { kind: 'retrieval', input: { value: 'jackets' }, output: { documents: [{ text: 'Doc', id: 'd1', score: 0.7, name: 'Guide' }] }, error: { message: 'cut off', type: 'TimeoutError', stack: 'at x' } } },
]; // prettier-ignore
const REQUEST = { data: { type: 'span', attributes: { ml_app: 'weather-bot', session_id: 's1', tags: ['env:staging'], spans: SPANS } } }; // prettier-ignore
const SCORES = { data: { type: 'evaluation_metric', attributes: { metrics: [
  { join_on: { span: { span_id: '2', trace_id: '900' } }, label: 'quality', metric_type: 'score', score_value: 0.8, ml_app: 'weather-bot', timestamp_ms: 1 },
  { span_id: '77', trace_id: '900', label: 'mood', metric_type: 'categorical', categorical_value: 'good', timestamp_ms: 1 },
  { span_id: '1', trace_id: '5', label: 'lost', metric_type: 'categorical', categorical_value: 'x', timestamp_ms: 1 },
] } } }; // prettier-ignore

describe('Datadog LLM Observability', () => {
  it('reads a request of the HTTP API', () => {
    const trace = onlyTrace(datadogLlmObs, REQUEST);
    expect([...trace.spans].map(({ name, kind, depth, status }) => [name, kind, depth, status])).to.deep.equal([
      ['coach', 'agent', 0, 'ok'],
      ['chat', 'llm', 1, 'ok'],
      ['search', 'retriever', 1, 'error'],
    ]);
    expect([trace.id, trace.sessionId, trace.userId]).to.deep.equal(['900', 's1', 'u1']);
    expect(trace.tags).to.deep.equal(['env:staging']);
    expect(trace.metadata).to.deep.equal({ plan: 'a' });
    const [root, call] = [trace.spans.at(0)!, trace.spans.at(1)!];
    expect([root.service, call.service]).to.deep.equal(['coach', 'weather-bot']);
    expect(root.duration).to.be.closeTo(10_000, 1e-6);
    expect(root.start).to.be.closeTo(1713889389104.152, 1e-3);
    expect(call.usage).to.deep.equal({ input: 64, output: 128, total: 192, cacheRead: 10, reasoning: 20 });
    expect([call.model, call.provider, call.cost, call.timeToFirstToken]).to.deep.equal([
      'gpt-4o',
      'openai',
      0.003,
      400,
    ]);
  });

  it('reads messages, tools, parameters, the prompt, documents and errors', () => {
    const trace = onlyTrace(datadogLlmObs, SPANS);
    const call = spanNamed(trace, 'chat');
    expect(call.messages.map(({ role, origin, parts }) => [role, origin, parts])).to.deep.equal([
      ['system', 'input', [{ type: 'text', text: 'Be short.' }]],
      ['user', 'input', [{ type: 'text', text: 'Jacket?' }]],
      ['tool', 'input', [{ type: 'tool-result', id: 't1', name: 'weather', result: 'hot' }]],
      ['assistant', 'output', [{ type: 'tool-call', id: 't1', name: 'weather', arguments: { city: 'Rome' } }]],
    ]);
    expect(call.tools).to.deep.equal([{ name: 'weather', description: 'Tells it', parameters: { type: 'object' } }]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0.5]]);
    expect(call.prompt).to.deep.equal({ name: 'p1', version: '2', template: 'Ask {{q}}', variables: { q: 'Jacket?' } });
    const search = spanNamed(trace, 'search');
    expect(search.documents).to.deep.equal([{ id: 'd1', content: 'Doc', score: 0.7, metadata: { name: 'Guide' } }]);
    expect(search.exceptions).to.deep.equal([{ type: 'TimeoutError', message: 'cut off', stacktrace: 'at x' }]);
    expect(search.statusMessage).to.equal('cut off');
    expect(search.attributes.get('meta.error.type')).to.equal('TimeoutError');
  });

  it('joins evaluations to their spans or their trace, and reports the others', () => {
    const trace = onlyTrace(datadogLlmObs, [REQUEST, SCORES]);
    expect(spanNamed(trace, 'chat').scores).to.deep.equal([{ name: 'quality', value: 0.8 }]);
    expect(trace.scores).to.deep.equal([{ name: 'mood', value: 'good' }]);
    expect(trace.problems.map(({ code }) => code)).to.deep.equal(['unreadable-record']);
  });

  it('takes the kind from wherever it stands', () => {
    const span = { ...SPANS[1]!, meta: {} };
    for (const said of [
      { meta: { span: { kind: 'llm' } } },
      { meta: { 'span.kind': 'llm' } },
      { kind: 'llm', meta: {} },
      { span_kind: 'llm' },
    ]) {
      // prettier-ignore
      const batch = [{ '_dd.stage': 'raw', event_type: 'span', spans: [{ ...span, ...said }] }];
      expect(onlyTrace(datadogLlmObs, batch).spans.at(0)!.kind).to.equal('llm');
    }
    expect(readWith(datadogLlmObs, { data: [{ type: 'span', attributes: SPANS[2] }] })[0]!.spans.at(0)!.kind).to.equal(
      'retriever',
    );
  });

  it('survives anything', () =>
    survivesAnything(datadogLlmObs, REQUEST, SPANS, SCORES, [{ event_type: 'span', spans: SPANS }]));

  describe('real files', () => {
    interface Span { span_id: string; trace_id: string; start_ns: number; duration: number; session_id: string; meta: { model_name: string; input: { messages: { content: string }[] }; metadata: object }; metrics: { input_tokens: number; output_tokens: number; total_tokens: number } } // prettier-ignore
    for (const [name, count] of [
      ['chat_completion_event', 1],
      ['completion_event', 1],
      ['multiple_events', 2],
      ['timed_events', 1],
    ] as const) {
      // prettier-ignore
      it(name, async function () {
        const text = await sharedText(`fixtures/datadog-llmobs/intake-test_send_${name}.json`);
        if (text === undefined) return this.skip();
        const raw = (JSON.parse(text) as { spans: Span[] }[]).flatMap(({ spans }) => spans);
        const spans = (await readTraces(text)).flatMap((trace) => [...trace.spans]);
        expect(raw.length).to.equal(count);
        expect(spans.map(({ id }) => id)).to.deep.equal(raw.map((span) => span.span_id));
        spans.forEach((span, index) => {
          const { metrics, meta, ...of } = raw[index]!;
          expect([span.trace.format, span.kind, span.status, span.model]).to.deep.equal(['datadog-llmobs', 'llm', 'ok', meta.model_name]); // prettier-ignore
          expect(span.usage).to.deep.equal({ input: metrics.input_tokens, output: metrics.output_tokens, total: metrics.total_tokens }); // prettier-ignore
          expect([span.traceId, span.trace.sessionId]).to.deep.equal([of.trace_id, of.session_id]);
          expect(span.duration).to.be.closeTo(of.duration / 1e6, 1e-6);
          expect(span.messages.length).to.equal(meta.input.messages.length + 1);
          expect(span.messages[0]!.parts).to.deep.equal([{ type: 'text', text: meta.input.messages[0]!.content }]);
          expect(Object.fromEntries(span.parameters)).to.deep.equal(meta.metadata);
        });
      });
    }
  });
});
