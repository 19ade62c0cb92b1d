import type { Trace } from '../../model/index.js';
import { plainText } from './plain-text.js';
import { SpanContent } from './span-texts.js';

/** Spans that are read, evenly over the trace. */
const MOST_SPANS = 1000;
/** Values that are kept of an attribute, and characters of each. */
const MOST_VALUES = 200;
const LONGEST_VALUE = 100;

/** How often an attribute and each of its short values occurs in some spans of a trace. */
export interface AttributeSample {
  count: number;
  readonly values: Map<string, number>;
}

const known = new WeakMap<Trace, ReadonlyMap<string, AttributeSample>>();

/** The attributes of some spans of a trace, by their keys. Read when they are first asked for. */
export function attributeSample(trace: Trace): ReadonlyMap<string, AttributeSample> {
  const before = known.get(trace);
  if (before) return before;
  const samples = new Map<string, AttributeSample>();
  const { length } = trace.spans;
  const step = Math.max(1, Math.floor(length / MOST_SPANS));
  const { table } = trace;
  for (let position = 0; position < length; position += step) {
    const row = trace.rowAt(position);
    const { attributes } = new SpanContent(table.readers.at(row)!, table.raws[row]).record;
    for (const [key, value] of attributes) {
      let sample = samples.get(key);
      if (!sample) samples.set(key, (sample = { count: 0, values: new Map() }));
      sample.count++;
      const text = plainText(value);
      if (text === undefined || text.length > LONGEST_VALUE) continue;
      const count = sample.values.get(text);
      if (count !== undefined || sample.values.size < MOST_VALUES) sample.values.set(text, (count ?? 0) + 1);
    }
  }
  known.set(trace, samples);
  return samples;
}
