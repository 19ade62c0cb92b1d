import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { interpret } from './interpret.js';
import { unflatten } from './flattened.js';

describe('unflatten', () => {
  it('orders a list by number, closes its gaps, and allocates nothing for huge numbers', () => {
    const attributes = new Map<string, unknown>([
      ['p.10001.x', 'c'],
      ['p.10.x', 'b'],
      ['p.2.x', 'a'],
      ['p.name.x', 'no'],
      ['p.01.x', 'no'],
      ['p.99999999999999999999.x', 'no'],
      ['pp.0.x', 'no'],
    ]);
    expect(
      unflatten(attributes, 'p')
        .list()
        .map((item) => item.get('x')),
    ).to.deep.equal(['a', 'b', 'c']);
  });

  it('keeps every key reachable and touches no prototype', () => {
    const step = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'prototype', '0', '1', ''), fc.string());
    const key = fc.array(step, { minLength: 1, maxLength: 6 }).map((steps) => steps.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 20 }), (keys) => {
        const before = Object.getOwnPropertyNames(Object.prototype).length;
        const root = unflatten(new Map(keys.map((name, place) => [`p.${name}`, place])), 'p');
        for (const [place, name] of keys.entries()) expect(root.get(name)).to.equal(place);
        expect(Object.getOwnPropertyNames(Object.prototype)).to.have.length(before);
        expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
      }),
    );
  });

  it('walks a key of a hundred thousand steps', () => {
    const key = Array(100_000).fill('a').join('.');
    expect(unflatten(new Map([[`p.${key}`, 1]]), 'p').get(key)).to.equal(1);
  });

  it('leaves the hostile keys of the corpus visible, and every prototype as it was', async () => {
    const response = await fetch('/shared/corpora/attributes/unflatten.json');
    // The corpus lies beside the project on some machines only.
    const { vectors } = (response.ok ? await response.json() : { vectors: [] }) as {
      vectors: { id: string; attributes?: [unknown, unknown][] }[];
    };
    const prototypes = [Object.prototype, Array.prototype, Function.prototype] as object[];
    const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
    for (const { id, attributes = [] } of vectors) {
      const map = new Map(attributes.map(([key, value]) => [String(key), value]));
      for (const prefix of new Set([...map.keys()].map((key) => key.split('.', 1)[0]!))) {
        const root = unflatten(map, prefix);
        for (const [key, value] of map) {
          if (key.startsWith(`${prefix}.`)) expect(root.get(key.slice(prefix.length + 1)), id).to.deep.equal(value);
        }
      }
      expect(
        () => interpret({ attributes: map, events: [], links: [], resource: new Map(), scope: {} }),
        id,
      ).not.to.throw();
    }
    expect(prototypes.map((prototype) => Reflect.ownKeys(prototype).length)).to.deep.equal(before);
  });
});
