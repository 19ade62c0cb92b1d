import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { quoteLongIntegers } from './long-integers.js';

/** A JSON value in two spellings: with long integers as numbers, and as text. */
interface Twin {
  written: string;
  expected: unknown;
}

const longInteger = fc
  .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
  .filter((number) => number > 2n ** 53n || number < -(2n ** 53n))
  .map((number): Twin => ({ written: `${number}`, expected: `${number}` }));
const digits = fc.string({ unit: fc.constantFrom('1', '9', '0', ':', '[', ',', ' ', '\\', '"', '-'), maxLength: 30 });
/** Whether a value is written without a long integer of its own. */
const isShort = ({ written }: Twin): boolean => written.startsWith('"') || !/\d{16}/.test(written.split('.')[0]!);
const plain = fc
  .oneof(fc.jsonValue({ maxDepth: 0 }), digits, fc.constantFrom(0.12345678901234568, 1e22))
  .map((value): Twin => ({ written: JSON.stringify(value), expected: JSON.parse(JSON.stringify(value)) }))
  .filter(isShort);
const space = fc.constantFrom('', ' ', '\n');

const { twin } = fc.letrec<{ twin: Twin }>((tie) => ({
  twin: fc.oneof(
    { maxDepth: 4 },
    longInteger,
    plain,
    fc.tuple(fc.array(tie('twin'), { maxLength: 4 }), space).map(([items, gap]): Twin => ({
      written: `[${gap}${items.map(({ written }) => written).join(`${gap},${gap}`)}${gap}]`,
      expected: items.map(({ expected }) => expected),
    })),
    fc.tuple(fc.dictionary(digits, tie('twin'), { maxKeys: 4 }), space).map(([members, gap]): Twin => ({
      written: `{${Object.entries(members)
        .map(([key, { written }]) => `${gap}${JSON.stringify(key)}${gap}:${gap}${written}${gap}`)
        .join()}}`,
      expected: Object.fromEntries(Object.entries(members).map(([key, { expected }]) => [key, expected])),
    })),
  ),
}));

describe('quoteLongIntegers', () => {
  it('makes text of every integer that a double cannot hold, and leaves all else alone', () => {
    fc.assert(
      fc.property(twin, ({ written, expected }) => {
        expect(JSON.parse(quoteLongIntegers(written))).to.deep.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves text without long integers as it is, the same string', () => {
    const text = '{"a":[1,2.5,9007199254740991,-12],"b":"12345678901234567890"}';
    expect(quoteLongIntegers(text)).to.equal(text);
  });

  for (const [text, quoted] of [
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '"9007199254740993"'],
    ['-9007199254740993', '"-9007199254740993"'],
    ['[1234567890123456789,1234567890123456789]', '["1234567890123456789","1234567890123456789"]'],
    ['{"a" : 1767268800123456789\n}', '{"a" : "1767268800123456789"\n}'],
    ['{"a":"\\\\","b":1767268800123456789}', '{"a":"\\\\","b":"1767268800123456789"}'],
    ['{"a":"\\":1767268800123456789","b":1}', '{"a":"\\":1767268800123456789","b":1}'],
    ['[1767268800123456789.5,1767268800123456789e3]', '[1767268800123456789.5,1767268800123456789e3]'],
  ] as const) {
    it(`makes ${quoted} of ${text}`, () => expect(quoteLongIntegers(text)).to.equal(quoted));
  }

  it('does not make JSON of what is none', () => {
    for (const text of [
      '[01767268800123456789]',
      '["a: 1767268800123456789',
      '[--1767268800123456789]',
      '[1767268800123456789x]',
    ]) {
      expect(() => JSON.parse(quoteLongIntegers(text)) as unknown, text).to.throw(SyntaxError);
    }
  });

  it('takes a string of a million backslashes and quotes', () => {
    const value = [1, '\\"'.repeat(500_000), '\\'.repeat(1_000_001)];
    const text = `[1767268800123456789,${JSON.stringify(value)}]`;
    expect(JSON.parse(quoteLongIntegers(text))).to.deep.equal(['1767268800123456789', value]);
  });
});
