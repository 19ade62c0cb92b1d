import type { SpanMatches } from '../../internal/span-matches.js';
import type { Flame } from './flame.js';

/**
 * How many of the first entries a search has found, counted in one pass: a rectangle that stands for many spans knows by it whether
 * one of them is among them.
 */
export class FoundEntries {
  #flame: Flame | undefined;
  #found: SpanMatches | undefined;
  #before: Uint32Array | undefined;

  countedIn(flame: Flame, found: SpanMatches | undefined): Uint32Array | undefined {
    if (flame === this.#flame && found === this.#found) return this.#before;
    this.#flame = flame;
    this.#found = found;
    return (this.#before = found && countBefore(flame.layout.positions, found.matches));
  }
}

function countBefore(positions: Uint32Array, matches: Uint8Array): Uint32Array {
  const before = new Uint32Array(positions.length + 1);
  for (let entry = 0; entry < positions.length; entry++)
    before[entry + 1] = before[entry]! + matches[positions[entry]!]!;
  return before;
}
