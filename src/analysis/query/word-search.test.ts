import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { unescaped, WordSearch } from './word-search.js';

const isIn = (word: string, text: string): boolean => new WordSearch(word).isIn(text);

describe('WordSearch', () => {
  it('finds what stands behind the escapes of JSON text, however deep', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, fc.nat(3), fc.boolean(), (word, depth, isAscii) => {
        let json = `a${word}b`;
        for (let level = 0; level < depth; level++) {
          json = JSON.stringify({ text: json });
          // As encoders write it that keep to ASCII.
          if (isAscii)
            json = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
        }
        // Half a character is not found in a whole one.
        if (word.isWellFormed()) expect(isIn(word, json), json).to.equal(true);
      }),
      { numRuns: 500 },
    );
    expect(isIn('Abc', String.raw`{"text":"x \u0041bc"}`)).to.equal(true);
    expect(isIn('a/b', String.raw`{"text":"a\/b"}`)).to.equal(true);
    expect(isIn('zebra', String.raw`{"text":"a\/b"}`)).to.equal(false);
  });

  it('reads escapes as JSON does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unescaped(JSON.stringify(text).slice(1, -1))).to.equal(text);
      }),
    );
    expect(unescaped(String.raw`C:\Users\q`)).to.equal(String.raw`C:\Users\q`);
  });

  it('takes a long run of base64 for data, and what touches it', () => {
    const run = 'ab+/'.repeat(64);
    expect([isIn('b+/a', run), isIn('b+/a', run.slice(0, -1))]).to.deep.equal([false, true]);
    expect([isIn('/ end', `${run} end`), isIn('end', `${run} end`), isIn('a: ab', `a: ${run}`)]).to.deep.equal([
      false,
      true,
      false,
    ]);
    expect(isIn('b+/a', `${run} b+/a`)).to.equal(true);
  });

  it('finds every place of a word, one behind the other', () => {
    expect([...new WordSearch('aa').rangesIn('aaa aA')]).to.deep.equal([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
    ]);
  });
});
