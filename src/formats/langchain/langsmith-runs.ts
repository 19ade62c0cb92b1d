import type { Score, SpanTable } from '../../model/index.js';
import { firstText, firstValue } from '../../payloads/json-record.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';

/** A run of LangSmith, whole, and where it belongs. */
export interface Run {
  raw: JsonObject;
  id: string;
  parentId: string;
  traceId: string;
  /** Where runs with the same start belong among each other; empty where it is not stated. */
  order: string;
}

/** What a source holds. */
export interface LangSmithSource {
  runs: Run[];
  /** What people and evaluators said of each run. */
  feedback: ReadonlyMap<string, Score[]>;
}

/** The id in a segment of `dotted_order`, `20241013T070535809001Z<id>`. */
const idOfSegment = (segment: string): string => segment.slice(segment.indexOf('Z') + 1);

/** Own id, parent's and trace's from `dotted_order`: the segments of a run and its ancestors, the root's first. */
function placeOf(order: string): { id: string; parentId: string; traceId: string } {
  const own = order.lastIndexOf('.');
  const above = own < 0 ? '' : order.slice(order.lastIndexOf('.', own - 1) + 1, own);
  const root = order.indexOf('.');
  return {
    id: idOfSegment(order.slice(own + 1)),
    parentId: above === '' ? '' : idOfSegment(above),
    traceId: idOfSegment(root < 0 ? order : order.slice(0, root)),
  };
}

/** The id of a run's record, which a second half may have in `dotted_order` only. */
export const idOfRun = (record: JsonObject): string =>
  firstText(record, 'id') ?? placeOf(asText(record['dotted_order'])).id;

/** The time in the last segment of `dotted_order`, as ISO text. */
export function timeInOrder(order: string): string {
  const own = order.slice(order.lastIndexOf('.') + 1);
  const digits = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{1,9})Z/.exec(own);
  if (!digits) return '';
  const [, year, month, day, hour, minute, second, fraction] = digits;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`;
}

export const isRun = (value: unknown): value is JsonObject =>
  isObject(value) &&
  typeof value['run_type'] === 'string' &&
  ['dotted_order', 'trace_id', 'child_runs', 'session_id', 'start_time', 'parent_run_id'].some(
    (name) => value[name] !== undefined,
  );

/** The later half of a run, as the SDKs send it when the run has ended. JavaScript's has no id but in `dotted_order`. */
export const isPatch = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value['dotted_order'] === 'string' && typeof value['trace_id'] === 'string';

/** Feedback on a run, on a trace, or on a project, which the body names as `session_id`. */
export const isFeedback = (value: unknown): value is JsonObject =>
  isObject(value) &&
  typeof value['key'] === 'string' &&
  value['run_type'] === undefined &&
  ['run_id', 'trace_id', 'session_id'].some((name) => typeof value[name] === 'string') &&
  ('score' in value || 'value' in value || 'comment' in value);

const LISTS = ['post', 'patch', 'runs', 'feedback', 'feedbacks'] as const;

/** A record as it was found, and the run that it stood in. */
interface Found {
  record: unknown;
  above?: Place;
}

interface Place {
  id: string;
  traceId: string;
}

/** Collects the runs of a source. Nothing here follows the depth of the data: children wait on a list. */
export class RunCollector {
  readonly #table: SpanTable;
  /** By its own id, so that what was sent again counts once; by the object where it has none. */
  readonly #feedback = new Map<unknown, JsonObject>();
  /** The records of each run, the first to come first. */
  readonly #records = new Map<string, { parts: JsonObject[]; parentId: string; traceId: string }>();
  readonly #others: Run[] = [];

  constructor(table: SpanTable) {
    this.#table = table;
  }

  /** Takes one item of a source, with all that is in it. */
  *add(item: unknown): Generator<void> {
    const lists = isObject(item) && !isRun(item) ? LISTS.filter((name) => Array.isArray(item[name])) : [];
    const waiting: Found[] = [];
    if (isObject(item) && lists.length) {
      for (const name of lists) for (const record of asArray(item[name])) waiting.push({ record });
    } else waiting.push({ record: item });
    waiting.reverse();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { record, above } = next;
      if (isFeedback(record)) this.#feedback.set(firstText(record, 'id') ?? record, record);
      else if (isObject(record)) {
        const place = this.#addRecord(record, above);
        const children = asArray(record['child_runs']);
        for (let at = children.length - 1; at >= 0; at--) waiting.push({ record: children[at], above: place });
      } else {
        this.#table.problems.push({ code: 'unreadable-record', message: 'A run is not an object and was left out.' });
      }
      yield;
    }
  }

  #addRecord(record: JsonObject, above: Place | undefined): Place {
    const order = asText(record['dotted_order']);
    const place = placeOf(order);
    const id = idOfRun(record);
    const ancestors = asArray(record['parent_run_ids']);
    const parentId = firstText(record, 'parent_run_id') ?? (above?.id || place.parentId || asText(ancestors.at(-1)));
    const traceId =
      firstText(record, 'trace_id') ??
      (place.traceId || above?.traceId || asText(ancestors[0]) || (parentId === '' ? id : ''));

    const known = id === '' ? undefined : this.#records.get(id);
    if (known && (isHalf(record) || known.parts.some(isHalf))) {
      const isEarlier = record['start_time'] !== undefined && known.parts[0]!['start_time'] === undefined;
      if (isEarlier) known.parts.unshift(record);
      else known.parts.push(record);
      known.parentId ||= parentId;
      known.traceId ||= traceId;
    } else if (known || id === '') this.#others.push({ raw: record, id, parentId, traceId, order });
    else this.#records.set(id, { parts: [record], parentId, traceId });
    return { id, traceId };
  }

  finish(): LangSmithSource {
    const runs: Run[] = [];
    for (const [id, { parts, parentId, traceId }] of this.#records) {
      const raw = parts.length === 1 ? parts[0]! : mergedRun(parts);
      runs.push({ raw, id, parentId, traceId, order: asText(raw['dotted_order']) });
    }
    for (const run of this.#others) runs.push(run);
    // The order of runs that began in the same millisecond: JavaScript's SDK counts them where the microseconds would be.
    if (runs.every(({ order }) => order !== '')) {
      runs.sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
    }
    return { runs, feedback: this.#scores(runs) };
  }

  /** The scores of each run. What is said of no run here is said of its trace, and what is of neither is reported. */
  #scores(runs: readonly Run[]): Map<string, Score[]> {
    const ids = new Set(runs.map(({ id }) => id));
    const traceIds = new Set(runs.map(({ traceId }) => traceId));
    const scores = new Map<string, Score[]>();
    let homeless = 0;
    for (const feedback of this.#feedback.values()) {
      const runId = asText(feedback['run_id']);
      const traceId = asText(feedback['trace_id']);
      if (ids.has(runId)) {
        const ofRun = scores.get(runId);
        if (ofRun) ofRun.push(scoreOf(feedback));
        else scores.set(runId, [scoreOf(feedback)]);
      } else if (traceId !== '' && traceIds.has(traceId)) this.#table.facts(traceId).scores.push(scoreOf(feedback));
      else homeless++;
    }
    if (homeless) {
      const message = `${homeless} scores are of runs that are not in this source, and were left out.`;
      this.#table.problems.push({ code: 'unreadable-record', message });
    }
    return scores;
  }
}

/** What was sent of a run when it began lacks an end, what was sent when it ended lacks a start. */
const isHalf = (record: JsonObject): boolean =>
  !('start_time' in record) || !('end_time' in record) || !('run_type' in record);

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** One record made of those that were sent of a run: what was sent later counts, unless it says nothing. */
function mergedRun(parts: readonly JsonObject[]): JsonObject {
  const run = Object.create(null) as Record<string, unknown>;
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) if (!isBlank(value) || isBlank(run[name])) run[name] = value;
  }
  return run;
}

const SOURCES: ReadonlyMap<unknown, string> = new Map([
  ['app', 'human'],
  ['model', 'llm'],
  ['auto_eval', 'llm'],
]);

/** A feedback: `score` is the number, `value` a word for it or what was chosen. */
function scoreOf(feedback: JsonObject): Score {
  const { score, value, comment } = feedback;
  const stated = firstValue(feedback, 'score', 'value');
  const origin = isObject(feedback['feedback_source']) ? feedback['feedback_source'] : feedback['source_info'];
  const type = feedback['feedback_source_type'] ?? (isObject(origin) ? origin['type'] : undefined);
  const source = SOURCES.get(type) ?? asText(type);
  return {
    name: asText(feedback['key']),
    ...((typeof stated === 'number' || typeof stated === 'string' || typeof stated === 'boolean') && { value: stated }),
    ...(score !== undefined && score !== null && typeof value === 'string' && { label: value }),
    ...(typeof comment === 'string' && comment !== '' && { explanation: comment }),
    ...(source !== '' && { source }),
  };
}

/** Scores from `feedback_stats`: for each key how many there are, their mean, and how often each word was chosen. */
export function scoresInStats(stats: unknown): Score[] {
  if (!isObject(stats)) return [];
  return Object.entries(stats).flatMap(([name, about]): Score[] => {
    if (!isObject(about)) return [];
    const words = isObject(about['values'])
      ? Object.entries(about['values']).filter(([, times]) => typeof times === 'number')
      : [];
    const [most] = words.toSorted(([, one], [, other]) => (other as number) - (one as number));
    const average = about['avg'];
    const value = typeof average === 'number' ? average : most?.[0];
    const comment = asArray(about['comments']).find((text) => typeof text === 'string' && text !== '');
    return [
      {
        name,
        ...(value !== undefined && { value }),
        ...(typeof average === 'number' && most && { label: most[0] }),
        ...(typeof comment === 'string' && { explanation: comment }),
      },
    ];
  });
}
