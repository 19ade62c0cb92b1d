import type { SpanKind } from '../../model/index.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { chunkFields } from '../../payloads/langchain-chunks.js';
import { messageFields } from '../../payloads/langchain-io.js';

/** One item of a stream: where it comes from (the path of subgraphs), what it is, and what it holds. */
export interface StreamItem {
  scope: string;
  mode: string;
  payload: unknown;
}

const MODES: ReadonlySet<unknown> = new Set([
  'values',
  'updates',
  'messages',
  'custom',
  'debug',
  'tasks',
  'checkpoints',
]);

/** `[mode, payload]`, or with subgraphs `[namespace, mode, payload]`. */
export function streamItem(value: unknown): StreamItem | undefined {
  if (!Array.isArray(value)) return undefined;
  const [one, two, three] = value as unknown[];
  if (value.length === 2 && MODES.has(one)) return { scope: '', mode: asText(one), payload: two };
  if (value.length !== 3 || !MODES.has(two)) return undefined;
  if (Array.isArray(one)) return { scope: one.map(asText).join('|'), mode: asText(two), payload: three };
  return typeof one === 'string' ? { scope: one, mode: asText(two), payload: three } : undefined;
}

/** A span of a graph's run before it is one: what came of it, which is its raw record. */
export interface GraphSpan {
  id: string;
  parentId: string;
  name: string;
  kind: SpanKind;
  /** Of the stream's metadata, what was said with the first message. */
  metadata: JsonObject;
  /** What the graph was run with. */
  tags?: readonly unknown[];
  /** Messages and chunks of a model or a tool; of a node those that are of neither; of the graph its other items. */
  parts: unknown[];
  /** What went into it, where the stream says so. */
  input?: unknown;
  output?: unknown;
  error?: unknown;
  /** ISO text; only `debug` items have times. */
  start?: unknown;
  end?: unknown;
}

/** Graphs in graphs, in graphs… A path that is deeper is no graph's. */
const MOST_LEVELS = 32;

/** Ids that LangChain gives a message itself; any other is the provider's. */
const OWN_ID = /^(?:run-|lc_run)/;

/** Builds the spans of a graph's run from the items of its stream. */
export class GraphSpans {
  readonly spans: GraphSpan[] = [];
  readonly graph: GraphSpan;
  /** The latest state of the graph and of each graph in it. */
  readonly states = new Map<string, unknown>();
  readonly #byId = new Map<string, GraphSpan>();
  /** The latest call of a model in each node. */
  readonly #calls = new Map<GraphSpan, GraphSpan>();
  /** The latest node of each name whose update has not come yet. */
  readonly #openNodes = new Map<string, GraphSpan>();
  readonly #seen = new Set<unknown>();
  readonly #hasMessages: boolean;
  readonly #hasUpdates: boolean;

  constructor(traceId: string, items: readonly StreamItem[]) {
    this.graph = this.#span(traceId, '', 'LangGraph', 'chain');
    this.#hasMessages = items.some(({ mode }) => mode === 'messages');
    this.#hasUpdates = items.some(({ mode }) => mode === 'updates');
  }

  add({ scope, mode, payload }: StreamItem): void {
    if (mode === 'messages') this.#addMessage(payload, scope);
    else if (mode === 'values') this.#addValues(payload, scope);
    else if (mode === 'updates') this.#addUpdates(payload, scope);
    else if (mode === 'tasks') this.#addTask(payload, scope, {});
    else if (mode === 'debug' && isObject(payload) && isObject(payload['payload'])) {
      if (payload['type'] === 'checkpoint') this.graph.parts.push({ mode: 'checkpoint', payload: payload['payload'] });
      else this.#addTask(payload['payload'], scope, payload);
    } else if (mode === 'checkpoints') this.#addCheckpoint(payload, scope);
    else this.graph.parts.push({ mode, payload });
  }

  /** JavaScript's checkpoints say what the graph was run with. */
  #addCheckpoint(checkpoint: unknown, scope: string): void {
    this.graph.parts.push({ mode: 'checkpoint', payload: checkpoint });
    const config = isObject(checkpoint) && isObject(checkpoint['config']) ? checkpoint['config'] : {};
    if (scope !== '' || this.graph.tags) return;
    this.graph.name = asText(config['run_name']) || this.graph.name;
    this.graph.tags = asArray(config['tags']);
    if (isObject(config['metadata'])) this.graph.metadata = config['metadata'];
  }

  #span(id: string, parentId: string, name: string, kind: SpanKind, metadata: JsonObject = {}): GraphSpan {
    const span: GraphSpan = { id, parentId, name, kind, metadata, parts: [] };
    this.spans.push(span);
    this.#byId.set(id, span);
    return span;
  }

  /** The node at a path like `agent:<task>|tools:<task>`, with the graphs and steps above it. */
  #node(path: string, step: unknown, metadata: JsonObject = {}): GraphSpan {
    const known = this.#byId.get(path);
    if (known) return known;
    const levels = path.split('|', MOST_LEVELS).length;
    let parent = this.graph;
    let end = -1;
    for (let level = 1; level <= levels; level++) {
      const start = end + 1;
      end = level === levels ? path.length : path.indexOf('|', start);
      const id = path.slice(0, end);
      const node = this.#byId.get(id);
      if (node) {
        parent = node;
        continue;
      }
      const above = level === levels ? this.#step(parent, step) : parent;
      const name = path.slice(start, end).split(':', 1)[0]!;
      parent = this.#span(id, above.id, name, 'chain', level === levels ? metadata : {});
      this.#openNodes.set(`${path.slice(0, Math.max(0, start - 1))}|${name}`, parent);
    }
    return parent;
  }

  #step(graph: GraphSpan, step: unknown): GraphSpan {
    if (typeof step !== 'number') return graph;
    const id = `${graph.id}|step ${step}`;
    return this.#byId.get(id) ?? this.#span(id, graph.id, `step ${step}`, 'chain');
  }

  #addMessage(payload: unknown, scope: string): void {
    const [message, about] = asArray(payload);
    const metadata = isObject(about) ? about : {};
    const path =
      asText(metadata['langgraph_checkpoint_ns']) ||
      asText(metadata['checkpoint_ns']) ||
      asText(metadata['langgraph_node']);
    const node = path === '' ? this.graph : this.#node(path, metadata['langgraph_step'], metadata);
    this.#addTurn(node, message, metadata, scope);
  }

  /** Puts a message to the model or the tool that it is of; any other to its node. */
  #addTurn(node: GraphSpan, message: unknown, metadata: JsonObject, scope: string): void {
    const fields = messageFields(message);
    const id = asText(fields['id']);
    if (typeof fields['tool_call_id'] === 'string') {
      const name = asText(fields['name']) || 'tool';
      const tool =
        this.#byId.get(fields['tool_call_id']) ?? this.#span(fields['tool_call_id'], node.id, name, 'tool', metadata);
      tool.parts.push(message);
      if (fields['status'] === 'error') tool.error = fields['content'];
    } else if (isAnswer(message)) {
      const current = this.#calls.get(node);
      // OpenAI's own id of the message turns up among the chunks that have LangChain's.
      const isPiece =
        chunkFields(message) !== undefined && (id === '' || (!OWN_ID.test(id) && OWN_ID.test(current?.id ?? '')));
      const call =
        this.#byId.get(id) ??
        (isPiece ? current : undefined) ??
        this.#span(id || `${node.id}|model ${this.spans.length}`, node.id, 'model', 'llm', metadata);
      if (!call.parts.length) {
        call.name = asText(metadata['ls_model_name']) || call.name;
        // The stream does not say what the model was asked. It is asked with the messages of the state it is called in.
        call.input = this.states.get(parentScope(node, this.graph)) ?? this.states.get(scope);
      }
      call.parts.push(message);
      this.#calls.set(node, call);
    } else node.parts.push({ mode: 'message', payload: message });
  }

  #addValues(payload: unknown, scope: string): void {
    const isFirst = !this.states.has(scope);
    if (isObject(payload) && payload['__interrupt__'] !== undefined) {
      this.graph.parts.push({ mode: 'interrupt', payload: payload['__interrupt__'] });
    }
    // A state that only says that the graph was interrupted is none.
    if (isObject(payload) && Object.keys(payload).every((name) => name === '__interrupt__')) return;
    const owner = scope === '' ? this.graph : this.#node(scope, undefined);
    if (isFirst) owner.input = payload;
    owner.output = payload;
    if (!this.#hasMessages && !this.#hasUpdates) {
      for (const message of newMessages(payload, this.#seen)) {
        if (!isFirst && isTurnOfSpan(message)) this.#addTurn(owner, message, {}, scope);
      }
    }
    this.states.set(scope, payload);
  }

  #addUpdates(payload: unknown, scope: string): void {
    if (!isObject(payload)) {
      this.graph.parts.push({ mode: 'updates', payload });
      return;
    }
    for (const [name, update] of Object.entries(payload)) {
      if (name === '__interrupt__') {
        this.graph.parts.push({ mode: 'interrupt', payload: update });
        continue;
      }
      const key = `${scope}|${name}`;
      const path = scope === '' ? name : `${scope}|${name}`;
      const node = this.#openNodes.get(key) ?? this.#node(`${path}:update ${this.spans.length}`, undefined);
      this.#openNodes.delete(key);
      node.output = update;
      if (this.#hasMessages) continue;
      for (const message of newMessages(update, this.#seen)) {
        if (isTurnOfSpan(message)) this.#addTurn(node, message, {}, scope);
      }
    }
  }

  /** A task and its result; in `debug` items they are wrapped, with the time and the step. */
  #addTask(task: unknown, scope: string, wrapper: JsonObject): void {
    if (!isObject(task) || typeof task['id'] !== 'string') {
      this.graph.parts.push({ mode: 'tasks', payload: task });
      return;
    }
    const own = `${asText(task['name'])}:${task['id']}`;
    const node = this.#node(scope === '' ? own : `${scope}|${own}`, wrapper['step']);
    if (task['input'] !== undefined) {
      node.input = task['input'];
      node.start = wrapper['timestamp'];
      if (isObject(task['metadata'])) node.metadata = { ...task['metadata'], ...node.metadata };
    } else {
      node.output ??= task['result'];
      node.end = wrapper['timestamp'];
      if (task['error'] !== undefined && task['error'] !== null) node.error = task['error'];
    }
    const interrupts = asArray(task['interrupts']);
    if (interrupts.length) this.graph.parts.push({ mode: 'interrupt', payload: interrupts });
    node.parts.push({ mode: 'task', payload: task });
  }
}

/** The path of the graph that a node is in. */
const parentScope = (node: GraphSpan, graph: GraphSpan): string =>
  node === graph ? '' : node.id.slice(0, Math.max(0, node.id.lastIndexOf('|')));

function isAnswer(message: unknown): boolean {
  if (!isObject(message)) return false;
  const type: unknown = Array.isArray(message['id']) ? message['id'].at(-1) : message['type'];
  return type === 'AIMessage' || type === 'ai' || (type === 'AIMessageChunk' && chunkFields(message) !== undefined);
}

const isTurnOfSpan = (message: unknown): boolean =>
  isAnswer(message) || typeof messageFields(message)['tool_call_id'] === 'string';

/** The messages of a state or an update that were not there before. */
function newMessages(state: unknown, seen: Set<unknown>): unknown[] {
  const held = isObject(state) ? state['messages'] : undefined;
  const list = Array.isArray(held) ? (held as unknown[]) : held === undefined ? [] : [held];
  return list.filter((message) => {
    const id = messageFields(message)['id'] ?? message;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
