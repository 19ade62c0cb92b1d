import type { SpanEvent, SpanOutline, SpanRecord } from '../model/index.js';
import { WholeOutlineDraft as OutlineDraft } from './whole-outline-draft.js';

/** For tests: the record of a span with these attributes and events. */
export const spanRecord = (
  attributes: Readonly<Record<string, unknown>>,
  events: readonly (readonly [name: string, attributes: Readonly<Record<string, unknown>>])[] = [],
): SpanRecord => ({
  attributes: new Map(Object.entries(attributes)),
  events: events.map(([name, held]): SpanEvent => ({ name, time: 1, attributes: new Map(Object.entries(held)) })),
  links: [],
  resource: new Map(),
  scope: {},
});

/** For tests: what attributes say of the outline of a span with this name; parts that are not known are left out. */
export function outlineOf(attributes: Readonly<Record<string, unknown>>, name = 'work'): Partial<SpanOutline> {
  const draft = new OutlineDraft();
  for (const [key, value] of Object.entries(attributes)) draft.attribute(key, value);
  const outline = { name } as SpanOutline;
  draft.writeTo(outline);
  return Object.fromEntries(Object.entries(outline).filter(([, value]) => value !== undefined));
}
