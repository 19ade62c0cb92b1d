import {
  unpackArray,
  type Internals,
  type InternalsAttribution,
  type InternalsTokens,
  type ResolvePart,
} from '../../internals/index.js';

export type Unit = NonNullable<InternalsAttribution['unit']>;
export const UNITS: readonly Unit[] = ['token', 'word', 'message'];

/** A part of the input: a token, a word or a message, as the first of its tokens and the one behind the last. */
export interface InputPart {
  readonly start: number;
  readonly end: number;
}

/** What one method says: for each token of the output, or for all of it, a score of each part of the input. */
export class Contributions {
  readonly of: InternalsAttribution;
  /** In the unit that the method told of. */
  readonly parts: readonly InputPart[];
  readonly #values: Float32Array;
  readonly #rows: number;

  private constructor(of: InternalsAttribution, values: Float32Array, rows: number, parts: readonly InputPart[]) {
    this.of = of;
    this.#values = values;
    this.#rows = rows;
    this.parts = parts;
  }

  /**
   * Unpacks the scores of a method.
   *
   * @returns nothing where they are not of the tokens that are here
   * @throws {Error} where they cannot be unpacked
   */
  static async of(
    of: InternalsAttribution,
    { tokens }: Internals,
    resolve: ResolvePart | undefined,
  ): Promise<Contributions | undefined> {
    const array = await unpackArray(of.scores, resolve);
    const { rows, columns, matrices } = array;
    const parts = tokens && partsFor(of, tokens, columns);
    const targets = of.target[1] - of.target[0];
    if (!parts || matrices !== 1 || (rows !== targets && rows !== 1)) return undefined;
    return new Contributions(of, array.matrix(0, NaN), rows, parts);
  }

  /** Whether it tells the tokens of the output apart. */
  get isByToken(): boolean {
    return this.#rows > 1;
  }

  /** The scores of the parts for tokens of the output, added up. What is not known of any of them is not a number. */
  scoresFor(start: number, end: number): Float64Array {
    const columns = this.parts.length;
    const [first, last] = this.of.target;
    const from = this.isByToken ? Math.max(0, start - first) : 0;
    const to = this.isByToken ? Math.min(last, end) - first : 1;
    const scores = new Float64Array(columns).fill(NaN);
    for (let row = from; row < to; row++) {
      for (let column = 0; column < columns; column++) {
        const value = this.#values[row * columns + column]!;
        if (!Number.isFinite(value)) continue;
        scores[column] = (Number.isNaN(scores[column]!) ? 0 : scores[column]!) + value;
      }
    }
    return scores;
  }

  /** The same in coarser parts: each has the sum of what it is made of. */
  rolledUp(scores: Float64Array, parts: readonly InputPart[]): Float64Array {
    if (parts === this.parts) return scores;
    const sums = new Float64Array(parts.length).fill(NaN);
    let to = 0;
    this.parts.forEach(({ start }, at) => {
      while (to < parts.length - 1 && parts[to]!.end <= start) to++;
      const value = scores[at]!;
      if (!Number.isNaN(value)) sums[to] = (Number.isNaN(sums[to]!) ? 0 : sums[to]!) + value;
    });
    return sums;
  }

  /** The units that it can be told in, the finest first. */
  unitsOf(tokens: InternalsTokens): readonly Unit[] {
    const finest = UNITS.indexOf(this.of.unit ?? 'token');
    return UNITS.slice(finest).filter((unit) => unit !== 'message' || tokens.message !== undefined);
  }

  /** Its parts in a unit, as far as it reaches. */
  partsIn(unit: Unit, tokens: InternalsTokens): readonly InputPart[] {
    if (unit === (this.of.unit ?? 'token')) return this.parts;
    return partsOf(unit, tokens, this.parts.at(-1)?.end ?? 0);
  }
}

/** The parts that so many scores are of; nothing where there are others than these. */
function partsFor(
  { unit = 'token', over }: InternalsAttribution,
  tokens: InternalsTokens,
  count: number,
): readonly InputPart[] | undefined {
  if (unit === 'token') return count <= tokens.text.length ? partsOf('token', tokens, count) : undefined;
  const ends = over === 'prompt' ? [tokens.split] : [tokens.text.length, tokens.split];
  for (const end of ends) {
    const parts = partsOf(unit, tokens, end);
    if (parts.length === count) return parts;
  }
  return undefined;
}

/** The first tokens of a text, put together. */
function partsOf(unit: Unit, tokens: InternalsTokens, end: number): InputPart[] {
  const begins = unit === 'token' ? () => true : unit === 'word' ? wordBegins(tokens, end) : messageBegins(tokens);
  const parts: InputPart[] = [];
  let start = 0;
  for (let at = 1; at <= end; at++) {
    if (at < end && !begins(at)) continue;
    parts.push({ start, end: at });
    start = at;
  }
  return parts;
}

const messageBegins =
  ({ message }: InternalsTokens) =>
  (at: number): boolean =>
    message?.[at] !== message?.[at - 1];

/** A token begins a word where a word of the whole text does, as the language has them. */
function wordBegins({ text }: InternalsTokens, end: number): (at: number) => boolean {
  const whole = text.slice(0, end).join('');
  const begins = new Set<number>();
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(whole)) begins.add(index);
  const starts: number[] = [];
  let place = 0;
  for (let at = 0; at < end; at++) {
    starts.push(place);
    place += text[at]!.length;
  }
  return (at) => begins.has(starts[at]!) && starts[at] !== starts[at - 1];
}

/** A part of the input and what it did. */
export interface Contribution {
  /** Position among the parts. */
  readonly at: number;
  readonly score: number;
}

/** The strongest, whichever way they go. */
export function strongest(scores: Float64Array, most: number): Contribution[] {
  const found: Contribution[] = [];
  for (let at = 0; at < scores.length; at++) {
    const size = Math.abs(scores[at]!);
    // Written so that what is not a number is left out.
    if (!(size > 0) || (found.length === most && size <= Math.abs(found.at(-1)!.score))) continue;
    let to = found.length;
    while (to > 0 && Math.abs(found[to - 1]!.score) < size) to--;
    found.splice(to, 0, { at, score: scores[at]! });
    if (found.length > most) found.pop();
  }
  return found;
}

export const sumOfSizes = (scores: Float64Array): number =>
  scores.reduce((sum, score) => sum + (Number.isNaN(score) ? 0 : Math.abs(score)), 0);

/** Steps of colour. */
export const STEPS = 5;

/** The step of a score beside the strongest one: 0 for next to nothing. */
export const stepOf = (score: number, strongestSize: number): number =>
  strongestSize > 0 && Math.abs(score) >= strongestSize / 50 ? Math.ceil((Math.abs(score) / strongestSize) * STEPS) : 0;
