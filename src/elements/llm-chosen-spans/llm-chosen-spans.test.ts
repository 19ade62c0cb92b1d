import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-chosen-spans.js';
import { readDataset } from '../../export/datasets/index.js';
import type { Span } from '../../model/index.js';
import { recordedTrace } from '../../test/recorded-trace.js';
import { allIn, byRole, settled, textIn, until } from '../test-support.js';
import type { LlmExamplesExportEvent } from '../events/index.js';
import type { LlmChosenSpans } from './llm-chosen-spans.js';

const spanOf = (id: string, more: object): Span =>
  recordedTrace({ id: id.repeat(16), name: `span ${id}`, ...more }).spans.at(0)!;
const asked = spanOf('a', {
  kind: 'llm',
  messages: [
    { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Write to jane.doe@example.org' }] },
    { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Done.' }] },
  ],
});
const searched = spanOf('b', { kind: 'retriever', input: { query: 'parcels', api_key: 'hunter2' }, output: ['d1'] });
const silent = spanOf('c', {});

async function shown(spans: readonly Span[], more: Partial<LlmChosenSpans> = {}): Promise<LlmChosenSpans> {
  const element = await fixture<LlmChosenSpans>(html`<llm-chosen-spans></llm-chosen-spans>`);
  Object.assign(element, { spans, ...more });
  await settled(element);
  return element;
}

const status = (element: LlmChosenSpans): string => textIn(byRole(element, 'status'));

/** Presses the button, and gives the event, which is prevented: nothing is to be downloaded. */
async function exported(element: LlmChosenSpans): Promise<LlmExamplesExportEvent> {
  element.addEventListener('llm-examples-export', (event) => event.preventDefault(), { once: true });
  const told = oneEvent(element, 'llm-examples-export') as unknown as Promise<LlmExamplesExportEvent>;
  byRole(element, 'button', 'Export as JSONL').click();
  const event = await told;
  await settled(element);
  return event;
}

describe('llm-chosen-spans', () => {
  it('says how many are chosen, and how to choose where none is', async () => {
    const element = await shown([asked, searched]);
    expect(status(element)).to.equal('2 spans chosen.');
    element.spans = [];
    await settled(element);
    expect(status(element)).to.match(/^No span is chosen\. Ctrl or ⌘ with a click/);
    expect(byRole(element, 'button', 'Export as JSONL').matches(':disabled')).to.equal(true);
  });

  it('exports them in each shape, and says what makes no example', async () => {
    const element = await shown([asked, silent, searched]);
    for (const [name, shape] of [
      ['OpenAI Evals', 'openai-evals'],
      ['OpenAI evals API', 'openai-eval-items'],
      ['LangSmith', 'langsmith'],
      ['Phoenix', 'phoenix'],
    ] as const) {
      const choice = allIn(element, 'select')[0] as HTMLSelectElement;
      choice.value = [...choice.options].find(({ text }) => text === name)!.value;
      choice.dispatchEvent(new Event('change'));
      await settled(element);
      const { detail } = await exported(element);
      expect(detail).to.deep.include({ shape, count: 2 });
      const { examples, unread } = readDataset(await detail.file.text(), shape);
      expect(unread).to.deep.equal([]);
      expect(examples.map(({ metadata }) => metadata?.['span_id'])).to.deep.equal([asked.id, searched.id]);
      expect(examples[0]!.input).to.deep.equal({
        messages: [{ role: 'user', content: 'Write to jane.doe@example.org' }],
      });
      expect(status(element)).to.equal('2 examples exported. 1 span without an input left out.');
    }
  });

  it('offers them as a download, unless the page prevents it', async () => {
    const downloads: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      downloads.push(`${this.download} ${this.href.split(':')[0]}`);
    };
    try {
      const element = await shown([searched]);
      await exported(element);
      expect(downloads).to.deep.equal([]);
      byRole(element, 'button', 'Export as JSONL').click();
      await until(() => downloads.length > 0, 'the download');
      expect(downloads).to.deep.equal(['openai-evals.jsonl blob']);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
  });

  it('masks in the examples what the view masks, by names too, and says so', async () => {
    const element = await shown([asked, searched]);
    element.content = 'masked';
    await settled(element);
    await until(() => element.settings.readable('word') === 'word', 'what masks');
    await settled(element);
    expect(status(element)).to.equal('2 spans chosen. Secrets are masked.');
    const text = await (await exported(element)).detail.file.text();
    expect(text).to.contain('Write to').and.to.contain('parcels');
    expect(text).not.to.contain('jane.doe');
    expect(text).not.to.contain('hunter2');
  });

  it('asks that none is chosen any longer', async () => {
    const element = await shown([asked, searched]);
    const told = oneEvent(element, 'llm-spans-choose');
    byRole(element, 'button', 'Choose none').click();
    expect((await told).detail).to.deep.equal({ spans: [asked, searched], isChosen: false });
  });

  it('ends an export for another choice', async () => {
    const element = await shown(Array.from({ length: 20_000 }, () => asked));
    let heard = 0;
    element.addEventListener('llm-examples-export', (event) => (heard++, event.preventDefault()));
    byRole(element, 'button', 'Export as JSONL').click();
    await until(() => status(element).startsWith('Making examples'), 'the work');
    element.spans = [asked];
    await settled(element);
    expect(status(element)).to.equal('1 span chosen.');
    await exported(element);
    expect(heard).to.equal(1);
  });

  it('is accessible, also where it is narrow', async () => {
    const element = await shown([asked]);
    element.style.cssText = 'display: block; width: 320px';
    await settled(element);
    await expect(element).to.be.accessible();
    expect(element.scrollWidth).to.be.at.most(320);
  });
});
