import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { de } from '../../i18n/de.js';
import { en, type HelpPlace } from '../../i18n/index.js';
import { tabOfKey } from '../../internal/tab-keys.js';
import { treeAction } from '../../internal/tree-keys.js';
import { graphAction, type GraphAction } from '../llm-trace-graph/graph-keys.js';
import { timelineAction, type TimelineAction } from '../llm-timeline/timeline-keys.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  gridOf,
  loadedView,
  measured,
  sample,
  settled,
  textIn,
  until,
} from '../test-support.js';
import { attentionAction, type AttentionAction } from '../llm-attention-view/attention-keys.js';
import { gradientAction, type GradientAction } from '../llm-gradient-view/gradient-keys.js';
import { tokenAction, type TokenAction } from '../llm-token-view/token-keys.js';
import { HELP_KEYS } from './help-keys.js';
import type { LlmTraceView } from './llm-trace-view.js';

const dialogOf = (view: LlmTraceView): HTMLDialogElement | undefined =>
  allIn(view, 'dialog')[0] as HTMLDialogElement | undefined;

const opened = (view: LlmTraceView): Promise<void> => until(() => dialogOf(view)?.open === true, 'the sheet');

const closed = (view: LlmTraceView): Promise<void> => until(() => !dialogOf(view), 'no sheet');

async function viewWithFocus(): Promise<LlmTraceView> {
  const view = await loadedView(await sample('rag-kensho'));
  gridOf(view).focus();
  return view;
}

/** The event of each chord of a place. */
function keysOf(
  place: HelpPlace,
): { key: string; shiftKey: boolean; altKey: false; ctrlKey: boolean; metaKey: false }[] {
  return HELP_KEYS.get(place)!.flatMap(({ chords }) =>
    chords.map((chord) => {
      const key = chord.at(-1)!;
      const shiftKey = chord.includes('Shift');
      const ctrlKey = chord.includes('Control');
      return {
        key: key === 'Space' ? ' ' : key === 'letters' ? 'x' : key,
        shiftKey,
        ctrlKey,
        altKey: false,
        metaKey: false,
      };
    }),
  );
}

describe('The sheet of keys', () => {
  it('opens with a question mark, keeps the focus, and gives it back', async () => {
    const view = await viewWithFocus();
    await sendKeys({ press: '?' });
    await opened(view);
    await settled(view);
    expect(byRole(view, 'heading', en.help.title)).to.exist;
    for (let step = 0; step < 3; step++) {
      await sendKeys({ press: 'Tab' });
      const element = focused();
      expect(element === document.body || dialogOf(view)!.contains(element)).to.equal(true);
    }
    await sendKeys({ press: 'Escape' });
    await closed(view);
    expect(focused()).to.equal(gridOf(view));
  });

  it('opens by its button, and closes by its own', async () => {
    const view = await viewWithFocus();
    const button = byRole(view, 'button', en.help.title);
    button.focus();
    button.click();
    await opened(view);
    await settled(view);
    await expect(view).to.be.accessible();
    (allByRole(dialogOf(view)!, 'button', en.help.close)[0] as HTMLButtonElement).click();
    await closed(view);
    expect(focused()).to.equal(button);
    await settled(view);
    button.click();
    await opened(view);
  });

  it('does nothing where a question mark is a letter, or is somebody else’s', async () => {
    const view = await viewWithFocus();
    byRole(view, 'button', /^Search$/).click();
    await until(() => focused()?.localName === 'input', 'the search field');
    await sendKeys({ press: '?' });
    expect((focused() as HTMLInputElement).value).to.equal('?');
    const outside = document.createElement('button');
    view.after(outside);
    outside.focus();
    await sendKeys({ press: '?' });
    await measured(view);
    expect(dialogOf(view)).to.equal(undefined);
  });

  it('does not hand its keys to the view', async () => {
    const view = await viewWithFocus();
    await sendKeys({ press: '?' });
    await opened(view);
    // Not by a real key, for which browsers have a search of their own that takes all further keys.
    const find = { key: 'f', ctrlKey: true, bubbles: true, composed: true, cancelable: true };
    const isFree = focused()!.dispatchEvent(new KeyboardEvent('keydown', find));
    expect(isFree, 'the view has left the key alone').to.equal(true);
    await sendKeys({ press: '?' });
    await sendKeys({ press: 'Escape' });
    await closed(view);
    expect(dialogOf(view)).to.equal(undefined);
  });

  it('has every key in words, in the language of the view', async () => {
    const view = await viewWithFocus();
    view.lang = 'de';
    await sendKeys({ press: '?' });
    await opened(view);
    await settled(view);
    const words = textIn(dialogOf(view)!);
    for (const text of [...Object.values(de.help.places), ...Object.values(de.help.actions)])
      expect(words).to.contain(text);
    expect(words).to.contain('Strg oder ⌘').and.to.contain('Umschalt').and.to.not.contain('undefined');
  });

  it('names the keys that open and close from right to left', async () => {
    const view = await viewWithFocus();
    view.dir = 'rtl';
    await sendKeys({ press: '?' });
    await opened(view);
    await settled(view);
    const row = allByRole(dialogOf(view)!, 'definition').find((item) => textIn(item) === en.help.actions.open)!;
    expect(textIn(row.previousElementSibling!)).to.equal('Left');
  });
});

describe('The list of keys', () => {
  it('has the keys of the tree, and no other', () => {
    const context = { pageSize: 10, isRightToLeft: false, isTyping: false };
    const done = new Set(keysOf('tree').map((key) => treeAction(key, context)?.type));
    expect([...done].sort()).to.deep.equal(
      ['expand-subtree', 'find', 'first', 'into', 'last', 'move', 'open', 'out', 'select'], // prettier-ignore
    );
  });

  it('has the keys of the timeline, and no other', () => {
    const all: Record<TimelineAction, true> = {
      parent: true, child: true, previous: true, next: true, first: true, last: true, select: true, open: true,
      'zoom-in': true, 'zoom-out': true, all: true, fit: true, left: true, right: true, dismiss: true,
    }; // prettier-ignore
    expect(
      keysOf('timeline')
        .map((key) => timelineAction(key))
        .sort(),
    ).to.deep.equal(Object.keys(all).sort());
  });

  it('has the keys of the graph, and no other', () => {
    const all: Record<GraphAction, true> = {
      callee: true, caller: true, above: true, below: true, first: true, last: true, 'next-call': true,
      'previous-call': true, 'zoom-in': true, 'zoom-out': true, fit: true, left: true, right: true, up: true, down: true,
    }; // prettier-ignore
    // A button does what Enter does.
    const keys = keysOf('graph').filter(({ key }) => key !== 'Enter');
    expect(keys.map((key) => graphAction(key)).sort()).to.deep.equal(Object.keys(all).sort());
  });

  it('has the keys of tokens, attention and gradients, and no other', () => {
    const tokens: Record<TokenAction['type'], true> = {
      move: true, row: true, page: true, uncertain: true, first: true, last: true, select: true, clear: true,
    }; // prettier-ignore
    const gradients: Record<GradientAction['type'], true> = {
      row: true, step: true, page: true, pan: true, odd: true, zoom: true, first: true, last: true, all: true,
    }; // prettier-ignore
    const pressed = keysOf('tokens').map((key) => ({
      ...key,
      key: key.key.length === 1 ? key.key.toLowerCase() : key.key,
    }));
    const done = pressed.map((key) => tokenAction(key as KeyboardEvent, false)?.type);
    expect([...new Set(done)].sort()).to.deep.equal(Object.keys(tokens).sort());
    const attention: Record<AttentionAction['type'], true> = {
      move: true, layer: true, head: true, zoom: true, first: true, last: true, hold: true, release: true, sink: true,
    }; // prettier-ignore
    const looked = keysOf('attention').map((key) => attentionAction(key as KeyboardEvent)?.type);
    expect([...new Set(looked)].sort()).to.deep.equal(Object.keys(attention).sort());
    const moved = keysOf('gradients').map((key) => gradientAction(key)?.type);
    expect([...new Set(moved)].sort()).to.deep.equal(Object.keys(gradients).sort());
  });

  it('has the keys of tabs', () => {
    for (const { key } of keysOf('tabs')) expect(tabOfKey(key, 1, 3, false), key).to.be.a('number');
  });
});
