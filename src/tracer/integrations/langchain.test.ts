import { dispatchCustomEvent } from '@langchain/core/callbacks/dispatch/web';
import { Document } from '@langchain/core/documents';
import { HumanMessage, type AIMessage, type BaseMessage, type ToolMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import type { RunnableConfig } from '@langchain/core/runnables';
import { tool, type StructuredTool } from '@langchain/core/tools';
import {
  Annotation,
  END,
  MemorySaver,
  MessagesAnnotation,
  NodeInterrupt,
  START,
  StateGraph,
} from '@langchain/langgraph/web';
import { ChatOpenAI } from '@langchain/openai';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { RecordedSpan } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer } from '../index.js';
import { langChainHandler, type LangChainHandler } from './langchain.js';

const SAID = 'Grüße, brave new 世界 of traces 🙂hello';
const KEY = 'sk-this-key-must-not-be-recorded-0123456789';

const model = (scenario: string, options: { streamUsage?: boolean } = {}): ChatOpenAI =>
  new ChatOpenAI({
    apiKey: KEY,
    model: 'gpt-4o',
    temperature: 0.5,
    maxRetries: 0,
    configuration: { baseURL: `${location.origin}/model/${scenario}/v1`, dangerouslyAllowBrowser: true },
    ...options,
  });

function traced(idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const handler = langChainHandler({ tracer, idleLimit });
  return { sink, tracer, handler, config: { callbacks: [handler] } };
}

const RUN_IDS = [1, 2, 3].map((digit) => `0000000${digit}-0000-0000-0000-000000000000`);

interface On {
  callbacks?: LangChainHandler[];
}

/** What a use of LangChain gives without tracing and with it: the same, but for ids made by chance. */
async function both<Result>(use: (on: On) => Promise<Result>) {
  const { sink, tracer, config } = traced();
  const comparable = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value ?? null, (name, item: unknown) => (/^(?:id|run_id)$/.test(name) ? undefined : item)),
    );
  const without = await use({});
  const result = await use(config);
  expect(comparable(result)).to.deep.equal(comparable(without));
  await tracer.flush();
  return { result, spans: sink.spans, begun: sink.begun };
}

const named = (spans: readonly RecordedSpan[], name: string): RecordedSpan => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
  return found[0]!;
};

/** The tree of the spans: each as `kind name`, indented below its parent, siblings by their names. */
function treeOf(spans: readonly RecordedSpan[]): string[] {
  const below = (parentId: string | undefined, depth: number): string[] =>
    spans
      .filter((span) => span.parentId === parentId)
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
      .flatMap((span) => [`${'  '.repeat(depth)}${span.kind} ${span.name}`, ...below(span.id, depth + 1)]);
  return below(undefined, 0);
}

const said = (span: RecordedSpan): unknown[] =>
  (span.messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

class Library extends BaseRetriever {
  lc_namespace = ['test'];

  override _getRelevantDocuments(query: string): Promise<Document[]> {
    if (query === 'fail') return Promise.reject(new RangeError('The library is closed.'));
    return Promise.resolve([
      new Document({ pageContent: `about ${query}`, metadata: { score: 0.9, source: 'a.txt' }, id: 'd1' }),
      new Document({ pageContent: 'about nothing', metadata: {} }),
    ]);
  }
}

interface AnyTool {
  name: string;
  invoke(input: object, config?: RunnableConfig): Promise<unknown>;
}

/** A tool by its JSON schema, whose types are of no account here. */
const toolNamed = (
  name: string,
  description: string,
  run: (input: never, config: RunnableConfig) => unknown,
): AnyTool =>
  tool(run as (input: unknown) => string, { name, description, schema: { type: 'object' } }) as unknown as AnyTool;

const weather = toolNamed('weather', 'The weather.', ({ city }: { city: string }) => `sun in ${city}`);
const time = toolNamed('time', 'The time.', ({ tz }: { tz: string }) => JSON.stringify({ tz, hour: 7 }));
const TOOLS = new Map([weather, time].map((each) => [each.name, each]));

/** A graph that calls a model and its tools by turns. */
function agent() {
  const bound = model('agent').bindTools([weather, time] as object[] as StructuredTool[]);
  const callModel = async ({ messages }: typeof MessagesAnnotation.State, config: RunnableConfig) => {
    const message = await bound.invoke(messages, config);
    // The server gives every answer the same id, by which LangGraph would take it for the same message.
    Object.assign(message, { id: undefined });
    return { messages: [message] };
  };
  const callTools = async ({ messages }: typeof MessagesAnnotation.State, config: RunnableConfig) => {
    const { tool_calls: calls = [] } = messages.at(-1) as AIMessage;
    const run = (call: (typeof calls)[number]) => TOOLS.get(call.name)!.invoke({ ...call, type: 'tool_call' }, config);
    return { messages: (await Promise.all(calls.map(run))) as ToolMessage[] };
  };
  return new StateGraph(MessagesAnnotation)
    .addNode('model', callModel)
    .addNode('tools', callTools)
    .addEdge(START, 'model')
    .addConditionalEdges('model', ({ messages }) => ((messages.at(-1) as AIMessage).tool_calls?.length ? 'tools' : END))
    .addEdge('tools', 'model')
    .compile();
}

const chain = (scenario: string) =>
  ChatPromptTemplate.fromMessages([
    ['system', 'Be brief.'],
    ['user', '{question}'],
  ])
    .pipe(model(scenario))
    .pipe(new StringOutputParser());

describe('langChainHandler', () => {
  it('records a chain: its prompt, its model and its parser', async () => {
    const { result, spans } = await both((on) =>
      chain('text').invoke(
        { question: 'hello' },
        { ...on, runName: 'answer', tags: ['test'], metadata: { thread_id: 't1', user_id: 'u1', plan: 'free' } },
      ),
    );
    expect(result).to.equal(SAID);
    expect(treeOf(spans)).to.deep.equal([
      ...['chain answer', '  llm chat gpt-4o', '  prompt ChatPromptTemplate', '  chain StrOutputParser'],
    ]);
    const root = named(spans, 'answer');
    expect(root).to.deep.include({
      input: { question: 'hello' },
      output: SAID,
      tags: ['test'],
      sessionId: 't1',
      userId: 'u1',
    });
    expect(root.metadata).to.include({ plan: 'free' });
    const call = named(spans, 'chat gpt-4o');
    expect(call).to.deep.include({
      model: 'gpt-4o-2026',
      provider: 'openai',
      usage: { input: 11, output: 6, total: 17 },
    });
    expect(call.parameters).to.include({ temperature: 0.5 });
    expect(said(call)).to.deep.equal([
      ['system', 'input', 'Be brief.'],
      ['user', 'input', 'hello'],
      ['assistant', 'output', SAID],
    ]);
    expect(call.attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2026',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.finish_reasons': ['stop'],
    });
    expect(call).not.to.have.property('timeToFirstToken');
    expect(JSON.stringify(spans)).not.to.include('sk-');
  });

  it('records a stream: what it said, its usage, and when', async () => {
    const { result, spans } = await both(async (on) => all(await chain('text').stream({ question: 'hello' }, on)));
    expect(result.join('')).to.equal(SAID);
    const call = named(spans, 'chat gpt-4o');
    expect(said(call).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
    expect(call.usage).to.deep.include({ input: 11, output: 6 });
    expect(call.timeToFirstToken).to.be.within(0, call.end! - call.start + 1);
    expect(call.attributes).to.include({ 'gen_ai.request.stream': true, 'llm_trace.stream.chunks': 7 });
    expect(call.attributes).not.to.have.property('llm_trace.usage_missing');
    expect((call.attributes!['llm_trace.stream.chunk_times'] as number[])[0]).to.equal(call.timeToFirstToken);
    expect(named(spans, 'RunnableSequence')).to.include({ output: SAID });
  });

  it('says where a stream states no usage', async () => {
    const { spans } = await both(
      async (on) => (await all(await model('text', { streamUsage: false }).stream('hello', on))).length,
    );
    expect(spans[0]).not.to.have.property('usage');
    expect(spans[0]!.attributes).to.include({ 'llm_trace.usage_missing': true });
  });

  it('keeps two calls of tools of a stream two', async () => {
    const { spans } = await both(async (on) => {
      const chunks = await all(
        await model('tools')
          .bindTools([weather, time] as object[] as StructuredTool[])
          .stream('hello', on),
      );
      return chunks.map(({ content }) => content);
    });
    const call = named(spans, 'chat gpt-4o');
    expect(call.messages!.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
      { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
    ]);
    expect(call.tools!.map(({ name, description }) => [name, description])).to.deep.equal([
      ['weather', 'The weather.'],
      ['time', 'The time.'],
    ]);
    expect(call.timeToFirstToken).to.be.a('number');
  });

  it('records a retriever with its documents, and one that fails', async () => {
    const { spans } = await both((on) => new Library().invoke('cats', on));
    const [span] = spans;
    expect(span).to.deep.include({ kind: 'retriever', name: 'Library', input: 'cats' });
    expect(span!.documents).to.deep.equal([
      { id: 'd1', content: 'about cats', score: 0.9, metadata: { score: 0.9, source: 'a.txt' } },
      { content: 'about nothing', metadata: {} },
    ]);
    const { sink, config } = traced();
    expect(await rejection(new Library().invoke('fail', config))).to.be.instanceOf(RangeError);
    expect(sink.spans[0]).to.include({ status: 'error', statusMessage: 'The library is closed.' });
  });

  it('records a graph: nodes, steps, a model, and two tools that run at once', async () => {
    const { result, spans } = await both(async (on) => {
      const { messages } = await agent().invoke({ messages: [new HumanMessage({ content: 'hello', id: 'm' })] }, on);
      return (messages as BaseMessage[]).map(({ content }) => content);
    });
    expect(result).to.have.length(5);
    const graph = named(spans, 'LangGraph');
    const nodes = spans.filter(({ parentId }) => parentId === graph.id);
    expect(nodes.map(({ name }) => name).filter((name) => !name.startsWith('__'))).to.deep.equal([
      'model',
      'tools',
      'model',
    ]);
    expect(nodes.map(({ metadata }) => (metadata as Record<string, unknown>)['langgraph_node'])).to.include('tools');
    expect(nodes.map(({ metadata }) => (metadata as Record<string, unknown>)['langgraph_step'])).to.include.members([
      1, 2, 3,
    ]);
    const tools = named(spans, 'tools');
    expect(named(spans, 'weather')).to.deep.include({
      kind: 'tool',
      parentId: tools.id,
      input: { city: 'Oslo' },
      output: 'sun in Oslo',
    });
    expect(named(spans, 'weather').attributes).to.include({ 'gen_ai.tool.call.id': 'call_a' });
    expect(named(spans, 'time')).to.deep.include({ parentId: tools.id, input: { tz: 'CET' } });
    const calls = spans.filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ parentId }) => spans.find(({ id }) => id === parentId)!.name)).to.deep.equal([
      'model',
      'model',
    ]);
    expect(calls[1]!.messages!.map(({ role }) => role)).to.deep.equal([
      'user',
      'assistant',
      'tool',
      'tool',
      'assistant',
    ]);
  });

  it('records branches of a graph that run at once', async () => {
    const State = Annotation.Root({
      said: Annotation<string[]>({ reducer: (one, other) => one.concat(other), default: () => [] }),
    });
    const names = ['left', 'middle', 'right'];
    const graph = new StateGraph(State);
    for (const name of names) {
      graph.addNode(name, async (_state: unknown, config: RunnableConfig) => ({
        said: [(await model('text').invoke(name, config)).content as string],
      }));
      graph.addEdge(START, name as typeof START);
      graph.addEdge(name as typeof START, END);
    }
    const compiled = graph.compile();
    const { spans } = await both((on) => compiled.invoke({ said: [] }, on));
    for (const name of names) {
      const [call, ...others] = spans
        .filter(({ parentId }) => parentId === named(spans, name).id)
        .filter(({ kind }) => kind === 'llm');
      expect(others).to.deep.equal([]);
      expect(said(call!)[0]).to.deep.equal(['user', 'input', name]);
    }
  });

  it('records a graph that is streamed as before', async () => {
    const { spans } = await both(async (on) => {
      const stream = await agent().stream(
        { messages: [new HumanMessage({ content: 'hello', id: 'm' })] },
        { ...on, streamMode: 'updates' },
      );
      return (await all(stream)).map((update) => Object.keys(update as object));
    });
    expect(named(spans, 'LangGraph').status).to.equal(undefined);
    expect(spans.filter(({ kind }) => kind === 'tool')).to.have.length(2);
  });

  it('takes no stop for a person for a failure', async () => {
    const State = Annotation.Root({ answer: Annotation<string> });
    const graph = new StateGraph(State)
      .addNode('ask', () => {
        throw new NodeInterrupt('Really?');
      })
      .addEdge(START, 'ask')
      .addEdge('ask', END)
      .compile({ checkpointer: new MemorySaver() });
    const { sink, handler } = traced();
    await graph.invoke({ answer: '' }, { callbacks: [handler], configurable: { thread_id: 'one' } });
    const node = named(sink.spans, 'ask');
    expect(node.events![0]).to.deep.include({ name: 'NodeInterrupt', attributes: { value: [{ value: 'Really?' }] } });
    expect(node.attributes).to.include({ 'llm_trace.end_reason': 'interrupted' });
    for (const span of sink.spans) {
      expect(span).not.to.have.property('status');
      expect(span).not.to.have.property('exceptions');
    }
    expect(sink.spans).to.have.length(sink.begun.length);
  });

  it('records a tool that fails, and what a tool says meanwhile', async () => {
    const broken = toolNamed('broken', 'Fails.', async (_input: unknown, config) => {
      await dispatchCustomEvent('progress', { percent: 50 }, config);
      throw new RangeError('No weather today.');
    });
    const { sink, config } = traced();
    const error = await rejection(broken.invoke({ city: 'Oslo' }, config));
    expect(error).to.be.instanceOf(RangeError);
    const [span] = sink.spans;
    expect(span).to.include({ kind: 'tool', name: 'broken', status: 'error', statusMessage: 'No weather today.' });
    expect(span!.events).to.have.length(1);
    expect(span!.events![0]).to.deep.include({ name: 'progress', attributes: { percent: 50 } });
  });

  it('records errors of the server, and throws them as before', async () => {
    const { sink, config } = traced();
    const without = (await rejection(chain('out').invoke({ question: 'hello' }))) as Error;
    const error = (await rejection(chain('out').invoke({ question: 'hello' }, config))) as Error;
    expect([error.name, error.message]).to.deep.equal([without.name, without.message]);
    const call = named(sink.spans, 'chat gpt-4o');
    expect(call).to.include({ status: 'error', statusMessage: error.message });
    expect(call.attributes).to.include({ 'http.response.status_code': 500, 'error.type': '500' });
    expect(named(sink.spans, 'RunnableSequence').status).to.equal('error');
    expect(sink.spans).to.have.length(sink.begun.length);
  });

  it('records a stream that tells of an error', async () => {
    const { sink, config } = traced();
    const read = async (): Promise<unknown> => all(await chain('error').stream({ question: 'hello' }, config));
    expect((await rejection(read())) as Error).to.have.property('message');
    const call = named(sink.spans, 'chat gpt-4o');
    expect(call.status).to.equal('error');
    expect(call.attributes!['llm_trace.stream.chunks']).to.be.greaterThan(0);
    expect(sink.spans).to.have.length(sink.begun.length);
  });

  it('records an abort, before the answer and within it', async () => {
    for (const scenario of ['never', 'endless']) {
      const { sink, config } = traced();
      const abort = new AbortController();
      if (scenario === 'never') void sink.whenBegun(3).then(() => abort.abort());
      const read = async (): Promise<void> => {
        const prompt = ChatPromptTemplate.fromMessages([['user', '{question}']]);
        const stream = await prompt
          .pipe(model(scenario))
          .stream({ question: 'hello' }, { ...config, signal: abort.signal });
        let count = 0;
        for await (const { content } of stream) if (content !== '' && ++count === 3) abort.abort();
      };
      await rejection(read());
      const spans = await sink.whenEnded(sink.begun.length);
      const call = named(spans, 'chat gpt-4o');
      expect(call.status, scenario).to.equal('error');
      expect(call.attributes, scenario).to.include({ 'llm_trace.end_reason': 'aborted' });
    }
  });

  it('ends the spans of a stream that is left', async () => {
    const { sink, config } = traced(50);
    const abort = new AbortController();
    for await (const text of await chain('endless').stream(
      { question: 'hello' },
      { ...config, signal: abort.signal },
    )) {
      if (text !== '') break;
    }
    const spans = await sink.whenEnded(4);
    for (const name of ['chat gpt-4o', 'StrOutputParser', 'RunnableSequence']) {
      expect(named(spans, name).attributes, name).to.include({ 'llm_trace.end_reason': 'unread' });
    }
    expect(named(spans, 'chat gpt-4o').timeToFirstToken).to.be.a('number');
    abort.abort();
  });

  it('waits with that for a tool that goes on', async () => {
    const { sink, handler } = traced(5);
    const begin = (name: string, ids: readonly string[], hasTool: boolean): void => {
      handler.handleChainStart({ name }, {}, ids[0]!);
      handler.handleChatModelStart({ name: `${name} model` }, [[]], ids[1]!, ids[0]);
      if (hasTool) handler.handleToolStart({ name: 'slow' }, '{}', ids[2]!, ids[0]);
      handler.handleLLMNewToken('a', {}, ids[1]!, ids[0]);
    };
    begin('one', RUN_IDS, true);
    begin('other', ['other chain', 'other model'], false);
    // Their time is over at once, but for the one that is busy.
    expect((await sink.whenEnded(2)).map(({ name }) => name)).to.deep.equal(['other model', 'other']);
    handler.handleToolEnd('done', RUN_IDS[2]!);
    await sink.whenEnded(5);
    expect(named(sink.spans, 'slow')).to.include({ output: 'done' });
    expect(named(sink.spans, 'one').attributes).to.include({ 'llm_trace.end_reason': 'unread' });
  });

  it('gives every one of ten concurrent runs its own tree', async () => {
    const { tracer, sink, handler } = traced();
    const runs = Array.from({ length: 10 }, (_, at) => `run ${at}`);
    const graph = agent();
    await Promise.all(
      runs.map((name, at) =>
        tracer.span(name, (span) => {
          const callbacks = [at % 2 ? span.use(handler) : langChainHandler({ span })];
          return graph.invoke({ messages: [new HumanMessage(name)] }, { callbacks });
        }),
      ),
    );
    await tracer.flush();
    expect(sink.spans).to.have.length(sink.begun.length);
    for (const name of runs) {
      const root = named(sink.spans, name);
      const tree = sink.spans.filter(({ traceId }) => traceId === root.traceId);
      const names = new Map(tree.map((span) => [span.id, span.name]));
      const parents = tree.map((span) => `${span.name} < ${names.get(span.parentId!) ?? ''}`);
      expect(parents).to.include.members([
        ...[`LangGraph < ${name}`, 'model < LangGraph', 'tools < LangGraph', 'weather < tools', 'time < tools'],
        ...['chat gpt-4o < model'],
      ]);
      const calls = tree.filter(({ kind }) => kind === 'llm');
      expect(calls).to.have.length(2);
      for (const call of calls) expect(said(call)[0]).to.deep.equal(['user', 'input', name]);
    }
  });

  it('tells a function the span of its run', async () => {
    const { sink, handler, config } = traced();
    const asks = toolNamed('asks', 'Asks.', (_input: unknown, toolConfig) =>
      handler.spanOf(toolConfig)!.span('inside', () => 'ok'),
    );
    expect(await asks.invoke({ city: 'Oslo' }, config)).to.equal('ok');
    expect(treeOf(sink.spans)).to.deep.equal(['tool asks', '  span inside']);
    expect(handler.spanOf({})).to.equal(undefined);
    expect(handler.spanOf(undefined)).to.equal(undefined);
  });

  it('has told everything when a call is over, whatever other handlers do', async () => {
    const { sink, config } = traced();
    let finish: () => void = () => {};
    const slow = { handleChainStart: () => new Promise<void>((resolve) => (finish = resolve)) };
    await chain('text').invoke({ question: 'hello' }, { callbacks: [slow, ...config.callbacks] });
    expect(sink.spans).to.have.length(4);
    finish();
  });

  it('asks for no stream where the application asks for none', async () => {
    const { sink, config } = traced();
    await model('text').invoke('hello', config);
    expect(sink.spans[0]!.attributes).not.to.have.property('gen_ai.request.stream');
    expect(sink.spans[0]!.attributes).not.to.have.property('llm_trace.stream.chunks');
  });

  it('reads what begins a chain in either order', () => {
    const { sink, handler } = traced();
    const [outer, parentFirst, parentLast] = RUN_IDS as [string, string, string];
    handler.handleChainStart({ id: ['a', 'Outer'] }, {}, outer);
    handler.handleChainStart({ id: ['a', 'One'] }, {}, parentFirst, outer, [], {}, 'prompt', 'first');
    handler.handleChainStart({ id: ['a', 'Two'] }, {}, parentLast, 'prompt', [], {}, 'last', outer);
    for (const id of RUN_IDS) handler.handleChainEnd({}, id);
    expect(treeOf(sink.spans)).to.deep.equal(['chain Outer', '  prompt first', '  prompt last']);
  });

  it('records a model that completes texts, and usage that is stated beside the answer', () => {
    const { sink, handler } = traced();
    handler.handleLLMStart({ id: ['langchain', 'llms', 'OpenAI'] }, ['Once upon'], RUN_IDS[0]!);
    handler.handleChatModelStreamEvent({ event: 'message-start' }, RUN_IDS[0]!);
    handler.handleChatModelStreamEvent({ event: 'content-block-delta' }, RUN_IDS[0]!);
    const tokenUsage = { promptTokens: 2, completionTokens: 3, totalTokens: 5 };
    handler.handleLLMEnd({ generations: [[{ text: ' a time.' }]], llmOutput: { tokenUsage } }, RUN_IDS[0]!);
    const [span] = sink.spans;
    expect(span).to.deep.include({ name: 'OpenAI', kind: 'llm', usage: { input: 2, output: 3, total: 5 } });
    expect(said(span!)).to.deep.equal([
      ['user', 'input', 'Once upon'],
      ['assistant', 'output', ' a time.'],
    ]);
    expect(span!.attributes).to.include({ 'llm_trace.stream.chunks': 1 });
  });

  it('keeps to the ids of runs, whatever begins and ends between (200 random interleavings)', () => {
    // For each run: which earlier one it is in (0: none), and the order of all ends.
    const forests = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(forests, (runs) => {
        const { sink, handler } = traced();
        const parents = runs.map(([parent], at) => parent % (at + 1));
        const idOf = (run: number): string => `00000000-0000-0000-0000-${String(run).padStart(12, '0')}`;
        for (const [at, parent] of parents.entries()) {
          handler.handleToolStart({ name: `${at + 1}` }, '', idOf(at + 1), parent === 0 ? undefined : idOf(parent));
        }
        const order = runs.map(([, rank], at) => ({ at, rank })).sort((one, other) => one.rank - other.rank);
        for (const { at } of order) handler.handleToolEnd(at, idOf(at + 1));
        const names = new Map(sink.spans.map(({ id, name }) => [id, name]));
        expect(sink.spans).to.have.length(runs.length);
        for (const { name, parentId, output } of sink.spans) {
          expect(names.get(parentId ?? '') ?? '0').to.equal(String(parents[Number(name) - 1]));
          expect(output).to.equal(Number(name) - 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('records each run once, though its handler is given twice', async () => {
    const { sink, handler } = traced();
    const twice = model('text').withConfig({ callbacks: [handler] });
    await twice.invoke('hello', { callbacks: [handler] });
    expect(sink.spans).to.have.length(1);
    handler.handleChainStart({}, {}, RUN_IDS[0]!);
    handler.handleChainStart({}, {}, RUN_IDS[0]!);
    expect(sink.begun).to.have.length(2);
  });

  it('survives callbacks that are given anything', () => {
    const { sink, handler } = traced();
    const hostile: unknown = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const handlers = Object.entries(handler).filter(([name]) => name.startsWith('handle')) as [
      string,
      (...args: unknown[]) => void,
    ][];
    expect(handlers).to.have.length(19);
    for (const value of [undefined, null, 1, 'x', {}, [], hostile]) {
      for (const [, handle] of handlers) {
        handle(value, value, 'one', undefined, value, value, value, value);
        handle(value, 'one', value, value, value, value);
        handle(value, value, value, value, value, value, value, value);
      }
    }
    expect(sink.begun).not.to.deep.equal([]);
  });

  it('records nothing of a trace that is not sampled', async () => {
    const sink = new RecordedSpans();
    const callbacks = [langChainHandler({ tracer: createTracer({ store: sink, sample: 0 }) })];
    expect(await chain('text').invoke({ question: 'hello' }, { callbacks })).to.equal(SAID);
    expect(sink.begun).to.deep.equal([]);
    // What is decided for the outermost run is decided for those in it.
    const decisions: string[] = [];
    const sample = (name: string): boolean => decisions.push(name) > 1;
    const handler = langChainHandler({ tracer: createTracer({ store: sink, sample }) });
    await chain('text').invoke({ question: 'hello' }, { callbacks: [handler] });
    expect(decisions).to.deep.equal(['RunnableSequence']);
    expect(sink.begun).to.deep.equal([]);
  });
});
