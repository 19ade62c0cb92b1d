import { SPAN_KINDS } from '../model/kinds.js';
import { isRecord, type JsonRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated } from './attribute-values.js';
import type { Convention, OutlineFacts } from './convention.js';

/**
 * The attribute that this kit's own OTLP export has beside OpenTelemetry's (src/export/attribute-draft.ts): JSON text of
 * what no other attribute says, or says exactly, under the names of `RecordedSpan`.
 */
export const MARK = 'llm_trace.span';

/** The scope that this kit's export names. */
export const SCOPE = 'llm-trace-kit';

/** What this kit exports. The rest of what such a span means is read by `exportedMeaning`, which knows how it was written. */
export const llmTraceKit: Convention = {
  name: 'llm-trace-kit',
  outline: new Map([[MARK, { rank: 0, facts }]]),
};

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';

function facts(value: unknown): OutlineFacts {
  const exact = markOf(value);
  if (!exact) return {};
  const text = (name: string): string | undefined => (isText(exact[name]) ? exact[name] : undefined);
  const number = (name: string, record = exact): number | undefined => {
    const held = record[name];
    return isNumber(held) ? held : undefined;
  };
  const usage = isRecord(exact['usage']) ? exact['usage'] : {};
  const { tags } = exact;
  return stated<OutlineFacts>({
    kind: SPAN_KINDS.find((kind) => kind === exact['kind']),
    label: text('label'),
    traceName: text('traceName'),
    ids: idsIn(exact),
    model: text('model'),
    provider: text('provider'),
    cost: number('cost'),
    timeToFirstToken: number('timeToFirstToken'),
    sessionId: text('sessionId'),
    userId: text('userId'),
    tags: Array.isArray(tags) && tags.every(isText) ? tags : undefined,
    metadata: exact['metadata'],
    input: number('input', usage),
    output: number('output', usage),
    total: number('total', usage),
    cacheRead: number('cacheRead', usage),
    cacheWrite: number('cacheWrite', usage),
    reasoning: number('reasoning', usage),
    audioInput: number('audioInput', usage),
    audioOutput: number('audioOutput', usage),
  });
}

type Ids = NonNullable<OutlineFacts['ids']>;

/** The ids that a mark states, where the container could not hold them as they are. */
export function idsOfMark(value: unknown): Ids | undefined {
  const exact = markOf(value);
  return exact && idsIn(exact);
}

function idsIn(exact: JsonRecord): Ids | undefined {
  const { traceId, id, parentId } = exact;
  if (!isText(id)) return undefined;
  return { id, ...(isText(traceId) && { traceId }), ...(isText(parentId) && { parentId }) };
}

export function markOf(value: unknown): JsonRecord | undefined {
  const held = jsonOrText(value);
  return isRecord(held) ? held : undefined;
}
