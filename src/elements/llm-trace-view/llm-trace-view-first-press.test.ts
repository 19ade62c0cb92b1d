import { expect, waitUntil } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import { furtherOutlines } from '../../conventions/outlines.js';
import { hasSums } from '../../model/sums.js';
import { laterParts } from './later-parts.js';
import type { LlmTraceView } from './llm-trace-view.js';

const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });

/** Its kind is told in a vocabulary that is not there at first. */
const trace = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'trace-1',
              spanId: 'run',
              name: 'run',
              startTimeUnixNano: '1790000000000000000',
              endTimeUnixNano: '1790000001000000000',
              attributes: [attribute('langfuse.observation.type', 'agent')],
            },
            {
              traceId: 'trace-1',
              spanId: 'call',
              parentSpanId: 'run',
              name: 'call\u200b of a model',
              startTimeUnixNano: '1790000000000000000',
              endTimeUnixNano: '1790000001000000000',
              attributes: [attribute('gen_ai.operation.name', 'chat')],
            },
          ],
        },
      ],
    },
  ],
};

/** What is loaded with the first view of a page can be seen once: one story, which uses nothing that loads it before. */
describe('The first llm-trace-view of a page, used at once', () => {
  let view: LlmTraceView;
  const find = (selector: string): HTMLElement | null => view.shadowRoot!.querySelector(selector);
  const tree = (): ShadowRoot | null | undefined => find('llm-span-tree')?.shadowRoot;
  const until = (condition: () => unknown, what: string): Promise<void> =>
    waitUntil(condition, what, { timeout: 10_000 });
  const row = (id: string): HTMLElement | null | undefined => tree()?.querySelector(`[data-span-id="${id}"]`);

  before(async () => {
    view = document.createElement('llm-trace-view');
    view.style.height = '600px';
    document.body.append(view);
    await view.updateComplete;
  });

  it('paints rows with their kinds before its tools, figures and sums are there, and shows no hidden character', async () => {
    const later = new Promise((resolve) => {
      const rows = tree()!.querySelector('.rows')!;
      const observer = new MutationObserver(() => {
        if (!row('call')) return;
        observer.disconnect();
        resolve({ tools: laterParts.value, hasSums: hasSums() });
      });
      observer.observe(rows, { subtree: true, attributes: true, attributeFilter: ['data-span-id'] });
    });
    void view.load(trace);
    expect(await later).to.deep.equal({ tools: undefined, hasSums: false });
    expect(furtherOutlines.isThere, 'one of its vocabularies was met').to.equal(true);
    expect(row('run')!.querySelector('.bar')!.closest('[data-kind]')!.getAttribute('data-kind')).to.equal('agent');
    expect(row('call')!.textContent).not.to.contain('\u200b');
    expect(find('llm-metric-summary')!.getBoundingClientRect().height).to.be.greaterThan(40);
  });

  it('does what was pressed as soon as it can, and moves nothing', async () => {
    const places = (): number[] =>
      ['.share-button', '.help-button', '.findings-button', '.panes'].flatMap((selector) => {
        const { left, top } = find(selector)!.getBoundingClientRect();
        return [left, top];
      });
    const before = places();
    const share = find('.share-button')!;
    share.focus();
    share.click();
    expect(share.getAttribute('aria-expanded')).to.equal('false');
    await until(() => find('llm-share-menu')?.shadowRoot, 'the menu');
    expect(find('.share-button'), 'the same button').to.equal(share);
    expect(view.shadowRoot!.activeElement?.localName).to.be.oneOf(['button', 'llm-share-menu']);
    expect(share.getAttribute('aria-expanded')).to.equal('true');
    expect(places()).to.deep.equal(before);
  });

  it('has all of it a moment later: figures, and what hidden characters are', async () => {
    await until(() => find('llm-metric-summary')?.shadowRoot?.querySelector('.metric'), 'figures');
    await until(() => row('call')!.textContent.includes('U+200B'), 'the hidden character');
  });

  after(() => view.remove());
});
