import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { literalPattern, patternTest } from './text-pattern.js';

describe('patternTest', () => {
  it('compares whole texts, with anything between the pieces', () => {
    const is = (text: string, ...pieces: string[]): boolean => patternTest(pieces)(text);
    expect([is('GPT-4', 'gpt', ''), is('my gpt', 'gpt', ''), is('gpt', 'gpt', '')]).to.deep.equal([true, false, true]);
    expect([is('gpt-4', 'gpt'), is('gpt-4', 'gpt-4'), is('', '')]).to.deep.equal([false, true, true]);
    // One place is not two.
    expect([is('aba', 'ab', 'ba'), is('abba', 'ab', 'ba'), is('abxba', 'ab', 'ba')]).to.deep.equal([false, true, true]);
    expect([is('a.c', 'a.c'), is('abc', 'a.c')]).to.deep.equal([true, false]);
    // The end of a text may lie within a character, counted in units.
    expect([is('a😀', '', '😀'), is('😀a', '', '😀')]).to.deep.equal([true, false]);
  });

  it('finds a text that was put together of the pieces', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '\\', 'é') });
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, piece), { minLength: 1 }), (pairs) => {
        const pieces = pairs.map(([known]) => known);
        const text = pairs.map(([known, any], at) => (at === pairs.length - 1 ? known : known + any)).join('');
        expect(patternTest(pieces)(text.toUpperCase())).to.equal(true);
        expect(patternTest(pieces)(`${text}c`)).to.equal(pieces.length > 1 && pieces.at(-1) === '');
      }),
    );
  });

  it('does not try all ways to place the pieces', () => {
    const pieces = Array.from({ length: 50 }, () => 'a');
    expect(patternTest([...pieces, 'b'])('a'.repeat(100_000))).to.equal(false);
    expect(patternTest(['', ...pieces, 'b', ''])('a'.repeat(100_000))).to.equal(false);
  });
});

describe('literalPattern', () => {
  it('finds any text in itself, and takes no character for a sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (before, text) => {
        expect(literalPattern(text).exec(`${before} ${text}`)).not.to.equal(null);
      }),
    );
    for (const sign of '\\^$.*+?()[]{}|/-') expect(literalPattern(sign).test('x')).to.equal(false);
  });
});
