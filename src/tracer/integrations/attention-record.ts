import { headFigures, packArray, type HeadFigures, type InternalsAttention } from '../../internals/index.js';

/** Attention of one layer: heads × tokens × tokens, row by row. */
export interface LayerAttention {
  layer: number;
  heads: number;
  values: Float32Array;
}

/** Numbers of matrices that are kept, a byte each before they are compressed. Of all layers there are the figures. */
const MOST_NUMBERS = 2 ** 25;

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Puts attention together as it is recorded, layer by layer: numbers are packed as they come. */
export class AttentionRecord {
  readonly #size: number;
  readonly #captured: 'live' | 'replay';
  readonly #figures: HeadFigures[][] = [];
  readonly #layers: NonNullable<InternalsAttention['layers']> = [];
  #numbers = 0;

  /** @param size how many tokens look at each other */
  constructor(size: number, captured: 'live' | 'replay') {
    this.#size = size;
    this.#captured = captured;
  }

  /** Heads of the first layer, which all others have as well; `undefined` before there is one. */
  get heads(): number | undefined {
    return this.#figures[0]?.length;
  }

  /** How many layers there are. */
  get length(): number {
    return this.#figures.length;
  }

  /** Whether all matrices were kept. */
  get isWhole(): boolean {
    return this.#layers.length === this.#figures.length;
  }

  async add({ layer, heads, values }: LayerAttention): Promise<void> {
    const size = this.#size;
    const matrix = size * size;
    this.#figures.push(
      Array.from({ length: heads }, (_, head) =>
        headFigures(values.subarray(head * matrix, (head + 1) * matrix), size, size),
      ),
    );
    this.#numbers += (heads * (matrix + size)) / 2;
    if (this.#numbers > MOST_NUMBERS) return;
    this.#layers.push({ layer, ...(await packArray(values, [heads, size, size], { layout: 'tri' })) });
  }

  /** What is written into the trace. */
  get section(): InternalsAttention {
    const of = (name: keyof HeadFigures): number[][] =>
      this.#figures.map((heads) => heads.map((head) => rounded(head[name])));
    return {
      type: 'self',
      q: [0, this.#size],
      k: [0, this.#size],
      captured: this.#captured,
      summary: { sink: of('sink'), prev: of('prev'), entropy: of('entropy') },
      layers: this.#layers,
    };
  }
}
