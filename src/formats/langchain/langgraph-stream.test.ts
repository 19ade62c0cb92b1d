import { expect } from '@open-wc/testing';
import { spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { langGraphStream } from './langgraph-stream.js';
import { readTraces } from '../read-traces.js';

const message = (kind: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', kind],
  kwargs,
});
const human = message('HumanMessage', { id: 'h1', content: 'Weather in Rome?' });
const at = (node: string, step: number, more: object = {}) => ({
  langgraph_node: node,
  langgraph_step: step,
  langgraph_checkpoint_ns: `${node}:task-${step}`,
  thread_id: 'thread-1',
  ...more,
});
const asked = at('agent', 1, { ls_model_name: 'gpt-4.1', ls_provider: 'openai' });
const piece = (kwargs: object) => message('AIMessageChunk', { id: 'run-1', content: '', ...kwargs });
const toolMessage = message('ToolMessage', {
  id: 't1',
  content: '21 degrees',
  tool_call_id: 'c1',
  name: 'weather',
  status: 'success',
});
const failed = message('ToolMessage', {
  id: 't2',
  content: 'No such city',
  tool_call_id: 'c2',
  name: 'weather',
  status: 'error',
});
const final = message('AIMessage', { id: 'run-2', content: 'Warm.', usage_metadata: { input_tokens: 30, output_tokens: 2, total_tokens: 32 } }); // prettier-ignore

const STREAM = [
  ['values', { messages: [human] }],
  ['messages', [piece({ additional_kwargs: { reasoning: { summary: [{ type: 'summary_text', index: 0, text: 'Look ' }] } } }), asked]],
  ['messages', [piece({ additional_kwargs: { reasoning: { summary: [{ type: 'summary_text', index: 0, text: 'it up' }] } } }), asked]],
  ['messages', [piece({ content: [{ type: 'text', text: 'One ', index: 0 }] }), asked]],
  ['messages', [piece({ id: 'msg_9', content: [{ type: 'text', text: 'moment', index: 0 }] }), asked]],
  ['messages', [piece({ tool_call_chunks: [{ index: 1, id: 'c1', name: 'weather', args: '' }] }), asked]],
  ['messages', [piece({ tool_call_chunks: [{ index: 2, id: 'c2', name: 'weather', args: '{"city":"?"}' }] }), asked]],
  ['messages', [piece({ tool_call_chunks: [{ index: 1, args: '{"city":"Rome"}' }], usage_metadata: { input_tokens: 20, output_tokens: 9, total_tokens: 29 } }), asked]],
  ['custom', { progress: 0.5 }],
  ['messages', [toolMessage, at('tools', 2)]],
  ['messages', [failed, at('tools', 2)]],
  ['values', { messages: [human, toolMessage] }],
  ['messages', [final, at('agent', 3, { ls_model_name: 'gpt-4.1' })]],
  ['updates', { agent: { messages: [final] } }],
  ['values', { messages: [human, toolMessage, final] }],
  ['values', { __interrupt__: [{ id: 'i1', value: 'May I?' }] }],
]; // prettier-ignore

describe('LangGraph streams', () => {
  it('make steps, nodes, models and tools of their items', async () => {
    const [trace, ...others] = await readTraces(STREAM);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({ format: 'langgraph-stream', sessionId: 'thread-1' });
    expect([...trace!.spans].map(({ name, kind, depth }) => [name, kind, depth])).to.deep.equal([
      ['LangGraph', 'chain', 0],
      ['step 1', 'chain', 1],
      ['agent', 'chain', 2],
      ['gpt-4.1', 'llm', 3],
      ['step 2', 'chain', 1],
      ['tools', 'chain', 2],
      ['weather', 'tool', 3],
      ['weather', 'tool', 3],
      ['step 3', 'chain', 1],
      ['agent', 'chain', 2],
      ['gpt-4.1', 'llm', 3],
    ]);
    const model = trace!.span('run-1')!;
    expect(model).to.include({ model: 'gpt-4.1', provider: 'openai' });
    expect(model.usage).to.deep.equal({ input: 20, output: 9, total: 29 });
    expect(model.messages.map(({ origin, role }) => [origin, role])).to.deep.equal([['input', 'user'], ['output', 'assistant']]); // prettier-ignore
    expect(model.messages[1]!.parts).to.deep.equal([
      { type: 'reasoning', text: 'Look it up' },
      { type: 'text', text: 'One moment' },
      { type: 'tool-call', id: 'c1', name: 'weather', arguments: { city: 'Rome' } },
      { type: 'tool-call', id: 'c2', name: 'weather', arguments: { city: '?' } },
    ]);
    const tool = trace!.span('c1')!;
    expect(tool.input).to.deep.equal({ city: 'Rome' });
    expect(tool.output).to.equal('21 degrees');
    expect(tool.messages.at(-1)!.parts[0]).to.include({ type: 'tool-result', id: 'c1', result: '21 degrees' });
    expect(trace!.span('c2')).to.include({ status: 'error', statusMessage: 'No such city' });
    expect(trace!.span('run-2')!.messages.map(({ role }) => role)).to.deep.equal(['user', 'tool', 'assistant']);
    expect(trace!.span('run-2')!.usage!.total).to.equal(32);
    const graph = trace!.roots[0]!;
    expect(graph.events.map(({ name }) => name)).to.deep.equal(['custom', 'interrupt']);
    expect(graph.messages.map(({ origin }) => origin)).to.deep.equal(['input', 'output', 'output']);
    expect(trace!.span('agent:task-3')!.output).to.deep.equal({ messages: [final] });
  });

  it('take the messages of updates, or of states, where none are streamed', async () => {
    const call = message('AIMessage', { id: 'run-1', content: '', tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Rome' } }] }); // prettier-ignore
    const [updates] = await readTraces([
      ['updates', { agent: { messages: [call] } }],
      ['updates', { tools: { messages: [toolMessage] } }],
    ]);
    expect([...updates!.spans].map(({ name, kind }) => [name, kind])).to.deep.equal([['LangGraph', 'chain'], ['agent', 'chain'], ['model', 'llm'], ['tools', 'chain'], ['weather', 'tool']]); // prettier-ignore
    expect(updates!.span('c1')!.input).to.deep.equal({ city: 'Rome' });
    const [states] = await readTraces([
      ['values', { messages: [human] }],
      ['values', { messages: [human, call] }],
      ['values', { messages: [human, call, toolMessage] }],
    ]);
    expect([...states!.spans].map(({ kind }) => kind)).to.deep.equal(['chain', 'llm', 'tool']);
    expect(states!.span('run-1')!.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
  });

  it('have times and subgraphs where they are stated', async () => {
    const debug = (type: string, second: number, payload: object) => [
      ['outer:task-0'],
      'debug',
      { type, timestamp: `2025-01-01T00:00:0${second}.000250+00:00`, step: 1, payload },
    ];
    const [trace] = await readTraces([
      debug('task', 1, { id: 'x', name: 'inner', input: { a: 1 } }),
      debug('task_result', 3, {
        id: 'x',
        name: 'inner',
        result: [['b', 2]],
        error: "ValueError('no')",
        interrupts: [],
      }),
    ]);
    const inner = spanNamed(trace!, 'inner');
    expect(inner).to.include({ duration: 2000, status: 'error', depth: 3 });
    expect(inner.input).to.deep.equal({ a: 1 });
    expect(spanNamed(trace!, 'outer').children.map(({ name }) => name)).to.deep.equal(['step 1']);
  });

  it('are no list of words', () => {
    expect(langGraphStream.detect(['values', 'updates'])).to.equal(false);
    expect(langGraphStream.detect([['values', 'x']])).to.equal(false);
    expect(langGraphStream.detect([[['ns'], 'updates', {}]])).to.equal(true);
  });

  it('takes whatever JSON comes', () => survivesAnything(langGraphStream, STREAM, STREAM.slice(2)));
});

type Tuple = [string, [{ id: string[]; kwargs: Record<string, unknown> }, Record<string, unknown>]];

const files = await sharedFiles();

describe('real LangGraph streams', () => {
  if (files.length === 0) {
    it('are not on this machine: nothing is tested', () => expect(files).to.be.empty);
    return;
  }
  const own = files.filter((file) => file.startsWith('langgraph-stream/'));

  it('are all there', () => expect(own).to.have.length(3));

  for (const file of own) {
    it(`${file} is read with nothing lost`, async () => {
      const text = (await sharedText(`fixtures/${file}`))!;
      const streamed = (JSON.parse(text) as Tuple[])
        .filter(([mode]) => mode === 'messages')
        .map(([, payload]) => payload);
      const [trace, ...others] = await readTraces(text);
      expect(others).to.deep.equal([]);
      expect(trace!.format).to.equal('langgraph-stream');
      const spans = [...trace!.spans];
      // The chunks with OpenAI's id of a message are of the call that LangChain's id names.
      const answers = streamed.filter(([{ id }]) => id.at(-1) === 'AIMessageChunk');
      const calls = new Set(
        answers.map(([{ kwargs }]) => kwargs['id'] as string).filter((id) => id.startsWith('run-')),
      );
      expect(spans.filter(({ kind }) => kind === 'llm').map(({ id }) => id)).to.have.members([...calls]);
      const tools = streamed.filter(([{ kwargs }]) => kwargs['tool_call_id'] !== undefined);
      expect(spans.filter(({ kind }) => kind === 'tool').map(({ id }) => id)).to.have.members(tools.map(([{ kwargs }]) => kwargs['tool_call_id'])); // prettier-ignore
      expect(spans.filter(({ name }) => name.startsWith('step ')).map(({ name }) => name)).to.have.members([...new Set(streamed.map(([, about]) => `step ${about['langgraph_step'] as number}`))]); // prettier-ignore
      const parts = spans.filter(({ kind }) => kind === 'llm' || kind === 'tool').map(({ raw }) => (raw as { parts: unknown[] }).parts.length); // prettier-ignore
      expect(parts.reduce((sum, count) => sum + count, 0)).to.equal(streamed.length);
      for (const span of spans.filter(({ kind }) => kind === 'tool')) expect(span.input, span.name).to.be.an('object');
      for (const id of calls) {
        const own = answers.filter(([{ kwargs }]) => kwargs['id'] === id);
        const stated = own.map(([{ kwargs }]) => kwargs['usage_metadata']).find(Boolean) as { input_tokens: number; output_tokens: number }; // prettier-ignore
        expect(trace!.span(id)!.usage).to.include({ input: stated.input_tokens, output: stated.output_tokens });
        expect(trace!.span(id)!.model).to.equal('gpt-5');
        // The provider's response, which the last chunk holds whole, says what the chunks add up to.
        const response = own.map(([{ kwargs }]) => kwargs['response_metadata'] as { output?: { type: string; call_id?: string; arguments?: string; content?: { text: string }[] }[] }).find(({ output }) => output)!; // prettier-ignore
        const written = trace!
          .span(id)!
          .messages.filter(({ origin }) => origin === 'output')
          .at(-1)!;
        for (const item of response.output!) {
          if (item.type === 'function_call') {
            const part = written.parts.find((one) => one.type === 'tool-call' && one.id === item.call_id);
            expect(part).to.deep.include({ arguments: JSON.parse(item.arguments!) });
          } else if (item.type === 'message') {
            expect(written.parts).to.deep.include({ type: 'text', text: item.content![0]!.text });
          }
        }
      }
    });
  }

  it('are the only files that are taken for it', async () => {
    for (const file of files.filter((name) => name.endsWith('.json') && !own.includes(name))) {
      const value: unknown = JSON.parse((await sharedText(`fixtures/${file}`)) || 'null');
      expect(langGraphStream.detect(value), file).to.equal(false);
    }
  });
});
