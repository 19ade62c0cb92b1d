import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import '../../define/llm-span-tree.js';
import { readTraces } from '../../formats/index.js';
import type { LlmSpanTree } from './llm-span-tree.js';
import { treeParts } from './tree-parts.js';

const SPANS = ['agent run', 'chat', 'chat', 'chat', 'chat', 'search'];

const otlp = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: SPANS.map((name, at) => ({
            traceId: 'trace-1',
            spanId: `span-${at}`,
            ...(at > 0 && { parentSpanId: 'span-0' }),
            name,
            startTimeUnixNano: `179000000000000000${at}`,
            endTimeUnixNano: '1790000001000000000',
          })),
        },
      ],
    },
  ],
};

async function firstTree(given: Partial<LlmSpanTree> = {}): Promise<LlmSpanTree> {
  const [trace] = await readTraces(otlp);
  const tree = Object.assign(document.createElement('llm-span-tree'), given, { trace });
  tree.style.height = '400px';
  document.body.append(tree);
  await tree.updateComplete;
  return tree;
}

const rowsOf = (tree: LlmSpanTree): HTMLElement[] => [
  ...tree.shadowRoot!.querySelectorAll<HTMLElement>('.rows [role="row"]:not([hidden])'),
];

const namesIn = (tree: LlmSpanTree): string[] =>
  rowsOf(tree)
    .filter((row) => row.isConnected && row.querySelector('.label')!.textContent !== '')
    .map((row) => row.querySelector('.label')!.textContent);

/** What is loaded with the first tree of a page can be seen once: these are one story, and use nothing that loads it before. */
describe('The first llm-span-tree of a page', () => {
  const trees: LlmSpanTree[] = [];

  it('shows rows before what keys, groups and hidden spans need is there, and hidden spans at no time', async () => {
    const arranged = await firstTree({ noise: { names: ['search'] } });
    const plain = await firstTree();
    trees.push(arranged, plain);
    expect(treeParts.value).to.equal(undefined);
    expect(namesIn(plain)).to.deep.equal(SPANS);
    expect(namesIn(arranged)).to.deep.equal([]);
  });

  it('does what a person did before it was there', async () => {
    const [arranged, plain] = trees as [LlmSpanTree, LlmSpanTree];
    let selected = '';
    plain.addEventListener('llm-span-select', ({ detail }) => (selected += detail.span.id));
    const grid = plain.shadowRoot!.querySelector<HTMLElement>('[role="treegrid"]')!;
    const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true, cancelable: true });
    rowsOf(plain)[2]!.querySelector<HTMLElement>('.label')!.click();
    grid.dispatchEvent(key);
    expect(key.defaultPrevented, 'the browser would scroll').to.equal(true);
    expect(treeParts.value).to.equal(undefined);
    await waitUntil(() => selected !== '', 'the selection');
    expect(selected).to.equal('span-2span-3');
    await waitUntil(() => namesIn(arranged).length > 0, 'rows without what is hidden');
    expect(namesIn(arranged)).to.deep.equal(SPANS.filter((name) => name !== 'search'));
    expect(arranged.shadowRoot!.querySelector('.hidden-note')!.textContent).to.contain('1 span hidden');
  });

  it('has it at once from then on', async () => {
    const tree = await firstTree({ grouped: true });
    trees.push(tree);
    await nextFrame();
    expect(namesIn(tree)).to.deep.equal(['agent run', 'chat', 'search']);
  });

  after(() => trees.forEach((tree) => tree.remove()));
});
