/** Recording what an MCP client and its server ask of each other. */
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import type { Tracer } from '../tracer.js';
import type { TracerSpan } from '../tracer-span.js';
import { McpConnection, PARENT, type McpMessage } from './mcp-connection.js';
import { standIn, type Hook } from './stand-in.js';

export interface WrapMcpOptions {
  tracer: Tracer;
}

/** What carries the messages of a client, whichever way. */
interface Transport {
  send(message: McpMessage, options?: { requestSignal?: AbortSignal }): Promise<void>;
  onmessage?: (message: McpMessage, ...others: unknown[]) => void;
  onclose?: () => void;
}

interface McpClient {
  connect(transport: Transport): Promise<void>;
  readonly transport?: Transport | undefined;
}

/** Methods of a client that take the parameters of their request first. */
const METHODS = [
  ...['callTool', 'listTools', 'listResources', 'listResourceTemplates', 'readResource', 'subscribeResource'],
  ...['unsubscribeResource', 'getPrompt', 'listPrompts', 'complete'],
];

const wrapped = new WeakSet();

const recorded = new WeakSet<Transport>();

/**
 * An MCP client whose requests are recorded, whatever its transport: calls of tools, with their progress; lists,
 * resources, prompts; and what the server asks of the client, such as sampling, which is a call of a model. It is of the
 * same type and behaves as before. What is recorded is the connection that it makes, or has made.
 *
 * `span.use(client)` makes its requests children of a span; without, each is a root. What the server asks belongs to the
 * request that it works on. Each request carries its place in the trace in `_meta.traceparent` (SEP-414), so that the
 * server's spans join.
 */
export function wrapMcpClient<Client extends object>(client: Client, options: WrapMcpOptions): Client {
  const { connect, transport } = client as Partial<McpClient>;
  if (wrapped.has(client) || typeof connect !== 'function') return client;
  if (transport) record(transport, options.tracer);
  return wrapFor(undefined, client, options);
}

function wrapFor<Client extends object>(
  parent: TracerSpan | undefined,
  client: Client,
  options: WrapMcpOptions,
): Client {
  const connect: Hook = (call, args) => {
    record(args[0] as Transport, options.tracer, parent);
    return call(...args);
  };
  const methods = new Map<PropertyKey, Hook>([['connect', connect], ...(parent ? bound(parent) : [])]);
  const traced = standIn(client, { methods });
  wrapped.add(traced);
  registerClient(traced, (span) => wrapFor(span, client, options));
  return traced;
}

/** The parent goes with the request, so that it is right however long the client takes to send it. */
function bound(parent: TracerSpan): [PropertyKey, Hook][] {
  type Params = McpMessage['params'];
  const marked = (given: Params): Params => ({ ...given, _meta: { ...given?._meta, [PARENT]: parent } });
  const byParameters: Hook = (call, [given, ...others]) => call(marked(given as Params), ...others);
  const byRequest: Hook = (call, [request, ...others]) => {
    return call({ ...(request as object), params: marked((request as McpMessage | undefined)?.params) }, ...others);
  };
  return [...METHODS.map((name): [PropertyKey, Hook] => [name, byParameters]), ['request', byRequest]];
}

/** Hangs into a transport by what every transport has. A client that connects keeps the callbacks that are there. */
function record(transport: Transport, tracer: Tracer, opener?: TracerSpan): void {
  if (recorded.has(transport)) return;
  const connection = new McpConnection(tracer, opener);
  quietly(() => {
    const { send, onmessage, onclose } = transport;
    transport.send = (message, options) => {
      const sent = quietly(() => connection.sending(message)) ?? message;
      const sending = send.call(transport, sent, options);
      quietly(() => connection.watch(message, sending, options?.requestSignal));
      return sending;
    };
    transport.onmessage = (message, ...others) => {
      quietly(() => connection.received(message));
      onmessage?.call(transport, message, ...others);
    };
    transport.onclose = () => {
      quietly(() => connection.closed());
      onclose?.call(transport);
    };
    recorded.add(transport);
  });
}
