import { stepsOf } from '../model/steps.js';

/** So many are sorted at once; then pieces of them are merged. */
const PIECE = 2048;

/**
 * The numbers from 0 to `count`, sorted: pieces first, which are then merged. Those that are equal stay in their order. Can rest on
 * the way.
 */
export function* sortedPlaces(
  count: number,
  compare: (one: number, other: number) => number,
): Generator<undefined, Uint32Array> {
  let source = Uint32Array.from({ length: count }, (_, at) => at);
  for (let from = 0; from < count; from += PIECE) {
    source.subarray(from, from + PIECE).sort(compare);
    yield;
  }
  let target = new Uint32Array(count);
  for (let width = PIECE; width < count; width *= 2) {
    let left = 0;
    let leftEnd = 0;
    let right = 0;
    let rightEnd = 0;
    for (const [from, to] of stepsOf(count)) {
      for (let at = from; at < to; at++) {
        if (at === rightEnd) {
          left = at;
          right = leftEnd = Math.min(at + width, count);
          rightEnd = Math.min(at + 2 * width, count);
        }
        const isLeft = left < leftEnd && (right >= rightEnd || compare(source[left]!, source[right]!) <= 0);
        target[at] = source[isLeft ? left++ : right++]!;
      }
      yield;
    }
    [source, target] = [target, source];
  }
  return source;
}
