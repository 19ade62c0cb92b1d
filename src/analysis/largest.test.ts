import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { Largest } from './largest.js';

describe('Largest', () => {
  it('keeps what sorting would put first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 6 }), (values, most) => {
        const largest = new Largest(most);
        values.forEach((value, place) => largest.add(place, value));
        const sorted = [...values.keys()].sort((one, other) => values[other]! - values[one]!);
        expect(largest.items).to.deep.equal(sorted.slice(0, most));
        expect(largest.largest).to.equal(values[sorted[0]!]);
      }),
    );
  });
});
