import type { StoredNumbers, TensorLike, Tensors } from './generation-steps.js';
import { numbersOf } from './token-figures.js';

type ElementType = 'int64' | 'int32' | 'bool' | 'float32' | 'float16';
type Elements = BigInt64Array | Int32Array | Uint8Array | Float32Array | Uint16Array;

/** The part of the module `onnxruntime-web` that is used. */
export interface ReplayRuntime {
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<object> };
  readonly Tensor: new (type: ElementType, data: Elements, dims: readonly number[]) => object;
}

/** Gives a tensor for an input of the model, of so many rows of so many tokens. */
export type FeedInput = (name: string, rows: number, tokens: number) => object | undefined;

export interface SessionFacts {
  readonly runtime: ReplayRuntime;
  readonly sessionOptions: object | undefined;
  readonly inputs: FeedInput | undefined;
}

interface InputMetadata {
  readonly name: string;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** The part of a session that is used. */
interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly inputMetadata?: readonly InputMetadata[];
  run(feeds: Record<string, object>, fetches: readonly string[]): Promise<Tensors>;
  release(): Promise<void>;
}

export interface Floats {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** A session for whole texts: without anything in its cache, several at once. */
export class ReplaySession {
  readonly #session: RuntimeSession;
  readonly #facts: SessionFacts;

  private constructor(session: RuntimeSession, facts: SessionFacts) {
    this.#session = session;
    this.#facts = facts;
  }

  static async open(model: Uint8Array, facts: SessionFacts): Promise<ReplaySession> {
    const session = await facts.runtime.InferenceSession.create(model, {
      executionProviders: ['wasm'],
      // What it warns of are sizes that it could not work out beforehand.
      logSeverityLevel: 3,
      ...facts.sessionOptions,
    });
    return new ReplaySession(session as RuntimeSession, facts);
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  /**
   * Runs texts of one length.
   *
   * @param kept how many of their last tokens the logits are wanted of, where the model can be asked for it
   */
  async run(rows: readonly (readonly number[])[], outputs: readonly string[], kept = 0): Promise<Map<string, Floats>> {
    const names = this.#session.inputNames;
    const feeds = Object.fromEntries(names.map((name, at) => [name, this.#feed(name, at, rows, kept)]));
    const results = await this.#session.run(feeds, outputs);
    return new Map(
      outputs.map((name) => {
        const { dims, data } = results[name] as TensorLike;
        return [name, { dims, values: numbersOf(data as StoredNumbers) }];
      }),
    );
  }

  #feed(name: string, at: number, rows: readonly (readonly number[])[], kept: number): object {
    const { runtime, inputs } = this.#facts;
    const [count, length] = [rows.length, rows[0]!.length];
    const given = inputs?.(name, count, length);
    if (given) return given;
    const { type = 'int64', shape = [] } = this.#session.inputMetadata?.[at] ?? {};
    const tensor = (data: Elements, dims: readonly number[], as = type): object => {
      const made = new runtime.Tensor(as as ElementType, data, dims);
      // Tensors of transformers.js are around those of the runtime.
      return (made as { ort_tensor?: object }).ort_tensor ?? made;
    };
    const whole = (numbers: readonly number[], dims: readonly number[]): object =>
      tensor(type === 'int32' ? Int32Array.from(numbers) : BigInt64Array.from(numbers, BigInt), dims);
    const places = [count, length];
    if (name === 'input_ids') return whole(rows.flat(), places);
    if (name === 'attention_mask') return whole(new Array<number>(count * length).fill(1), places);
    if (name === 'position_ids')
      return whole(
        rows.flatMap((row) => Array.from(row.keys())),
        places,
      );
    if (name === 'num_logits_to_keep') return whole([kept], []);
    if (name === 'use_cache_branch') return tensor(Uint8Array.of(0), [1], 'bool');
    if (!name.startsWith('past')) throw new Error(`A replay does not know what the model wants as “${name}”.`);
    // Nothing is in the cache: one of the dimensions is how many tokens are.
    const dims = shape.map((size) => (typeof size === 'number' ? size : size.includes('batch') ? count : 0));
    return tensor(type === 'float16' ? new Uint16Array(0) : new Float32Array(0), dims);
  }
}
