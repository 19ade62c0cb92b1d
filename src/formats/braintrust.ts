import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import type {
  Score,
  SpanKind,
  SpanMeaning,
  SpanOutline,
  SpanReader,
  SpanTable,
  ToolDefinition,
} from '../model/index.js';
import { firstText, firstValue, recordsIn } from '../payloads/json-record.js';
import { scoredDocuments } from '../payloads/retrieved-documents.js';
import { toolDefinition, toolDefinitions } from '../payloads/tools.js';
import type { Format } from './format.js';
import { generationTurns } from './generation-result.js';
import { asArray, asText, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { deepMerge } from './merged-rows.js';
import { emptyOutline } from './outline.js';
import {
  callParameters,
  clearOutline,
  exceptionOf,
  fieldsOf,
  inSteps,
  momentOf,
  momentOfSeconds,
  partOf,
  payloadIn,
  putError,
  recordOf,
  rowsOf,
  scoresOf,
  tagsOf,
  usageOf,
} from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * Braintrust: rows as its SDKs log them (`{rows: […]}`, lists, lines), as its API gives them (`{events: […], cursor}`), and
 * the nested `{span_tree: [{name, type, children, …}]}` of its SDK's own tests, whose spans have neither ids nor times. A
 * row is told by `span_id` and `root_span_id`. Rows with `_is_merge` say more of the row with the same `id`.
 *
 * Sources: braintrustdata/braintrust-sdk-javascript, js/src/generated_types.ts (ProjectLogsEvent), js/util/span_types.ts and
 * js/util/merge_row_batch.ts. Real rows differ: many spans have no type; ids are any text; LangChain's integration states
 * `total_tokens` where the others state `tokens`; a wrapper's `finish_reason` may be an object. Feedback comes as rows without
 * `span_id`: scores that are merged by `id`, and a comment that names the row as its `origin`.
 */
export const braintrust: Format = {
  name: 'braintrust',
  title: 'Braintrust logs',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    return isRow(first) || isRow(firstObject(first['events'])) || isRow(firstObject(first['rows'])) || isTree(first);
  },

  *read(value, table) {
    const outline = emptyOutline();
    const trees: JsonObject[] = [];
    const rows = withComments(mergedById(rowsIn(value, table, trees)), table);
    yield* inSteps(rows, (row) => {
      outlineOfRow(row, clearOutline(outline), table);
      table.add(outline, row, reader);
    });
    for (const tree of trees) {
      yield* inSteps(nodesOf(tree, table), (node) => {
        outlineOfNode(node, clearOutline(outline), table);
        table.add(outline, node.span, reader);
      });
    }
  },
};

const isRow = (row: JsonObject | undefined): boolean =>
  typeof row?.['span_id'] === 'string' &&
  typeof row['root_span_id'] === 'string' &&
  (isObject(row['span_attributes']) || isObject(row['metrics']) || '_is_merge' in row || 'log_id' in row);

const isTree = (value: JsonObject): boolean => {
  const top = firstObject(value['span_tree']);
  return typeof top?.['name'] === 'string' && Array.isArray(top['children']);
};

function* rowsIn(value: unknown, table: SpanTable, trees: JsonObject[]): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const list = item['span_id'] === undefined ? (item['events'] ?? item['rows']) : undefined;
    if (Array.isArray(list)) yield* rowsOf(list, table);
    else if (Array.isArray(item['span_tree'])) trees.push(item);
    else yield item;
  }
}

/** Each row with what later rows say of it, in the order in which the rows first came. */
function mergedById(rows: Iterable<JsonObject>): JsonObject[] {
  const merged: JsonObject[] = [];
  const places = new Map<string, number>();
  const ours = new WeakSet<object>();
  for (const row of rows) {
    const id = asText(row['id']);
    const place = id === '' || row['_is_merge'] !== true ? undefined : places.get(id);
    if (place !== undefined) merged[place] = deepMerge(merged[place]!, row, ours);
    else places.set(id, merged.push(row) - 1);
  }
  return merged;
}

/** Whether a row is feedback on another one, and no span. */
const isFeedback = (row: JsonObject): boolean =>
  row['span_id'] === undefined &&
  row['span_attributes'] === undefined &&
  (isObject(row['origin']) || isObject(row['comment']) || '_audit_source' in row);

/** The rows that are spans, with the comments on them. Feedback on a row that is not here is reported. */
function withComments(rows: readonly JsonObject[], table: SpanTable): JsonObject[] {
  const spans = rows.filter((row) => !isFeedback(row));
  if (spans.length === rows.length) return spans;
  const places = new Map(spans.map((row, place): [string, number] => [asText(row['id']), place]));
  const comments = new Map<number, JsonObject[]>();
  let lost = 0;
  for (const row of rows) {
    if (!isFeedback(row)) continue;
    const place = places.get(asText(partOf(row, 'origin')['id']));
    const known = place === undefined ? undefined : comments.get(place);
    if (place === undefined) lost++;
    else if (known) known.push(row);
    else comments.set(place, [row]);
  }
  for (const [place, list] of comments) {
    const row = spans[place]!;
    spans[place] = { ...row, comments: [...asArray(row['comments']), ...list] };
  }
  if (lost) {
    const message = `${lost} ${lost === 1 ? 'row is' : 'rows are'} feedback on a span that is not here and left out.`;
    table.problems.push({ code: 'unreadable-record', message });
  }
  return spans;
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['function', 'chain'],
  ['task', 'chain'],
  ['eval', 'chain'],
  ['automation', 'chain'],
  ['preprocessor', 'chain'],
  ['score', 'evaluator'],
  ['classifier', 'evaluator'],
  ['facet', 'evaluator'],
  ['review', 'evaluator'],
]);

function outlineOfRow(row: JsonObject, outline: SpanOutline, table: SpanTable): void {
  const attributes = partOf(row, 'span_attributes');
  const metrics = partOf(row, 'metrics');
  outline.traceId = normalisedId(row['root_span_id']);
  outline.id = normalisedId(row['span_id'] ?? row['id']);
  outline.parentId = normalisedId(asArray(row['span_parents'])[0]);
  outline.name = asText(attributes['name']) || asText(row['name']);
  outline.start =
    metrics['start'] === undefined
      ? momentOf(table.origin, row['created'])
      : momentOfSeconds(table.origin, metrics['start']);
  outline.end = momentOfSeconds(table.origin, metrics['end']);
  outline.kind = attributes['purpose'] === 'scorer' ? 'evaluator' : kindOf(attributes['type']);
  putFacts(row, outline);
}

const kindOf = (type: unknown): SpanKind => KINDS.get(asText(type).toLowerCase()) ?? 'span';

/** What rows and the nodes of a tree state alike. */
function putFacts(row: JsonObject, outline: SpanOutline): void {
  const metrics = partOf(row, 'metrics');
  const metadata = partOf(row, 'metadata');
  putError(outline, row['error']);
  outline.model = firstText(metadata, 'model') ?? firstText(partOf(metadata, 'invocation_params'), 'model');
  outline.provider = firstText(metadata, 'provider');
  // Braintrust's wrappers add cached tokens to the prompt's, Anthropic's too; reasoning is inside the completion's.
  outline.usage = usageOf({
    input: metrics['prompt_tokens'],
    output: metrics['completion_tokens'],
    total: metrics['tokens'] ?? metrics['total_tokens'],
    cacheRead: metrics['prompt_cached_tokens'],
    cacheWrite: metrics['prompt_cache_creation_tokens'],
    reasoning: metrics['completion_reasoning_tokens'] ?? metrics['reasoning_tokens'],
    audioInput: metrics['prompt_audio_tokens'],
    audioOutput: metrics['completion_audio_tokens'],
  });
  outline.cost = asNumber(metrics['estimated_cost']);
  const seconds = asNumber(metrics['time_to_first_token']);
  if (seconds !== undefined) outline.timeToFirstToken = seconds * 1000;
  outline.sessionId = firstText(metadata, 'session_id', 'sessionId', 'thread_id', 'conversation_id');
  outline.userId = firstText(metadata, 'user_id', 'userId');
  outline.tags = tagsOf(row['tags']);
  if (outline.parentId === '' && isObject(row['metadata'])) outline.metadata = row['metadata'];
}

/** A span of a tree, with the ids that it is given: its place in the order of the tree. */
interface TreeNode {
  span: JsonObject;
  id: number;
  parentId: number;
}

function* nodesOf(tree: JsonObject, table: SpanTable): Generator<TreeNode> {
  let count = 0;
  // The last one waiting is next, so each list is put there from its end.
  const waiting = childrenOf(tree['span_tree'], 0);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [span, parentId] = next;
    if (!isObject(span)) {
      table.problems.push({ code: 'unreadable-record', message: 'A span is not an object and was left out.' });
      continue;
    }
    const id = ++count;
    yield { span, id, parentId };
    for (const child of childrenOf(span['children'], id)) waiting.push(child);
  }
}

const childrenOf = (list: unknown, parentId: number): [unknown, number][] =>
  asArray(list)
    .map((child): [unknown, number] => [child, parentId])
    .reverse();

function outlineOfNode({ span, id, parentId }: TreeNode, outline: SpanOutline, table: SpanTable): void {
  const metrics = partOf(span, 'metrics');
  outline.traceId = 'span_tree';
  outline.id = `span-${id}`;
  outline.parentId = parentId ? `span-${parentId}` : '';
  outline.name = asText(span['name']);
  outline.kind = kindOf(span['type']);
  outline.start = momentOfSeconds(table.origin, metrics['start']);
  outline.end = momentOfSeconds(table.origin, metrics['end']);
  putFacts(span, outline);
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['input', 'output', 'children', 'comments']);

const reader: SpanReader = {
  format: braintrust.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, SHOWN_ELSEWHERE) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
};

function meaningOf(row: JsonObject): SpanMeaning {
  const metadata = partOf(row, 'metadata');
  const kind = kindOf(partOf(row, 'span_attributes')['type'] ?? row['type']);
  const exception = exceptionOf(row['error']);
  // What a tool is given or gives may look like a turn, and is none.
  const messages =
    kind === 'tool' || kind === 'evaluator' ? [] : generationTurns(row['input'], row['output'], kind === 'llm');
  return stated<SpanMeaning>({
    input: payloadIn(row['input']),
    output: payloadIn(row['output']),
    messages: unlessEmpty(messages),
    tools: unlessEmpty(toolsIn(metadata['tools'])),
    parameters: kind === 'llm' ? callParameters(metadata, metadata['invocation_params'], row['input']) : undefined,
    exceptions: exception && [exception],
    documents: kind === 'chain' || kind === 'span' ? unlessEmpty(scoredDocuments(row['output'])) : undefined,
    scores: unlessEmpty([...scoresOf(row['scores']), ...recordsIn(row['comments']).flatMap(commentOf)]),
  });
}

/** What somebody wrote about a span. */
function commentOf(row: JsonObject): Score[] {
  const explanation = firstText(partOf(row, 'comment'), 'text');
  const source = firstText(row, '_audit_source');
  return explanation === undefined ? [] : [{ name: 'comment', explanation, ...(source !== undefined && { source }) }];
}

/** A list of tools, or the AI SDK's map of them by name. */
function toolsIn(value: unknown): ToolDefinition[] {
  if (!isObject(value)) return toolDefinitions(value);
  return Object.entries(value).flatMap(([name, tool]) => {
    const definition = toolDefinition(isObject(tool) ? { ...tool, name } : { name });
    return definition ? [{ ...definition, ...wrappedSchema(definition) }] : [];
  });
}

/** The AI SDK wraps a schema: `{jsonSchema: {…}}`. */
function wrappedSchema({ parameters }: ToolDefinition): Partial<ToolDefinition> {
  const inner = isObject(parameters) ? firstValue(parameters, 'jsonSchema') : undefined;
  return inner === undefined ? {} : { parameters: inner };
}
