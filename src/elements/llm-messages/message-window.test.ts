import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import {
  earlierMessages,
  keptWithin,
  lastMessages,
  laterMessages,
  messagesAround,
  withEnd,
  type MessageWindow,
} from './message-window.js';

const weights = array(integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 120 });
const sum = (all: readonly number[], { start, end }: MessageWindow): number =>
  all.slice(start, end).reduce((total, weight) => total + weight, 0);

describe('MessageWindow', () => {
  it('stays inside, shows something, never shows much, and reaches both ends', () => {
    const moves = array(constantFrom(earlierMessages, laterMessages), { maxLength: 20 });
    assert(
      property(weights, moves, (all, steps) => {
        let window = lastMessages(all);
        expect(window.end).to.equal(all.length);
        for (const step of steps) {
          const next = step(all, window);
          expect(next.start).to.be.at.least(0);
          expect(next.end).to.be.at.most(all.length);
          expect(next.end).to.be.greaterThan(next.start);
          expect(sum(all, next)).to.be.at.most(240);
          window = next;
        }
        for (let left = all.length; left > 0 && window.start > 0; left--) window = earlierMessages(all, window);
        expect(window.start).to.equal(0);
        for (let left = all.length; left > 0 && window.end < all.length; left--) window = laterMessages(all, window);
        expect(window.end).to.equal(all.length);
      }),
    );
  });

  it('shows a message that is asked for, and those beside it', () => {
    assert(
      property(weights, integer({ min: 0, max: 119 }), (all, wanted) => {
        const position = wanted % all.length;
        const { start, end } = messagesAround(all, position);
        expect(start).to.be.at.most(position);
        expect(end).to.be.greaterThan(position);
      }),
    );
  });

  it('passes over what is folded, and shows a message that is larger than the window', () => {
    expect(lastMessages([1, ...Array<number>(500).fill(0), 1, 1])).to.deep.equal({ start: 0, end: 503 });
    expect(lastMessages([1, 1, 900])).to.deep.equal({ start: 2, end: 3 });
  });

  it('goes with the end of a conversation that grows, as far as there is room', () => {
    expect(withEnd([1, 1, 1, 1], { start: 1, end: 3 })).to.deep.equal({ start: 1, end: 4 });
    expect(withEnd([1, 150, 150], { start: 0, end: 2 })).to.deep.equal({ start: 2, end: 3 });
  });

  it('ends earlier where its messages grew or went away', () => {
    expect(keptWithin([100, 100, 100], { start: 0, end: 3 })).to.deep.equal({ start: 0, end: 2 });
    expect(keptWithin([1], { start: 4, end: 9 })).to.deep.equal({ start: 0, end: 1 });
    expect(keptWithin([], { start: 4, end: 9 })).to.deep.equal({ start: 0, end: 0 });
  });
});
