import { expect } from '@open-wc/testing';
import { spanNamed } from '../../test/format-checks.js';
import { vendorText } from '../../test/vendor-files.js';
import type { Trace } from '../../model/index.js';
import { readTraces } from '../read-traces.js';

const tree = (trace: Trace): string[] =>
  [...trace.spans].map(({ name, kind, depth }) => `${'  '.repeat(depth)}${name} ${kind}`);

const textOf = (trace: Trace): string[] =>
  [...trace.spans]
    .filter(({ kind }) => kind === 'llm')
    .map(({ messages }) =>
      messages
        .at(-1)!
        .parts.map((part) => (part.type === 'text' ? part.text : part.type))
        .join(),
    );

const answer =
  'Your parcel 4711 has been at customs since 2 March. I could not find out the customs due; gifts below 45 euros are free.';

interface SentEvent {
  event: string;
  run_id: string;
  data: { output?: { kwargs: { usage_metadata: { input_tokens: number; output_tokens: number } } } };
}

describe('LangChain events of JavaScript, which name no parents', () => {
  it('are one tree', async () => {
    const text = await vendorText('langchain-events.json');
    const events = JSON.parse(text) as SentEvent[];
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({
      format: 'langchain-events',
      id: events[0]!.run_id,
      name: 'support question',
      sessionId: 'session-7f3a',
      userId: 'user-82',
    });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
    expect([...trace!.spans].map(({ id }) => id)).to.have.members([...new Set(events.map(({ run_id }) => run_id))]);
    expect(tree(trace!)).to.deep.equal([
      'support question chain',
      '  __start__ chain',
      '  retrieve chain',
      '    HelpPages retriever',
      '  agent chain',
      '    ChatOpenAI llm',
      '    RunnableLambda chain',
      '  tools chain',
      '    look_up_parcel tool',
      '    check_customs tool',
      '  agent chain',
      '    ChatOpenAI llm',
      '    RunnableLambda chain',
    ]);
    const counts = events.flatMap(({ event, data }) =>
      event === 'on_chat_model_end' ? data.output!.kwargs.usage_metadata : [],
    );
    expect(counts).to.have.length(2);
    expect(trace!.usage).to.include({
      input: counts[0]!.input_tokens + counts[1]!.input_tokens,
      output: counts[0]!.output_tokens + counts[1]!.output_tokens,
    });
    expect(textOf(trace!)).to.deep.equal(['tool-call,tool-call', answer]);
    expect(spanNamed(trace!, 'ChatOpenAI')).to.include({ model: 'gpt-4o-mini', provider: 'openai', status: 'ok' });
    expect(spanNamed(trace!, 'HelpPages').documents.map(({ id }) => id)).to.deep.equal(['parcels-003', 'customs-011']);
    const failed = spanNamed(trace!, 'check_customs');
    expect(failed).to.include({ status: 'error' });
    expect(failed.exceptions[0]).to.include({ type: 'Error', message: failed.statusMessage });
    expect(failed.exceptions[0]!.stacktrace).to.match(/^Error: [^\n]*\n {4}at checkCustoms /);
  });

  it('tell what runs side by side by paths, tags and what can hold a run', async () => {
    const start = (type: string, id: string, more: object = {}) => ({
      event: `on_${type}_start`,
      run_id: id,
      name: id,
      tags: [],
      metadata: {},
      data: {},
      ...more,
    });
    const end = (type: string, id: string) => ({ ...start(type, id), event: `on_${type}_end` });
    const at = (path: string) => ({ metadata: { langgraph_checkpoint_ns: path } });
    const traces = await readTraces([
      start('chain', 'graph'),
      start('chain', 'one', at('one:1')),
      start('chain', 'two', at('two:2')),
      start('chat_model', 'of one', at('one:1')),
      start('tool', 'tool', at('two:2')),
      start('tool', 'tool beside', at('two:2')),
      start('chain', 'in tool', at('two:2|inner:3')),
      end('tool', 'tool beside'),
      end('chain', 'in tool'),
      start('chain', 'RunnableMap', at('one:1')),
      start('chain', 'branch', { ...at('one:1'), tags: ['map:key:a'] }),
      start('retriever', 'branch beside', { ...at('one:1'), tags: ['map:key:b'] }),
      end('chain', 'graph'),
      start('chain', 'next graph'),
    ]);
    // The last one opens after the first graph has ended, while runs in it are open still.
    expect(traces.map(tree)).to.deep.equal([
      [
        'graph chain',
        '  one chain',
        '    of one llm',
        '    RunnableMap chain',
        '      branch chain',
        '      branch beside retriever',
        '  two chain',
        '    tool tool',
        '    tool beside tool',
        '      in tool chain',
      ],
      ['next graph chain'],
    ]);
  });
});

describe('LangGraph’s stream of JavaScript', () => {
  it('is a graph with its name, nodes, models and tools', async () => {
    const text = await vendorText('langgraph-stream.json');
    const items = JSON.parse(text) as [string, { id?: string }][];
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({
      format: 'langgraph-stream',
      name: 'support question',
      sessionId: 'session-7f3a',
      userId: 'user-82',
    });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
    expect(trace!.metadata).to.include({ user_id: 'user-82', thread_id: 'session-7f3a' });
    expect(tree(trace!)).to.deep.equal([
      'support question chain',
      '  retrieve chain',
      '  agent chain',
      '    gpt-4o-mini llm',
      '  tools chain',
      '    look_up_parcel tool',
      '    check_customs tool',
      '  agent chain',
      '    gpt-4o-mini llm',
    ]);
    expect(trace!.usage).to.include({ input: 219 + 339, output: 16 + 30, total: 604 });
    expect(textOf(trace!)).to.deep.equal(['tool-call,tool-call', answer]);

    const [graph] = trace!.roots;
    const modes = items.map(([mode]) => mode).filter((mode) => mode === 'custom' || mode === 'checkpoints');
    expect(graph!.events.map(({ name }) => name)).to.deep.equal(
      modes.map((mode) => (mode === 'custom' ? mode : 'checkpoint')),
    );
    // A task is told by the node: what it was given and gave is not shown again as an event.
    const retrieve = spanNamed(trace!, 'retrieve');
    const [, task] = items.find(([mode]) => mode === 'tasks')!;
    expect(retrieve.events).to.deep.equal([]);
    expect(retrieve.attributes.get('task.id')).to.equal(task.id);
    expect(retrieve.attributes.get('user_id')).to.equal('user-82');
    expect(retrieve.output).to.have.nested.property('documents[1].id', 'customs-011');

    const failed = spanNamed(trace!, 'check_customs');
    expect(failed).to.include({ status: 'error', statusMessage: 'The customs service did not answer within 2 seconds.' }); // prettier-ignore
    expect(failed.input).to.deep.equal({ parcel: '4711' });
    expect(failed.messages[0]!.parts[0]).to.include({ type: 'tool-result', id: failed.id, isError: true });
  });
});
