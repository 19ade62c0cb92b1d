import fc from 'fast-check';
import { loadDetails } from '../formats/details.js';
import type { Format } from '../formats/format.js';
import { buildTraces, SpanTable, type Span, type Trace } from '../model/index.js';

/** For tests: what must hold of every format, whatever it is given. */

await loadDetails();

/** The traces that a format makes of a value, without detection. */
export function readWith(format: Format, value: unknown): Trace[] {
  const table = new SpanTable();
  const steps = format.read(value, table);
  while (!steps.next().done);
  return buildTraces(table);
}

/** The only trace of a value that the format knows. */
export function onlyTrace(format: Format, value: unknown): Trace {
  if (!format.detect(value)) throw new Error(`${format.name} does not know its own sample.`);
  const traces = readWith(format, value);
  if (traces.length !== 1) throw new Error(`${traces.length} traces where there should be one.`);
  return traces[0]!;
}

/** The first span with this name. */
export function spanNamed(trace: Trace, name: string): Span {
  for (const span of trace.spans) if (span.name === name) return span;
  throw new Error(`There is no span ${name}, but ${[...trace.spans].map((span) => span.name).join(', ')}.`);
}

/** Opens every span, as a person may; returns how many messages there were. */
export function openAll(traces: readonly Trace[]): number {
  let messages = 0;
  for (const trace of traces) {
    for (const span of trace.spans) {
      messages += span.messages.length;
      const { attributes, events, documents, parameters, scores, exceptions, tools } = span;
      if ([attributes, events, documents, parameters, scores, exceptions, tools].includes(undefined as never)) {
        throw new Error(`${span.name} lacks a part.`);
      }
    }
  }
  return messages;
}

/** A copy of a JSON value with the part at the end of a random path replaced. */
function mutated(sample: unknown, path: readonly number[], put: unknown): unknown {
  const root = { value: structuredClone(sample) };
  let at: Record<string, unknown> = root;
  let key = 'value';
  for (const step of path) {
    const inner = at[key];
    if (typeof inner !== 'object' || inner === null) break;
    const keys = Object.keys(inner);
    if (keys.length === 0) break;
    at = inner as Record<string, unknown>;
    key = keys[step % keys.length]!;
  }
  at[key] = put;
  return root.value;
}

/** Any JSON value, also an object that cannot be made a text or a number of: its keys hide how. */
export const anyJson = (maxDepth: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: fc.jsonValue({ maxDepth }), weight: 9 },
    // A new one each time: tests change what they are given.
    fc.constant(null).map((): unknown => ({ toString: 1, valueOf: 1, toJSON: 1, then: 1, length: 1 })),
  );

/** Random values, and samples with random parts in them, are known or not; known ones are read and opened. */
export function survivesAnything(format: Format, ...samples: readonly unknown[]): void {
  const value = anyJson(3);
  const mutation = fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.nat({ max: 40 }), { maxLength: 9 }), value)
    .map(([sample, path, put]) => mutated(sample, path, put));
  fc.assert(
    fc.property(fc.oneof(value, { arbitrary: mutation, weight: 4 }), (input) => {
      if (format.detect(input)) openAll(readWith(format, input));
    }),
    { numRuns: 500 },
  );
}
