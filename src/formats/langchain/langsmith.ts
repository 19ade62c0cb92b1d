import type {
  PromptTemplate,
  SpanMeaning,
  SpanOutline,
  SpanEvent,
  SpanReader,
  SpanRecord,
  SpanTable,
  TimeOrigin,
} from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import type { Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { unwrapped, usageInOutputs } from '../../payloads/langchain-io.js';
import { callMeaning, kindOfRun, objectIn, runMeaning, sessionOf } from './langchain-run.js';
import {
  idOfRun,
  isFeedback,
  isPatch,
  isRun,
  RunCollector,
  scoresInStats,
  timeInOrder,
  type LangSmithSource,
  type Run,
} from './langsmith-runs.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, fieldsOf, inSteps, momentOf, sumOf, tagsOf } from '../row.js';
import { tokenUsage } from '../../payloads/token-usage.js';
import { thrown } from '../traceback.js';

/**
 * LangSmith: runs as the API gives them (a list, lines, `{runs}`, one run with `child_runs`), and the batches that the
 * SDKs send, `{post, patch}`, in which a run comes in two halves. Told by `run_type`.
 *
 * langchain-ai/langsmith-sdk, js/src/schemas.ts and python/langsmith/schemas.py. What is otherwise than written there:
 * older SDKs for JavaScript send the second half of a run without `id`, so it is taken from `dotted_order`; that SDK
 * writes a sequence where the microseconds of `dotted_order` and of `start_time` are, while its `end_time` is whole
 * milliseconds; newer SDKs put `usage_metadata` into the metadata; a run that has ended has no `status` before the service
 * gave it one. Bodies of `POST /feedback` may follow the runs, or come before them.
 */
export const langSmith: Format = {
  name: 'langsmith',
  title: 'LangSmith runs',

  detect(value) {
    const first = Array.isArray(value)
      ? (value as unknown[]).find((item) => isObject(item) && !isFeedback(item))
      : firstObject(value);
    if (!isObject(first)) return false;
    if (isRun(first)) return true;
    const { post, patch, runs } = first;
    if (Array.isArray(post) || Array.isArray(patch)) {
      const run = firstObject(asArray(post)) ?? firstObject(asArray(patch));
      return isRun(run) || isPatch(run);
    }
    return Array.isArray(runs) && isRun(firstObject(runs));
  },

  *read(value, table) {
    const collector = new RunCollector(table);
    yield* inSteps(recordsOf(value, collector), () => undefined);
    const source = collector.finish();
    const reader = runReader(source);
    const outline = emptyOutline();
    const byId = new Map(source.runs.map((run) => [run.id, run.raw]));
    yield* inSteps(source.runs, (run) => {
      outlineRun(clearOutline(outline), run, byId.get(run.parentId) ?? {}, table);
      table.add(outline, run.raw, reader);
    });
  },
};

function* recordsOf(value: unknown, collector: RunCollector): Generator<void> {
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) yield* collector.add(item);
}

interface RunParts {
  metadata: JsonObject;
  invocation: JsonObject;
  inputs: JsonObject;
  outputs: JsonObject;
}

function partsOf(raw: JsonObject): RunParts {
  const extra = objectIn(raw, 'extra');
  const metadata = objectIn(extra, 'metadata');
  return {
    metadata,
    // The wrappers of the SDKs have no run of LangChain to say how it was invoked, and say it in the metadata.
    invocation: isObject(extra['invocation_params'])
      ? extra['invocation_params']
      : objectIn(metadata, 'ls_invocation_params'),
    inputs: objectIn(raw, 'inputs'),
    outputs: objectIn(raw, 'outputs'),
  };
}

function outlineRun(
  outline: SpanOutline,
  { raw, id, parentId, traceId, order }: Run,
  parent: JsonObject,
  table: SpanTable,
): void {
  const { metadata, invocation, inputs, outputs } = partsOf(raw);
  const { origin } = table;
  outline.traceId = traceId;
  outline.id = id;
  outline.parentId = parentId;
  outline.name = asText(raw['name']);
  outline.kind = kindOfRun(raw['run_type'], outline.name, metadata, objectIn(objectIn(parent, 'extra'), 'metadata'));
  outline.start = startOf(raw, order, origin);
  outline.end = momentOf(origin, raw['end_time']);
  outline.timeToFirstToken = timeToFirstToken(raw, outline.start, origin);
  const error = errorOf(raw);
  outline.status = error !== '' || raw['status'] === 'error' ? 'error' : raw['status'] === 'success' ? 'ok' : 'unset';
  outline.statusMessage = error === '' ? undefined : thrown(error).message;
  const callsModel = outline.kind === 'llm' || outline.kind === 'embedding';
  outline.model =
    firstText(metadata, 'ls_model_name') ??
    firstText(invocation, 'model', 'model_name', 'modelName', 'model_id') ??
    (callsModel
      ? (firstText(outputs, 'model') ??
        firstText(objectIn(outputs, 'llm_output'), 'model_name') ??
        firstText(inputs, 'model'))
      : undefined);
  outline.provider = firstText(metadata, 'ls_provider');
  // A run that calls no model states the sums of those inside it.
  outline.usage = usageInOutputs(outputs) ?? tokenUsage(metadata['usage_metadata']) ?? tokenUsage(raw);
  outline.cost = costOf(raw, outputs, metadata);
  outline.sessionId = sessionOf(metadata);
  outline.userId = firstText(metadata, 'user_id');
  if (parentId !== '') return;
  // Tags of runs inside it say where in a chain they stand (`seq:step:1`): they are not the trace's.
  outline.tags = tagsOf(raw['tags']);
  if (Object.keys(metadata).length) outline.metadata = metadata;
}

/** What LangSmith reckoned is text, since its decimals do not fit a number. */
function costOf(raw: JsonObject, outputs: JsonObject, metadata: JsonObject): number | undefined {
  for (const counts of [raw, outputs['usage_metadata'], metadata['usage_metadata']]) {
    if (!isObject(counts)) continue;
    const cost =
      sumOf(counts['total_cost']) ??
      sumOf(either(counts, 'prompt_cost', 'input_cost'), either(counts, 'completion_cost', 'output_cost'));
    if (cost !== undefined) return cost;
  }
  return undefined;
}

/**
 * Half a run that lacks its beginning has it in `dotted_order`. Behind JavaScript's milliseconds is no time but a count:
 * with it a quick run would end before it starts.
 */
function startOf(raw: JsonObject, order: string, origin: TimeOrigin): number {
  const runtime = objectIn(objectIn(raw, 'extra'), 'runtime');
  const isJs = runtime['sdk'] === 'langsmith-js' || runtime['library'] === 'langchain-js';
  const time = raw['start_time'] ?? timeInOrder(order);
  return momentOf(origin, isJs && typeof time === 'string' ? time.replace(/(\.\d{3})\d+/, '$1') : time);
}

function timeToFirstToken(raw: JsonObject, start: number, origin: TimeOrigin): number | undefined {
  let time: unknown = raw['first_token_time'];
  if (time === undefined || time === null) {
    const first = asArray(raw['events']).find((event) => isObject(event) && event['name'] === 'new_token');
    time = isObject(first) ? first['time'] : undefined;
  }
  const wait = momentOf(origin, time) - start;
  return wait >= 0 ? wait : undefined;
}

/** Text, as LangSmith has it; others' records hold an object now and then. */
function errorOf(raw: JsonObject): string {
  const { error } = raw;
  return isObject(error) ? (firstText(error, 'message', 'error') ?? '') : asText(error);
}

function runReader({ feedback }: LangSmithSource): SpanReader {
  return {
    format: langSmith.name,
    record: (raw) => recordOfRun(isObject(raw) ? raw : {}),
    meaning(_record, raw) {
      const run = isObject(raw) ? raw : {};
      const given = feedback.get(idOfRun(run)) ?? [];
      const named = new Set(given.map(({ name }) => name));
      // The statistics sum up what is given in full, where it is given.
      const scores = [...given, ...scoresInStats(run['feedback_stats']).filter(({ name }) => !named.has(name))];
      return { ...meaningOf(run), ...(scores.length && { scores }) };
    },
  };
}

/** Shown as what went in and came out, as events, or as spans of their own. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['inputs', 'outputs', 'events', 'child_runs', 'extra']);

function recordOfRun(raw: JsonObject): SpanRecord {
  const extra = objectIn(raw, 'extra');
  const { runtime } = extra;
  const attributes = fieldsOf(raw, SHOWN_ELSEWHERE);
  for (const [name, value] of fieldsOf(extra, new Set(['runtime']))) attributes.set(`extra.${name}`, value);
  const library = isObject(runtime) ? firstText(runtime, 'sdk', 'library') : undefined;
  const version = isObject(runtime) ? firstText(runtime, 'sdk_version', 'library_version') : undefined;
  return {
    attributes,
    events: asArray(raw['events']).filter(isObject).map(eventOf),
    links: [],
    resource: new Map(isObject(runtime) ? Object.entries(runtime) : []),
    scope: { ...(library !== undefined && { name: library }), ...(version !== undefined && { version }) },
  };
}

function eventOf(event: JsonObject): SpanEvent {
  const { name, time, ...others } = event;
  const millis = typeof time === 'number' ? time : Date.parse(asText(time));
  return {
    name: asText(name),
    attributes: fieldsOf(others),
    ...(Number.isFinite(millis) && { time: millis }),
  };
}

function meaningOf(raw: JsonObject): SpanMeaning {
  const { metadata, invocation, inputs } = partsOf(raw);
  const kind = kindOfRun(raw['run_type'], asText(raw['name']), metadata);
  const input = unwrapped(jsonOrText(raw['inputs']), 'input');
  const output = unwrapped(jsonOrText(raw['outputs']), 'output');
  const prompt = promptOf(raw, metadata, inputs);
  const error = errorOf(raw);
  return {
    ...runMeaning(kind, input, output),
    ...((kind === 'llm' || kind === 'embedding') && callMeaning(metadata, invocation, inputs)),
    ...(prompt && { prompt }),
    ...(error !== '' && { exceptions: [thrown(error)] }),
  };
}

/** The template: of the hub, as the metadata says, or the one that the run of a template was serialised with. */
function promptOf(raw: JsonObject, metadata: JsonObject, inputs: JsonObject): PromptTemplate | undefined {
  const owner = firstText(metadata, 'lc_hub_owner');
  const repository = firstText(metadata, 'lc_hub_repo');
  const version = firstText(metadata, 'lc_hub_commit_hash');
  const name = repository === undefined ? undefined : owner === undefined ? repository : `${owner}/${repository}`;
  const isTemplate = raw['run_type'] === 'prompt';
  if (name === undefined && !isTemplate) return undefined;
  const template = templateOf(objectIn(objectIn(raw, 'serialized'), 'kwargs'));
  return {
    name: name ?? asText(raw['name']),
    ...(version !== undefined && { version }),
    ...(template !== undefined && { template }),
    ...(isTemplate && Object.keys(inputs).length && { variables: unwrapped(inputs, 'input') }),
  };
}

/** A template's text, or those of the messages of a chat template. */
function templateOf(kwargs: JsonObject): string | undefined {
  const own = firstText(kwargs, 'template');
  if (own !== undefined) return own;
  const texts = asArray(kwargs['messages']).flatMap((message) => {
    const prompt = objectIn(isObject(message) ? objectIn(message, 'kwargs') : {}, 'prompt');
    return firstText(objectIn(prompt, 'kwargs'), 'template') ?? [];
  });
  return texts.length ? texts.join('\n\n') : undefined;
}
