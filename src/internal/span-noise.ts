import type { Trace } from '../model/index.js';

/**
 * Spans that are noise to somebody: hidden, and what is inside them moves up. A span is noise if its kind, its name or its service
 * is listed.
 */
export interface SpanNoise {
  readonly kinds?: readonly string[];
  readonly names?: readonly string[];
  readonly services?: readonly string[];
}

/** What a span can be hidden by. */
export const NOISE_FIELDS = ['kinds', 'names', 'services'] as const;
export type NoiseField = (typeof NOISE_FIELDS)[number];

/** The spans of a trace that are hidden. */
export interface HiddenSpans {
  readonly trace: Trace;
  /** 1 for a hidden span, by position in the tree. */
  readonly bits: Uint8Array;
  readonly count: number;
}

const listOf = (noise: SpanNoise, field: NoiseField): readonly string[] => {
  // Pages may take it from an address, which says anything.
  const list: unknown = noise[field];
  return Array.isArray(list) ? (list as string[]) : [];
};

export const isNoise = (noise: SpanNoise, field: NoiseField, value: string): boolean =>
  listOf(noise, field).includes(value);

/** With a value listed, or not any more; `undefined` where nothing is left. */
export function changedNoise(
  noise: SpanNoise | undefined,
  field: NoiseField,
  value: string,
  isHidden: boolean,
): SpanNoise | undefined {
  const changed = {
    kinds: listOf(noise ?? {}, 'kinds'),
    names: listOf(noise ?? {}, 'names'),
    services: listOf(noise ?? {}, 'services'),
  };
  const others = changed[field].filter((other) => other !== value);
  changed[field] = isHidden ? [...others, value] : others;
  const kept = NOISE_FIELDS.filter((each) => changed[each].length > 0);
  return kept.length ? Object.fromEntries(kept.map((each) => [each, changed[each]])) : undefined;
}

interface Known {
  readonly noise: SpanNoise;
  readonly hidden: HiddenSpans | undefined;
}

const known = new WeakMap<Trace, Known>();

/** `undefined` where no span is hidden. All that show a trace share what was found for it last. */
export function hiddenSpans(trace: Trace, noise: SpanNoise | undefined): HiddenSpans | undefined {
  if (!noise) return undefined;
  const before = known.get(trace);
  if (before?.noise === noise) return before.hidden;
  const hidden = findHidden(trace, noise);
  known.set(trace, { noise, hidden });
  return hidden;
}

function findHidden(trace: Trace, noise: SpanNoise): HiddenSpans | undefined {
  const kinds = new Set<string>(listOf(noise, 'kinds'));
  const names = new Set<string>(listOf(noise, 'names'));
  const services = new Set<string | undefined>(listOf(noise, 'services'));
  const { table, spans } = trace;
  const bits = new Uint8Array(spans.length);
  let count = 0;
  for (let position = 0; position < bits.length; position++) {
    const row = trace.rowAt(position);
    const isHidden =
      kinds.has(table.kinds[row]!) || names.has(table.names[row]!) || services.has(table.services.at(row));
    if (!isHidden) continue;
    bits[position] = 1;
    count++;
  }
  return count ? { trace, bits, count } : undefined;
}
