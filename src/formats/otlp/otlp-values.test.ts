import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { anyValueOf } from '../../test/otlp-builder.js';
import { anyValue, attributeMapOf, nanos } from './otlp-values.js';

/** `levels` lists around a value, as `AnyValue`. */
function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = { stringValue: 'core' };
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

describe('anyValue', () => {
  for (const [written, value] of [
    [{ stringValue: 'a' }, 'a'],
    [{ string_value: 'a' }, 'a'],
    [{ stringValue: '' }, ''],
    [{ boolValue: false }, false],
    [{ bool_value: true }, true],
    [{ intValue: '42' }, 42],
    [{ intValue: 42 }, 42],
    [{ int_value: '-7' }, -7],
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: { low: 5, high: 0, unsigned: false } }, 5],
    [{ intValue: { low: -1, high: -1, unsigned: false } }, -1],
    [{ intValue: { low: -1, high: -1, unsigned: true } }, '18446744073709551615'],
    [{ intValue: { low: 1, high: 2097152, unsigned: false } }, '9007199254740993'],
    [{ doubleValue: 0.5 }, 0.5],
    [{ double_value: '0.5' }, 0.5],
    [{ doubleValue: 'NaN' }, NaN],
    [{ doubleValue: '-Infinity' }, -Infinity],
    [{ bytesValue: 'AAE=' }, 'AAE='],
    [{ arrayValue: { values: [{ intValue: '1' }, {}, { stringValue: 'b' }] } }, [1, null, 'b']],
    [{ array_value: { values: [] } }, []],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: {} }, {}],
    [{ kvlist_value: { values: [{ key: 'a', value: { int_value: '1' } }] } }, { a: 1 }],
    [{ kvlistValue: { values: { a: { intValue: 1 } } } }, { a: 1 }],
    [{}, null],
    [{ stringValue: undefined }, null],
    [{ array_value: null, bool_value: null, int_value: 4, string_value: null }, 4],
    [{ array_value: null, string_value: null }, null],
    [{ other: null }, { other: null }],
    ['plain', 'plain'],
    [5, 5],
    [null, null],
    [
      [1, 2],
      [1, 2],
    ],
    [{ other: 1 }, { other: 1 }],
  ] as const) {
    it(`reads ${JSON.stringify(written)}`, () => expect(anyValue(written)).to.deep.equal(value));
  }

  it('ends where a value holds itself, and takes one that comes twice for no circle', () => {
    const values: unknown[] = [{ intValue: 1 }];
    const list = { arrayValue: { values } };
    const map = { kvlistValue: { values: [{ key: 'up', value: list }] } };
    values.push(list, map, { stringValue: 'end' });
    expect(JSON.parse(JSON.stringify(anyValue(list)))).to.deep.equal([1, '[cycle]', { up: '[cycle]' }, 'end']);
    const shared = { arrayValue: { values: [{ intValue: 1 }] } };
    expect(anyValue({ arrayValue: { values: [shared, shared] } })).to.deep.equal([[1], [1]]);
  });

  it('gives back whatever was written as AnyValue', () => {
    const written = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(written, (value) => {
        // Maps come back as objects without prototype, so that they are compared as JSON.
        expect(JSON.parse(JSON.stringify(anyValue(anyValueOf(value))))).to.deep.equal(value);
      }),
      { numRuns: 500 },
    );
  });

  it('goes to 10,000 levels of lists and of maps', () => {
    let list = anyValue(nested(10_000, (inner) => ({ arrayValue: { values: [inner] } })));
    for (let level = 0; level < 10_000; level++) list = (list as unknown[])[0];
    expect(list).to.equal('core');
    let map = anyValue(nested(10_000, (inner) => ({ kvlistValue: { values: [{ key: 'a', value: inner }] } })));
    for (let level = 0; level < 10_000; level++) map = (map as { a: unknown }).a;
    expect(map).to.equal('core');
  });

  it('reads a list of 100,000 numbers, in order', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => index);
    expect(anyValue(anyValueOf(values))).to.deep.equal(values);
  });

  it('keeps hostile keys as data', () => {
    const written = { kvlistValue: { values: ['__proto__', 'constructor', 'toString'].map((key) => ({ key, value: { kvlistValue: { values: [{ key: 'polluted', value: { boolValue: true } }] } } })) } }; // prettier-ignore
    const value = anyValue(written) as Record<string, unknown>;
    expect(Object.keys(value)).to.deep.equal(['__proto__', 'constructor', 'toString']);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    expect(anyValue(JSON.parse('{"__proto__": {"stringValue": "x"}}'))).to.have.own.property('__proto__');
  });

  it('keeps the order of keys', () => {
    const value = anyValue(anyValueOf({ c: 1, a: { z: 1 }, b: 2 }));
    expect(Object.keys(value as object)).to.deep.equal(['c', 'a', 'b']);
  });

  it('never throws', () => {
    const member = fc.constantFrom('stringValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'values', 'key', 'value', 'low', 'high'); // prettier-ignore
    const { junk } = fc.letrec((tie) => ({
      junk: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, -1, 0.5, 'x', true),
        fc.array(tie('junk')),
        fc.dictionary(member, tie('junk')),
      ),
    }));
    fc.assert(
      fc.property(junk!, (value) => {
        anyValue(value);
        attributeMapOf(value);
        nanos(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('attributeMapOf', () => {
  it('takes a list of pairs or a plain object, and keeps the last of two with one key', () => {
    const list = [
      { key: 'a', value: { intValue: '1' } },
      { key: 'a', value: { intValue: '2' } },
      { key: 5 },
      null,
      'x',
    ];
    expect([...attributeMapOf(list)]).to.deep.equal([['a', 2]]);
    expect([...attributeMapOf({ a: 1, b: { stringValue: 'c' } })]).to.deep.equal([['a', 1], ['b', 'c']]); // prettier-ignore
    expect(attributeMapOf(null).size).to.equal(0);
  });
});
