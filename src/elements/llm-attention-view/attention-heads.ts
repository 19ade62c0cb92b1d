import {
  headFigures,
  unpackArray,
  type HeadFigures,
  type InternalsAttention,
  type InternalsModel,
  type ResolvePart,
  type UnpackedArray,
} from '../../internals/index.js';
import { Pauses } from '../../internal/time-slices.js';
import { PooledHeads, withoutSink, type HeadPool, type Matrix } from './matrix.js';

/** Layers and heads that are told apart in the grid. */
const MOST_NUMBERED = 1024;
/** Layers of which the unpacked bytes are kept. */
const MOST_KEPT = 4;

export type FigureName = keyof HeadFigures;
export const FIGURES: readonly FigureName[] = ['sink', 'prev', 'entropy'];

type Layer = NonNullable<InternalsAttention['layers']>[number];

/** The attention of a model: its layers and heads, and their matrices, of which none is unpacked before it is asked for. */
export class AttentionHeads {
  readonly of: InternalsAttention;
  /** Numbers of the layers and heads that the model has, or that are told of. */
  readonly layers: readonly number[];
  readonly heads: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly #packed = new Map<number, Layer>();
  readonly #unpacked = new Map<number, Promise<UnpackedArray>>();
  readonly #resolve: ResolvePart | undefined;
  /** By name, layer and head: what was worked out. */
  readonly #figures = new Map<string, HeadFigures>();

  constructor(of: InternalsAttention, model: InternalsModel | undefined, resolve: ResolvePart | undefined) {
    this.of = of;
    this.#resolve = resolve;
    this.rows = of.q[1] - of.q[0];
    this.columns = of.k[1] - of.k[0];
    for (const layer of of.layers ?? []) if (!this.#packed.has(layer.layer)) this.#packed.set(layer.layer, layer);
    const tables = FIGURES.flatMap((name) => of.summary?.[name] ?? []);
    const longest = (lists: readonly (readonly unknown[])[]): number =>
      lists.reduce((most, { length }) => Math.max(most, length), 0);
    const packed = [...this.#packed.values()];
    const counts = FIGURES.map((name) => of.summary?.[name]?.length ?? 0);
    this.layers = numbers(
      Math.max(model?.layers ?? 0, ...counts),
      packed.map(({ layer }) => layer),
    );
    const shapes = packed.map((layer) => ('shape' in layer && !layer.heads ? layer.shape[0]! : 0));
    this.heads = numbers(
      shapes.reduce((most, count) => Math.max(most, count), Math.max(model?.heads ?? 0, longest(tables))),
      packed.flatMap(({ heads }) => heads ?? []),
    );
  }

  /** The column of a query's own token; without one, queries and keys are different texts. */
  get own(): number | undefined {
    return this.of.type === 'cross' ? undefined : this.of.q[0] - this.of.k[0];
  }

  /** Whether its matrix was captured. Of what is kept elsewhere it is believed. */
  has(layer: number, head: number): boolean {
    const packed = this.#packed.get(layer);
    return packed !== undefined && this.#placeOf(packed, head) >= 0;
  }

  /** Whether a layer has the matrix of any head. */
  hasAny(layer: number): boolean {
    return this.#packed.has(layer);
  }

  /** The first layer of which there is a matrix, else the first one. */
  get first(): number | undefined {
    return this.layers.find((layer) => this.hasAny(layer)) ?? this.layers[0];
  }

  /** Whether only the greatest values were kept: what is not there is small, not zero. */
  isSparse(layer: number): boolean {
    const packed = this.#packed.get(layer);
    return packed !== undefined && 'layout' in packed && (packed.layout === 'coo' || packed.layout === 'topk');
  }

  /** What a head does, as it is stated, or worked out before. */
  figure(name: FigureName, layer: number, head: number): number | undefined {
    return this.of.summary?.[name]?.[layer]?.[head] ?? this.#figures.get(`${layer}/${head}`)?.[name];
  }

  /** Works out what is not stated of the heads of a layer; whether there was anything to do. */
  async addFigures(layer: number, pauses: Pauses): Promise<boolean> {
    if (!this.hasAny(layer)) return false;
    const wanted = this.heads.filter(
      (head) => this.has(layer, head) && FIGURES.some((name) => this.figure(name, layer, head) === undefined),
    );
    if (wanted.length === 0) return false;
    const array = await this.#unpack(layer);
    for (const head of wanted) {
      const place = this.#placeOf(this.#packed.get(layer)!, head);
      if (place >= array.matrices) continue;
      const figures = headFigures(array.matrix(place, NaN), this.rows, this.columns, this.own ?? -this.rows);
      this.#figures.set(`${layer}/${head}`, figures);
      await pauses.rest();
    }
    return true;
  }

  /**
   * The matrix of a head, or of all heads of a layer together.
   *
   * @throws {Error} where it cannot be unpacked
   */
  async matrix(layer: number, head: number | HeadPool, hidesSink: boolean): Promise<Matrix | undefined> {
    const packed = this.#packed.get(layer);
    if (!packed) return undefined;
    const array = await this.#unpack(layer);
    const one = (place: number): Matrix => {
      const matrix = { values: array.matrix(place, NaN), rows: this.rows, columns: this.columns };
      return hidesSink ? withoutSink(matrix) : matrix;
    };
    if (typeof head === 'number') {
      const place = this.#placeOf(packed, head);
      return place < 0 || place >= array.matrices ? undefined : one(place);
    }
    const pooled = new PooledHeads(head);
    const pauses = new Pauses();
    for (let place = 0; place < array.matrices; place++) {
      pooled.add(one(place).values);
      await pauses.rest();
    }
    const values = pooled.finish();
    return values && { values, rows: this.rows, columns: this.columns };
  }

  #placeOf({ heads, ...layer }: Layer, head: number): number {
    if (heads) return heads.indexOf(head);
    return 'shape' in layer && head >= layer.shape[0]! ? -1 : head;
  }

  /** The last few are kept. */
  #unpack(layer: number): Promise<UnpackedArray> {
    let array = this.#unpacked.get(layer);
    array ??= unpackArray(this.#packed.get(layer)!, this.#resolve).then((unpacked) => {
      const { rows, columns } = unpacked;
      if (rows === this.rows && columns === this.columns) return unpacked;
      throw new Error(`The array is of ${rows} × ${columns}, not ${this.rows} × ${this.columns}.`);
    });
    this.#unpacked.delete(layer);
    this.#unpacked.set(layer, array);
    for (const oldest of this.#unpacked.keys()) {
      if (this.#unpacked.size <= MOST_KEPT) break;
      this.#unpacked.delete(oldest);
    }
    return array;
  }
}

/** From 0 to a count, and those that are named beyond it, in their order. */
function numbers(count: number, named: readonly number[]): number[] {
  const all = new Set(named);
  for (let number = 0; number < Math.min(count, MOST_NUMBERED); number++) all.add(number);
  return [...all].sort((one, other) => one - other);
}
