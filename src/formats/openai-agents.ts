import type { SpanKind, SpanOutline, SpanReader, SpanTable, TimeOrigin, Usage } from '../model/index.js';
import { firstText } from '../payloads/json-record.js';
import { asText, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { tokenUsage } from '../payloads/token-usage.js';
import type { Format } from './format.js';
import {
  bodiesOf,
  bodyOf,
  customOf,
  dataOf,
  documentsIn,
  exceptionIn,
  isOfSdk,
  meaningOf,
} from './openai-agents-meaning.js';
import { emptyOutline } from './outline.js';
import { clearOutline, fieldsOf, inSteps, momentOf, recordOf, rowsOf, usageOf } from './row.js';

/**
 * OpenAI's Agents SDK, as it sends traces to the traces API, `{data: [trace, trace.span, …]}`, as lines of these, or as
 * `{trace_id, spans}`. Told by `object` and `span_data`.
 *
 * openai/openai-agents-python, src/agents/tracing/span_data.py, spans.py and traces.py. A batch is cut anywhere: the
 * head of a trace and a span's parent may be in another file, and spans of several traces in one. The top spans of a
 * trace (one for each agent that was handed to) have no parent, so a trace has several roots. `response` spans hold
 * nothing but the id of the response; exporters that also keep the body put it into `span_data.response`.
 *
 * What `@openai/agents` 0.20 sends besides: a generation's `output` is a list of the bodies of chat completions, with the
 * usage in them, and it has no `usage` of its own; what a runner does and each of its turns are `custom` spans whose `data`
 * says so (`sdk_span_type`) and sums the usage up, which is all that is told of the tokens of `response` spans.
 */
export const openAiAgents: Format = {
  name: 'openai-agents',
  title: 'OpenAI Agents SDK traces',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    if (isItem(first)) return true;
    const inner = Array.isArray(first['data']) ? first['data'] : first['spans'];
    return Array.isArray(inner) && isItem(firstObject(inner));
  },

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(itemsOf(value, table), (item) => {
      if (item['object'] === 'trace') addHead(item, table);
      else {
        outlineSpan(clearOutline(outline), item, table.origin);
        table.add(outline, item, reader);
      }
    });
  },
};

const isItem = (value: unknown): boolean =>
  isObject(value) &&
  (value['object'] === 'trace.span' ||
    (value['object'] === 'trace' && 'workflow_name' in value) ||
    (isObject(value['span_data']) && typeof value['span_data']['type'] === 'string'));

function* itemsOf(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const inner = isItem(item) ? undefined : Array.isArray(item['data']) ? item['data'] : item['spans'];
    if (!Array.isArray(inner)) yield item;
    else {
      // The wrapper may say what a head would.
      if (typeof item['trace_id'] === 'string') addHead({ ...item, id: item['trace_id'] }, table);
      for (const row of rowsOf(inner, table)) yield row;
    }
  }
}

/** The head of a trace: no span, but what is said of the whole. */
function addHead(head: JsonObject, table: SpanTable): void {
  const facts = table.facts(asText(head['id']));
  const name = firstText(head, 'workflow_name');
  const conversationId = firstText(head, 'group_id');
  if (name !== undefined) facts.name = name;
  if (conversationId !== undefined) facts.sessionId = conversationId;
  if (!isObject(head['metadata'])) return;
  facts.metadata = head['metadata'];
  // The SDK has no field for the user; the metadata of a trace are the caller's own.
  const userId = firstText(head['metadata'], 'user_id');
  if (userId !== undefined) facts.userId = userId;
}

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  ['agent', 'agent'],
  ['handoff', 'agent'],
  ['generation', 'llm'],
  ['response', 'llm'],
  ['transcription', 'llm'],
  ['speech', 'llm'],
  ['function', 'tool'],
  ['mcp_tools', 'tool'],
  ['guardrail', 'guardrail'],
  ['speech_group', 'chain'],
  ['custom', 'chain'],
  // Newer SDKs: what a runner does, and each of its turns.
  ['task', 'chain'],
  ['turn', 'chain'],
]);

/** Sums of what is inside, as OpenAI counts: the cached tokens are inside the input. */
const sumsIn = ({ usage }: JsonObject): Usage | undefined =>
  isObject(usage)
    ? usageOf({
        input: usage['input_tokens'],
        output: usage['output_tokens'],
        total: usage['total_tokens'],
        cacheRead: usage['cached_input_tokens'],
        cacheWrite: usage['cache_write_input_tokens'],
      })
    : undefined;

function outlineSpan(outline: SpanOutline, span: JsonObject, origin: TimeOrigin): void {
  const data = dataOf(span);
  const { type } = data;
  outline.traceId = asText(span['trace_id']);
  outline.id = asText(span['id']);
  outline.parentId = asText(span['parent_id']);
  outline.name = nameOf(data);
  const custom = customOf(data);
  outline.label =
    firstText(data, 'to_agent', 'server') ?? (isOfSdk(data) ? firstText(custom, 'agent_name', 'name') : undefined);
  outline.kind = documentsIn(data).length ? 'retriever' : (KINDS.get(type) ?? 'span');
  outline.start = momentOf(origin, span['started_at']);
  outline.end = momentOf(origin, span['ended_at']);
  const exception = exceptionIn(span);
  if (exception) {
    outline.status = 'error';
    outline.statusMessage = exception.message;
  }
  const body = bodyOf(data);
  outline.model = firstText(data, 'model') ?? firstText(body, 'model');
  if (outline.kind === 'llm') {
    // The API that answers with ids of responses is OpenAI's; a generation may be any provider's.
    if (type === 'response') outline.provider = 'openai';
    // OpenAI's counts, of either API: cached tokens are inside the input, reasoning inside the output.
    outline.usage = tokenUsage(data['usage']) ?? tokenUsage(body['usage']) ?? tokenUsage(bodiesOf(data)[0]?.['usage']);
  } else if (isOfSdk(data)) outline.usage = sumsIn(custom);
  const wait = momentOf(origin, data['first_content_at']) - outline.start;
  if (wait >= 0) outline.timeToFirstToken = wait;
}

function nameOf(data: JsonObject): string {
  const name = firstText(data, 'name');
  if (name !== undefined) return name;
  const to = firstText(data, 'to_agent');
  if (data['type'] === 'handoff' && to !== undefined) return `handoff to ${to}`;
  return asText(data['type']);
}

/** Shown as what went in and came out. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['input', 'output', 'response']);

const reader: SpanReader = {
  format: openAiAgents.name,
  record(raw) {
    const span = isObject(raw) ? raw : {};
    const data = dataOf(span);
    const isShown = data['type'] === 'custom' && !isOfSdk(data);
    const attributes = fieldsOf(span, new Set(['span_data']));
    for (const [name, value] of fieldsOf(data, SHOWN_ELSEWHERE)) {
      if (!isShown || !/^data(?:\.|$)/.test(name)) attributes.set(`span_data.${name}`, value);
    }
    return recordOf(attributes);
  },
  meaning(_record, raw) {
    const span = isObject(raw) ? raw : {};
    const exception = exceptionIn(span);
    return { ...meaningOf(dataOf(span)), ...(exception && { exceptions: [exception] }) };
  },
};
