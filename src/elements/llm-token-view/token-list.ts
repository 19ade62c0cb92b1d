import type { Distribution, Internals } from '../../internals/index.js';

/** One of the most likely tokens at a place. */
export interface Alternative {
  readonly text: string;
  readonly probability: number;
  readonly isChosen: boolean;
}

/** Figures over tokens whose probability is known. */
export interface TokenFigures {
  known: number;
  /** Of the logarithms. */
  sum: number;
  mean: number;
  perplexity: number;
}

/**
 * Tokens as they are shown: a cell is a token, or several that make one character together. Cells are asked by their position;
 * tokens by theirs.
 */
export class TokenList {
  readonly internals: Internals;
  /** How many tokens there are. */
  readonly tokenCount: number;
  /** How many cells there are. */
  readonly count: number;
  /** First cell of the output. */
  readonly split: number;
  readonly dist: Distribution;
  /** Whether anything says how likely tokens were. */
  readonly hasProbabilities: boolean;
  readonly hasRanks: boolean;
  readonly hasEntropy: boolean;
  /** Whether entropy is worked out from lists of the most likely tokens: there is at least so much. */
  readonly isEntropyEstimated: boolean;
  /** First token of each cell, and the one behind the last. */
  readonly #first: Int32Array;
  #outputFigures: { of: TokenFigures | undefined } | undefined;
  /** By token, from `from` on. */
  readonly #entropy: readonly (number | null)[] | undefined;

  constructor(internals: Internals) {
    this.internals = internals;
    const { tokens, output } = internals;
    const texts = tokens?.text ?? [];
    const continued = new Set(tokens?.cont);
    const first: number[] = [];
    texts.forEach((_, at) => {
      if (at === 0 || !continued.has(at)) first.push(at);
    });
    this.tokenCount = texts.length;
    this.count = first.length;
    this.#first = Int32Array.from([...first, texts.length]);
    this.split = this.cellOf(tokens?.split ?? 0);
    this.dist = output?.dist ?? 'unknown';
    this.hasProbabilities = output?.logprob?.some((value) => value !== null) ?? false;
    this.hasRanks = output?.rank?.some((value) => value !== null) ?? false;
    const isStated = output?.entropy?.some((value) => value !== null) ?? false;
    this.#entropy = isStated ? output!.entropy : estimatedEntropy(internals);
    this.hasEntropy = this.#entropy !== undefined;
    this.isEntropyEstimated = this.hasEntropy && (!isStated || output!.entropy_kind === 'topk');
  }

  /** Tokens of a cell: the first, and the one behind the last. */
  tokensOf(cell: number): readonly [start: number, end: number] {
    return [this.#first[cell]!, this.#first[cell + 1]!];
  }

  /** The cell that a token is in. */
  cellOf(token: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#first[middle + 1]! <= token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  textOf(cell: number): string {
    const [start, end] = this.tokensOf(cell);
    let text = '';
    for (let at = start; at < end; at++) text += this.internals.tokens!.text[at]!;
    return text;
  }

  isPrompt(cell: number): boolean {
    return cell < this.split;
  }

  /** Of all tokens of the cell together; `undefined` where it is not known of each. */
  logprobOf(cell: number): number | undefined {
    const [start, end] = this.tokensOf(cell);
    let sum = 0;
    for (let at = start; at < end; at++) {
      const value = this.#at(this.internals.output?.logprob, at);
      if (value === undefined) return undefined;
      sum += value;
    }
    return sum;
  }

  probabilityOf(cell: number): number | undefined {
    const logprob = this.logprobOf(cell);
    return logprob === undefined ? undefined : Math.exp(logprob);
  }

  /** The worst of the cell, from 1. */
  rankOf(cell: number): number | undefined {
    return this.#worst(cell, this.internals.output?.rank);
  }

  /** The greatest of the cell, in nats. */
  entropyOf(cell: number): number | undefined {
    return this.#worst(cell, this.#entropy);
  }

  /** When its first token came, in milliseconds from the start of the span. */
  timeOf(cell: number): number | undefined {
    return this.#at(this.internals.output?.t_ms, this.#first[cell]!);
  }

  /** The ids of its tokens. */
  idsOf(cell: number): readonly number[] {
    return this.internals.tokens?.id?.slice(...this.tokensOf(cell)) ?? [];
  }

  /** The bytes of its tokens, where they make a character together. */
  bytesOf(cell: number): readonly (readonly number[])[] {
    return this.internals.tokens?.bytes?.slice(...this.tokensOf(cell)).map((bytes) => bytes ?? []) ?? [];
  }

  /** What was most likely where the first token of the cell stands; what was chosen is among them where it is known. */
  alternativesOf(cell: number): readonly Alternative[] {
    const token = this.#first[cell]!;
    const { top, from = 0, logprob } = this.internals.output ?? {};
    const texts = top?.text[token - from];
    if (!top || !texts?.length) return [];
    const chosenLogprob = this.#at(logprob, token);
    const id = this.internals.tokens?.id?.[token];
    const text = this.internals.tokens!.text[token]!;
    const ids = top.id?.[token - from];
    const [start, end] = this.tokensOf(cell);
    let isFound = false as boolean;
    const list = texts.map((other, at): Alternative => {
      const value = top.logprob[token - from]![at]!;
      const isSame =
        ids && id !== undefined ? ids[at] === id : value === chosenLogprob && (other === text || end - start > 1);
      const isChosen: boolean = !isFound && isSame;
      if (isChosen) isFound = true;
      return { text: other, probability: Math.exp(value), isChosen };
    });
    if (!isFound && chosenLogprob !== undefined) {
      list.push({ text, probability: Math.exp(chosenLogprob), isChosen: true });
    }
    return list.sort((one, other) => other.probability - one.probability);
  }

  /** Over the output. Worked out once. */
  get outputFigures(): TokenFigures | undefined {
    return (this.#outputFigures ??= { of: this.figures(this.split, this.count) }).of;
  }

  /** Over the cells from one to another. */
  figures(from: number, to: number): TokenFigures | undefined {
    let known = 0;
    let sum = 0;
    for (let token = this.#first[from]!; token < this.#first[to]!; token++) {
      const value = this.#at(this.internals.output?.logprob, token);
      if (value === undefined) continue;
      known++;
      sum += value;
    }
    if (known === 0) return undefined;
    return { known, sum, mean: sum / known, perplexity: Math.exp(-sum / known) };
  }

  #at(column: readonly (number | null)[] | undefined, token: number): number | undefined {
    return column?.[token - (this.internals.output?.from ?? 0)] ?? undefined;
  }

  #worst(cell: number, column: readonly (number | null)[] | undefined): number | undefined {
    const [start, end] = this.tokensOf(cell);
    let worst: number | undefined;
    for (let at = start; at < end; at++) {
      const value = this.#at(column, at);
      if (value !== undefined && (worst === undefined || value > worst)) worst = value;
    }
    return worst;
  }
}

/**
 * What the lists of the most likely tokens say of the entropy: all that is not in a list is taken for one token, so that
 * the true value is not below.
 */
function estimatedEntropy({ output }: Internals): (number | null)[] | undefined {
  if (!output?.top?.logprob.some((list) => list.length > 1)) return undefined;
  return output.top.logprob.map((list) => {
    if (list.length < 2) return null;
    let mass = 0;
    let entropy = 0;
    for (const logprob of list) {
      const probability = Math.exp(logprob);
      mass += probability;
      entropy -= probability * logprob;
    }
    const rest = 1 - mass;
    return Math.max(0, rest > 1e-9 ? entropy - rest * Math.log(rest) : entropy);
  });
}
