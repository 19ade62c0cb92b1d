import type { GroupedScore } from './compare-groups.js';
import type { SpanScore } from './evaluate.js';

/** One prompt of a set. `item` and `group` are for `compareGroups`: tell the span of its answer, as metadata or attributes. */
export interface PromptOfSet {
  /** The template, the same for every group. */
  item: string;
  /** The value that was put in. */
  group: string;
  prompt: string;
}

/**
 * The same prompts with one attribute changed: each template with each value in the place of `{attribute}`.
 *
 * @throws {RangeError} where a template has no such place: its prompts would all be the same
 */
export function promptSet(
  templates: readonly string[],
  attribute: string,
  values: readonly string[],
): readonly PromptOfSet[] {
  const place = `{${attribute}}`;
  return templates.flatMap((item) => {
    const pieces = item.split(place);
    if (pieces.length < 2) throw new RangeError(`The template has no ${place}: ${item}`);
    return values.map((group) => ({ item, group, prompt: pieces.join(group) }));
  });
}

/**
 * The scores of spans that are part of a set, for `compareGroups`. Truths count as 1 and 0; scores without a number, and of spans
 * that are in no group, are left out.
 */
export function groupedScores(
  scores: Iterable<SpanScore>,
  placeOf: (score: SpanScore) => { group: string; item: string } | undefined,
): GroupedScore[] {
  const grouped: GroupedScore[] = [];
  for (const of of scores) {
    const { name, value } = of.score;
    if (typeof value !== 'number' && typeof value !== 'boolean') continue;
    const place = placeOf(of);
    if (place) grouped.push({ name, group: place.group, item: place.item, value: Number(value) });
  }
  return grouped;
}
