import { expect } from '@open-wc/testing';
import { treeAction, type TreeAction } from './tree-keys.js';

const NO_MODIFIERS = { altKey: false, ctrlKey: false, metaKey: false };

const context = { pageSize: 20, isRightToLeft: false, isTyping: false };

const pressed = (key: string, isRightToLeft = false): TreeAction | undefined =>
  treeAction({ key, ...NO_MODIFIERS }, { ...context, isRightToLeft });

describe('the keyboard of the tree', () => {
  for (const [key, action] of [
    ['ArrowDown', { type: 'move', by: 1 }],
    ['ArrowUp', { type: 'move', by: -1 }],
    ['PageDown', { type: 'move', by: 20 }],
    ['PageUp', { type: 'move', by: -20 }],
    ['Home', { type: 'first' }],
    ['End', { type: 'last' }],
    ['ArrowRight', { type: 'into' }],
    ['ArrowLeft', { type: 'out' }],
    ['Enter', { type: 'open' }],
    [' ', { type: 'select' }],
    ['*', { type: 'expand-subtree' }],
    ['a', { type: 'find', letter: 'a' }],
    ['é', { type: 'find', letter: 'é' }],
  ] as const) {
    it(`${key === ' ' ? 'Space' : key} does ${action.type}`, () => expect(pressed(key)).to.deep.equal(action));
  }

  it('changes the arrows that open and close where the page reads from right to left, and no others', () => {
    expect(pressed('ArrowRight', true)).to.deep.equal({ type: 'out' });
    expect(pressed('ArrowLeft', true)).to.deep.equal({ type: 'into' });
    expect(pressed('ArrowDown', true)).to.deep.equal({ type: 'move', by: 1 });
  });

  it('takes a space for a letter while a name is being typed', () => {
    const typing = { ...context, isTyping: true };
    expect(treeAction({ key: ' ', ...NO_MODIFIERS }, typing)).to.deep.equal({ type: 'find', letter: ' ' });
  });

  it('leaves keys with a modifier, and keys that it does not know, to the page', () => {
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey'] as const) {
      for (const key of ['ArrowDown', 'Home', 'a', ' ']) {
        expect(treeAction({ key, ...NO_MODIFIERS, [modifier]: true }, context)).to.equal(undefined);
      }
    }
    for (const key of ['Tab', 'Escape', 'F5', 'Shift', 'Dead']) expect(pressed(key)).to.equal(undefined);
  });
});
