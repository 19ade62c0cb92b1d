/** For tests: holds what was recorded of the inside of a model against what the model said. */
import { expect } from '@open-wc/testing';
import { readInternals, unpackArray, type Internals } from '../../internals/index.js';
import type { RecordedSpan } from '../../model/index.js';

/** What a span tells of the inside of its model; fails where some of it is not what it has to be. */
export function internalsOf(span: RecordedSpan): Internals {
  const { internals, problems } = readInternals(span.attributes!['llm_trace.internals']);
  void expect(problems).to.deep.equal([]);
  return internals!;
}

/** Logarithms of probabilities, worked out as the formula says. */
export function logprobsOf(logits: Float32Array): number[] {
  const exact = Array.from(logits, Number);
  const whole = Math.log(exact.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return exact.map((logit) => logit - whole);
}

/** Holds what was recorded against the logits themselves. */
export function expectFigures(
  { tokens, output }: Internals,
  written: readonly number[],
  logits: readonly Float32Array[],
): void {
  const { split, id } = tokens!;
  const { from, logprob, rank, entropy, entropy_kind: kind, top } = output!;
  void expect(id!.slice(split)).to.deep.equal(written);
  void expect([from, kind]).to.deep.equal([split, 'full']);
  for (const [at, row] of logits.entries()) {
    const logprobs = logprobsOf(row);
    const order = Array.from(row.keys()).sort((one, other) => row[other]! - row[one]!);
    const best = order.slice(0, 5);
    void expect(top!.id![at]).to.deep.equal(best);
    void expect(
      furthest(
        top!.logprob[at]!,
        best.map((token) => logprobs[token]!),
      ),
    ).to.be.below(1e-4);
    void expect(logprob![at]).to.be.closeTo(logprobs[written[at]!]!, 1e-4);
    void expect(rank![at]).to.equal(order.indexOf(written[at]!) + 1);
    void expect(entropy![at]).to.be.closeTo(-logprobs.reduce((sum, one) => sum + one * Math.exp(one), 0), 1e-4);
  }
}

/** All matrices of attention, by layer and head. */
export async function matricesOf({ attention }: Internals): Promise<Float32Array[][]> {
  return Promise.all(
    attention![0]!.layers!.map(async (layer) => {
      const array = await unpackArray(layer);
      return Array.from({ length: array.matrices }, (_, head) => array.matrix(head));
    }),
  );
}

/** The rows of a head are shares of one whole; each number was rounded to one of 255. */
export function expectShares(matrix: Float32Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const sum = matrix.subarray(row * size, (row + 1) * size).reduce((all, share) => all + share, 0);
    void expect(sum).to.be.closeTo(1, (row + 1) / 510 + 1e-6);
  }
}

/** How far two lists of numbers are from each other where they are furthest. */
export function furthest(one: ArrayLike<number | null>, other: ArrayLike<number | null>): number {
  void expect(one.length).to.equal(other.length);
  let most = 0;
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs(Number(one[at]) - Number(other[at])));
  return most;
}
