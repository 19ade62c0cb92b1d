import { expect } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';
import { TypeAhead } from './type-ahead.js';

const names = ['plan', 'search', 'Sort', 'send', 'plot'];

/** Types letters, each some milliseconds after the one before, and gives the names that were found. */
function typed(
  start: number,
  ...strokes: readonly (readonly [letter: string, pause: number])[]
): (string | undefined)[] {
  const typeAhead = new TypeAhead({ addController: () => {} } as unknown as ReactiveControllerHost);
  const { now } = performance;
  let time = 10_000;
  let row = start;
  performance.now = () => time;
  try {
    return strokes.map(([letter, pause]) => {
      time += pause;
      const found = typeAhead.find(letter, row, names.length, (at) => names[at]!);
      if (found !== undefined) row = found;
      return found === undefined ? undefined : names[found];
    });
  } finally {
    performance.now = now;
  }
}

describe('TypeAhead', () => {
  it('goes to the next name with the letter, round the end', () => {
    expect(typed(0, ['s', 0], ['s', 50], ['s', 50], ['s', 50])).to.deep.equal(['search', 'Sort', 'send', 'search']);
  });

  it('takes letters that come close together for one word', () => {
    expect(typed(0, ['s', 0], ['e', 50], ['n', 50])).to.deep.equal(['search', 'search', 'send']);
  });

  it('begins a new word after a pause', () => {
    expect(typed(0, ['s', 0], ['p', 2000])).to.deep.equal(['search', 'plot']);
  });

  it('goes on from where it is, also for the first letter of the current name', () => {
    expect(typed(0, ['p', 0])).to.deep.equal(['plot']);
    expect(typed(1, ['S', 0])).to.deep.equal(['Sort']);
  });

  it('finds nothing where nothing begins so', () => {
    expect(typed(0, ['x', 0])).to.deep.equal([undefined]);
  });

  it('comes back to the only name with the letter', () => {
    const typeAhead = new TypeAhead({ addController: () => {} } as unknown as ReactiveControllerHost);
    expect(typeAhead.find('a', 0, 1, () => 'alone')).to.equal(0);
  });
});
