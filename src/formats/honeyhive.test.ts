import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, spanNamed, survivesAnything } from '../test/format-checks.js';
import { sharedText } from '../test/shared-files.js';
import { honeyHive } from './honeyhive.js';
import { readTraces } from './read-traces.js';

const SESSION = '5f0c1ef2-2c3c-4d4c-9f5e-000000000001';
const EVENTS = [
  {
    event_type: 'session', event_id: SESSION, session_id: SESSION, parent_id: null, event_name: 'support', start_time: 1750000000000.0,
    end_time: 1750000000000, duration: 0.0, inputs: { inputs: { question: 'Why?' } }, outputs: {}, config: {}, error: null,
    metadata: { cost: 0.02, release: 'r1' }, metrics: { Rating: 4, Rating_explanation: 'Fine.' }, feedback: { rating: 5 }, user_properties: { user_id: 'u-7' },
  },
  {
    event_type: 'EventType.model', event_id: 'e-1', session_id: SESSION, parent_id: SESSION, event_name: 'openai.chat', start_time: 1750000000100.5,
    end_time: 1750000000900, duration: 799.25, config: { provider: 'OpenAI', model: 'gpt-4o', headers: 'None', hyperparameters: { temperature: 0.1 }, template: 'Answer {{q}}' },
    inputs: {
      q: 'Why?',
      chat_history: [{ role: 'user', content: 'Why?' }, { role: 'assistant', 'tool_calls.0.id': 'c1', 'tool_calls.0.name': 'search', 'tool_calls.0.arguments': '{"q":"x"}' }, { role: 'tool', tool_call_id: 'c1', content: 'found' }],
      functions: [{ name: 'search', description: 'Searches', parameters: '{"type":"object"}' }],
    },
    outputs: { role: 'assistant', content: 'Because.', finish_reason: 'stop' },
    metadata: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25, response_model: 'gpt-4o-2024-08-06' }, error: null,
  },
  {
    event_type: 'tool', event_id: 'e-2', session_id: SESSION, parent_id: SESSION, event_name: 'search', start_time: 1750000000200, end_time: 1750000000300,
    inputs: { query: 'x' }, outputs: { documents: [{ id: 'd1', content: 'One', score: 0.9 }, 'Two'] }, error: null,
  },
  { event_type: 'tool', event_id: 'e-3', session_id: SESSION, parent_id: SESSION, event_name: 'write', start_time: 1750000000400, end_time: 1750000000500, inputs: { _params_: { name: 'a' } }, outputs: { result: 'no' }, error: 'disk full' },
]; // prettier-ignore

describe('HoneyHive', () => {
  it('makes the session the root of its events', () => {
    const trace = onlyTrace(honeyHive, { events: EVENTS });
    expect([...trace.spans].map(({ name, kind, depth }) => [name, kind, depth])).to.deep.equal([
      ['support', 'chain', 0],
      ['openai.chat', 'llm', 1],
      ['search', 'retriever', 1],
      ['write', 'tool', 1],
    ]);
    expect([trace.id, trace.sessionId, trace.userId]).to.deep.equal([SESSION, SESSION, 'u-7']);
    const root = trace.roots[0]!;
    expect(root.cost).to.equal(0.02);
    expect(root.input).to.deep.equal({ question: 'Why?' });
    expect(root.scores).to.deep.equal([
      { name: 'Rating', value: 4, explanation: 'Fine.' },
      { name: 'rating', value: 5, source: 'human' },
    ]);
  });

  it('reads a model call with flattened messages', () => {
    const call = spanNamed(onlyTrace(honeyHive, EVENTS), 'openai.chat');
    expect([call.model, call.provider, call.duration]).to.deep.equal(['gpt-4o-2024-08-06', 'OpenAI', 799.25]);
    expect(call.start).to.equal(1750000000100.5);
    expect(call.usage).to.deep.equal({ input: 20, output: 5, total: 25 });
    expect(call.messages.map(({ role, parts }) => [role, parts])).to.deep.equal([
      ['user', [{ type: 'text', text: 'Why?' }]],
      ['assistant', [{ type: 'tool-call', id: 'c1', name: 'search', arguments: { q: 'x' } }]],
      ['tool', [{ type: 'tool-result', id: 'c1', result: 'found' }]],
      ['assistant', [{ type: 'text', text: 'Because.' }]],
    ]);
    expect(call.messages.at(-1)).to.include({ origin: 'output', finishReason: 'stop' });
    expect(call.tools).to.deep.equal([{ name: 'search', description: 'Searches', parameters: { type: 'object' } }]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0.1]]);
    expect(call.prompt).to.deep.equal({ template: 'Answer {{q}}', variables: { q: 'Why?' } });
  });

  it('reads documents, parameters of functions, and errors', () => {
    const trace = onlyTrace(honeyHive, EVENTS);
    expect(spanNamed(trace, 'search').documents).to.deep.equal([
      { id: 'd1', content: 'One', score: 0.9 },
      { content: 'Two' },
    ]);
    const failed = spanNamed(trace, 'write');
    expect([failed.status, failed.statusMessage]).to.deep.equal(['error', 'disk full']);
    expect([failed.input, failed.output]).to.deep.equal([{ name: 'a' }, 'no']);
    expect(failed.exceptions).to.deep.equal([{ message: 'disk full' }]);
  });

  it('survives anything', () => survivesAnything(honeyHive, EVENTS, { events: EVENTS }));

  describe('real files', () => {
    interface Event {
      event_id: string;
      event_type: string;
      session_id: string;
      duration: number;
      inputs: { chat_history?: unknown[] };
      metadata: Record<string, unknown>;
      metrics: Record<string, unknown>;
    }
    for (const [name, count, kind, sessions] of [
      ['chain_events-100', 100, 'chain', 6],
      ['model_events-100', 100, 'llm', 9],
      ['session_events-85', 85, 'chain', 85],
    ] as const) {
      it(name, async function () {
        const text = await sharedText(`fixtures/honeyhive/${name}.json`);
        if (text === undefined) return this.skip();
        const events = new Map((JSON.parse(text) as Event[]).map((event) => [event.event_id, event]));
        const traces = await readTraces(text);
        expect(traces.length).to.equal(sessions);
        const spans = traces.flatMap((trace) => [...trace.spans]);
        expect(spans.length).to.equal(count);
        for (const span of spans) {
          const event = events.get(span.id)!;
          expect(span.trace.format).to.equal('honeyhive');
          expect([span.kind, span.traceId]).to.deep.equal([kind, event.session_id]);
          expect(span.duration).to.be.closeTo(event.duration, 1e-6);
          expect(span.usage?.input).to.equal(event.metadata['prompt_tokens']);
          expect(span.cost).to.equal(event.metadata['cost']);
          expect(span.scores.length).to.equal(
            Object.keys(event.metrics).filter((metric) => !metric.endsWith('_explanation')).length,
          );
          if (kind !== 'llm') continue;
          expect(span.model).to.equal(event.metadata['response_model']);
          expect(span.messages.length).to.equal(event.inputs.chat_history!.length + 1);
          expect(span.messages.every(({ parts }) => parts.every(({ type }) => type !== 'other'))).to.equal(true);
        }
        openAll(traces);
      });
    }
  });
});
