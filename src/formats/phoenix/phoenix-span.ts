import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import { interpret, type OutlineDraft } from '../../conventions/index.js';
import type { Score, SpanEvent, SpanOutline, SpanReader, SpanTable } from '../../model/index.js';
import { TimeOrigin } from '../../model/index.js';
import { firstText, firstValue } from '../../payloads/json-record.js';
import { unwrapped } from '../json-layers.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { statusOf } from '../otlp/otlp-span.js';
import { emptyOutline } from '../outline.js';
import { phoenixAttributes } from './phoenix-attributes.js';
import { clearOutline, fieldsOf, momentOf, recordOf, usageOf } from '../row.js';
import { normalisedId } from '../span-ids.js';

/** A judgement: `{name, annotator_kind, result: {label, score, explanation}}`, over GraphQL without the `result`. */
export function annotationScore(item: JsonObject): Score {
  const result = isObject(item['result']) ? item['result'] : item;
  const score = result['score'];
  return {
    name: firstText(item, 'name') ?? 'annotation',
    ...stated<Omit<Score, 'name'>>({
      value: typeof score === 'number' ? score : undefined,
      label: firstText(result, 'label'),
      explanation: firstText(result, 'explanation'),
      source: firstText(item, 'annotator_kind', 'annotatorKind')?.toLowerCase(),
    }),
  };
}

const contextOf = (row: JsonObject): JsonObject => (isObject(row['context']) ? row['context'] : row);

const spanIdOf = (row: JsonObject): string =>
  normalisedId(row['context.span_id'] ?? either(contextOf(row), 'span_id', 'spanId'));

/** Puts spans of every spelling of Phoenix's into a table, one outline object for all of them. */
export class PhoenixOutliner {
  readonly #table: SpanTable;
  readonly #draft: OutlineDraft;
  readonly #outline: SpanOutline = emptyOutline();
  /** Scores that came beside the spans, by span. */
  readonly #scores = new Map<string, Score[]>();
  readonly #traceScores = new Map<string, Score[]>();
  readonly #reader: SpanReader = readerOf(this.#scores);

  constructor(table: SpanTable, draft: OutlineDraft) {
    this.#table = table;
    this.#draft = draft;
  }

  /** `traceId` is that of the trace around the span, where the span does not say. */
  add(row: JsonObject, traceId = ''): void {
    const outline = clearOutline(this.#outline);
    const draft = this.#draft;
    const { origin } = this.#table;
    outline.name = asText(row['name']);
    draft.reset();
    draft.attribute('openinference.span.kind', either(row, 'span_kind', 'spanKind'));
    for (const [key, value] of phoenixAttributes(row, false)) draft.attribute(key, value);
    draft.writeTo(outline);
    outline.id = spanIdOf(row);
    const trace = isObject(row['trace']) ? row['trace'] : {};
    const own = row['context.trace_id'] ?? either(contextOf(row), 'trace_id', 'traceId');
    outline.traceId = normalisedId(own ?? trace['traceId']) || traceId;
    outline.parentId = normalisedId(either(row, 'parent_id', 'parentId'));
    outline.start = momentOf(origin, either(row, 'start_time', 'startTime'));
    outline.end = momentOf(origin, either(row, 'end_time', 'endTime'));
    outline.status = statusOf(either(row, 'status_code', 'statusCode'));
    outline.statusMessage = firstText(row, 'status_message', 'statusMessage');
    // Counts that Phoenix's GraphQL has in fields of their own are those of the attributes.
    outline.usage ??= usageOf({
      input: row['tokenCountPrompt'],
      output: row['tokenCountCompletion'],
      total: row['tokenCountTotal'],
    });
    this.#table.add(outline, row, this.#reader);
  }

  /** A trace whose spans were not asked for, as the span that would be its root. */
  addTrace(row: JsonObject): void {
    const outline = clearOutline(this.#outline);
    outline.traceId = normalisedId(row['trace_id']);
    outline.id = outline.traceId;
    outline.name = 'trace';
    outline.start = momentOf(this.#table.origin, row['start_time']);
    outline.end = momentOf(this.#table.origin, row['end_time']);
    outline.usage = usageOf({
      input: row['token_count_prompt'],
      output: row['token_count_completion'],
      total: row['token_count_total'],
    });
    this.#table.add(outline, row, this.#reader);
  }

  addAnnotation(row: JsonObject, score: Score): void {
    const spanId = normalisedId(row['span_id']);
    const [lists, id] = spanId === '' ? [this.#traceScores, normalisedId(row['trace_id'])] : [this.#scores, spanId];
    const list = lists.get(id);
    if (list) list.push(score);
    else lists.set(id, [score]);
  }

  /** Gives traces their scores, also those of spans that are not in the source, where there is but one trace. */
  finish(): void {
    for (const [id, scores] of this.#traceScores) for (const score of scores) this.#table.facts(id).scores.push(score);
    if (this.#scores.size === 0) return;
    const known = new Set(this.#table.ids);
    const first = this.#table.traceIds.at(0);
    for (const [id, scores] of this.#scores) {
      if (known.has(id) || first === undefined) continue;
      for (const score of scores) this.#table.facts(first).scores.push(score);
    }
  }
}

/** Shown elsewhere, or put under their own keys. */
const SHOWN: ReadonlySet<string> = new Set(['attributes', 'events', 'context', 'input', 'output']);

function readerOf(scores: ReadonlyMap<string, readonly Score[]>): SpanReader {
  return {
    format: 'phoenix',
    record(raw) {
      const row = isObject(raw) ? raw : {};
      const attributes = new Map(phoenixAttributes(row));
      for (const side of ['input', 'output']) {
        const held = row[side];
        // Over GraphQL; the attributes, where they were asked for, hold the same.
        if (!isObject(held) || attributes.has(`${side}.value`)) continue;
        attributes.set(`${side}.value`, firstValue(held, 'value', 'truncatedValue'));
        attributes.set(`${side}.mime_type`, held['mimeType'] === 'json' ? 'application/json' : held['mimeType']);
      }
      for (const [key, value] of fieldsOf(row, SHOWN)) {
        if (!key.startsWith('attributes.') && !attributes.has(key)) attributes.set(key, value);
      }
      const events = unwrapped(row['events']);
      return { ...recordOf(attributes), events: asArray(events).filter(isObject).map(eventOf) };
    },
    meaning(record, raw) {
      const row = isObject(raw) ? raw : {};
      const meaning = interpret(record);
      const own = ['annotations', 'span_annotations', 'spanAnnotations'].flatMap((key) => asArray(row[key]));
      const all = [
        ...(meaning.scores ?? []),
        ...own.filter(isObject).map(annotationScore),
        ...(scores.get(spanIdOf(row)) ?? []),
      ];
      const found = unlessEmpty(all);
      return { ...meaning, ...(found && { scores: found }) };
    },
  };
}

/** The attributes of an event are flat; over GraphQL an event of an exception states its message beside its name. */
function eventOf(event: JsonObject): SpanEvent {
  const origin = new TimeOrigin();
  const moment = momentOf(origin, event['timestamp']);
  const attributes = new Map(isObject(event['attributes']) ? Object.entries(event['attributes']) : []);
  if (event['name'] === 'exception' && !attributes.has('exception.message') && event['message'] !== undefined) {
    attributes.set('exception.message', event['message']);
  }
  return {
    name: asText(event['name']),
    attributes,
    ...(Number.isFinite(moment) && { time: origin.toEpoch(moment) }),
  };
}
