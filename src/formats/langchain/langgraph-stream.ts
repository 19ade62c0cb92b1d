import type { SpanEvent, SpanMeaning, SpanOutline, SpanReader, TimeOrigin } from '../../model/index.js';
import { toolResultValue } from '../../payloads/content-part.js';
import { firstText } from '../../payloads/json-record.js';
import type { Format } from '../format.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { addedUsage, chunkFields, mergedChunks } from '../../payloads/langchain-chunks.js';
import { messageFields } from '../../payloads/langchain-io.js';
import { callMeaning, objectIn, runMeaning, sessionOf } from './langchain-run.js';
import { GraphSpans, streamItem, type GraphSpan, type StreamItem } from './langgraph-spans.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, exceptionOf, fieldsOf, inSteps, momentOf, putError, recordOf, tagsOf } from '../row.js';
import { tokenUsage } from '../../payloads/token-usage.js';

/**
 * What `stream` of a LangGraph graph gives with several modes: `[mode, payload]`, and with subgraphs `[namespace, mode,
 * payload]`; a list or lines of them. Told by the words for the modes.
 *
 * langchain-ai/langgraph, libs/langgraph/langgraph/types.py (StreamMode) and pregel/_messages.py. The stream has states,
 * updates and messages, but no spans. They are made of it: the graph, its steps (`langgraph_step`), the nodes that ran
 * in each (`langgraph_checkpoint_ns`), in them a call of a model for each message (its chunks have one id) and a call
 * of a tool for each `tool_call_id`. Only `debug` items have times. Where there are no `messages` items, the messages
 * that are new in each update, or else in each state, take their place. A stream names no run: the trace has the path
 * of its first node as its id, and two streams of one thread (before and after an interrupt) are two traces of a session.
 * JavaScript's `checkpoints` say with what name, tags and metadata the graph was run. Its `tasks` come before the messages
 * and name no step: nodes then stand in the graph itself.
 */
export const langGraphStream: Format = {
  name: 'langgraph-stream',
  title: 'LangGraph stream',

  detect: (value) =>
    tuplesIn(value)
      .slice(0, 3)
      // A list of two words may be any list of words.
      .some((item) => typeof (streamItem(item)?.payload ?? '') === 'object'),

  *read(value, table) {
    const items: StreamItem[] = [];
    yield* inSteps(tuplesIn(value), (tuple) => {
      const item = streamItem(tuple);
      if (item) items.push(item);
      else
        table.problems.push({
          code: 'unreadable-record',
          message: 'An item of the stream has no mode and was left out.',
        });
    });
    const traceId = traceIdOf(items);
    const graph = new GraphSpans(traceId, items);
    yield* inSteps(items, (item) => graph.add(item));
    const reader = graphReader(graph);
    const outline = emptyOutline();
    yield* inSteps(graph.spans, (span) => {
      outlineSpan(clearOutline(outline), span, traceId, table.origin);
      table.add(outline, span, reader);
    });
  },
};

/** The items of a stream; a single one is a list as well. */
function tuplesIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  return streamItem(value) ? [value] : (value as unknown[]);
}

function traceIdOf(items: readonly StreamItem[]): string {
  for (const { mode, payload } of items) {
    const about = mode === 'messages' ? asArray(payload)[1] : undefined;
    const id = isObject(about) ? firstText(about, 'run_id', 'langgraph_checkpoint_ns', 'checkpoint_ns') : undefined;
    if (id !== undefined) return `langgraph ${id}`;
  }
  return 'langgraph';
}

function outlineSpan(outline: SpanOutline, span: GraphSpan, traceId: string, origin: TimeOrigin): void {
  const { metadata, parts } = span;
  outline.traceId = traceId;
  outline.id = span.id;
  outline.parentId = span.parentId;
  outline.name = span.name;
  outline.kind = span.kind;
  outline.start = momentOf(origin, span.start);
  outline.end = momentOf(origin, span.end);
  putError(outline, span.error);
  outline.sessionId = sessionOf(metadata);
  outline.userId = firstText(metadata, 'user_id');
  if (span.parentId === '') {
    outline.tags = tagsOf(span.tags);
    if (Object.keys(metadata).length) outline.metadata = metadata;
  }
  if (span.kind !== 'llm') return;
  const all = parts.map(messageFields);
  outline.model = firstText(metadata, 'ls_model_name');
  for (let at = 0; outline.model === undefined && at < all.length; at++) {
    outline.model = firstText(objectIn(all[at]!, 'response_metadata'), 'model_name', 'model');
  }
  outline.provider = firstText(metadata, 'ls_provider');
  const whole = wholeMessage(span);
  outline.usage = tokenUsage(messageFields(whole)['usage_metadata']) ?? tokenUsage(addedUsage(all));
}

const spanOf = (raw: unknown): GraphSpan => raw as GraphSpan;

function graphReader(graph: GraphSpans): SpanReader {
  let calls: ReadonlyMap<string, JsonObject> | undefined;
  return {
    format: langGraphStream.name,
    record(raw) {
      const { kind, metadata, parts } = spanOf(raw);
      const isMessages = kind === 'llm' || kind === 'tool';
      const attributes = fieldsOf(metadata);
      const events: SpanEvent[] = [];
      for (const part of isMessages ? [] : parts) {
        // A task is no event in the node but the node itself.
        if (!isObject(part) || part['mode'] !== 'task') events.push(eventOf(part));
        else
          for (const [name, value] of fieldsOf(messageOf(part['payload']), OF_NODE))
            attributes.set(`task.${name}`, value);
      }
      return { ...recordOf(attributes), events };
    },
    meaning(_record, raw) {
      const span = spanOf(raw);
      const exception = exceptionOf(span.error);
      return {
        ...meaningOf(span, () => (calls ??= toolCallsIn(graph))),
        ...(exception && { exceptions: [exception] }),
      };
    },
  };
}

/** Of a task: what is shown as the node's own. */
const OF_NODE: ReadonlySet<string> = new Set(['input', 'result', 'error', 'metadata']);

/** Interrupts, checkpoints and what a node sends of its own (`custom`). */
function eventOf(part: unknown): SpanEvent {
  const { mode, payload } = isObject(part) ? part : { mode: '', payload: part };
  return { name: asText(mode), attributes: isObject(payload) ? fieldsOf(payload) : new Map([['data', payload]]) };
}

function meaningOf(span: GraphSpan, calls: () => ReadonlyMap<string, JsonObject>): SpanMeaning {
  if (span.kind === 'llm') {
    const answer = answerOf(span);
    // What came of the response, and with OpenAI's Responses API repeats the request: its tools and parameters.
    const response = objectIn(messageFields(answer), 'response_metadata');
    const { tools } = callMeaning(span.metadata, {}, response);
    return { ...runMeaning('llm', span.input, answer), ...callMeaning(span.metadata, {}), ...(tools && { tools }) };
  }
  if (span.kind === 'tool') {
    const call = calls().get(span.id);
    const answer = mergedChunks(span.parts) ?? span.parts.at(-1);
    const { messages } = runMeaning('tool', undefined, answer);
    const content = toolResultValue(messageFields(answer)['content']);
    return { ...runMeaning('tool', call?.['args'], content), ...(messages && { messages }) };
  }
  return runMeaning(span.kind, span.input, span.output);
}

/** The message that came in one piece, where one did. */
const wholeMessage = ({ parts }: GraphSpan): unknown => parts.findLast((part) => chunkFields(part) === undefined);

/** The message of a model: the whole one, else what its chunks add up to. */
const answerOf = (span: GraphSpan): JsonObject => messageOf(wholeMessage(span) ?? mergedChunks(span.parts));

const messageOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The calls of tools by id: of the models in the stream, and of the messages that were in the state before. */
function toolCallsIn({ spans, states }: GraphSpans): ReadonlyMap<string, JsonObject> {
  const calls = new Map<string, JsonObject>();
  const take = (message: unknown): void => {
    for (const call of asArray(messageFields(message)['tool_calls'])) {
      if (isObject(call) && typeof call['id'] === 'string') calls.set(call['id'], call);
    }
  };
  for (const state of states.values()) for (const message of asArray(messageOf(state)['messages'])) take(message);
  for (const span of spans) if (span.kind === 'llm') take(answerOf(span));
  return calls;
}
