import type { NoiseField } from '../../internal/span-noise.js';
import type { Trace } from '../../model/index.js';

/** What spans can be hidden by, each with how many spans it has, the most frequent first. */
export type DisplayValues = Readonly<Record<NoiseField, readonly (readonly [value: string, count: number])[]>>;

export function displayValues(trace: Trace): DisplayValues {
  const { table, spans } = trace;
  const kinds = new Map<string, number>();
  const names = new Map<string, number>();
  const services = new Map<string, number>();
  const count = (counts: Map<string, number>, value: string): void => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  for (let position = 0; position < spans.length; position++) {
    const row = trace.rowAt(position);
    const service = table.services.at(row);
    count(kinds, table.kinds[row]!);
    count(names, table.names[row]!);
    if (service !== undefined) count(services, service);
  }
  const sorted = (counts: Map<string, number>): [string, number][] =>
    [...counts].sort((one, other) => other[1] - one[1]);
  return { kinds: sorted(kinds), names: sorted(names), services: sorted(services) };
}
