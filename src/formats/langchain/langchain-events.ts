import type { SpanOutline, SpanReader } from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import type { Format } from '../format.js';
import { asArray, asText, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { addedUsage, mergedChunks } from '../../payloads/langchain-chunks.js';
import { messageFields, usageInOutputs } from '../../payloads/langchain-io.js';
import { callMeaning, kindOfRun, objectIn, runMeaning, sessionOf } from './langchain-run.js';
import { OpenRuns } from './open-runs.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, exceptionOf, fieldsOf, inSteps, putError, recordOf, rowsOf, tagsOf } from '../row.js';
import { tokenUsage } from '../../payloads/token-usage.js';

const EVENT = /^on_(chat_model|llm|chain|tool|retriever|prompt|parser)_(start|stream|end|error)$/;

/** The event itself; LangGraph's server wraps it as `{event: "events", data: {…}}`. */
function unwrapped(item: JsonObject): JsonObject {
  return item['event'] === 'events' && isObject(item['data']) ? item['data'] : item;
}

const isEvent = (event: JsonObject): boolean =>
  typeof event['run_id'] === 'string' && (EVENT.test(asText(event['event'])) || event['event'] === 'on_custom_event');

/** All events of one run, in the order in which they came. It is the span's raw record. */
interface RunEvents {
  run_id: string;
  events: JsonObject[];
}

/**
 * What `astream_events` of LangChain gives: `on_<type>_start`, `_stream` and `_end` of each run. Told by the name of the
 * event and `run_id`.
 *
 * langchain-ai/langchain, langchain_core/runnables/schema.py and langchain_core/tracers/event_stream.py. Events have no
 * time, so the spans have none either: their order is the order of their first events, and `parent_ids` (the root's
 * first) make the tree. Version 1, and LangChain for JavaScript (1.2) in version 2 as well, have no `parent_ids`: there
 * the tree is made of what is open when a run starts (`OpenRuns`). JavaScript also has `on_tool_error` for tools alone; what
 * else fails has no end. An event of a page's own (`on_custom_event`) has the id of the run that it was sent from.
 */
export const langChainEvents: Format = {
  name: 'langchain-events',
  title: 'LangChain events (astream_events)',

  detect(value) {
    const first = firstObject(value);
    return first !== undefined && isEvent(unwrapped(first));
  },

  *read(value, table) {
    const runs = new Map<string, RunEvents>();
    const open = new OpenRuns();
    yield* inSteps(rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table), (item) => {
      const event = unwrapped(item);
      if (!isEvent(event)) {
        table.problems.push({ code: 'unreadable-record', message: 'An event names no run and was left out.' });
        return;
      }
      const id = asText(event['run_id']);
      const known = runs.get(id);
      if (known) known.events.push(event);
      else {
        runs.set(id, { run_id: id, events: [event] });
        openRun(open, event);
      }
      if (/_(?:end|error)$/.test(asText(event['event']))) open.end(id);
    });
    const outline = emptyOutline();
    yield* inSteps(runs.values(), (run) => {
      outlineRun(clearOutline(outline), partsOf(run), open);
      table.add(outline, run, reader);
    });
  },
};

function openRun(open: OpenRuns, event: JsonObject): void {
  const type = EVENT.exec(asText(event['event']))?.[1] ?? '';
  const path = asText(objectIn(event, 'metadata')['langgraph_checkpoint_ns']);
  open.start(asText(event['run_id']), type, asText(event['name']), path, asArray(event['tags']));
}

/** The events of a run by what they are. */
interface RunParts {
  type: string;
  first: JsonObject;
  metadata: JsonObject;
  input: unknown;
  output: unknown;
  chunks: unknown[];
  error: unknown;
  hasEnded: boolean;
  custom: JsonObject[];
}

const dataOf = (event: JsonObject): JsonObject => (isObject(event['data']) ? event['data'] : {});

function partsOf({ events }: RunEvents): RunParts {
  const own = events.filter((event) => event['event'] !== 'on_custom_event');
  const first = own[0] ?? events[0]!;
  const parts: RunParts = {
    type: EVENT.exec(asText(first['event']))?.[1] ?? '',
    first,
    metadata: isObject(first['metadata']) ? first['metadata'] : {},
    input: undefined,
    output: undefined,
    chunks: [],
    error: undefined,
    hasEnded: false,
    custom: events.filter((event) => event['event'] === 'on_custom_event'),
  };
  for (const event of own) {
    const data = dataOf(event);
    const phase = EVENT.exec(asText(event['event']))?.[2];
    if (phase === 'stream') parts.chunks.push(data['chunk']);
    // A run whose input is streamed knows it in the end only.
    if (phase !== 'stream') parts.input ??= data['input'];
    if (phase === 'end') {
      parts.hasEnded = true;
      parts.output = data['output'];
    }
    if (phase === 'error') parts.error = data['error'] ?? 'The run failed.';
  }
  return parts;
}

function outlineRun(outline: SpanOutline, parts: RunParts, open: OpenRuns): void {
  const { type, first, metadata, output, chunks, error, hasEnded } = parts;
  const id = asText(first['run_id']);
  const parents = first['parent_ids'];
  const { parentId, traceId } = open.place(id);
  outline.id = id;
  outline.parentId = Array.isArray(parents) ? asText(parents.at(-1)) : parentId;
  outline.traceId = Array.isArray(parents) ? asText(parents[0]) || id : traceId;
  outline.name = asText(first['name']);
  outline.kind = kindOfRun(type, outline.name, metadata);
  if (hasEnded) outline.status = 'ok';
  putError(outline, error);
  outline.sessionId = sessionOf(metadata);
  outline.userId = firstText(metadata, 'user_id');
  if (outline.kind === 'llm') {
    outline.model =
      firstText(metadata, 'ls_model_name') ??
      firstText(objectIn(messageFields(output), 'response_metadata'), 'model_name');
    outline.provider = firstText(metadata, 'ls_provider');
    outline.usage = usageInOutputs(output) ?? tokenUsage(addedUsage(chunks.map(messageFields)));
  }
  if (outline.parentId !== '') return;
  outline.tags = tagsOf(first['tags']);
  if (Object.keys(metadata).length) outline.metadata = metadata;
}

const runOf = (raw: unknown): RunEvents => raw as RunEvents;

const reader: SpanReader = {
  format: langChainEvents.name,
  record(raw) {
    const { first, metadata, custom } = partsOf(runOf(raw));
    const attributes = fieldsOf(first, new Set(['event', 'data', 'metadata']));
    for (const [name, value] of Object.entries(metadata)) attributes.set(`metadata.${name}`, value);
    const events = custom.map((event) => ({
      name: asText(event['name']),
      attributes: isObject(event['data']) ? fieldsOf(event['data']) : new Map([['data', event['data']]]),
    }));
    return { ...recordOf(attributes), events };
  },
  meaning(_record, raw) {
    const { type, first, metadata, input, output, chunks, error, hasEnded } = partsOf(runOf(raw));
    const kind = kindOfRun(type, asText(first['name']), metadata);
    // The end repeats what was streamed. Where it is missing, the chunks are all there is.
    const meaning = runMeaning(kind, input, hasEnded ? output : streamed(chunks));
    const exception = exceptionOf(error);
    return {
      ...meaning,
      ...(kind === 'llm' && callMeaning(metadata, objectIn(metadata, 'ls_invocation_params'))),
      ...(exception && { exceptions: [exception] }),
    };
  },
};

function streamed(chunks: readonly unknown[]): unknown {
  if (chunks.length === 0) return undefined;
  const message = mergedChunks(chunks);
  if (message) return message;
  return chunks.every((chunk) => typeof chunk === 'string')
    ? chunks.join('')
    : chunks.length === 1
      ? chunks[0]
      : chunks;
}
