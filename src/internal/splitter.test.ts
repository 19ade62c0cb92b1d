import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';
import { Splitter } from './splitter.js';

const shares = { beside: 0.5, stacked: 0.4 };

async function splitterIn(direction: 'row' | 'column', dir: 'ltr' | 'rtl' = 'ltr'): Promise<Splitter> {
  const panes = await fixture<HTMLElement>(
    html`<div dir=${dir} .style=${`display: flex; flex-direction: ${direction}; width: 1000px; height: 500px`}></div>`,
  );
  const host = Object.assign(panes, { addController: () => {}, requestUpdate: () => {} });
  const splitter = new Splitter(host as unknown as ReactiveControllerHost & HTMLElement, shares, () => panes);
  splitter.hostUpdated();
  // An observer tells it how the panes lie.
  await nextFrame();
  await nextFrame();
  return splitter;
}

function press(splitter: Splitter, key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true });
  splitter.onKeyDown(event);
  return event;
}

describe('Splitter', () => {
  it('gives and takes by the arrows', async () => {
    const splitter = await splitterIn('row');
    press(splitter, 'ArrowRight');
    expect(splitter.share).to.be.above(0.5);
    press(splitter, 'ArrowLeft');
    expect(splitter.share).to.be.closeTo(0.5, 1e-9);
  });

  it('swaps the arrows where the page reads from right to left', async () => {
    const splitter = await splitterIn('row', 'rtl');
    press(splitter, 'ArrowLeft');
    expect(splitter.share).to.be.above(0.5);
  });

  it('takes the arrows up and down where the panes are stacked', async () => {
    const splitter = await splitterIn('column');
    expect(splitter.isStacked).to.equal(true);
    expect(press(splitter, 'ArrowRight').defaultPrevented).to.equal(false);
    expect(splitter.share).to.equal(0.4);
    expect(press(splitter, 'ArrowDown').defaultPrevented).to.equal(true);
    expect(splitter.share).to.be.above(0.4);
  });

  it('leaves both panes some room', async () => {
    const splitter = await splitterIn('row');
    press(splitter, 'Home');
    const least = splitter.share;
    press(splitter, 'ArrowLeft');
    expect(splitter.share).to.equal(least);
    expect(least).to.be.above(0.1);
    press(splitter, 'End');
    expect(splitter.share).to.be.closeTo(1 - least, 1e-9);
  });

  it('goes back to where it was at first', async () => {
    const splitter = await splitterIn('row');
    press(splitter, 'End');
    splitter.onReset();
    expect(splitter.share).to.equal(0.5);
  });

  it('leaves other keys alone', async () => {
    const splitter = await splitterIn('row');
    expect(press(splitter, 'a').defaultPrevented).to.equal(false);
    expect(press(splitter, 'Tab').defaultPrevented).to.equal(false);
  });
});
