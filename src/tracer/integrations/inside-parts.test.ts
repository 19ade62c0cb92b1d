import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { tinyGpt } from '../../test/tiny-gpt/tiny-gpt.js';
import { exposeInternals } from './onnx-graph.js';
import { figuresOf, logprobOf } from './token-figures.js';
import { singleTexts, tokenTexts } from './token-texts.js';

/** A tokenizer of bytes: each token is one, or all of a character. Some decoders take the space away in front of the first word. */
const decodeBytes = (takesSpace: boolean) => (pieces: ReadonlyMap<number, Uint8Array>) => (ids: number[]) => {
  const text = new TextDecoder().decode(new Uint8Array(ids.flatMap((id) => [...pieces.get(id)!])));
  return takesSpace ? text.replace(/^ /, '') : text;
};

const split = (text: string, areWhole: readonly boolean[]): Uint8Array[] =>
  Array.from(text).flatMap((character, at) => {
    const bytes = new TextEncoder().encode(character);
    return areWhole[at % areWhole.length] ? [bytes] : Array.from(bytes, (byte) => Uint8Array.of(byte));
  });

describe('tokenTexts', () => {
  it('puts the texts of tokens together to what they say, whatever the characters are split into', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.array(fc.boolean(), { minLength: 1 }),
        fc.boolean(),
        async (prompt, answer, areWhole, takesSpace) => {
          const [asked, said] = [split(prompt, areWhole), split(answer, areWhole)];
          const all = [...asked, ...said];
          const ids = all.map((_, at) => at);
          const decode = decodeBytes(takesSpace)(new Map(all.entries()));
          const { text, cont } = await tokenTexts(ids, asked.length, decode);
          expect(text.join('')).to.equal(decode(ids));
          expect(cont.every((at) => text[at] === '')).to.be.true;
          expect(text.slice(0, asked.length).join('')).to.equal(decode(ids.slice(0, asked.length)));
        },
      ),
    );
  });

  it('leaves what never becomes a character as the decoder gives it', async () => {
    const pieces = new Map(Array.from({ length: 9 }, (_, at) => [at, Uint8Array.of(0x80)]));
    const { text, cont } = await tokenTexts([...pieces.keys()], 0, decodeBytes(false)(pieces));
    expect(text.join('')).to.equal('\uFFFD'.repeat(9));
    expect(cont).to.deep.equal([1, 2, 3, 5, 6, 7]);
  });

  it('says what single tokens would be behind another', () => {
    const words = ['▁the', '▁cat', 's'];
    const decode = (ids: number[]): string =>
      ids
        .map((id) => words[id]!.replace('▁', ' '))
        .join('')
        .trimStart();
    expect([0, 1, 2].map(singleTexts(0, decode))).to.deep.equal([' the', ' cat', 's']);
    expect([0, 1, 2].map(singleTexts(undefined, decode))).to.deep.equal(['the', 'cat', 's']);
  });
});

describe('figuresOf', () => {
  it('is what the formulas say', () => {
    const logit = fc.float({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 40 }), fc.nat(), (numbers, any) => {
        const logits = Float32Array.from(numbers);
        const token = any % logits.length;
        const { logprob, rank, entropy, top } = figuresOf(logits, token);
        const greatest = Math.max(...logits);
        const shares = Array.from(logits, (one) => Math.exp(one - greatest));
        const sum = shares.reduce((all, share) => all + share, 0);
        const logprobs = Array.from(logits, (one) => one - greatest - Math.log(sum));
        expect(logprob).to.be.closeTo(logprobs[token]!, 1e-4);
        expect(logprobOf(logits, token)).to.be.closeTo(logprobs[token]!, 1e-6);
        expect(rank).to.equal(1 + logits.filter((one) => one > logits[token]!).length);
        const exact = shares.reduce((all, share, at) => all - (share / sum) * logprobs[at]!, 0);
        expect(entropy).to.be.closeTo(exact, 1e-4);
        const best = [...logprobs].sort((one, other) => other - one).slice(0, 5);
        expect(top.logprob).to.have.length(best.length);
        for (const [at, one] of best.entries()) expect(top.logprob[at]).to.be.closeTo(one, 1e-4);
        expect(new Set(top.id).size).to.equal(best.length);
      }),
    );
  });

  it('says nothing of tokens that cannot be said, and of numbers that are none', () => {
    const logits = Float32Array.of(1, -Infinity, 1);
    expect(figuresOf(logits, 1)).to.deep.include({ logprob: null, rank: 3, entropy: 0.69315 });
    expect(figuresOf(logits, 1).top).to.deep.equal({ id: [0, 2], logprob: [-0.69315, -0.69315] });
    expect(figuresOf(Float32Array.of(1, NaN, 1), 1)).to.deep.include({ logprob: null, rank: null, entropy: 0.69315 });
    expect(figuresOf(logits, 9)).to.deep.include({ logprob: null, rank: null });
  });

  it('reads numbers of 16 bits', () => {
    // 1, 2 and 0 as IEEE 754 binary16.
    expect(figuresOf(Uint16Array.of(0x3c00, 0x4000, 0), 1)).to.deep.equal(figuresOf(Float32Array.of(1, 2, 0), 1));
  });
});

describe('exposeInternals', () => {
  it('only adds to a file, and only once', () => {
    const model = tinyGpt();
    const { bytes, attention, hidden } = exposeInternals(model);
    expect(bytes.subarray(0, model.length).every((byte, at) => byte === model[at])).to.be.true;
    expect(bytes.length - model.length).to.be.below(1500);
    expect(attention).to.deep.equal(['decoder_attentions.0', 'decoder_attentions.1']);
    expect(hidden).to.have.length(5);
    const again = exposeInternals(bytes);
    expect([again.attention, again.hidden]).to.deep.equal([attention, hidden]);
    expect(again.bytes.length - bytes.length).to.be.below(10);
  });

  it('ends with whatever bytes it is given', () => {
    const model = tinyGpt();
    const damaged = fc
      .tuple(fc.nat(model.length), fc.uint8Array({ maxLength: 20 }))
      .map(([at, bytes]) => Uint8Array.from([...model.subarray(0, Math.min(at, 3000)), ...bytes]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
        let added: number | undefined;
        try {
          added = exposeInternals(bytes).bytes.length - bytes.length;
        } catch (error) {
          expect(error).to.be.instanceOf(Error);
          return;
        }
        expect(added).to.be.greaterThan(0);
      }),
    );
  });
});
