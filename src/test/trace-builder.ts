import { emptyOutline } from '../formats/outline.js';
import { buildTraces, SpanTable, type SpanOutline, type SpanReader, type Trace } from '../model/index.js';

/** For tests: what a span is to say of itself. Times are milliseconds since the epoch; the rest may be left out. */
export type SpanSketch = Partial<SpanOutline> & { raw?: unknown };

/** When the sketched spans take place, so that times can be written as small numbers. */
export const NOON = Date.UTC(2026, 0, 1, 12);

export const plainReader: SpanReader = {
  format: 'test',
  record: (raw) => ({ attributes: new Map([['raw', raw]]), events: [], links: [], resource: new Map(), scope: {} }),
  meaning: () => ({}),
};

/** A table of spans. `start` and `end` are counted from `NOON`. */
export function tableOf(sketches: readonly SpanSketch[], reader = plainReader): SpanTable {
  const table = new SpanTable();
  const time = (millis: number | undefined): number => {
    if (millis === undefined) return NaN;
    const whole = Math.floor(millis);
    return table.origin.fromMillis(NOON + whole, millis - whole);
  };
  for (const { start, end, raw, ...said } of sketches) {
    const outline: SpanOutline = {
      ...emptyOutline(),
      traceId: 't',
      name: said.id ?? '',
      ...said,
      start: time(start),
      end: time(end),
    };
    table.add(outline, raw ?? { ...said, start, end }, reader);
  }
  return table;
}

/** The traces of sketched spans. */
export const tracesOf = (...sketches: SpanSketch[]): Trace[] => buildTraces(tableOf(sketches));

/** The one trace of sketched spans. */
export function traceOf(...sketches: SpanSketch[]): Trace {
  const traces = tracesOf(...sketches);
  if (traces.length !== 1) throw new Error(`The spans make ${traces.length} traces.`);
  return traces[0]!;
}

/** A span that ran from 0 to 10 ms. */
export const ran = (id: string, parentId = '', more: SpanSketch = {}): SpanSketch => ({
  id,
  parentId,
  start: 0,
  end: 10,
  ...more,
});

/** What is wrong with a trace, as pairs of code and span. */
export const findings = (trace: Trace): string[] =>
  trace.problems.map(({ code, spanId }) => (spanId === undefined ? code : `${code} ${spanId}`));
