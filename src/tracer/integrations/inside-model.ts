import {
  packArray,
  type InternalsAttribution,
  type InternalsHidden,
  type InternalsOutput,
} from '../../internals/index.js';
import { AttentionRecord } from './attention-record.js';
import type { Exposed } from './onnx-graph.js';
import type { Floats, ReplaySession } from './replay-session.js';
import { figuresOf, logprobOf } from './token-figures.js';

/** Bytes of the tensors that one run gives. */
const MOST_BYTES = 2 ** 28;
/** Heads of a layer, as long as nobody has said how many there are. */
const MANY_HEADS = 64;
/** Tokens that are left out, one after the other. */
const MOST_OCCLUDED = 512;
const MOST_ROWS = 64;

const LOGITS = 'logits';

const rounded = (value: number, decimals: number): number => Math.round(value * decimals) / decimals;

/** What a finished text looks like from inside of its model. */
export class InsideModel {
  readonly dropped: string[] = [];
  readonly #session: ReplaySession;
  readonly #ids: readonly number[];
  readonly #split: number;
  /** All tokens but the last one: nothing was said after it. */
  readonly #row: readonly number[];
  #vocabulary = 0;

  /** @param split where the answer begins */
  constructor(session: ReplaySession, ids: readonly number[], split: number) {
    this.#session = session;
    this.#ids = ids;
    this.#split = split;
    this.#row = ids.slice(0, Math.max(1, ids.length - 1));
  }

  /** Runs the text once; where that would be too much at a time, once for each layer. */
  async look({ attention, hidden }: Pick<Exposed, 'attention' | 'hidden'>): Promise<Look> {
    const size = this.#row.length;
    const isSmall = attention.length * MANY_HEADS * size * size * 4 < MOST_BYTES;
    const found = await this.#run([this.#row], [LOGITS, ...hidden, ...(isSmall ? attention : [])]);
    const logits = found.get(LOGITS)!;
    const record = new AttentionRecord(size, 'replay');
    for (const name of attention) {
      const { dims, values } = (isSmall ? found : await this.#run([this.#row], [name])).get(name)!;
      // Others choose between experts, or look at pictures.
      const [, heads = 0, queries, keys] = dims;
      if (dims.length !== 4 || queries !== size || keys !== size) continue;
      await record.add({ layer: record.length, heads, values });
    }
    if (record.length === 0) this.dropped.push('attention: the model does it in a way that is not known');
    else if (!record.isWhole) this.dropped.push('attention of some layers: too much to keep');
    return {
      output: this.#output(logits),
      vocabulary: logits.dims.at(-1)!,
      attention: record.length > 0 ? record : undefined,
      ...this.#hidden(
        hidden.map((name) => found.get(name)!),
        record.length,
      ),
    };
  }

  /**
   * What each token of the answer loses, in nats, when a token of the prompt is another one: many texts that differ in one place,
   * run together.
   */
  async occluded(instead: number, text: string | undefined): Promise<InternalsAttribution | undefined> {
    const [ids, split] = [this.#ids, this.#split];
    const targets = ids.length - split;
    if (targets === 0 || split === 0) return undefined;
    if (split > MOST_OCCLUDED) {
      this.dropped.push(`attribution: more than ${MOST_OCCLUDED} tokens before the answer`);
      return undefined;
    }
    const [base] = await this.#logprobs([this.#row]);
    const scores = new Float32Array(targets * split);
    const atOnce = this.#rowsAtOnce();
    for (let from = 0; from < split; from += atOnce) {
      const count = Math.min(atOnce, split - from);
      const rows = Array.from({ length: count }, (_, at) => this.#row.with(from + at, instead));
      for (const [at, logprobs] of (await this.#logprobs(rows)).entries()) {
        for (let target = 0; target < targets; target++) {
          scores[target * split + from + at] = rounded(base![target]! - logprobs[target]!, 1e5);
        }
      }
      // The page has its turn.
      await new Promise((resolve) => setTimeout(resolve));
    }
    return {
      method: 'occlusion',
      over: 'prompt',
      target: [split, ids.length],
      signed: true,
      unit: 'token',
      scores: await packArray(scores, [targets, split], { dtype: 'f32' }),
      baseline: text === undefined ? `token ${instead} in place of each` : `“${text}” in place of each`,
    };
  }

  #rowsAtOnce(): number {
    const bytes = this.#row.length * this.#vocabulary * 4;
    return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_BYTES / bytes)));
  }

  /** Logits are wanted of the last token of the prompt and all behind it. */
  async #run(rows: readonly (readonly number[])[], names: readonly string[]): Promise<Map<string, Floats>> {
    const results = await this.#session.run(rows, names, Math.max(1, this.#ids.length - this.#split));
    const logits = results.get(LOGITS);
    if (logits) this.#vocabulary = logits.dims.at(-1)!;
    return results;
  }

  /** The logits that a token was chosen by. */
  #before({ dims, values }: Floats, row: number, token: number): Float32Array {
    const [, kept = 0, vocabulary = 0] = dims;
    const at = row * kept + (kept - this.#row.length) + token - 1;
    return values.subarray(at * vocabulary, (at + 1) * vocabulary);
  }

  /** By row and token of the answer. */
  async #logprobs(rows: readonly (readonly number[])[]): Promise<number[][]> {
    const logits = (await this.#run(rows, [LOGITS])).get(LOGITS)!;
    const targets = this.#ids.slice(this.#split);
    return rows.map((_, row) =>
      targets.map((token, at) => logprobOf(this.#before(logits, row, this.#split + at), token)),
    );
  }

  #output(logits: Floats): InternalsOutput {
    const [ids, split] = [this.#ids, this.#split];
    const figures = ids
      .slice(split)
      .flatMap((token, at) => (split + at > 0 ? figuresOf(this.#before(logits, 0, split + at), token) : []));
    return {
      from: Math.max(1, split),
      dist: 'raw',
      logprob: figures.map(({ logprob }) => logprob),
      rank: figures.map(({ rank }) => rank),
      entropy: figures.map(({ entropy }) => entropy),
      entropy_kind: 'full',
    };
  }

  /** Norms of the states before each layer and after the last one; where other normalisations stand in between, of all. */
  #hidden(states: readonly Floats[], layers: number): { hidden?: InternalsHidden; width?: number } {
    const width = states[0]?.dims.at(-1);
    const size = this.#row.length;
    const found = states.filter(({ dims }) => dims.length === 3 && dims[1] === size && dims[2] === width);
    if (width === undefined || found.length === 0) {
      this.dropped.push('hidden states: the model normalises in a way that is not known');
      return {};
    }
    // Two a layer, before attention and before what follows, and one at the end.
    const isPlain = layers > 0 && found.length === 2 * layers + 1;
    const chosen = isPlain ? found.filter((_, at) => at % 2 === 0) : found;
    return {
      width,
      hidden: {
        norm: 'l2',
        at: isPlain ? 'before each layer, and after the last' : 'before each normalisation',
        layers: chosen.map(({ values }) =>
          Array.from({ length: size }, (_, token) => {
            let sum = 0;
            for (let at = token * width; at < (token + 1) * width; at++) sum += values[at]! ** 2;
            return rounded(Math.sqrt(sum), 1e3);
          }),
        ),
      },
    };
  }
}

export interface Look {
  readonly output: InternalsOutput;
  readonly vocabulary: number;
  readonly attention: AttentionRecord | undefined;
  readonly hidden?: InternalsHidden;
  readonly width?: number;
}
