import { OutlineDraft } from '../../conventions/index.js';
import { asNumber } from '../../conventions/convention.js';
import { linkFlows, nest } from './chrome-nesting.js';
import { ChromeReaders } from './chrome-reader.js';
import { argumentsOf, ChromeSlices, microsOf, rawOf } from './chrome-slices.js';
import type { Format } from '../format.js';
import { asText, isObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import { inSteps, rowsOf } from '../row.js';

/**
 * Trace events as Chrome, Perfetto, clang and many tools write them (google/perfetto, docs/getting-started/
 * other-formats.md, and the "Trace Event Format" document that it refers to): `{traceEvents}` or the bare list, which may
 * lack its end (`unclosed-events.ts`). Told by events with `ph`.
 *
 * - `X`, and `B` with its `E`, are spans whose parent is the one that contains them in the same thread; a moment (`i`) is
 *   one that takes no time. `b`/`e` (formerly `S`/`F`) and `N`/`D` are spans by id, in which `n`, `T`, `p` and `O` are
 *   events.
 * - A counter (`C`) is one span with an event for each value. `M` names processes and threads. Flows (`s`, `t`, `f`) are
 *   links from where an arrow ends to where it begins.
 *
 * Times are microseconds on a clock of the writer's own, where 0 is a time like any other; clang states when it began.
 * Events have no ids: a span's is the place of its first event in the list.
 */
export const chromeTrace: Format = {
  name: 'chrome-trace',
  title: 'Chrome trace events',

  detect(value) {
    const events = eventsOf(value);
    return events.slice(0, 8).some(isEvent);
  },

  *read(value, table) {
    const slices = new ChromeSlices();
    yield* inSteps(rowsOf(eventsOf(value), table), (event) => slices.add(event));
    slices.finish();
    const unbound = linkFlows(nest(slices));
    if (unbound) {
      table.problems.push({ code: 'unreadable-record', message: `${unbound} flow events lead from or to no span.` });
    }

    const file = isObject(value) ? value : {};
    const begin = microsOf(file['beginningOfTime'] ?? 0) / 1000 || 0;
    const epoch = (table.origin.epoch ??= Math.floor(begin));
    const readers = new ChromeReaders(chromeTrace.name, slices.metadata, begin);
    const draft = new OutlineDraft();
    const outline = emptyOutline();
    const about = Object.entries(file).filter(([key]) => key !== 'traceEvents');
    if (about.length) table.facts('').metadata = Object.fromEntries(about);
    yield* inSteps(slices.all, (slice) => {
      const [first] = slice.events;
      outline.id = String(slice.index);
      outline.parentId = slice.parent ? String(slice.parent.index) : '';
      outline.name = asText(first?.['name']);
      outline.start = begin - epoch + slice.start / 1000;
      outline.end = begin - epoch + slice.end / 1000;
      outline.service = slices.metadata.processName(first?.['pid']);
      draft.reset();
      for (const [key, argument] of argumentsOf(slice.events)) draft.attribute(key, argument);
      draft.writeTo(outline);
      const raw = rawOf(slice);
      if (slice.links) readers.setLinks(raw, slice.links);
      table.add(outline, raw, readers.of(first));
    });
  },
};

const isEvent = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['ph'] === 'string' &&
  value['ph'].length === 1 &&
  (value['ph'] === 'M' || asNumber(value['ts']) !== undefined);

function eventsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const events = isObject(value) ? value['traceEvents'] : undefined;
  return Array.isArray(events) ? (events as unknown[]) : [];
}
