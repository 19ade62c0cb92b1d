import type { SpanKind } from '../../model/index.js';
import { parseTraceparent } from '../trace-context.js';
import type { Tracer } from '../tracer.js';
import type { SpanOptions, TracerSpan } from '../tracer-span.js';

/** Where a request says which span it is to be a child of. It does not leave the page. */
export const PARENT = Symbol('parent span');

interface Meta {
  [PARENT]?: TracerSpan;
  traceparent?: unknown;
  progressToken?: unknown;
}

/** A message of JSON-RPC, as MCP uses it: a request, a notification, or a response. */
export interface McpMessage {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown> & { _meta?: Meta };
  result?: unknown;
  error?: { code?: unknown; message?: unknown };
}

type McpRequest = McpMessage & Required<Pick<McpMessage, 'id' | 'method'>>;

const isRequest = (message: McpMessage): message is McpRequest =>
  message.id !== undefined && message.method !== undefined;

/** A request that waits for its response. */
interface Pending {
  readonly span: TracerSpan;
  readonly request: McpRequest;
}

/** Requests by their ids. */
type Requests = Map<unknown, Pending>;

const TOOL_CALL = 'tools/call';
const SAMPLING = 'sampling/createMessage';

const KINDS = new Map<string, SpanKind>([
  [TOOL_CALL, 'tool'],
  ['prompts/get', 'prompt'],
  [SAMPLING, 'llm'],
]);

/** Requests by which a client gets to know a server. */
const OPENING = new Set(['initialize', 'server/discover']);

/** Loaded with the first sampling: what reads messages is several times the size of what records them. */
const loadReader = (): Promise<typeof import('./read-sampling.js')> => import('./read-sampling.js');

/** Records what goes over one connection: a span for each request, from its sending to its response. */
export class McpConnection {
  readonly #tracer: Tracer;
  readonly #opener: TracerSpan | undefined;
  /** Requests of the client, and those of the server: each side counts its own. */
  readonly #asked: Requests = new Map();
  readonly #askedOfUs: Requests = new Map();
  #protocolVersion: string | undefined;

  /** @param opener what the requests that open the connection are children of */
  constructor(tracer: Tracer, opener: TracerSpan | undefined) {
    this.#tracer = tracer;
    this.#opener = opener;
  }

  /** A message is about to be sent. Gives what is to be sent in its place. */
  sending(message: McpMessage): McpMessage {
    if (isRequest(message)) return message.method === 'ping' ? message : this.#ask(message);
    if (message.method === undefined) this.#respond(this.#askedOfUs, message);
    else this.#notified(message, this.#asked, this.#askedOfUs);
    return message;
  }

  /** Sending may fail, or be given up, without a word to the server. */
  watch(message: McpMessage, sending: Promise<void>, signal: AbortSignal | undefined): void {
    if (!isRequest(message)) return;
    const { id } = message;
    signal?.addEventListener('abort', () => this.#giveUp(this.#asked, id, String(signal.reason)), { once: true });
    sending.catch((error: unknown) => {
      const span = this.#take(this.#asked, id)?.span;
      span?.recordException(error).setAttributes({ 'llm_trace.end_reason': 'failed' });
      span?.end();
    });
  }

  received(message: McpMessage): void {
    if (isRequest(message)) {
      if (message.method !== 'ping') this.#begin(this.#askedOfUs, message, this.#workedOn(message.params?._meta));
    } else if (message.method === undefined) this.#respond(this.#asked, message);
    else this.#notified(message, this.#askedOfUs, this.#asked);
  }

  closed(): void {
    for (const pending of [...this.#asked.values(), ...this.#askedOfUs.values()]) {
      pending.span.setStatus('error', 'Connection closed').setAttributes({ 'llm_trace.end_reason': 'failed' });
      pending.span.end();
    }
    this.#asked.clear();
    this.#askedOfUs.clear();
  }

  #ask(request: McpRequest): McpMessage {
    const { [PARENT]: parent, ...meta } = request.params?._meta ?? {};
    const span = this.#begin(this.#asked, request, parent ?? (OPENING.has(request.method) ? this.#opener : undefined));
    return { ...request, params: { ...request.params, _meta: { ...meta, ...span.headers() } } };
  }

  #begin(pending: Requests, request: McpRequest, parent: TracerSpan | undefined): TracerSpan {
    const { name, ...options } = described(request, this.#protocolVersion);
    const span = (parent ?? this.#tracer).start(name, options);
    pending.set(request.id, { span, request });
    if (request.method === SAMPLING) loadReader().catch(() => {});
    return span;
  }

  /**
   * The request that the server works on while it asks something. It may only ask for the sake of one (SEP-2260): where
   * several are open and it does not say which, that is not guessed.
   */
  #workedOn(meta: Meta | undefined): TracerSpan | undefined {
    const open = [...this.#asked.values()];
    const said = parseTraceparent(typeof meta?.traceparent === 'string' ? meta.traceparent : undefined);
    if (said) return open.find(({ span }) => span.id === said.spanId)?.span;
    return open.length === 1 ? open[0]!.span : undefined;
  }

  /** The sender may take back what it asked, and tell how far it is with what it was asked. */
  #notified({ method, params = {} }: McpMessage, asked: Requests, wasAsked: Requests): void {
    if (method === 'notifications/cancelled') {
      this.#giveUp(asked, params['requestId'], typeof params['reason'] === 'string' ? params['reason'] : undefined);
    } else if (method === 'notifications/progress') {
      const { progressToken: token, progress, total, message } = params;
      const pending = [...wasAsked.values()].find(
        ({ request }) => token !== undefined && request.params?._meta?.progressToken === token,
      );
      pending?.span.addEvent('progress', { progress, total, message });
    }
  }

  #giveUp(pending: Requests, id: unknown, reason = 'Cancelled'): void {
    const span = this.#take(pending, id)?.span;
    // The word of the SDKs, which tell the server of both alike.
    const isTimeout = /timed out/i.test(reason);
    span?.setStatus('error', reason).setAttributes({
      'llm_trace.end_reason': isTimeout ? 'timeout' : 'aborted',
      ...(isTimeout && { 'error.type': 'timeout' }),
    });
    span?.end();
  }

  #respond(pending: Requests, { id, result, error }: McpMessage): void {
    const answered = this.#take(pending, id);
    if (!answered) return;
    const { span, request } = answered;
    span.setOutput(error ?? result);
    if (error) {
      const code = String(error.code);
      span.setStatus('error', String(error.message));
      span.setAttributes({ 'rpc.response.status_code': code, 'error.type': code });
    } else if (isObject(result)) {
      if (result['isError'] === true) {
        span.setStatus('error', textOf(result['content'])).setAttributes({ 'error.type': 'tool_error' });
      }
      if (request.method === 'initialize' && typeof result['protocolVersion'] === 'string') {
        this.#protocolVersion = result['protocolVersion'];
        span.setAttributes({ 'mcp.protocol.version': this.#protocolVersion });
      }
      if (request.method === SAMPLING) {
        return span.endAfter(async () => (await loadReader()).recordSampling(span, request.params ?? {}, result));
      }
    }
    span.end();
  }

  #take(pending: Requests, id: unknown): Pending | undefined {
    // Some servers give back a number as text, which clients take.
    const key = pending.has(id) ? id : Number(id);
    const request = pending.get(key);
    pending.delete(key);
    return request;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What a tool says of its failure. */
function textOf(content: unknown): string | undefined {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  return isObject(first) && typeof first['text'] === 'string' ? first['text'] : undefined;
}

/** A span as OpenTelemetry's conventions for MCP want it (semantic-conventions-genai, docs/gen-ai/mcp.md). */
function described({ id, method, params }: McpRequest, version: string | undefined): SpanOptions & { name: string } {
  const { _meta: meta, ...asked } = params ?? {};
  const { name, uri, arguments: given } = asked;
  const isToolCall = method === TOOL_CALL;
  const isPrompt = method === 'prompts/get';
  const isNamed = typeof name === 'string' && (isToolCall || isPrompt);
  return {
    name: isNamed ? `${method} ${name}` : method,
    kind: KINDS.get(method) ?? 'span',
    input: isToolCall ? (given ?? {}) : asked,
    ...(typeof meta?.traceparent === 'string' && { traceparent: meta.traceparent }),
    ...(isNamed && isPrompt && { prompt: { name, variables: given } }),
    attributes: {
      'mcp.method.name': method,
      'jsonrpc.request.id': String(id),
      ...(version !== undefined && { 'mcp.protocol.version': version }),
      ...(isToolCall && { 'gen_ai.operation.name': 'execute_tool' }),
      ...(method === SAMPLING && { 'gen_ai.operation.name': 'chat' }),
      ...(isNamed && { [isToolCall ? 'gen_ai.tool.name' : 'gen_ai.prompt.name']: name }),
      ...(typeof uri === 'string' && { 'mcp.resource.uri': uri }),
    },
  };
}
