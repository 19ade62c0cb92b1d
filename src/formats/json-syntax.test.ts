import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { sharedText } from '../test/shared-files.js';
import { jsonFault, lineAndColumn } from './json-syntax.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function expectAgreement(text: string): void {
  const fault = jsonFault(text);
  expect(fault === undefined, text).to.equal(isJson(text));
  if (fault) expect(fault.offset).to.be.within(0, text.length);
}

const TOKENS = ['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\n', '0', '1', '-', '.', 'e', '+', 'true', 'null', '"a"', '\u0000', '\\u00e9', '\u00a0', '\ufeff']; // prettier-ignore

/** JSON text in which a piece is left out, doubled, or replaced. */
const mutatedJson = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 2), fc.nat(), fc.nat({ max: 2 }), fc.constantFrom('', ...TOKENS))
  .map(([value, indent, place, length, put]) => {
    const text = JSON.stringify(value, null, indent);
    const at = place % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + length);
  });

describe('jsonFault', () => {
  it('finds a fault exactly where JSON.parse does, in any text', () => {
    fc.assert(fc.property(fc.string(), expectAgreement));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...TOKENS), maxLength: 12 }), expectAgreement), {
      numRuns: 5000,
    });
  });

  it('finds no fault in JSON, and agrees with JSON.parse on JSON with one mistake', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFault(text)).to.equal(undefined);
      }),
    );
    fc.assert(fc.property(mutatedJson, expectAgreement), { numRuns: 5000 });
  });

  for (const [text, line, column, reason] of [
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3, '“b” where a key in double quotes should stand'],
    ['{"a": 1,}', 1, 9, '“}” where a key in double quotes should stand'],
    ['[1, 2,\n]', 2, 1, '“]” where a value should stand'],
    ['[1 2]', 1, 4, '“2” where a comma or ] should stand'],
    ['{"a" 1}', 1, 6, '“1” where a colon should stand'],
    ['{"a": 1', 1, 8, 'it ends where a comma or } should follow'],
    ['{"a":', 1, 6, 'it ends where a value should follow'],
    ['{"a": "b', 1, 7, 'a string that does not end'],
    ['["a\nb"]', 1, 4, 'a line break or control character inside a string'],
    ['["\\x"]', 1, 3, 'an unknown escape'],
    ['{} x', 1, 4, '“x” where nothing more should stand'],
    ['\n\n  NaN', 3, 3, '“N” where a value should stand'],
    ["{'a': 1}", 1, 2, "“'” where a key in double quotes should stand"],
    ['[\u0001]', 1, 2, 'the character U+0001 where a value should stand'],
    ['', 1, 1, 'it ends where a value should follow'],
  ] as const) {
    it(`tells line ${line}, column ${column} and the reason for ${JSON.stringify(text)}`, () => {
      const fault = jsonFault(text)!;
      expect({ ...lineAndColumn(text, fault.offset), reason: fault.reason }).to.deep.equal({ line, column, reason });
    });
  }

  it('takes any depth and any length', () => {
    expect(jsonFault('['.repeat(100_000) + ']'.repeat(100_000))).to.equal(undefined);
    expect(jsonFault('{"a":'.repeat(100_000))!.offset).to.equal(500_000);
    expect(jsonFault(`["${'x'.repeat(10_000_000)}", 1${'0'.repeat(1_000_000)}, oops]`)!.offset).to.equal(11_000_008);
  });

  it('agrees with every case of JSONTestSuite, where it is there', async function () {
    const text = await sharedText('corpora/json/JSONTestSuite.json');
    if (text === undefined) return this.skip();
    const { cases } = JSON.parse(text) as { cases: { name: string; b64: string }[] };
    for (const { b64 } of cases) {
      const bytes = Uint8Array.from(atob(b64), (character) => character.charCodeAt(0));
      expectAgreement(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }
    expect(cases.length).to.be.above(300);
  });
});
