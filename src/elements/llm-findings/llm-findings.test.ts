import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-findings.js';
import type { Trace } from '../../model/index.js';
import {
  allByRole,
  byRole,
  hasRole,
  settled,
  shownIn,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmFindingsReadyEvent } from '../events/index.js';
import type { LlmFindings } from './llm-findings.js';

/** A call whose answer was cut off, so that a rule that reads messages finds it. */
const cut = (id: string, more: Partial<SpanSketch> = {}): SpanSketch => ({
  id,
  parent: 'root',
  start: 0,
  end: 10,
  attributes: {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'm',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': 'An answer that en',
    'llm.finish_reason': 'length',
    'gen_ai.response.finish_reasons': ['length'],
  },
  ...more,
});

const root: SpanSketch = { id: 'root', start: 0, end: 1000 };
/** Nothing ran for most of it: a rule that reads the outline finds that. */
const gap = async (id = 'trace-1', name = 'planner'): Promise<Trace> =>
  traceOf(
    { ...root, trace: id, name },
    { id: 'one', trace: id, parent: 'root', start: 0, end: 100 },
    { id: 'two', trace: id, parent: 'root', start: 900, end: 1000 },
  );

async function shownFor(trace: Trace, width = 900): Promise<LlmFindings> {
  const element = await shownIn('llm-findings', trace, { width });
  await lookedThrough(element);
  return element;
}

const lookedThrough = async (element: LlmFindings): Promise<void> => {
  await until(() => !textIn(element).includes('Looking through'), 'findings');
  await settled(element);
};

const itemsOf = (element: LlmFindings): HTMLElement[] => allByRole(element, 'listitem');

describe('llm-findings', () => {
  it('says what was found, with the rule on request', async () => {
    const element = await shownFor(await gap());
    const item = itemsOf(element).find((one) => textIn(one).includes('nothing ran inside planner'))!;
    expect(textIn(item)).to.match(/^warning: For 800 ms, 80% of the time, nothing ran inside planner\./);
    expect(textIn(item)).not.to.contain('a tenth of the time');
    byRole(item, 'group').querySelector('summary')!.click();
    expect(textIn(item)).to.contain('Longest gap: A span that only holds others ran');
  });

  it('leads to the spans', async () => {
    const element = await shownFor(await gap());
    const told = oneEvent(element, 'llm-span-select');
    byRole(itemsOf(element)[0]!, 'button', /^planner/).click();
    expect((await told).detail.span.id).to.equal('root');
    await settled(element);
    expect(byRole(element, 'button', /^planner/).getAttribute('aria-current')).to.equal('true');
  });

  it('reads messages too, puts what is more severe first, and tells the page once it is done', async () => {
    const element = await fixture<LlmFindings>(html`<llm-findings></llm-findings>`);
    let heard = 0;
    element.addEventListener('llm-findings-ready', () => heard++);
    element.trace = await traceOf(root, cut('call', { start: 250, end: 1000 }));
    const ready = (await oneEvent(element, 'llm-findings-ready')) as LlmFindingsReadyEvent;
    await settled(element);
    expect(ready.detail.findings.findings.map(({ rule }) => rule)).to.deep.equal([
      'truncated-outputs',
      'longest-gap',
      'slowest-kind',
    ]);
    expect(itemsOf(element).map((item) => textIn(item).split(':')[0])).to.deep.equal(['warning', 'note', 'note']);
    expect(heard).to.equal(1);
  });

  it('says so where there is nothing', async () => {
    const element = await shownFor(await traceOf({ id: 'root', start: 0, end: 0 }));
    expect(textIn(element)).to.equal('Nothing stands out.');
    expect(itemsOf(element)).to.deep.equal([]);
  });

  it('shows all spans of a finding when asked', async () => {
    const calls = Array.from({ length: 8 }, (_, at) => cut(`call ${at}`, { start: at * 10, end: at * 10 + 10 }));
    const element = await shownFor(await traceOf(root, ...calls));
    const item = itemsOf(element).find((one) => textIn(one).includes('cut off'))!;
    expect(allByRole(item, 'button', /^call/)).to.have.length(5);
    byRole(item, 'button', '3 more spans').click();
    await settled(element);
    expect(allByRole(item, 'button', /^call/)).to.have.length(8);
  });

  it('takes another trace in the middle of the work, and shows nothing of the first', async () => {
    const element = await fixture<LlmFindings>(html`<llm-findings></llm-findings>`);
    const heard: unknown[] = [];
    element.addEventListener('llm-findings-ready', ({ detail }) =>
      heard.push(detail.findings.findings[0]?.spans[0]?.name),
    );
    element.trace = await gap('first', 'first planner');
    await element.updateComplete;
    element.trace = await gap('second', 'second planner');
    await lookedThrough(element);
    expect(heard).to.deep.equal(['second planner']);
    expect(textIn(element)).not.to.contain('first planner');
  });

  it('keeps what it found while the trace grows, until it is looked through again', async () => {
    const element = await shownFor(await gap());
    element.trace = await gap('trace-1', 'grown planner');
    await settled(element);
    expect(hasRole(element, 'button', /^planner/)).to.equal(true);
    await oneEvent(element, 'llm-findings-ready');
    await settled(element);
    expect(hasRole(element, 'button', /^planner/)).to.equal(false);
    expect(hasRole(element, 'button', /^grown planner/)).to.equal(true);
  });

  it('goes on when it comes back to the page', async () => {
    const element = document.createElement('llm-findings');
    document.body.append(element);
    element.trace = await gap();
    await element.updateComplete;
    element.remove();
    document.body.append(element);
    await lookedThrough(element);
    expect(itemsOf(element)).not.to.deep.equal([]);
    element.remove();
  });

  it('masks secrets, and shows hidden characters', async () => {
    const element = await shownFor(await gap('trace-1', 'run for jane.doe@example.org \u202egro now'));
    expect(textIn(element)).to.contain('jane.doe').and.to.contain('U+202E').and.not.to.contain('\u202e');
    element.content = 'masked';
    await until(() => !textIn(element).includes('jane.doe') && textIn(element).includes('run for'), 'masked names');
    const titles = allByRole(element, 'button').map(({ title }) => title);
    expect(titles.join()).not.to.contain('jane.doe');
  });

  for (const width of [900, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const element = await shownFor(
        await traceOf(root, cut('call', { name: 'x'.repeat(200), start: 900, end: 1000 })),
        width,
      );
      await expect(element).to.be.accessible();
      expect(element.scrollWidth).to.be.at.most(width);
      for (const button of allByRole(element, 'button')) {
        expect(button.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right);
      }
    });
  }
});
