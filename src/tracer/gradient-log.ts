import type { Internals, MaybeNumber } from '../internals/index.js';

/** What else is known of a step. */
export interface GradientStep {
  loss?: number | undefined;
  learningRate?: number | undefined;
  /** The norm over all parameters. */
  globalNorm?: number | undefined;
}

/** Norms that are kept: beyond it, neighbouring steps are put together. */
const MOST_NORMS = 200_000;
/** Parameters that are kept. */
const MOST_PARAMETERS = 10_000;

/** Norms by step and parameter, of bounded size. Where there are too many, each two steps become one, the greatest norm of both. */
export class GradientLog {
  readonly #parameters = new Map<string, number>();
  #steps: number[] = [];
  /** By step; those that were not told are holes. */
  #norms: number[][] = [];
  #loss: (number | undefined)[] = [];
  #learningRate: (number | undefined)[] = [];
  #global: (number | undefined)[] = [];
  /** Steps that are one row now, and how many of them the last row has. */
  #each = 1;
  #inLast = 0;
  #wentBack = 0;
  #leftOut = 0;

  add(
    step: number,
    norms: Iterable<readonly [string, number]>,
    { loss, learningRate, globalNorm }: GradientStep,
  ): void {
    const last = this.#steps.at(-1);
    if (!Number.isFinite(step) || (last !== undefined && step < last)) {
      this.#wentBack++;
      return;
    }
    const isSame = step === last;
    if (!isSame && (this.#inLast === 0 || this.#inLast === this.#each)) {
      this.#steps.push(step);
      this.#norms.push([]);
      this.#inLast = 0;
    }
    if (!isSame) this.#inLast++;
    const at = this.#steps.length - 1;
    this.#steps[at] = step;
    const row = this.#norms[at]!;
    for (const [name, norm] of norms) {
      const column = this.#columnOf(name);
      if (column !== undefined && typeof norm === 'number') row[column] = greater(row[column], norm);
    }
    if (loss !== undefined) this.#loss[at] = loss;
    if (learningRate !== undefined) this.#learningRate[at] = learningRate;
    if (globalNorm !== undefined) this.#global[at] = greater(this.#global[at], globalNorm);
    if (this.#steps.length > 1 && this.#steps.length * Math.max(1, this.#parameters.size) > MOST_NORMS) this.#halve();
  }

  /** @param mask what a name becomes before it is kept */
  internals(mask: (text: string) => string): Internals {
    const columns = Array.from(this.#parameters.values());
    const list = (values: readonly (number | undefined)[]): MaybeNumber[] | undefined =>
      values.length ? this.#steps.map((_, at) => written(values[at])) : undefined;
    const [loss, lr, global] = [list(this.#loss), list(this.#learningRate), list(this.#global)];
    const dropped = [
      ...(this.#each > 1 ? [`steps: the greatest norm of each ${this.#each}`] : []),
      ...(this.#wentBack ? [`${this.#wentBack} steps that went back`] : []),
      ...(this.#leftOut ? [`norms of more than ${MOST_PARAMETERS} parameters`] : []),
    ];
    return {
      v: 1,
      gradients: {
        metric: 'l2',
        steps: [...this.#steps],
        params: Array.from(this.#parameters.keys(), mask),
        values: this.#norms.map((row) => columns.map((column) => written(row[column]))),
        ...(loss && { loss }),
        ...(lr && { lr }),
        ...(global && { global }),
      },
      capture: { level: 1, source_format: 'llm-trace-kit', ...(dropped.length && { dropped }) },
    };
  }

  #columnOf(name: string): number | undefined {
    const known = this.#parameters.get(name);
    if (known !== undefined) return known;
    if (this.#parameters.size >= MOST_PARAMETERS) {
      this.#leftOut++;
      return undefined;
    }
    this.#parameters.set(name, this.#parameters.size);
    return this.#parameters.size - 1;
  }

  #halve(): void {
    const count = this.#steps.length;
    const pairs = <Item>(list: readonly Item[], together: (one: Item, other: Item) => Item): Item[] =>
      Array.from({ length: Math.ceil(count / 2) }, (_, at) =>
        2 * at + 1 < count ? together(list[2 * at]!, list[2 * at + 1]!) : list[2 * at]!,
      );
    const later = (one: number | undefined, other: number | undefined): number | undefined => other ?? one;
    const columns = Array.from(this.#parameters.values());
    this.#norms = pairs(this.#norms, (one, other) => {
      const row: number[] = [];
      for (const column of columns) {
        const norm = one[column] === undefined ? other[column] : greater(other[column], one[column]);
        if (norm !== undefined) row[column] = norm;
      }
      return row;
    });
    if (this.#loss.length) this.#loss = pairs(this.#loss, later);
    if (this.#learningRate.length) this.#learningRate = pairs(this.#learningRate, later);
    if (this.#global.length) {
      this.#global = pairs(this.#global, (one, other) => (one === undefined ? other : greater(other, one)));
    }
    this.#steps = pairs(this.#steps, (_, other) => other);
    if (count % 2 === 0) this.#inLast = 2 * this.#each;
    this.#each *= 2;
  }
}

/** What is no number stays: `Math.max` gives NaN where one of both is. */
const greater = (one: number | undefined, other: number): number => (one === undefined ? other : Math.max(one, other));

function written(value: number | undefined): MaybeNumber {
  if (value === undefined) return null;
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : (String(value) as 'NaN');
}
