import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { jsonText } from './json-text.js';

const EVERYTHING = 1e9;

describe('jsonText', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { text, isWhole } = jsonText(value, EVERYTHING);
        expect(isWhole).to.equal(true);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the beginning of the whole text, and says whether that is all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 80 }), (value, limit) => {
        const whole = jsonText(value, EVERYTHING).text;
        const { text, isWhole } = jsonText(value, limit);
        expect(isWhole).to.equal(whole.length <= limit);
        expect(text.length).to.be.at.most(limit);
        expect(whole.startsWith(text)).to.equal(true);
        if (!isWhole) expect(text.length).to.be.at.least(limit - 1);
      }),
      { numRuns: 1000 },
    );
  });

  for (const [limit, text, isWhole] of [
    [0, '', false],
    [4, '"abc', false],
    [5, '"abcd', false],
    [6, '"abcd"', true],
  ] as const) {
    it(`cuts “abcd” after ${limit}`, () => expect(jsonText('abcd', limit)).to.deep.equal({ text, isWhole }));
  }

  it('counts the closing brackets', () => {
    expect(jsonText([[[1]]], 25)).to.deep.equal({ text: '[\n  [\n    [1]\n  ]\n]', isWhole: true });
    expect(jsonText([[[1]]], 18)).to.deep.equal({ text: '[\n  [\n    [1]\n  ]\n', isWhole: false });
    expect(jsonText([[[1]]], 13)).to.deep.equal({ text: '[\n  [\n    [1]', isWhole: false });
  });

  it('writes what is small on one line, and what is larger on lines of its own', () => {
    expect(jsonText({ a: 1, b: [], c: {} }, EVERYTHING).text).to.equal('{ "a": 1, "b": [], "c": {} }');
    expect(jsonText({ a: [1, 2] }, EVERYTHING).text).to.equal('{\n  "a": [1, 2]\n}');
    expect(jsonText([1, 2, 3, 4, 5, 6, 7], EVERYTHING).text.split('\n')).to.have.length(9);
    expect(jsonText(['x'.repeat(100)], EVERYTHING).text.split('\n')).to.have.length(3);
  });

  it('does not cut a character in half', () => {
    expect(jsonText('😀😀', 2).text).to.equal('"');
    expect(jsonText('😀😀', 3).text).to.equal('"😀');
  });

  it('writes maps as objects, and values that JSON does not know', () => {
    const value = new Map<string, unknown>([['__proto__', new Map([['a', 1n]])], ['b', undefined]]); // prettier-ignore
    expect(jsonText(value, EVERYTHING).text).to.equal('{\n  "__proto__": { "a": "1" },\n  "b": null\n}');
  });

  it('goes to any depth, and stops moving in', () => {
    let value: unknown = 'core';
    for (let level = 0; level < 100_000; level++) value = level % 2 ? [value] : { a: value };
    const { text, isWhole } = jsonText(value, EVERYTHING);
    expect(isWhole).to.equal(true);
    expect(text.match(/[[{]/g)).to.have.length(100_000);
    expect(text).to.contain('"core"');
    expect(text.length).to.be.below(100_000 * 200);
  });

  it('writes out no more of a long value than is wanted', () => {
    let read = 0;
    const list = new Proxy([] as unknown[], {
      get: (target, key) =>
        key === 'length' ? 1e6 : typeof key === 'string' ? (read++, 'item') : (Reflect.get(target, key) as unknown),
    });
    expect(jsonText(list, 100).text).to.have.length(100);
    expect(read).to.be.below(20);
    expect(jsonText('x'.repeat(1e7), 100).isWhole).to.equal(false);
  });

  it('asks what may be shown of each plain value, by what it is called', () => {
    const masked = (text: string, name: string): string => (name === 'key' ? '***' : text);
    const value = { key: 'a', inline: { key: 'b', other: 'c' }, list: ['key', 1, 2, 3, 4, 5, 6, { key: 7 }], n: 8 };
    const { text } = jsonText({ ...value, deep: new Map([['key', 'x'.repeat(99)]]) }, EVERYTHING, masked);
    expect(JSON.parse(text)).to.deep.equal({
      key: '***',
      inline: { key: '***', other: 'c' },
      list: ['key', 1, 2, 3, 4, 5, 6, { key: '***' }],
      n: 8,
      deep: { key: '***' },
    });
  });
});
