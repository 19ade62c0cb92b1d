import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { aiSdkUsage, askedMessages, streamedAnswer, wholeAnswer, withoutVectors } from './ai-sdk-values.js';

const timed = (parts: readonly unknown[]) => parts.map((value) => ({ time: 0, value }));

describe('streamedAnswer', () => {
  it('puts together what was cut, wherever that was, and whatever else comes between', () => {
    const piece = fc.record({ id: fc.constantFrom('1', '2', '3'), text: fc.string(), isThought: fc.boolean() });
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.jsonValue()), (pieces, noise) => {
        const parts = pieces.map(({ id, text, isThought }) => ({
          type: isThought ? 'reasoning-delta' : 'text-delta',
          id,
          delta: text,
        }));
        // What is no part changes nothing.
        const mixed = parts.flatMap((part, at) => (noise.length ? [part, [noise[at % noise.length]]] : [part]));
        const expected = new Map<string, string>();
        for (const { id, text, isThought } of pieces) {
          const key = `${isThought ? 'reasoning' : 'text'} ${id}`;
          expected.set(key, (expected.get(key) ?? '') + text);
        }
        const content = streamedAnswer(timed(mixed)).content as { type: string; text: string }[];
        expect(content).to.deep.equal(
          Array.from(expected, ([key, text]) => ({ type: key.slice(0, key.indexOf(' ')), text })),
        );
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (values) => {
        streamedAnswer(timed(values));
        for (const value of values) {
          aiSdkUsage(value);
          withoutVectors(value);
          if (typeof value === 'object' && value !== null) wholeAnswer(value as Record<string, unknown>);
        }
      }),
    );
  });
});

describe('aiSdkUsage', () => {
  it('reads the counts of every version', () => {
    const usage = { input: 10, output: 5, total: 15, cacheRead: 4, reasoning: 2 };
    expect(
      aiSdkUsage({ inputTokens: { total: 10, cacheRead: 4 }, outputTokens: { total: 5, reasoning: 2 } }),
    ).to.deep.equal(usage);
    expect(
      aiSdkUsage({ inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 4, reasoningTokens: 2 }),
    ).to.deep.equal(usage);
    expect(
      aiSdkUsage({
        inputTokens: 10,
        inputTokenDetails: { cacheReadTokens: 4, cacheWriteTokens: 1 },
        outputTokens: 5,
        outputTokenDetails: { reasoningTokens: 2 },
        totalTokens: 15,
      }),
    ).to.deep.equal({ ...usage, cacheWrite: 1 });
    expect(aiSdkUsage({ promptTokens: 10, completionTokens: 5 })).to.deep.equal({ input: 10, output: 5, total: 15 });
    expect(aiSdkUsage({ tokens: 3 })).to.deep.equal({ input: 3 });
    expect(aiSdkUsage({ tokens: NaN })).to.equal(undefined);
    expect(aiSdkUsage(undefined)).to.equal(undefined);
  });
});

describe('askedMessages', () => {
  it('reads a text, turns, and instructions in each of their shapes', () => {
    const system = { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] };
    const user = { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'hello' }] };
    expect(askedMessages({ system: 'Be brief.', prompt: 'hello' })).to.deep.equal([system, user]);
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }];
    expect(askedMessages({ instructions: { role: 'system', content: 'Be brief.' }, messages })).to.deep.equal([
      system,
      user,
    ]);
    expect(askedMessages({ instructions: [{ role: 'system', content: 'Be brief.' }] })).to.deep.equal([system]);
    expect(askedMessages({ prompt: messages })).to.deep.equal([user]);
  });
});
