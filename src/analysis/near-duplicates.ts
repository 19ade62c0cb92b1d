/** Characters of a text that are looked at, half of them at its beginning and half at its end. */
const LOOKED_AT = 8000;
/** Characters of a shingle. Characters, and not words: some scripts have no spaces. */
const SHINGLE = 12;
/** Hashes that stand for a text: the smallest of its shingles' (Broder, "On the resemblance and containment of documents"). */
const SKETCH = 128;
/** Texts with so large a share of shingles in common are nearly the same. */
const ALIKE = 0.8;
/** A shingle that so many groups share says nothing more. */
const MOST_SHARING = 32;

/**
 * Finds texts that are nearly the same: the same but for spaces, case, punctuation, and a few words. Time and memory grow
 * with the number of texts, whatever their length.
 *
 * @returns for each text the place of the first one that it repeats, or its own; texts without a word repeat nothing
 */
export function nearDuplicates(texts: readonly string[]): number[] {
  /** The first text of each group, by what it consists of where that is little. */
  const exact = new Map<string, number>();
  const sketches: (Uint32Array | undefined)[] = [];
  /** First texts of groups, by the hashes in their sketches. */
  const sharing = new Map<number, number[]>();
  return texts.map((text, place) => {
    const words = plainWords(text);
    if (!words) return place;
    const same = exact.get(words);
    if (same !== undefined) return same;
    const sketch = sketchOf(words);
    const alike = mostAlike(sketch, sharing, sketches);
    exact.set(words, alike ?? place);
    if (alike !== undefined) return alike;
    sketches[place] = sketch;
    for (const hash of sketch) {
      const groups = sharing.get(hash);
      if (!groups) sharing.set(hash, [place]);
      else if (groups.length < MOST_SHARING) groups.push(place);
    }
    return place;
  });
}

function mostAlike(
  sketch: Uint32Array,
  sharing: ReadonlyMap<number, readonly number[]>,
  sketches: readonly (Uint32Array | undefined)[],
): number | undefined {
  const counts = new Map<number, number>();
  for (const hash of sketch) {
    for (const group of sharing.get(hash) ?? []) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  let best: number | undefined;
  let most = 0;
  for (const [group, count] of counts) {
    // Fewer in common than this cannot be enough: not worth the exact look.
    if (count < (ALIKE * sketch.length) / 2 || count <= most) continue;
    if (resemblance(sketch, sketches[group]!) >= ALIKE) {
      best = group;
      most = count;
    }
  }
  return best;
}

/** The share of shingles that two texts have in common, judged by the smallest hashes of both together. */
function resemblance(one: Uint32Array, other: Uint32Array): number {
  let atOne = 0;
  let atOther = 0;
  let common = 0;
  let all = 0;
  for (; all < SKETCH && (atOne < one.length || atOther < other.length); all++) {
    const first = one[atOne] ?? Infinity;
    const second = other[atOther] ?? Infinity;
    if (first === second) common++;
    if (first <= second) atOne++;
    if (second <= first) atOther++;
  }
  return all ? common / all : 0;
}

function plainWords(text: string): string {
  const looked =
    text.length > LOOKED_AT ? `${text.slice(0, LOOKED_AT / 2)} ${text.length} ${text.slice(-LOOKED_AT / 2)}` : text;
  return looked
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The smallest hashes of a text's shingles, each once, in order. */
function sketchOf(words: string): Uint32Array {
  const count = Math.max(1, words.length - SHINGLE + 1);
  const hashes = new Uint32Array(count);
  for (let start = 0; start < count; start++)
    hashes[start] = hashOf(words, start, Math.min(words.length, start + SHINGLE));
  hashes.sort();
  let kept = 0;
  for (let at = 0; at < count && kept < SKETCH; at++) {
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[kept++] = hashes[at]!;
  }
  return hashes.slice(0, kept);
}

/** FNV-1a, its bits mixed once more at the end: the smallest of its hashes are to be any of them. */
function hashOf(words: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
