import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { brushed, centred, gripAt } from './brush.js';

const whole = { start: 0, end: 100 };
const seen = { start: 40, end: 60 };

describe('the brush of the overview', () => {
  it('takes hold of the ends, of what is between, or of nothing', () => {
    expect(gripAt(39, seen, whole, 2)).to.equal('start');
    expect(gripAt(61, seen, whole, 2)).to.equal('end');
    expect(gripAt(50, seen, whole, 2)).to.equal('move');
    expect(gripAt(10, seen, whole, 2)).to.equal('new');
    expect(gripAt(50, whole, whole, 2), 'all of it cannot be moved').to.equal('new');
  });

  it('draws, moves and stretches', () => {
    expect(brushed('new', 20, 10, seen, whole)).to.deep.equal({ start: 10, end: 20 });
    expect(brushed('move', 50, 55, seen, whole)).to.deep.equal({ start: 45, end: 65 });
    expect(brushed('move', 50, 500, seen, whole)).to.deep.equal({ start: 80, end: 100 });
    expect(brushed('start', 40, 30, seen, whole)).to.deep.equal({ start: 30, end: 60 });
    expect(brushed('end', 60, 30, seen, whole), 'over the other end').to.deep.equal({ start: 30, end: 40 });
    expect(centred(10, seen, whole)).to.deep.equal({ start: 0, end: 20 });
  });

  it('stays inside the whole, whatever the pointer does', () => {
    const moment = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom('new', 'move', 'start', 'end'), moment, moment, (grip, from, to) => {
        const { start, end } = brushed(grip, Math.min(100, Math.max(0, from)), to, seen, whole);
        expect(start).to.be.at.least(0);
        expect(end).to.be.at.most(100 + 1e-9);
        expect(end).to.be.greaterThan(start);
      }),
    );
  });
});
