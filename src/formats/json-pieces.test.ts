import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atOnce } from '../model/index.js';
import { quoteLongIntegers } from './long-integers.js';
import { parsePieces } from './json-pieces.js';

const parse = (text: string, size?: number): unknown => atOnce(parsePieces(text, size));

const spaced = fc.constantFrom(undefined, 1, '\t');
/** Elements are taken together up to a quarter of it: one by one, or a few. */
const size = fc.integer({ min: 4, max: 800 });

describe('parsePieces', () => {
  it('gives what JSON.parse gives, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), spaced, size, (value, space, pieceSize) => {
        const text = JSON.stringify(value, null, space);
        expect(parse(text, pieceSize)).to.deep.equal(JSON.parse(quoteLongIntegers(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same for lists of objects that hold lists of objects which begin alike', () => {
    const inner = fc.record({ traceId: fc.string(), links: fc.array(fc.record({ traceId: fc.string() })) });
    const documents = fc.record({ resourceSpans: fc.array(fc.record({ spans: fc.array(inner) })) });
    fc.assert(
      fc.property(documents, spaced, size, (value, space, pieceSize) => {
        const text = ` ${JSON.stringify(value, null, space)}\n`;
        expect(parse(text, pieceSize)).to.deep.equal(value);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, or leaves it to JSON.parse', () => {
    const words = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\"',
      '1',
      'true',
      ' ',
      '{"a":1}',
      '[1,2]',
      '-',
      '"',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), size, (parts, pieceSize) => {
        const text = parts.join('');
        let value: unknown;
        try {
          value = parse(text, pieceSize);
        } catch (error) {
          expect(error).to.be.instanceOf(SyntaxError);
          return;
        }
        expect(value).to.deep.equal(JSON.parse(quoteLongIntegers(text)));
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps integers that a double cannot hold, in every piece', () => {
    const text = JSON.stringify({ list: Array.from({ length: 40 }, (_, index) => ({ time: index })) });
    const long = text.replaceAll(/"time":(\d+)/g, '"time":17600000000000000$1');
    // One by one, and some at once.
    for (const pieceSize of [40, 800]) {
      const times = (parse(long, pieceSize) as { list: { time: string }[] }).list.map(
        ({ time }) => BigInt(time) % 100n,
      );
      expect(times.slice(10)).to.deep.equal(Array.from({ length: 30 }, (_, index) => BigInt(index + 10)));
    }
  });

  it('takes a key that would set the prototype as a key', () => {
    const text = `{"__proto__": {"polluted": ${JSON.stringify('x'.repeat(100))}}, "b": 1}`;
    const value = parse(text, 20) as object;
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect(Object.keys(value)).to.deep.equal(['__proto__', 'b']);
  });

  it('leaves what is nested beyond all measure to the engine', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(() => parse(deep, 100)).to.throw(SyntaxError);
  });

  it('rests on the way', () => {
    const text = JSON.stringify({ spans: Array.from({ length: 1000 }, (_, index) => ({ id: index })) });
    expect([...parsePieces(text, 400)].length).to.be.greaterThan(50);
  });
});
