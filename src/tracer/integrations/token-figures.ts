import { numberOfHalf } from '../../internals/arrays.js';
import type { StoredNumbers } from './generation-steps.js';

/** How many of the most likely tokens are kept. */
const MOST_LIKELY = 5;
const DECIMALS = 1e5;

/** How likely a token was, in nats; `null` where it cannot be told. */
export interface TokenFigures {
  logprob: number | null;
  /** Place among all tokens, from 1. */
  rank: number | null;
  entropy: number | null;
  top: { id: number[]; logprob: number[] };
}

const UNKNOWN: TokenFigures = { logprob: null, rank: null, entropy: null, top: { id: [], logprob: [] } };

const rounded = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

/** Numbers of a tensor. Where the engine has no numbers of 16 bits, the runtime gives their bits. */
export const numbersOf = (stored: StoredNumbers): Float32Array => {
  if (stored instanceof Uint16Array) return Float32Array.from(stored, numberOfHalf);
  return stored instanceof Float32Array ? stored : Float32Array.from(stored);
};

/** What the logits of one place say of the token that was chosen, and of all. */
export function figuresOf(stored: StoredNumbers, token: number): TokenFigures {
  const logits = numbersOf(stored);
  let greatest = -Infinity;
  for (const logit of logits) if (logit > greatest) greatest = logit;
  const chosen = logits[token];
  if (!Number.isFinite(greatest) || chosen === undefined) return UNKNOWN;
  let sum = 0;
  let weighted = 0;
  let before = 0;
  const id: number[] = [];
  let least = -Infinity;
  for (let at = 0; at < logits.length; at++) {
    const logit = logits[at]!;
    if (logit > chosen) before++;
    const distance = logit - greatest;
    const share = Math.exp(distance);
    // What cannot be said at all has no share, and what is no number neither.
    if (share > 0) {
      sum += share;
      weighted += share * distance;
    }
    if (logit > least) least = insert(id, at, logits);
  }
  const whole = greatest + Math.log(sum);
  return {
    logprob: Number.isFinite(chosen) ? rounded(chosen - whole) : null,
    rank: Number.isNaN(chosen) ? null : before + 1,
    entropy: Math.max(0, rounded(Math.log(sum) - weighted / sum)),
    top: { id, logprob: id.map((one) => rounded(logits[one]! - whole)) },
  };
}

/** The logarithm of the probability of a token, all decimals. */
export function logprobOf(logits: Float32Array, token: number): number {
  let greatest = -Infinity;
  for (const logit of logits) if (logit > greatest) greatest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - greatest);
  return logits[token]! - greatest - Math.log(sum);
}

/** Puts a token into its place among the most likely; gives the logit that the next one has to be above. */
function insert(best: number[], token: number, logits: Float32Array): number {
  let at = best.length;
  while (at > 0 && logits[best[at - 1]!]! < logits[token]!) at--;
  best.splice(at, 0, token);
  if (best.length > MOST_LIKELY) best.pop();
  return best.length < MOST_LIKELY ? -Infinity : logits[best.at(-1)!]!;
}
