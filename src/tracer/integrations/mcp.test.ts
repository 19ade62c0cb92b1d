import { expect } from '@open-wc/testing';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ListResourcesResultSchema,
  ListRootsRequestSchema,
  McpError,
  type CallToolResult,
  type CreateMessageResult,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import { jsonSchemaValidator, toolServer } from '../../../scripts/mcp-tools.mjs';
import type { RecordedSpan } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer } from '../index.js';
import { wrapMcpClient } from './mcp.js';

type Connect = () => Promise<Transport>;

/** How clients reach the server, which is the same. */
const TRANSPORTS: Record<string, Connect> = {
  'in memory': async () => {
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await toolServer().connect(theirs);
    return ours;
  },
  'Streamable HTTP': () =>
    Promise.resolve(new StreamableHTTPClientTransport(new URL('/mcp', location.href)) as Transport),
};

const MODEL_SAYS: CreateMessageResult = {
  role: 'assistant',
  content: { type: 'text', text: 'Rain.' },
  model: 'some-model-1',
  stopReason: 'endTurn',
};

function plainClient(): Client {
  const client = new Client(
    { name: 'app', version: '1.0.0' },
    { capabilities: { sampling: {}, roots: {} }, jsonSchemaValidator },
  );
  client.setRequestHandler(CreateMessageRequestSchema, () => MODEL_SAYS);
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///work' }] }));
  return client;
}

const textOf = (result: unknown): string => {
  const [first] = (result as CallToolResult).content;
  return first?.type === 'text' ? first.text : '';
};

const signOf = (error: unknown): unknown => {
  const { constructor, message, code, data } = error as McpError;
  return [constructor, message, code, data];
};

const named = (sink: RecordedSpans, name: string): RecordedSpan => {
  const [span, ...others] = sink.spans.filter((other) => other.name === name);
  if (!span || others.length) throw new Error(`${others.length} other spans of ${sink.spans.length} are ${name}`);
  return span;
};

for (const [way, connect] of Object.entries(TRANSPORTS)) {
  describe(`wrapMcpClient, ${way}`, () => {
    const open: Client[] = [];

    async function connected(make: (client: Client) => Client): Promise<Client> {
      const client = make(plainClient());
      await client.connect(await connect());
      open.push(client);
      return client;
    }

    async function traced(options: { sample?: number } = {}) {
      const sink = new RecordedSpans();
      const tracer = createTracer({ store: sink, ...options });
      const client = await connected((plain) => wrapMcpClient(plain, { tracer }));
      // What opens the connection is of interest to one test only.
      const { length } = sink.spans;
      const opening = sink.spans.splice(0, length);
      sink.begun.splice(0);
      return { sink, tracer, client, opening };
    }

    /** What two clients give for the same use of them, the second one traced. */
    async function both<Result>(use: (client: Client) => Promise<Result>) {
      const { sink, client } = await traced();
      const without = await use(await connected((plain) => plain));
      const result = await use(client);
      expect(result).to.deep.equal(without);
      return { result, sink };
    }

    afterEach(async () => {
      for (const client of open.splice(0)) await client.close();
    });

    it('records a call of a tool: its arguments, its result', async () => {
      const { sink } = await both((client) => client.callTool({ name: 'echo', arguments: { city: 'Oslo' } }));
      const span = await sink.only();
      expect(span).to.deep.include({
        name: 'tools/call echo',
        kind: 'tool',
        input: { city: 'Oslo' },
        output: { content: [{ type: 'text', text: '{"city":"Oslo"}' }] },
      });
      expect(span).not.to.have.property('status');
      expect(span).not.to.have.property('parentId');
      expect(span.attributes).to.include({
        'mcp.method.name': 'tools/call',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'echo',
        'mcp.protocol.version': '2025-11-25',
      });
      expect(span.attributes!['jsonrpc.request.id']).to.match(/^\d+$/);
    });

    it('records that a tool failed, which is no error of the client', async () => {
      const { result, sink } = await both((client) => client.callTool({ name: 'fails' }));
      expect(result.isError).to.equal(true);
      const span = await sink.only();
      expect(span).to.deep.include({ status: 'error', statusMessage: 'No such city.', input: {} });
      expect(span.attributes).to.include({ 'error.type': 'tool_error' });
      expect(span.output).to.include({ isError: true });
    });

    it('records errors with their code, and throws what the client throws', async () => {
      const { result, sink } = await both(async (client) =>
        signOf(await rejection(client.callTool({ name: 'refused' }))),
      );
      expect((result as unknown[])[2]).to.equal(-32602);
      const span = await sink.only();
      expect(span.status).to.equal('error');
      expect(span.statusMessage).to.include('No such tool');
      expect(span.attributes).to.include({ 'rpc.response.status_code': '-32602', 'error.type': '-32602' });
      expect(span.output).to.deep.include({ code: -32602, data: { hint: 'weather' } });
    });

    it('records progress as events of the call', async () => {
      const { result, sink } = await both(async (client) => {
        const steps: unknown[] = [];
        const onprogress = (progress: unknown): unknown => steps.push(progress);
        const answer = await client.callTool({ name: 'steps' }, undefined, { onprogress });
        return { answer, steps };
      });
      expect(result.steps).to.have.length(2);
      const { events } = await sink.only();
      expect(events!.map(({ name, attributes }) => [name, attributes])).to.deep.equal([
        ['progress', { progress: 1, total: 2, message: 'step 1' }],
        ['progress', { progress: 2, total: 2, message: 'step 2' }],
      ]);
    });

    it('says to the server which span it works for, and keeps what else the request says', async () => {
      const { sink, tracer, client } = await traced();
      const result = await tracer.span('root', (span) =>
        span.use(client).callTool({ name: 'meta', _meta: { mine: 1, traceparent: 'old' } }),
      );
      const call = named(sink, 'tools/call meta');
      const root = named(sink, 'root');
      expect(call).to.include({ parentId: root.id, traceId: root.traceId });
      expect(JSON.parse(textOf(result))).to.deep.equal({
        mine: 1,
        traceparent: `00-${call.traceId}-${call.id}-01`,
      });
    });

    it('goes on with a trace that the application names', async () => {
      const { sink, client } = await traced();
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      await client.callTool({ name: 'echo', _meta: { traceparent } });
      expect(await sink.only()).to.include({
        traceId: '0af7651916cd43dd8448eb211c80319c',
        parentId: 'b7ad6b7169203331',
      });
    });

    it('gives every one of ten concurrent calls its own parent, its own answer and its own progress', async () => {
      const { sink, tracer, client } = await traced();
      const names = Array.from({ length: 10 }, (_, at) => `agent ${at}`);
      await Promise.all(
        names.map((name, at) =>
          tracer.span(name, async (span) => {
            const bound = span.use(client);
            if (at % 2) await bound.callTool({ name: 'steps' }, undefined, { onprogress: () => {} });
            await bound.callTool({ name: 'echo', arguments: { name } });
          }),
        ),
      );
      for (const name of names) {
        const agent = named(sink, name);
        const calls = sink.spans.filter(({ parentId }) => parentId === agent.id);
        const echo = calls.find(({ input }) => JSON.stringify(input).includes(name))!;
        expect(textOf(echo.output)).to.equal(JSON.stringify({ name }));
        expect(echo.traceId).to.equal(agent.traceId);
        const steps = calls.filter((other) => other !== echo);
        expect(steps.map(({ events }) => events?.length)).to.deep.equal(names.indexOf(name) % 2 ? [2] : []);
      }
    });

    it('records that the application gave a call up', async () => {
      const { sink, client } = await traced();
      const gaveUp = async (use: Client): Promise<unknown> => {
        const abort = new AbortController();
        const call = rejection(use.callTool({ name: 'slow' }, undefined, { signal: abort.signal }));
        abort.abort('enough');
        return call;
      };
      expect(signOf(await gaveUp(client))).to.deep.equal(signOf(await gaveUp(await connected((plain) => plain))));
      const span = await sink.only();
      expect(span).to.include({ status: 'error', statusMessage: 'enough' });
      expect(span.attributes).to.include({ 'llm_trace.end_reason': 'aborted' });
    });

    it('records that time ran out', async () => {
      const { sink, client } = await traced();
      const waits = (use: Client): Promise<unknown> =>
        rejection(use.callTool({ name: 'slow' }, undefined, { timeout: 20 }));
      expect(signOf(await waits(client))).to.deep.equal(signOf(await waits(await connected((plain) => plain))));
      const span = await sink.only();
      expect(span.status).to.equal('error');
      expect(span.attributes).to.include({ 'llm_trace.end_reason': 'timeout', 'error.type': 'timeout' });
    });

    it('records that the connection was closed before the answer came', async () => {
      const { sink, client } = await traced();
      const call = rejection(client.callTool({ name: 'slow' }));
      await client.close();
      expect(await call).to.be.instanceOf(McpError);
      const span = await sink.only();
      expect(span).to.include({ status: 'error', statusMessage: 'Connection closed' });
      expect(span.attributes).to.include({ 'llm_trace.end_reason': 'failed' });
    });

    it('records a model that the server asks for as a call of a model, within the call that it is for', async () => {
      const { sink, tracer, client } = await traced();
      const result = await client.callTool({ name: 'asks', arguments: { question: 'Weather?' } });
      expect(textOf(result)).to.equal('Rain.');
      await tracer.flush();
      const sampling = named(sink, 'sampling/createMessage');
      const call = named(sink, 'tools/call asks');
      expect(sampling).to.deep.include({
        kind: 'llm',
        parentId: call.id,
        model: 'some-model-1',
        parameters: { maxTokens: 100 },
        messages: [
          { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
          { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Weather?' }] },
          { role: 'assistant', origin: 'output', finishReason: 'endTurn', parts: [{ type: 'text', text: 'Rain.' }] },
        ],
      });
      expect(sampling.attributes).to.deep.include({
        'gen_ai.operation.name': 'chat',
        'gen_ai.response.finish_reasons': ['endTurn'],
        'llm_trace.usage_missing': true,
      });
      expect(sampling.end).to.be.within(sampling.start, call.end!);
    });

    it('does not guess which of several calls a server asks for, but takes its word', async () => {
      const { sink, tracer, client } = await traced();
      const ask = (question: string, joins: boolean): Promise<unknown> =>
        client.callTool({ name: 'asks', arguments: { question, joins } });
      await Promise.all([ask('one', true), ask('two', true), ask('three', false)]);
      await tracer.flush();
      const asked = sink.spans.filter(({ kind }) => kind === 'llm');
      expect(asked).to.have.length(3);
      for (const { parentId, messages } of asked) {
        const part = messages![1]!.parts[0]!;
        const question = part.type === 'text' ? part.text : '';
        const call = sink.spans.find(({ kind, input }) => kind === 'tool' && JSON.stringify(input).includes(question))!;
        if (question === 'three') expect(parentId).to.equal(undefined);
        else expect(parentId).to.equal(call.id);
      }
    });

    it('records what else a server asks', async () => {
      const { sink } = await both((client) => client.callTool({ name: 'roots' }));
      const roots = named(sink, 'roots/list');
      expect(roots).to.deep.include({ kind: 'span', output: { roots: [{ uri: 'file:///work' }] } });
      expect(roots.parentId).to.equal(named(sink, 'tools/call roots').id);
    });

    it('records that the application refuses what a server asks', async () => {
      const { sink, client } = await traced();
      client.setRequestHandler(CreateMessageRequestSchema, () => {
        throw new McpError(-1, 'Not today');
      });
      await rejection(client.callTool({ name: 'asks', arguments: { question: 'Weather?' } }));
      const sampling = named(sink, 'sampling/createMessage');
      expect(sampling.status).to.equal('error');
      expect(sampling.statusMessage).to.include('Not today');
      expect(sampling.attributes).to.include({ 'error.type': '-1' });
    });

    it('records lists, prompts and resources', async () => {
      const { sink } = await both(async (client) => [
        await client.listTools(),
        await client.listPrompts(),
        await client.getPrompt({ name: 'greet', arguments: { whom: 'Ada' } }),
        await client.listResources(),
        await client.readResource({ uri: 'file:///a' }),
        await client.ping(),
      ]);
      expect(sink.spans.map(({ name, kind }) => [name, kind])).to.deep.equal([
        ['tools/list', 'span'],
        ['prompts/list', 'span'],
        ['prompts/get greet', 'prompt'],
        ['resources/list', 'span'],
        ['resources/read', 'span'],
      ]);
      const [tools, , prompt, , resource] = sink.spans;
      expect(tools!.output).to.have.nested.property('tools[0].name', 'echo');
      expect(prompt!.prompt).to.deep.equal({ name: 'greet', variables: { whom: 'Ada' } });
      expect(prompt!.attributes).to.include({ 'gen_ai.prompt.name': 'greet' });
      expect(resource!.attributes).to.include({ 'mcp.resource.uri': 'file:///a' });
    });

    it('binds lists and requests of any kind, and what opens a connection', async () => {
      const { sink, tracer, client } = await traced();
      await tracer.span('root', async (span) => {
        await span.use(client).listTools();
        await span.use(client).request({ method: 'resources/list' }, ListResourcesResultSchema);
        const other = wrapMcpClient(plainClient(), { tracer });
        open.push(other);
        await span.use(other).connect(await connect());
        await other.listPrompts();
      });
      const root = named(sink, 'root');
      expect(named(sink, 'tools/list').parentId).to.equal(root.id);
      expect(named(sink, 'resources/list').parentId).to.equal(root.id);
      expect(named(sink, 'initialize').parentId).to.equal(root.id);
      expect(named(sink, 'prompts/list')).not.to.have.property('parentId');
    });

    it('records what opens a connection', async () => {
      const { opening } = await traced();
      expect(opening).to.have.length(1);
      const [span] = opening;
      expect(span).to.include({ name: 'initialize', kind: 'span' });
      expect(span!.input).to.have.nested.property('clientInfo.name', 'app');
      expect(span!.output).to.have.nested.property('serverInfo.name', 'tools');
    });

    it('is of the same type, and takes up a connection that there is', async () => {
      const sink = new RecordedSpans();
      const tracer = createTracer({ store: sink });
      const plain = await connected((client) => client);
      const { transport } = plain;
      const client = wrapMcpClient(plain, { tracer });
      expect(client).to.be.instanceOf(Client);
      expect(client.transport).to.equal(transport);
      expect(client.getServerVersion()).to.deep.equal(plain.getServerVersion());
      expect(wrapMcpClient(client, { tracer })).to.equal(client);
      expect(wrapMcpClient(plain, { tracer })).not.to.equal(plain);
      const answer = await client.callTool({ name: 'echo', arguments: { a: 1 } });
      expect(textOf(answer)).to.equal('{"a":1}');
      expect((await sink.only()).name).to.equal('tools/call echo');
      const other = {};
      expect(wrapMcpClient(other, { tracer })).to.equal(other);
      const closed = new Promise<void>((resolve) => (client.onclose = resolve));
      await client.close();
      await closed;
    });

    it('leaves what it is given alone', async () => {
      const { sink, tracer, client } = await traced();
      const asked = Object.freeze({ name: 'echo', arguments: Object.freeze({ a: 1 }), _meta: Object.freeze({}) });
      await tracer.span('root', (span) => span.use(client).callTool(asked));
      expect(sink.spans).to.have.length(2);
      expect(Reflect.ownKeys(asked._meta)).to.deep.equal([]);
    });

    it('passes everything through where the trace is not recorded', async () => {
      const { sink, client } = await traced({ sample: 0 });
      const result = await client.callTool({ name: 'meta' });
      expect(textOf(result)).to.match(/"00-[\da-f]{32}-[\da-f]{16}-00"/);
      expect(sink.begun).to.deep.equal([]);
    });
  });
}

/** A transport that does as it is told. */
class Told implements Transport {
  onmessage?: Transport['onmessage'];
  onclose?: Transport['onclose'];
  onerror?: Transport['onerror'];
  readonly sent: JSONRPCMessage[] = [];
  failure: Error | undefined;

  start(): Promise<void> {
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.sent.push(message);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('wrapMcpClient', () => {
  async function told() {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const transport = new Told();
    const client = wrapMcpClient(plainClient(), { tracer });
    const connecting = client.connect(transport);
    await sink.whenBegun(1);
    const result = {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 's', version: '1' },
    };
    transport.onmessage!({ jsonrpc: '2.0', id: 0, result });
    await connecting;
    await sink.whenEnded(1);
    sink.spans.splice(0);
    return { sink, tracer, transport, client };
  }

  it('adds nothing to a request but its place in the trace', async () => {
    const { sink, tracer, transport, client } = await told();
    const call = tracer.span('root', (span) => span.use(client).callTool({ name: 'echo', arguments: { a: 1 } }));
    await sink.whenBegun(3);
    transport.onmessage!({ jsonrpc: '2.0', id: 1, result: { content: [] } });
    await call;
    const { params, ...request } = transport.sent.at(-1) as { params: Record<string, unknown> };
    expect(request).to.deep.equal({ jsonrpc: '2.0', id: 1, method: 'tools/call' });
    expect(params).to.deep.include({ name: 'echo', arguments: { a: 1 } });
    expect(Reflect.ownKeys(params['_meta'] as object)).to.deep.equal(['traceparent']);
  });

  it('records that a request could not be sent', async () => {
    const { sink, transport, client } = await told();
    transport.failure = new TypeError('no network');
    expect(await rejection(client.callTool({ name: 'echo' }))).to.equal(transport.failure);
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: 'no network' });
    expect(span.attributes).to.include({ 'llm_trace.end_reason': 'failed' });
  });

  it('survives answers to nothing, and answers of any shape', async () => {
    const { sink, transport, client } = await told();
    const receive = (message: object): void => transport.onmessage!({ jsonrpc: '2.0', ...message } as JSONRPCMessage);
    const problems: string[] = [];
    client.onerror = ({ message }) => problems.push(message);
    receive({ id: 99, result: {} });
    receive({ method: 'notifications/progress', params: { progressToken: 99, progress: 1 } });
    receive({ method: 'notifications/cancelled', params: { requestId: 99 } });
    expect(problems).to.have.length.above(0);
    const call = client.callTool({ name: 'echo' });
    // A number that comes back as text.
    receive({ id: '1', result: { content: [] } });
    expect(await call).to.deep.equal({ content: [] });
    expect((await sink.only()).output).to.deep.equal({ content: [] });
    const odd = rejection(client.callTool({ name: 'echo' }));
    receive({ id: 2, result: { isError: true, content: 7 } });
    await odd;
    expect((await sink.whenEnded(2))[1]!.status).to.equal('error');
  });

  it('takes the word of a server that has spans of its own', async () => {
    const { sink, transport, client } = await told();
    const call = client.callTool({ name: 'echo' });
    const receive = (message: object): void => transport.onmessage!({ jsonrpc: '2.0', ...message } as JSONRPCMessage);
    const { traceId } = sink.begun.at(-1)!;
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const params = { messages: [], maxTokens: 1, _meta: { traceparent } };
    receive({ id: 'q', method: 'sampling/createMessage', params });
    receive({ id: 1, result: { content: [] } });
    await call;
    const sampling = (await sink.whenEnded(2)).find(({ kind }) => kind === 'llm');
    expect(sampling).to.include({ traceId, parentId: '00f067aa0ba902b7' });
  });

  it('records that a server takes back what it asked', async () => {
    const { sink, transport, client } = await told();
    client.setRequestHandler(CreateMessageRequestSchema, () => new Promise<never>(() => {}));
    const receive = (message: object): void => transport.onmessage!({ jsonrpc: '2.0', ...message } as JSONRPCMessage);
    receive({ id: 'q', method: 'sampling/createMessage', params: { messages: [], maxTokens: 1 } });
    receive({ method: 'notifications/cancelled', params: { requestId: 'q', reason: 'not needed' } });
    const span = await sink.only();
    expect(span).to.include({ name: 'sampling/createMessage', status: 'error', statusMessage: 'not needed' });
    expect(span).not.to.have.property('parentId');
  });
});
