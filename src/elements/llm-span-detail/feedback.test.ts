import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  byRole,
  emptyView,
  focused,
  hasRole,
  loadedView,
  measured,
  openTab,
  otlp,
  settled,
  textIn,
  until,
} from '../test-support.js';
import type { StoredTraces } from '../../internal/stored-traces.js';
import { readTraces } from '../../formats/index.js';
import type { Score } from '../../model/index.js';
import type { LlmFeedbackEvent } from '../events/index.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

const data = otlp({ id: 'a', start: 0, end: 9 }, { id: 'b', parent: 'a', start: 0, end: 9 });

async function judged(view: LlmTraceView, thumb: 'Good' | 'Bad', comment: string): Promise<void> {
  byRole(view, 'button', thumb).click();
  await settled(view);
  byRole(view, 'textbox', /Why/).focus();
  await sendKeys({ type: comment });
  await sendKeys({ press: 'Enter' });
  await settled(view);
}

describe('feedback', () => {
  it('is asked for only where the page wants it', async () => {
    const view = await loadedView(data);
    view.selected = 'a';
    await settled(view);
    expect(hasRole(view, 'button', 'Good')).to.equal(false);
    view.feedback = true;
    await settled(view);
    expect(hasRole(view, 'button', 'Good')).to.equal(true);
  });

  it('is an event with the span and the score', async () => {
    const view = await loadedView(data);
    view.feedback = true;
    view.selected = 'b';
    await settled(view);
    const told = oneEvent(view, 'llm-feedback');
    await judged(view, 'Bad', 'wrong city');
    const { detail } = (await told) as LlmFeedbackEvent;
    expect(detail.spanId).to.equal('b');
    expect(detail.span?.id).to.equal('b');
    expect(detail.score).to.deep.equal({
      name: 'feedback',
      value: 0,
      label: 'bad',
      source: 'human',
      explanation: 'wrong city',
    });
    await until(() => textIn(byRole(view, 'status')).includes('Thank you.'), 'it says thank you');
    // The field is gone: the focus is not.
    expect(focused()?.getAttribute('aria-label')).to.equal('Good');
  });

  it('goes to the store, unless the page prevents it; a failure is shown', async () => {
    const kept: [string, Score][] = [];
    let isBroken = false;
    const [trace] = await readTraces(data);
    const store: StoredTraces = {
      list: () => Promise.resolve([]),
      trace: () => Promise.resolve(trace),
      subscribe: () => () => {},
      addScore: (spanId, score) => {
        if (isBroken) return Promise.reject(new Error('no room'));
        kept.push([spanId, score]);
        return Promise.resolve();
      },
    };
    const view = await emptyView();
    view.traceId = trace!.id;
    view.store = store;
    view.feedback = true;
    view.selected = 'a';
    await until(() => hasRole(view, 'button', 'Good'), 'the trace is shown');
    await judged(view, 'Good', 'fine');
    const isSaid = (words: string) => (): boolean => textIn(byRole(view, 'status')).includes(words);
    await until(isSaid('Thank you.'), 'it is kept');
    expect(kept).to.have.length(1);
    expect(kept[0]![0]).to.equal('a');
    expect(kept[0]![1].value).to.equal(1);

    view.addEventListener('llm-feedback', (event) => event.preventDefault(), { once: true });
    await judged(view, 'Good', 'again');
    await until(isSaid('Thank you.'), 'the page took it');
    expect(kept).to.have.length(1);

    isBroken = true;
    await judged(view, 'Good', 'lost');
    await until(isSaid('could not be saved'), 'the failure is shown');
    // What was written is still there.
    expect((byRole(view, 'textbox', /Why/) as HTMLInputElement).value).to.equal('lost');
  });

  it('leaves room for the page: its own buttons, and its own way to judge', async () => {
    const view = await emptyView();
    for (const slot of ['header-actions', 'feedback']) {
      const button = document.createElement('button');
      button.slot = slot;
      button.textContent = slot;
      HTMLElement.prototype.append.call(view, button);
    }
    await view.load(data);
    await measured(view);
    const shown = (): boolean[] =>
      [...view.querySelectorAll('button')].map((button) => button.checkVisibility() && button.offsetWidth > 0);
    expect(shown()).to.deep.equal([false, false]);
    view.selected = 'a';
    await settled(view);
    expect(shown()).to.deep.equal([true, true]);
  });
});

describe('scores', () => {
  it('say who gave them and why; those of the trace stand on its root', async () => {
    const view = await loadedView(
      otlp({
        id: 'a',
        start: 0,
        end: 9,
        attributes: {
          'openinference.span.kind': 'LLM',
          'annotations.0.annotation.name': 'correctness',
          'annotations.0.annotation.score': 0.25,
          'annotations.0.annotation.label': 'wrong',
          'annotations.0.annotation.explanation': 'It names another city.',
          'annotations.0.annotation.annotator_kind': 'LLM',
        },
      }),
    );
    view.selected = 'a';
    await settled(view);
    const panel = await openTab(view, /Scores 1/);
    expect(textIn(panel)).to.match(/correctness 0\.25 wrong by a model It names another city\./);
  });
});
