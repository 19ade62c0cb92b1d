import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { selfTimes } from './self-time.js';

const span = (id: string, parentId: string, start?: number, end?: number): SpanSketch => ({
  id,
  parentId,
  ...(start !== undefined && { start }),
  ...(end !== undefined && { end }),
});

/** Self times by span id. */
function selfTimeOf(...sketches: SpanSketch[]): Record<string, number> {
  const trace = traceOf(...sketches);
  const self = selfTimes(trace);
  return Object.fromEntries(Array.from(trace.spans, ({ id, index }) => [id, self[index]!]));
}

describe('selfTimes', () => {
  it('is the whole duration of a span without children', () => {
    expect(selfTimeOf(span('a', '', 2, 9))).to.deep.equal({ a: 7 });
  });

  it('leaves out what children cover, children that overlap once', () => {
    const self = selfTimeOf(
      span('a', '', 0, 100),
      span('b', 'a', 10, 40),
      span('c', 'a', 30, 50),
      span('d', 'a', 35, 38),
    );
    expect(self['a']).to.equal(60);
  });

  it('leaves out only what lies within the parent', () => {
    const self = selfTimeOf(span('a', '', 10, 20), span('early', 'a', 0, 12), span('late', 'a', 18, 30));
    expect(self['a']).to.equal(6);
  });

  it('does not take grandchildren off twice', () => {
    expect(selfTimeOf(span('a', '', 0, 10), span('b', 'a', 0, 6), span('c', 'b', 0, 6))).to.deep.equal({
      a: 4,
      b: 0,
      c: 6,
    });
  });

  it('is unknown for a span without a start or an end, which takes nothing off its parent', () => {
    const self = selfTimeOf(span('a', '', 0, 10), span('running', 'a', 2), span('timeless', 'a'));
    expect(self['a']).to.equal(10);
    expect(self['running']).to.be.NaN;
    expect(self['timeless']).to.be.NaN;
  });

  it('is 0 for a span that ends before it starts', () => {
    expect(selfTimeOf(span('a', '', 5, 2))['a']).to.equal(0);
  });

  it('is the number of ticks in which no child runs, in any tree', () => {
    const sketch = fc.record({ parent: fc.nat(), start: fc.nat({ max: 20 }), length: fc.nat({ max: 10 }) });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 10 }), (sketches) => {
        const times = sketches.map(({ parent, start, length }, index) => ({
          ...ran(`${index}`, index ? `${parent % index}` : ''),
          start,
          end: start + length,
        }));
        const self = selfTimeOf(...times);
        for (const { id, start, end } of times) {
          const children = times.filter(({ parentId }) => parentId === id);
          let free = 0;
          for (let tick = start; tick < end; tick++) {
            if (!children.some((child) => child.start <= tick && tick < child.end)) free++;
          }
          expect(self[id!]).to.equal(free);
        }
      }),
      { numRuns: 300 },
    );
  });
});
