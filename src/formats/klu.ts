import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import type { SpanMeaning, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { conversation } from '../payloads/index.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import type { Format } from './format.js';
import { either, isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
import {
  callParameters,
  clearOutline,
  fieldsOf,
  holdsRow,
  inSteps,
  momentOf,
  recordOf,
  usageOf,
  wrappedRows,
} from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * Klu.ai data points: `{guid, prompt, completion, meta_data, created_at}`, each one model call and a trace of its own,
 * unless its metadata names a session.
 *
 * Source: the API description of a third party (api-evangelist/klu-ai, openapi/klu-ai-data-api-openapi.yml), which says
 * itself that parts of it are inferred; no SDK and no export can be had. Tested on that documentation only. There is one
 * time, and nobody says of what: it is taken for the start.
 */
export const klu: Format = {
  name: 'klu',
  title: 'Klu.ai data points',

  detect(value) {
    return holdsRow(value, isPoint, 'data', 'results');
  },

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(wrappedRows(value, table, isPoint, 'data', 'results'), (point) => {
      outlineOf(point, clearOutline(outline), table);
      table.add(outline, point, reader);
    });
  },
};

const isPoint = (point: JsonObject | undefined): boolean =>
  point !== undefined &&
  typeof point['guid'] === 'string' &&
  point['prompt'] !== undefined &&
  point['completion'] !== undefined;

const metaOf = (point: JsonObject): JsonObject => {
  const value = jsonOrText(either(point, 'meta_data', 'metadata'));
  return isObject(value) ? value : {};
};

function outlineOf(point: JsonObject, outline: SpanOutline, table: SpanTable): void {
  const meta = metaOf(point);
  const session = firstText(meta, 'session_guid', 'session', 'sessionGuid', 'session_id');
  outline.id = normalisedId(point['guid']);
  outline.traceId = session ?? outline.id;
  outline.sessionId = session;
  outline.kind = 'llm';
  outline.model = firstText(meta, 'model', 'model_name');
  outline.provider = firstText(meta, 'provider', 'model_provider');
  outline.name = firstText(meta, 'action', 'action_name') ?? outline.model ?? 'completion';
  outline.start = momentOf(table.origin, either(point, 'created_at', 'createdAt'));
  outline.end = outline.start + (asNumber(meta['latency']) ?? NaN);
  outline.usage = usageOf({
    input: either(meta, 'prompt_tokens', 'num_input_tokens'),
    output: either(meta, 'completion_tokens', 'num_output_tokens'),
    total: meta['total_tokens'],
  });
  outline.userId = firstText(meta, 'user_id', 'user');
  if (Object.keys(meta).length) outline.metadata = meta;
}

const reader: SpanReader = {
  format: klu.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, new Set(['prompt', 'completion'])) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
};

function meaningOf(point: JsonObject): SpanMeaning {
  const meta = metaOf(point);
  const rating = either(meta, 'rating', 'feedback');
  return stated<SpanMeaning>({
    input: jsonOrText(point['prompt'] ?? undefined) as SpanMeaning['input'],
    output: jsonOrText(point['completion'] ?? undefined) as SpanMeaning['output'],
    messages: unlessEmpty([...conversation(point['prompt'], 'input'), ...conversation(point['completion'], 'output')]),
    parameters: callParameters(meta),
    scores:
      typeof rating === 'number' || typeof rating === 'string'
        ? [{ name: 'rating', value: rating, source: 'human' }]
        : undefined,
  });
}
