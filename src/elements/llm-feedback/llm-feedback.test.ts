import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define/llm-feedback.js';
import type { Score } from '../../model/index.js';
import { allByRole, allIn, byRole, focused, hasRole, settled, textIn, until } from '../test-support.js';
import type { LlmFeedbackEvent } from '../events/index.js';
import type { LlmFeedback } from './llm-feedback.js';

/** A store that keeps what it is given, until it breaks. */
function storeOf(kept: [string, Score][], breaksAfter = Infinity) {
  return {
    addScore: (spanId: string, score: Score): Promise<void> => {
      if (kept.length >= breaksAfter) return Promise.reject(new Error('no room'));
      kept.push([spanId, score]);
      return Promise.resolve();
    },
  };
}

async function shown(
  attributes = html`<llm-feedback span-id="s1" trace-id="t1"></llm-feedback>`,
): Promise<LlmFeedback> {
  const element = await fixture<LlmFeedback>(attributes);
  await settled(element);
  return element;
}

async function press(element: LlmFeedback, name: string): Promise<void> {
  byRole(element, 'button', name).click();
  await settled(element);
}

const said = (element: LlmFeedback, words: string): Promise<void> =>
  until(() => textIn(byRole(element, 'status')).includes(words), words);

const stars = (element: LlmFeedback): HTMLInputElement[] => allIn(element, 'input[type=radio]') as HTMLInputElement[];

describe('llm-feedback', () => {
  it('tells the page which span was judged and how, and keeps it in the store', async () => {
    const kept: [string, Score][] = [];
    const element = await shown();
    element.store = storeOf(kept);
    const told = oneEvent(element, 'llm-feedback');
    await press(element, 'Bad');
    byRole(element, 'textbox', /Why/).focus();
    await sendKeys({ type: 'wrong city' });
    await sendKeys({ press: 'Enter' });
    const { detail, bubbles, composed } = (await told) as LlmFeedbackEvent;
    const score = { name: 'feedback', value: 0, label: 'bad', source: 'human', explanation: 'wrong city' };
    expect(detail).to.deep.equal({ spanId: 's1', traceId: 't1', score });
    expect({ bubbles, composed }).to.deep.equal({ bubbles: true, composed: true });
    await said(element, 'Thank you.');
    expect(kept).to.deep.equal([['s1', score]]);
    expect(focused()?.getAttribute('aria-label')).to.equal('Good');
    expect(hasRole(element, 'textbox')).to.equal(false);
  });

  it('keeps nothing where the page takes over', async () => {
    const kept: [string, Score][] = [];
    const element = await shown();
    element.store = storeOf(kept);
    element.addEventListener('llm-feedback', (event) => event.preventDefault());
    await press(element, 'Good');
    await press(element, 'Send');
    await said(element, 'Thank you.');
    expect(kept).to.deep.equal([]);
  });

  it('has one to five stars, which the arrow keys go through', async () => {
    const kept: [string, Score][] = [];
    const element = await shown(html`<llm-feedback span-id="s1" scale="stars"></llm-feedback>`);
    element.store = storeOf(kept);
    expect(byRole(element, 'radiogroup', 'Stars')).to.exist;
    expect(stars(element).map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      '1 star',
      '2 stars',
      '3 stars',
      '4 stars',
      '5 stars',
    ]);
    stars(element)[2]!.click();
    await settled(element);
    stars(element)[2]!.focus();
    await sendKeys({ press: 'ArrowRight' });
    await settled(element);
    expect(stars(element).map(({ checked }) => checked)).to.deep.equal([false, false, false, true, false]);
    await press(element, 'Send');
    await said(element, 'Thank you.');
    expect(kept[0]![1]).to.deep.equal({ name: 'feedback', value: 4, label: '4/5', source: 'human' });
    expect(stars(element).some(({ checked }) => checked)).to.equal(false);
  });

  it('makes each category a score of its own, and sends again only what was not kept', async () => {
    const kept: [string, Score][] = [];
    const element = await shown(html`<llm-feedback span-id="s1" categories="Wrong, Too long ,Unsafe"></llm-feedback>`);
    element.store = storeOf(kept, 2);
    expect(hasRole(element, 'button', 'Wrong')).to.equal(false);
    await press(element, 'Bad');
    for (const category of ['Wrong', 'Too long', 'Unsafe', 'Too long']) await press(element, category);
    expect(byRole(element, 'button', 'Unsafe').ariaPressed).to.equal('true');
    expect(byRole(element, 'button', 'Too long').ariaPressed).to.equal('false');
    await press(element, 'Send');
    await said(element, 'could not be saved');
    expect(kept).to.have.length(2);
    element.store = storeOf(kept);
    await press(element, 'Send');
    await said(element, 'Thank you.');
    expect(kept.map(([, { name, value }]) => `${name} ${value}`)).to.deep.equal([
      'feedback 0',
      'feedback category Wrong',
      'feedback category Unsafe',
    ]);
  });

  it('shows nothing until it knows the span, and begins anew for another', async () => {
    const element = await shown(html`<llm-feedback></llm-feedback>`);
    expect(textIn(element)).to.equal('');
    element.spanId = 's1';
    await settled(element);
    await press(element, 'Good');
    expect(hasRole(element, 'textbox')).to.equal(true);
    element.spanId = 's2';
    await settled(element);
    expect(hasRole(element, 'textbox')).to.equal(false);
    expect(byRole(element, 'button', 'Good').ariaPressed).to.equal('false');
  });

  it('is sent by the keyboard alone', async () => {
    const kept: [string, Score][] = [];
    const element = await shown();
    element.store = storeOf(kept);
    byRole(element, 'button', 'Good').focus();
    await sendKeys({ press: ' ' });
    await settled(element);
    for (const key of ['Tab', 'Tab', 'Tab']) await sendKeys({ press: key });
    await sendKeys({ press: 'Enter' });
    await said(element, 'Thank you.');
    expect(kept).to.have.length(1);
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const scale of ['thumbs', 'stars'] as const) {
      it(`is accessible and fits into 320 px, ${theme}, ${scale}`, async () => {
        const box = await fixture<HTMLElement>(
          html`<div .style=${`width: 320px; background: ${theme === 'dark' ? '#14161a' : '#fff'}`}>
            <llm-feedback
              span-id="s1"
              theme=${theme}
              scale=${scale}
              categories="Wrong,${'Much too long to be read '.repeat(4)}"
            ></llm-feedback>
          </div>`,
        );
        const element = box.querySelector('llm-feedback')!;
        await settled(element);
        if (scale === 'thumbs') byRole(element, 'button', 'Bad').click();
        else stars(element)[1]!.click();
        await settled(element);
        await expect(element).to.be.accessible();
        for (const control of [...allByRole(element, 'button'), byRole(element, 'textbox')]) {
          expect(control.getBoundingClientRect().right).to.be.at.most(box.getBoundingClientRect().right);
        }
      });
    }
  }
});
