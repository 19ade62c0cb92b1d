import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import { readDataset } from '../../export/datasets/index.js';
import {
  allIn,
  byRole,
  hasRole,
  idsOf,
  loadedView,
  otlp,
  rowsOf,
  settled,
  textIn,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmExamplesExportEvent, LlmSpansChooseEvent } from '../events/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

const call = (id: string, start: number): SpanSketch => ({
  id,
  parent: 'root',
  name: `call ${id}`,
  start,
  end: start + 10,
  attributes: { 'openinference.span.kind': 'TOOL', 'input.value': `input of ${id}`, 'output.value': 'done' },
});
const run: readonly SpanSketch[] = [
  { id: 'root', name: 'run', start: 0, end: 100 },
  ...['a', 'b', 'c', 'd'].map((id, at) => call(id, at * 10)),
];

const rowOf = (view: LlmTraceView, id: string): HTMLElement =>
  rowsOf(view).find(({ dataset }) => dataset['spanId'] === id)!;
const chosenRows = (view: LlmTraceView): string[] =>
  rowsOf(view)
    .filter((row) => row.ariaLabel?.endsWith(', chosen'))
    .map(({ dataset }) => dataset['spanId']!);
const toggle = (view: LlmTraceView): HTMLElement => byRole(view, 'button', 'Choose spans as examples');

/** A view in which a person has begun to choose. */
async function choosing(): Promise<LlmTraceView> {
  const view = await loadedView(otlp(...run));
  toggle(view).click();
  await until(() => hasRole(view, 'group', 'Spans chosen as examples'), 'the bar');
  await settled(view);
  return view;
}

async function click(view: LlmTraceView, target: Element, keys: MouseEventInit = {}): Promise<void> {
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...keys }));
  await settled(view);
}

/** The button beside the name of the selected span: a child of the detail, which has a place for it. */
const choice = (view: LlmTraceView): HTMLElement | null =>
  allIn(view, 'llm-span-detail')[0]?.querySelector<HTMLElement>('[aria-label="Choose as an example"]') ?? null;

const bar = (view: LlmTraceView): HTMLElement => byRole(view, 'group', 'Spans chosen as examples');
const status = (view: LlmTraceView): string => textIn(bar(view).querySelector('[role="status"]')!);

describe('llm-trace-view: spans chosen as examples', () => {
  it('are chosen in the tree by a click with Ctrl or ⌘, which selects nothing, and exported in the order of the tree', async () => {
    const view = await choosing();
    await click(view, rowOf(view, 'b').querySelector('.label')!);
    expect(view.selected).to.equal('b');
    await click(view, rowOf(view, 'c').querySelector('.label')!, { ctrlKey: true });
    await click(view, rowOf(view, 'a').querySelector('.label')!, { metaKey: true });
    expect(chosenRows(view)).to.deep.equal(['a', 'c']);
    expect(view.selected).to.equal('b');
    expect(status(view)).to.equal('2 spans chosen.');
    view.addEventListener('llm-examples-export', (event) => event.preventDefault());
    const told = oneEvent(view, 'llm-examples-export') as unknown as Promise<LlmExamplesExportEvent>;
    byRole(view, 'button', 'Export as JSONL').click();
    const { shape, file } = (await told).detail;
    const { examples } = readDataset(await file.text(), shape);
    expect(examples.map(({ input }) => input)).to.deep.equal(['input of a', 'input of c']);
  });

  it('are chosen by the box of a row, and no longer by the same', async () => {
    const view = await choosing();
    const box = getComputedStyle(rowOf(view, 'b'), '::before');
    expect([box.content, box.width, parseFloat(box.height) >= 24]).to.deep.equal(['""', '24px', true]);
    const { left, top } = rowOf(view, 'b').getBoundingClientRect();
    const hit = view.shadowRoot!.querySelector('llm-span-tree')!.shadowRoot!.elementFromPoint(left + 12, top + 12)!;
    await click(view, hit);
    expect(chosenRows(view)).to.deep.equal(['b']);
    expect(view.selected).to.equal(undefined);
    await click(view, hit);
    expect(chosenRows(view)).to.deep.equal([]);
    expect(status(view)).to.match(/^No span is chosen\./);
  });

  it('are chosen by Shift with a click, all from the last one, and by Shift with Space', async () => {
    const view = await choosing();
    await click(view, rowOf(view, 'd'), { ctrlKey: true });
    await click(view, rowOf(view, 'b').querySelector('.label')!, { shiftKey: true });
    expect(chosenRows(view)).to.deep.equal(['b', 'c', 'd']);
    const tree = byRole(view, 'treegrid');
    const press = async (key: string, shiftKey = false): Promise<void> => {
      tree.dispatchEvent(
        new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, composed: true, cancelable: true }),
      );
      await settled(view);
    };
    await press('Home');
    await press(' ', true);
    expect(chosenRows(view)).to.deep.equal(['root', 'b', 'c', 'd']);
    await press('ArrowDown');
    await press('ArrowDown');
    await press(' ', true);
    expect(chosenRows(view)).to.deep.equal(['root', 'c', 'd']);
    expect(view.selected).to.equal('b');
  });

  it('are chosen in the detail, and the page is told of each', async () => {
    const view = await choosing();
    const told: LlmSpansChooseEvent['detail'][] = [];
    view.addEventListener('llm-spans-choose', ({ detail }) => told.push(detail));
    view.reveal('c');
    await settled(view);
    choice(view)!.click();
    await settled(view);
    expect(choice(view)!.ariaPressed).to.equal('true');
    expect(choice(view)!.assignedSlot, 'it is shown').not.to.equal(null);
    expect(chosenRows(view)).to.deep.equal(['c']);
    choice(view)!.click();
    await settled(view);
    expect(chosenRows(view)).to.deep.equal([]);
    expect(told.map(({ spans, isChosen }) => [spans[0]!.id, isChosen])).to.deep.equal([
      ['c', true],
      ['c', false],
    ]);
  });

  it('are none before somebody begins, and none after', async () => {
    const view = await loadedView(otlp(...run));
    await click(view, rowOf(view, 'b'), { ctrlKey: true });
    expect(view.selected).to.equal('b');
    expect(choice(view)).to.equal(null);
    expect(getComputedStyle(rowOf(view, 'b'), '::before').content).to.equal('none');
    expect(allIn(view, 'llm-chosen-spans')).to.deep.equal([]);
    const begun = await choosing();
    await click(begun, rowOf(begun, 'b'), { ctrlKey: true });
    byRole(begun, 'button', 'Choose none').click();
    await settled(begun);
    expect(allIn(begun, 'llm-chosen-spans')).to.deep.equal([]);
    expect(chosenRows(begun)).to.deep.equal([]);
    expect(toggle(begun).ariaPressed).to.equal('false');
  });

  it('stay chosen while the trace grows', async () => {
    const view = await choosing();
    await click(view, rowOf(view, 'd'), { ctrlKey: true });
    await view.append(otlp(call('between', 5)));
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'a', 'between', 'b', 'c', 'd']);
    expect(chosenRows(view)).to.deep.equal(['d']);
    expect(status(view)).to.equal('1 span chosen.');
  });

  for (const width of [1000, 340]) {
    it(`have their bars on the axis as before, ${width} px wide`, async () => {
      const view = await loadedView(otlp(...run), width);
      const lanes = (): number[] => {
        const left = (row: Element): number => Math.round(row.lastElementChild!.getBoundingClientRect().left);
        return [left(byRole(view, 'treegrid').firstElementChild!), left(rowOf(view, 'b'))];
      };
      const before = lanes();
      toggle(view).click();
      await settled(view);
      expect(lanes()).to.deep.equal(before);
      expect(before[0]).to.equal(before[1]);
    });
  }

  it('are accessible', async () => {
    const view = await choosing();
    await click(view, rowOf(view, 'b'), { ctrlKey: true });
    view.selected = 'b';
    await settled(view);
    await expect(view).to.be.accessible();
  });
});
