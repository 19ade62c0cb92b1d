import { interpret, OutlineDraft } from '../conventions/index.js';
import type { SpanReader } from '../model/index.js';
import type { Format } from './format.js';
import { isObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';

const NOTHING: ReadonlyMap<string, unknown> = new Map();

const reader: SpanReader = {
  format: 'attributes',
  isMeaningInRecord: true,
  record: (raw) => ({
    attributes: new Map(Object.entries(isObject(raw) ? raw : {})),
    events: [],
    links: [],
    resource: NOTHING,
    scope: {},
  }),
  meaning: interpret,
};

/** The attributes of one span and nothing else, as people paste them from a log or a test. It has no times. */
export const attributeMap: Format = {
  name: reader.format,
  title: 'attributes of one span',

  detect(value) {
    if (!isObject(value)) return false;
    const draft = new OutlineDraft();
    const keys = Object.keys(value);
    return keys.some((key) => key.includes('.') && draft.knows(key));
  },

  *read(value, table) {
    if (!isObject(value)) return;
    const draft = new OutlineDraft();
    const outline = emptyOutline();
    outline.id = 'span';
    outline.name = nameOf(value);
    for (const [key, item] of Object.entries(value)) draft.attribute(key, item);
    draft.writeTo(outline);
    table.add(outline, value, reader);
    yield 1;
  },
};

/** As instrumentations name such spans: the operation, and what it was done with. */
function nameOf(attributes: Readonly<Record<string, unknown>>): string {
  const operation = attributes['gen_ai.operation.name'] ?? attributes['openinference.span.kind'];
  const target = attributes['gen_ai.tool.name'] ?? attributes['gen_ai.request.model'] ?? attributes['llm.model_name'];
  return [operation, target].filter((word) => typeof word === 'string').join(' ') || 'span';
}
