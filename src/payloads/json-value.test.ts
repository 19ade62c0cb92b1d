import { expect } from '@open-wc/testing';
import { either, firstObject, isObject } from './json-value.js';

describe('isObject', () => {
  it('takes objects, and neither lists, null nor bytes, whose keys would be as many as they are', () => {
    expect([{}, Object.create(null), { a: 1 }].every(isObject)).to.equal(true);
    expect([null, undefined, [], 5, 'x', new Uint8Array(3), new DataView(new ArrayBuffer(3))].some(isObject)).to.equal(
      false,
    );
  });
});

describe('firstObject', () => {
  it('is the value itself, or the first object of a list, behind whatever does not belong there', () => {
    const object = { a: 1 };
    for (const value of [object, [object, {}], [null, 5, [], object]]) expect(firstObject(value)).to.equal(object);
    for (const value of [null, 5, [], [[object]]]) expect(firstObject(value)).to.equal(undefined);
  });
});

describe('either', () => {
  it('is the value under the first name that is there, also where it is null', () => {
    expect(either({ b: 1, a: 2 }, 'x', 'a', 'b')).to.equal(2);
    expect(either({ a: null, b: 1 }, 'a', 'b')).to.equal(null);
    expect(either({}, 'a')).to.equal(undefined);
  });
});
