import { packArrayNow } from '../arrays.js';
import type { InternalsAttention, InternalsTokens } from '../internals.js';
import { count, isFields } from '../shape.js';
import { plainTokens } from './token-signs.js';

/** Numbers of one file that are read. */
const MOST_NUMBERS = 2 ** 26;

/** Numbers with their shape; what is none is `NaN`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Lists in lists, so many deep, all of the same lengths. */
export function tensorOf(value: unknown, dimensions: number): Tensor | undefined {
  let level: readonly unknown[] = [value];
  const shape: number[] = [];
  for (let depth = 0; depth < dimensions; depth++) {
    const [first] = level;
    if (!Array.isArray(first) || first.length === 0 || first.length * level.length > MOST_NUMBERS) return undefined;
    const { length } = first;
    const next: unknown[] = [];
    for (const list of level) {
      if (!Array.isArray(list) || list.length !== length) return undefined;
      for (const item of list) next.push(item);
    }
    shape.push(length);
    level = next;
  }
  return { shape, values: Float32Array.from(level, (item) => (typeof item === 'number' ? item : NaN)) };
}

/** Whether a value is lists in lists, so many deep, with a number inside: quick. */
export function isNested(value: unknown, dimensions: number): boolean {
  let inside = value;
  for (let depth = 0; depth < dimensions; depth++) {
    if (!Array.isArray(inside) || inside.length === 0) return false;
    inside = inside[0];
  }
  return typeof inside === 'number' || inside === null;
}

/** The texts of a list; nothing where it is none. */
export const textsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string') ? value : undefined;

type Layer = NonNullable<InternalsAttention['layers']>[number];

/** Heads × queries × keys, packed. What is ahead is left out where no head looks at it. */
export function attentionLayer(layer: number, { shape, values }: Tensor, heads?: readonly number[]): Layer {
  return {
    layer,
    ...(heads && { heads: [...heads] }),
    ...packArrayNow(values, shape, { layout: isCausal(shape, values) ? 'tri' : 'dense' }),
  };
}

function isCausal([heads = 0, rows = 0, columns = 0]: readonly number[], values: Float32Array): boolean {
  if (rows > columns || rows < 2) return false;
  for (let row = 0; row < heads * rows; row++) {
    const own = columns - rows + (row % rows);
    for (let column = own + 1; column < columns; column++) if (values[row * columns + column]! !== 0) return false;
  }
  return true;
}

/** Attention of layers that are all over the same tokens. */
export const attentionOf = (
  type: InternalsAttention['type'],
  q: [number, number],
  k: [number, number],
  layers: readonly Layer[],
): InternalsAttention => ({ type, q, k, captured: 'import', layers: [...layers] });

/** Tokens as they are named in a file, with how many stand before the output, which may be named in another way. */
export const tokensOf = (text: readonly string[], split: number): InternalsTokens => ({
  text: [...plainTokens(text.slice(0, split)), ...plainTokens(text.slice(split))],
  split,
});

/** A whole number under one of these names. */
export function wholeAt(value: unknown, ...names: readonly string[]): number | undefined {
  if (!isFields(value)) return undefined;
  const found = names.map((name) => value[name]).find((held) => count(held) === undefined);
  return found as number | undefined;
}

/** What belongs to the same layer, by its number, with its place in the list. */
export function byLayer<Item>(items: readonly Item[], layerOf: (item: Item) => number): Map<number, [number, Item][]> {
  const layers = new Map<number, [number, Item][]>();
  items.forEach((item, at) => {
    const layer = layers.get(layerOf(item));
    if (layer) layer.push([at, item]);
    else layers.set(layerOf(item), [[at, item]]);
  });
  return layers;
}
