import { quietly } from '../quietly.js';
import type { ForwardWatch } from './forward-watch.js';
import type { GenerationSteps } from './generation-steps.js';
import { standIn, type Hook } from './stand-in.js';

export type TokenIds = ReadonlySet<bigint>;

/** What is known of the tokens of a call before there are any. */
export interface TokenFacts {
  /** Whether the first tokens that a streamer is given are the prompt: behind an encoder they are only where it begins. */
  readonly isPromptSeen: boolean;
  /** What fills up the shorter ones of several prompts. */
  readonly padding: TokenIds;
  /** What ends an answer. */
  readonly ends: TokenIds;
  /** Where the inside of the model is captured. */
  readonly inside?: { readonly steps: GenerationSteps; readonly forwards: ForwardWatch } | undefined;
}

/** Tokens whose times are recorded one by one. */
const MOST_TIMES = 1000;

/**
 * Counts the tokens of a call, and takes their times. `generate()` gives a streamer the whole prompt first and then, after
 * each step, one token of every sequence (`BaseStreamer` of huggingface/transformers.js). Sequences that have ended go on
 * until the last one has.
 */
export class TokenWatch {
  /** Milliseconds from the beginning of the call, a step each. */
  readonly times: number[] = [];
  steps = 0;
  /** Tokens of the prompt; `undefined` where they are not seen. */
  input: number | undefined;
  output = 0;
  /** When the last token came, in milliseconds from the beginning of the call. */
  last: number | undefined;
  readonly #begun: number;
  readonly #facts: TokenFacts;
  #isPromptNext = true;
  #ended = new Set<number>();
  #sequences = 0;

  constructor(begun: number, facts: TokenFacts) {
    this.#begun = begun;
    this.#facts = facts;
  }

  /** Whether every sequence came to an end of its own. */
  get hasEnded(): boolean {
    return this.#sequences > 0 && this.#ended.size === this.#sequences;
  }

  /** A streamer that counts, and does what the application's own does. */
  streamer(theirs: object | undefined): object {
    if (!theirs) return { put: (tokens: unknown) => quietly(() => this.#put(tokens)), end: () => this.#end() };
    const put: Hook = (call, args) => {
      quietly(() => this.#put(args[0]));
      return call(...args);
    };
    const end: Hook = (call, args) => {
      this.#end();
      return call(...args);
    };
    return standIn(theirs, {
      methods: new Map([
        ['put', put],
        ['end', end],
      ]),
    });
  }

  #put(tokens: unknown): void {
    const sequences = tokens as readonly (readonly bigint[])[];
    const { inside } = this.#facts;
    inside?.forwards.expect(inside.steps);
    if (this.#isPromptNext) {
      this.#isPromptNext = false;
      inside?.steps.begin(sequences);
      this.#sequences = sequences.length;
      this.#ended = new Set();
      if (this.#facts.isPromptSeen) {
        this.input = sequences.reduce((sum, prompt) => sum + this.#lengthOf(prompt, sequences.length), this.input ?? 0);
      }
      return;
    }
    inside?.steps.chose(sequences[0]![0]!);
    this.steps++;
    this.last = Math.round((performance.now() - this.#begun) * 10) / 10;
    if (this.times.length < MOST_TIMES) this.times.push(this.last);
    sequences.forEach((step, index) => {
      if (this.#ended.has(index)) return;
      this.output += step.length;
      if (step.some((token) => this.#facts.ends.has(token))) this.#ended.add(index);
    });
  }

  /** One pipeline may generate several times: for each image, for each piece of a recording. */
  #end(): void {
    this.#isPromptNext = true;
    this.#facts.inside?.steps.over();
  }

  /** Several prompts are filled up in front to the length of the longest. */
  #lengthOf(prompt: readonly bigint[], count: number): number {
    if (count === 1) return prompt.length;
    const first = prompt.findIndex((token) => !this.#facts.padding.has(token));
    return first < 0 ? 0 : prompt.length - first;
  }
}
