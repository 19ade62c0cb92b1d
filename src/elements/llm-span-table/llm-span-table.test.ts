import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-span-table.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import {
  allIn,
  byRole,
  hasRole,
  measured,
  sample,
  settled,
  shownIn,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmSpanTable } from './llm-span-table.js';

const spans: readonly SpanSketch[] = [
  { id: 'root', name: 'run', start: 0, end: 100 },
  {
    id: 'ask',
    parent: 'root',
    start: 40,
    end: 90,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 234,
    },
  },
  { id: 'fail', parent: 'root', start: 10, end: 20, error: 'no, jane.doe@example.org' },
  { id: 'live', parent: 'ask', start: 95 },
  { id: 'lost', parent: 'nobody' },
];

async function shownFor(trace: Trace, width = 1200): Promise<LlmSpanTable> {
  const element = await shownIn('llm-span-table', trace, { width });
  await sorted(element);
  return element;
}

async function sorted(table: LlmSpanTable): Promise<void> {
  await settled(table);
  await until(() => byRole(table, 'grid').getAttribute('aria-busy') === 'false', 'sorted rows');
  await measured(table);
}

const rows = (table: LlmSpanTable): HTMLElement[] => allIn(table, '[role="row"][data-row]');
const ids = (table: LlmSpanTable): (string | undefined)[] => rows(table).map(({ dataset }) => dataset['spanId']);
const cells = (table: LlmSpanTable, id: string): string[] =>
  allIn(
    rows(table).find(({ dataset }) => dataset['spanId'] === id)!,
    '.cell',
  ).map(textIn);
const sortBy = async (table: LlmSpanTable, column: string): Promise<void> => {
  byRole(table, 'button', column).click();
  await sorted(table);
};
const press = async (table: LlmSpanTable, key: string): Promise<void> => {
  byRole(table, 'grid').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settled(table);
};
const activeId = (table: LlmSpanTable): string | undefined => {
  const id = byRole(table, 'grid').getAttribute('aria-activedescendant')!;
  return table.shadowRoot!.getElementById(id)!.dataset['spanId'];
};

describe('llm-span-table', () => {
  it('shows every span in a row, by start at first', async () => {
    const table = await shownFor(await traceOf(...spans));
    expect(ids(table)).to.deep.equal(['root', 'fail', 'ask', 'live', 'lost']);
    expect(cells(table, 'ask')).to.deep.equal([
      'ask',
      'LLM',
      '40 ms',
      '50 ms',
      '50 ms',
      '1,234',
      '',
      '',
      'gpt-4o',
      'test-service',
    ]);
    expect(cells(table, 'live').slice(2, 5)).to.deep.equal(['95 ms', 'running', '']);
    expect(cells(table, 'fail')[7]).to.equal('error');
    expect(byRole(table, 'grid').getAttribute('aria-rowcount')).to.equal('6');
  });

  it('sorts by its columns, up and down, what states nothing last', async () => {
    const table = await shownFor(await traceOf(...spans));
    await sortBy(table, 'Duration');
    expect(ids(table)).to.deep.equal(['root', 'ask', 'fail', 'live', 'lost']);
    const header = (): string | null => allIn(table, '[role="columnheader"].duration')[0]!.getAttribute('aria-sort');
    expect(header()).to.equal('descending');
    await sortBy(table, 'Duration');
    expect(ids(table)).to.deep.equal(['fail', 'ask', 'root', 'live', 'lost']);
    expect(header()).to.equal('ascending');
    await sortBy(table, 'Name');
    expect(ids(table)).to.deep.equal(['ask', 'fail', 'live', 'lost', 'root']);
    table.setAttribute('order-by', 'pie');
    await sorted(table);
    expect(ids(table)[0]).to.equal('root');
  });

  it('has one selection, which keeps its span when the order changes', async () => {
    const table = await shownFor(await traceOf(...spans));
    const told = oneEvent(table, 'llm-span-select');
    rows(table)[2]!.click();
    expect((await told).detail.span.id).to.equal('ask');
    await sortBy(table, 'Name');
    expect(rows(table)[0]!.getAttribute('aria-selected')).to.equal('true');
    expect(activeId(table)).to.equal('ask');
    table.selected = 'live';
    await measured(table);
    expect(activeId(table)).to.equal('live');
  });

  it('is gone through by keys', async () => {
    const table = await shownFor(await traceOf(...spans));
    await press(table, 'ArrowDown');
    expect(table.selected).to.equal('fail');
    await press(table, 'End');
    expect(table.selected).to.equal('lost');
    await press(table, 'a');
    expect(table.selected).to.equal('ask');
    const open = oneEvent(table, 'llm-span-open');
    await press(table, 'Enter');
    expect((await open).detail.span.id).to.equal('ask');
  });

  it('keeps the active span while a trace grows', async () => {
    const table = await shownFor(await traceOf(...spans));
    await press(table, 'ArrowDown');
    await press(table, 'ArrowDown');
    table.trace = await traceOf({ id: 'early', parent: 'root', start: 1, end: 2 }, ...spans);
    await sorted(table);
    expect(ids(table)).to.deep.equal(['root', 'early', 'fail', 'ask', 'live', 'lost']);
    expect(activeId(table)).to.equal('ask');
  });

  it('has few rows in the DOM of a large trace, and sorts all of it', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({
      id: `s${at}`,
      start: at,
      end: at + ((at * 7919) % 30_000),
    }));
    const table = await shownFor(await traceOf(...many));
    expect(rows(table).length).to.be.within(10, 40);
    await sortBy(table, 'Duration');
    const durations = rows(table).map((row) => textIn(allIn(row, '.duration')[0]!));
    expect(durations[0]).to.equal('30.00 s');
    await press(table, 'End');
    await measured(table);
    expect(textIn(allIn(rows(table).at(-1)!, '.duration')[0]!)).to.equal('0 ms');
  });

  it('marks a cost that prices made, and leaves out columns in which nothing stands', async () => {
    const table = await shownFor(await traceOf(...spans));
    expect(hasRole(table, 'button', 'Cost')).to.equal(false);
    table.prices = { priceOf: () => 0.5 };
    table.trace = await traceOf(...spans);
    await sorted(table);
    expect(cells(table, 'ask')[6]).to.equal('≈ $0.50');
  });

  it('masks secrets, and shows hidden characters', async () => {
    const table = await shownFor(
      await traceOf(...spans, { id: 'x', name: 'for jane.doe@example.org \u202enow', start: 1 }),
    );
    expect(textIn(table)).to.contain('jane.doe').and.to.contain('U+202E').and.not.to.contain('\u202e');
    table.content = 'masked';
    await until(() => textIn(table).includes('for ') && !textIn(table).includes('jane.doe'), 'masked');
    expect(allIn(table, '[title*="jane.doe"], [aria-label*="jane.doe"]')).to.have.length(0);
  });

  for (const width of [1200, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const table = await shownFor(await traceOf(...spans, { id: 'y'.repeat(300), start: 3, end: 4 }), width);
      await expect(table).to.be.accessible();
      const grid = byRole(table, 'grid');
      expect(grid.scrollWidth).to.be.at.most(grid.clientWidth);
    });
  }

  it('shows a recorded trace, and nothing without one', async () => {
    const [trace] = await readTraces(await sample('nested-agents'));
    const table = await shownFor(trace!);
    expect(byRole(table, 'grid').getAttribute('aria-rowcount')).to.equal(String(trace!.spans.length + 1));
    table.trace = undefined;
    await settled(table);
    expect(rows(table)).to.have.length(0);
  });
});
