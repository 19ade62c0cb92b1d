import { expect } from '@open-wc/testing';
import { openAll, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { langChainEvents } from './langchain-events.js';
import { readTraces } from '../read-traces.js';

const event = (name: string, run: string, parents: string[], data: object, more: object = {}) => ({
  event: name,
  name: run,
  run_id: `id-${run}`,
  parent_ids: parents.map((parent) => `id-${parent}`),
  tags: [],
  metadata: {},
  data,
  ...more,
});

const about = {
  metadata: { ls_provider: 'openai', ls_model_name: 'gpt-4.1', ls_temperature: 0, thread_id: 't1', user_id: 'u1' },
};
const chunk = (content: string, more: object = {}) => ({ content, type: 'AIMessageChunk', id: 'run-1', ...more });
const usage = { input_tokens: 9, output_tokens: 2, total_tokens: 11 };

const EVENTS = [
  event('on_chain_start', 'root', [], { input: { messages: [{ type: 'human', content: 'Weather?' }] } }, { tags: ['prod'], metadata: { thread_id: 't1' } }),
  event('on_chat_model_start', 'model', ['root'], { input: { messages: [[{ type: 'human', content: 'Weather?' }]] } }, about),
  event('on_chat_model_stream', 'model', ['root'], { chunk: chunk('It is ') }, about),
  event('on_chat_model_stream', 'model', ['root'], { chunk: chunk('sunny') }, about),
  event('on_chat_model_end', 'model', ['root'], { output: chunk('It is sunny', { usage_metadata: usage }) }, about),
  event('on_tool_start', 'search', ['root'], { input: { city: 'Rome' } }),
  event('on_retriever_start', 'store', ['root', 'search'], { input: { query: 'Rome' } }),
  event('on_retriever_end', 'store', ['root', 'search'], { output: [{ page_content: 'Rome is warm', metadata: { score: 0.5 } }] }),
  event('on_custom_event', 'progress', ['root'], { percent: 50 }, { run_id: 'id-search' }),
  event('on_tool_end', 'search', ['root'], { output: { type: 'tool', content: '21', tool_call_id: 'c1', name: 'search' } }),
  event('on_tool_start', 'bad', ['root'], { input: {} }),
  event('on_tool_error', 'bad', ['root'], { error: "KeyError('city')" }),
  event('on_chain_end', 'root', [], { output: 'sunny' }),
]; // prettier-ignore

describe('LangChain events', () => {
  it('make a span of each run, without a time', async () => {
    const [trace, ...others] = await readTraces(EVENTS);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({ format: 'langchain-events', id: 'id-root', sessionId: 't1' });
    expect([...trace!.tags]).to.deep.equal(['prod']);
    expect([...trace!.spans].map(({ name, kind, depth, status }) => [name, kind, depth, status])).to.deep.equal([
      ['root', 'chain', 0, 'ok'],
      ['model', 'llm', 1, 'ok'],
      ['search', 'tool', 1, 'ok'],
      ['store', 'retriever', 2, 'ok'],
      ['bad', 'tool', 1, 'error'],
    ]);
    expect([...trace!.spans].some(({ hasStart }) => hasStart)).to.equal(false);

    const model = spanNamed(trace!, 'model');
    expect(model).to.include({ model: 'gpt-4.1', provider: 'openai' });
    expect(model.usage).to.deep.equal({ input: 9, output: 2, total: 11 });
    expect(model.messages.map(({ role, parts }) => [role, parts])).to.deep.equal([
      ['user', [{ type: 'text', text: 'Weather?' }]],
      ['assistant', [{ type: 'text', text: 'It is sunny' }]],
    ]);
    expect([...model.parameters]).to.deep.equal([['temperature', 0]]);
    expect(model.attributes.get('metadata.ls_provider')).to.equal('openai');

    const search = spanNamed(trace!, 'search');
    expect(search.input).to.deep.equal({ city: 'Rome' });
    expect(search.messages.at(-1)!.parts[0]).to.include({ type: 'tool-result', id: 'c1', result: '21' });
    expect(search.events.map(({ name, attributes }) => [name, attributes.get('percent')])).to.deep.equal([
      ['progress', 50],
    ]);
    expect(spanNamed(trace!, 'store').documents).to.deep.equal([{ content: 'Rome is warm', score: 0.5, metadata: { score: 0.5 } }]); // prettier-ignore
    expect(spanNamed(trace!, 'bad').exceptions[0]!.message).to.contain('city');
    expect(trace!.span('id-root')!.output).to.equal('sunny');
    expect((spanNamed(trace!, 'model').raw as { events: unknown[] }).events).to.deep.equal(EVENTS.slice(1, 5));
  });

  it('put the chunks together where the end is missing', async () => {
    const cut = [
      ...EVENTS.slice(0, 4),
      event('on_chat_model_stream', 'model', ['root'], {
        chunk: chunk('', {
          usage_metadata: usage,
          tool_call_chunks: [{ index: 0, id: 'c1', name: 'search', args: '{"ci' }],
        }),
      }),
      event('on_chat_model_stream', 'model', ['root'], {
        chunk: chunk('', {
          usage_metadata: { input_tokens: 0, output_tokens: 3, total_tokens: 3 },
          tool_call_chunks: [{ index: 0, args: 'ty":"Rome"}' }],
        }),
      }),
    ];
    const [trace] = await readTraces(cut.map((line) => JSON.stringify(line)).join('\n'));
    const model = spanNamed(trace!, 'model');
    expect(model.status).to.equal('unset');
    expect(model.usage).to.deep.equal({ input: 9, output: 5, total: 14 });
    expect(model.messages.at(-1)!.parts).to.deep.equal([
      { type: 'text', text: 'It is sunny' },
      { type: 'tool-call', id: 'c1', name: 'search', arguments: { city: 'Rome' } },
    ]);
  });

  it('are read as LangGraph’s server wraps them, and what is no event is reported', async () => {
    const wrapped = [
      ...EVENTS.map((data) => ({ event: 'events', data })),
      { event: 'metadata', data: { run_id: 'r' } },
    ];
    const [trace] = await readTraces(wrapped);
    expect(trace!.spans).to.have.length(5);
    expect(trace!.problems.some(({ code }) => code === 'unreadable-record')).to.equal(true);
    expect(openAll([trace!])).to.be.greaterThan(2);
  });

  it('takes whatever JSON comes', () => survivesAnything(langChainEvents, EVENTS, EVENTS.slice(3)));

  it('are not seen in real traces of other kinds', async () => {
    for (const file of (await sharedFiles()).filter((name) => name.endsWith('.json'))) {
      const value: unknown = JSON.parse((await sharedText(`fixtures/${file}`)) || 'null');
      expect(langChainEvents.detect(value), file).to.equal(false);
    }
  });
});
