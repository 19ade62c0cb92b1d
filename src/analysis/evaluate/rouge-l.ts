import { isAny, shortNumber, type Evaluator, type EvaluatorOptions } from './evaluator.js';
import { wordsOf } from './words.js';

/** The time grows with the product of both lengths: this many words each take some tens of milliseconds. */
const MOST_WORDS = 20_000;

/**
 * ROUGE-L (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries"): how much of the longest common order of words the
 * answer and the expected text share, as the harmonic mean of both shares. Of several texts the nearest counts.
 */
export const rougeL = ({ name = 'ROUGE-L', isFor = isAny }: EvaluatorOptions = {}): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ answer, expectedTexts }) => {
    if (answer === undefined || !expectedTexts) return undefined;
    const said = wordsOf(answer);
    const [best] = expectedTexts.map((text) => overlap(said, wordsOf(text))).sort((one, other) => other.f - one.f);
    const { f, precision, recall } = best!;
    return { value: f, explanation: `Precision ${shortNumber(precision)}, recall ${shortNumber(recall)}` };
  },
});

function overlap(said: readonly string[], wanted: readonly string[]): { f: number; precision: number; recall: number } {
  const common = longestCommon(said, wanted);
  const precision = said.length ? common / said.length : 0;
  const recall = wanted.length ? common / wanted.length : 0;
  return { f: common ? (2 * precision * recall) / (precision + recall) : 0, precision, recall };
}

/**
 * The length of the longest common subsequence, 32 words of one text at a time (Hyyrö, "Bit-parallel LCS-length computation
 * revisited").
 *
 * @throws {RangeError} where a text is too long
 */
export function longestCommon(one: readonly string[], other: readonly string[]): number {
  if (one.length > MOST_WORDS || other.length > MOST_WORDS) {
    throw new RangeError(`The texts have ${one.length} and ${other.length} words; ROUGE-L reads ${MOST_WORDS}.`);
  }
  const blocks = Math.ceil(one.length / 32);
  const places = new Map<string, Uint32Array>();
  one.forEach((word, at) => {
    let bits = places.get(word);
    if (!bits) places.set(word, (bits = new Uint32Array(blocks)));
    bits[at >>> 5]! |= 1 << (at & 31);
  });
  // A bit that is 0 is the end of a longer common order.
  const row = new Uint32Array(blocks).fill(0xffff_ffff);
  for (const word of other) {
    const bits = places.get(word);
    if (!bits) continue;
    let carry = 0;
    for (let block = 0; block < blocks; block++) {
      const before = row[block]!;
      const matched = (before & bits[block]!) >>> 0;
      const sum = before + matched + carry;
      carry = sum > 0xffff_ffff ? 1 : 0;
      row[block] = sum | (before & ~matched);
    }
  }
  let length = 0;
  for (let at = 0; at < one.length; at++) if (!(row[at >>> 5]! & (1 << (at & 31)))) length++;
  return length;
}
