import type { InternalsCapture } from '../../internals/index.js';
import { quietly } from '../quietly.js';
import type { figuresOf, TokenFigures } from './token-figures.js';

/**
 * How much is captured of a model in the page. 0: nothing of its inside. 1: tokens, how likely each was, what else was likely, the
 * stages. 2: the same; attention, hidden states and attribution are worked out afterwards, by `replay`. 3, for finding faults: also
 * the attention of each step, where the model has outputs for it (`exposeInternals`).
 */
export type CaptureLevel = InternalsCapture['level'];

/** A tensor of ONNX Runtime, or of transformers.js. */
export interface TensorLike {
  readonly dims: readonly number[];
  readonly type: string;
  readonly data: unknown;
}

export type Tensors = Readonly<Record<string, unknown>>;

/** Numbers of a tensor as they are stored: those of 16 bits may be bits. */
export type StoredNumbers = Float32Array | Uint16Array;

/** Attention of the tokens of one step: heads × tokens that went in × tokens so far. */
export interface StepAttention {
  layer: number;
  heads: number;
  rows: number;
  columns: number;
  values: StoredNumbers;
}

/** One run of the model, and the token that followed. Times are in milliseconds from the beginning of the call. */
export interface GenerationStep {
  readonly begun: number;
  readonly ended: number;
  readonly tokensIn: number;
  /** What the model said of each token of the vocabulary; kept until figures are made of it. */
  logits?: StoredNumbers | undefined;
  attention: StepAttention[];
  token?: number;
  /** When the token was chosen. */
  chosen?: number;
  figures?: TokenFigures | undefined;
}

/** Runs that are recorded of one answer. */
const MOST_STEPS = 100_000;
/** Numbers that are kept while what reads them is being loaded: 64 MB. */
const MOST_KEPT = 2 ** 24;
const MOST_ATTENTION = 2 ** 25;

let reader: typeof figuresOf | undefined;

/** The steps in which one answer comes about, as runs of the model show them. */
export class GenerationSteps {
  readonly level: CaptureLevel;
  readonly steps: GenerationStep[] = [];
  /** Tokens that went in first. */
  prompt: readonly number[] = [];
  /** When the prompt was tokens, in milliseconds from the beginning of the call. */
  begunAt: number | undefined;
  /** When the last token was there. */
  overAt: number | undefined;
  /** Milliseconds that capturing took of the time of the answer. */
  cost = 0;
  /** Tokens of the vocabulary. */
  vocabulary: number | undefined;
  readonly dropped = new Set<string>();
  readonly #origin: number;
  #kept = 0;
  #attention = 0;
  #unread = 0;

  /** @param origin when the call began, by `performance.now()` */
  constructor(origin: number, level: CaptureLevel) {
    this.#origin = origin;
    this.level = level;
    if (level === 0) return;
    import('./token-figures.js').then(
      (module) => (reader = module.figuresOf),
      () => {},
    );
  }

  get now(): number {
    return performance.now() - this.#origin;
  }

  /** Whether there is one sequence of tokens to tell of. A second answer of the same call is not followed. */
  get isFollowed(): boolean {
    return this.begunAt !== undefined && this.overAt === undefined;
  }

  begin(sequences: readonly (readonly (bigint | number)[])[]): void {
    if (this.begunAt !== undefined) this.dropped.add('further answers of the call');
    else if (sequences.length !== 1) this.dropped.add('tokens: several answers at once');
    else {
      this.prompt = sequences[0]!.map(Number);
      this.begunAt = this.now;
    }
  }

  /** More of the prompt, where it goes in by pieces. */
  goOn(tokens: readonly (bigint | number)[]): void {
    if (this.isFollowed && this.steps.every(({ token }) => token === undefined)) {
      this.prompt = [...this.prompt, ...tokens.map(Number)];
    }
  }

  /** Begins one run of the model; the function is told what came out. */
  run(inputs: unknown): (outputs: unknown) => void {
    const begun = this.now;
    return (outputs) => {
      const ended = this.now;
      if (!this.isFollowed || this.steps.length >= MOST_STEPS) return;
      const step: GenerationStep = { begun, ended, tokensIn: quietly(() => lengthOf(inputs)) ?? 0, attention: [] };
      this.steps.push(step);
      if (this.level > 0) quietly(() => this.#keep(step, outputs as Tensors));
      this.cost += this.now - ended;
    };
  }

  chose(token: bigint | number): void {
    const step = this.steps.at(-1);
    const begun = this.now;
    if (!this.isFollowed || !step || step.token !== undefined) return;
    step.token = Number(token);
    step.chosen = begun;
    quietly(() => this.readLogits());
    this.cost += this.now - begun;
  }

  over(): void {
    if (this.isFollowed) this.overAt = this.now;
  }

  /** Makes figures of what the model said, as soon as what does it has been loaded. */
  readLogits(read = reader): void {
    if (!read) return;
    for (; this.#unread < this.steps.length; this.#unread++) {
      const step = this.steps[this.#unread]!;
      if (step.token === undefined) return;
      if (!step.logits) continue;
      this.#kept -= step.logits.length;
      step.figures = read(step.logits, step.token);
      step.logits = undefined;
    }
  }

  #keep(step: GenerationStep, outputs: Tensors): void {
    const logits = lastRow(outputs['logits']);
    if (!logits) this.dropped.add('probabilities: the logits are not in reach');
    else if (this.#kept + logits.length > MOST_KEPT) this.dropped.add('probabilities of some tokens: too many to keep');
    else {
      this.vocabulary = logits.length;
      this.#kept += logits.length;
      step.logits = logits;
    }
    if (this.level < 3) return;
    for (const [name, value] of Object.entries(outputs)) {
      const layer = /^(?:decoder_)?attentions\.(\d+)$/.exec(name)?.[1];
      if (layer === undefined) continue;
      const { data, dims } = value as TensorLike;
      if (dims.length !== 4 || !isStored(data)) continue;
      this.#attention += data.length;
      if (this.#attention > MOST_ATTENTION) {
        this.dropped.add('attention of some tokens: too much to keep');
        return;
      }
      const [, heads, rows, columns] = dims as [number, number, number, number];
      step.attention.push({ layer: Number(layer), heads, rows, columns, values: data.slice() });
    }
  }
}

const isStored = (data: unknown): data is StoredNumbers =>
  ArrayBuffer.isView(data) && !(data instanceof DataView) && !(data instanceof BigInt64Array);

/** A copy of what was said of the last token: what chooses may change the numbers in place. */
function lastRow(logits: unknown): StoredNumbers | undefined {
  if (typeof logits !== 'object' || logits === null) return undefined;
  const { dims, data } = logits as TensorLike;
  return dims[0] === 1 && isStored(data) ? data.slice(data.length - dims.at(-1)!) : undefined;
}

/** How many tokens go in. */
function lengthOf(inputs: unknown): number {
  const { input_ids: ids, decoder_input_ids: decoded, inputs_embeds: embedded } = inputs as Tensors;
  return ((ids ?? decoded ?? embedded) as TensorLike).dims[1]!;
}
