import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  activeRow,
  allByRole,
  allIn,
  byRole,
  gridOf,
  hasRole,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  selectedIds,
  settled,
  textIn,
  treeOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmNoiseChangeEvent } from '../events/index.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

const named = (id: string, name: string, parent: string | undefined, start: number, end: number): SpanSketch => ({
  id,
  name,
  ...(parent !== undefined && { parent }),
  start,
  end,
});

/** A loop that searches five times, each inside a span of a framework, and answers. */
const loop = otlp(
  named('root', 'agent', undefined, 0, 1000),
  ...Array.from({ length: 5 }, (_, at) => [
    named(`w${at}`, 'wrapper', 'root', at * 100, at * 100 + 90),
    named(`s${at}`, 'search', `w${at}`, at * 100 + 10, at * 100 + 60),
  ]).flat(),
  named('answer', 'answer', 'root', 900, 1000),
);

const aria = (row: Element, ...names: string[]): (string | null)[] =>
  names.map((name) => row.getAttribute(`aria-${name}`));

const group = (view: LlmTraceView): HTMLElement => byRole(view, 'row', /5 times/);

async function shown(properties: Partial<Pick<LlmTraceView, 'noise' | 'grouped' | 'scale'>>): Promise<LlmTraceView> {
  const view = await loadedView(loop);
  Object.assign(view, properties);
  await settled(view);
  return view;
}

describe('llm-span-tree: hidden spans', () => {
  it('moves up what is inside of them, and says how many are hidden', async () => {
    const view = await shown({ noise: { names: ['wrapper'] } });
    expect(idsOf(view)).to.deep.equal(['root', 's0', 's1', 's2', 's3', 's4', 'answer']);
    expect(aria(rowOf(view, 's2'), 'level', 'posinset', 'setsize')).to.deep.equal(['2', '3', '6']);
    expect(gridOf(view).getAttribute('aria-rowcount')).to.equal('8');
    expect(textIn(byRole(treeOf(view), 'status', /hidden/))).to.equal('5 spans hidden');
  });

  it('shows all with one click, and tells the page', async () => {
    const view = await shown({ noise: { kinds: ['span'], names: [] } });
    expect(idsOf(view)).to.deep.equal([]);
    const told = oneEvent(view, 'llm-noise-change') as Promise<LlmNoiseChangeEvent>;
    byRole(treeOf(view), 'button', 'Show all').click();
    expect((await told).detail.noise).to.equal(undefined);
    await settled(view);
    expect(view.noise).to.equal(undefined);
    expect(idsOf(view)).to.have.length(12);
    expect(hasRole(treeOf(view), 'button', 'Show all')).to.equal(false);
  });

  it('goes to what is around a hidden span that is revealed, and keeps what was closed', async () => {
    const view = await shown({ noise: { names: ['search'] } });
    view.reveal('s3');
    await measured(view);
    expect(activeRow(view)?.dataset['spanId']).to.equal('w3');
    expect(selectedIds(view), 'the row is another span').to.deep.equal([]);
    view.noise = undefined;
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['s3']);
    view.collapseAll();
    view.noise = { names: ['wrapper'] };
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
  });
});

describe('llm-span-tree: repeated siblings', () => {
  it('are one row with their count and their time together', async () => {
    const view = await shown({ grouped: true });
    expect(idsOf(view)).to.deep.equal(['root', 'answer']);
    expect(aria(group(view), 'level', 'posinset', 'setsize', 'expanded', 'rowindex')).to.deep.equal([
      '2',
      '1',
      '2',
      'false',
      '3',
    ]);
    expect(group(view).getAttribute('aria-label')).to.equal('wrapper, span, 5 times, 450 ms together');
    expect(textIn(group(view)))
      .to.contain('×5')
      .and.to.contain('Σ 450 ms');
    view.grouped = false;
    await settled(view);
    expect(idsOf(view)).to.have.length(12);
  });

  it('are opened by keys and clicks as any row, and select nothing', async () => {
    const view = await shown({ grouped: true });
    gridOf(view).focus();
    await sendKeys({ press: 'ArrowDown' });
    await settled(view);
    expect(activeRow(view)).to.equal(group(view));
    expect(selectedIds(view)).to.deep.equal([]);
    await sendKeys({ press: 'Enter' });
    await settled(view);
    expect(aria(group(view), 'expanded')).to.deep.equal(['true']);
    expect(idsOf(view)).to.have.length(12);
    expect(aria(rowOf(view, 'w1'), 'level', 'posinset', 'setsize')).to.deep.equal(['3', '2', '5']);
    await sendKeys({ press: 'ArrowLeft' });
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'answer']);
    group(view).click();
    await settled(view);
    expect(idsOf(view)).to.have.length(12);
  });

  it('open for a span in them that is revealed, selected by the page, or found', async () => {
    const view = await shown({ grouped: true });
    view.reveal('s4');
    await measured(view);
    expect(selectedIds(view)).to.deep.equal(['s4']);
    const other = await shown({ grouped: true });
    other.query = 'search';
    await until(() => idsOf(other).includes('s0'), 'the match');
    other.collapseAll();
    await settled(other);
    expect(byRole(other, 'row', /agent/).getAttribute('aria-label')).to.contain('5 matches inside');
  });

  it('stay open while the trace grows, and a selected row stays a row', async () => {
    const view = await loadedView(
      otlp(
        { id: 'root', start: 0, end: 1000 },
        ...[0, 1, 2].map((at) => ({ id: `s${at}`, name: 'search', parent: 'root', start: at, end: at + 1 })),
      ),
    );
    view.grouped = true;
    view.selected = 's1';
    await settled(view);
    expect(idsOf(view)).to.have.length(4);
    for (const at of [3, 4]) {
      await view.append(otlp({ id: `s${at}`, name: 'search', parent: 'root', start: at, end: at + 1 }));
      await settled(view);
      expect(selectedIds(view)).to.deep.equal(['s1']);
      expect(idsOf(view)).to.have.length(5 + at - 2 - 1);
    }
  });

  it('hold errors that they say', async () => {
    const view = await loadedView(
      otlp(
        ...[0, 1, 2, 3].map((at) => ({
          id: `s${at}`,
          name: 'try',
          start: at,
          end: at + 1,
          ...(at === 2 && { error: 'no' }),
        })),
      ),
    );
    view.grouped = true;
    await settled(view);
    expect(byRole(view, 'row', /4 times/).getAttribute('aria-label')).to.contain('1 error inside');
  });
});

describe('llm-span-tree: scales', () => {
  const waiting = otlp(
    { id: 'root', start: 0, end: 10_000 },
    { id: 'ask', parent: 'root', start: 0, end: 100 },
    { id: 'answer', parent: 'root', start: 9900, end: 10_000 },
  );
  const widthOf = (view: LlmTraceView, id: string): number =>
    allIn(rowOf(view, id), '.bar')[0]!.getBoundingClientRect().width;

  it('cut idle stretches short on request, marked with their length', async () => {
    const view = await loadedView(waiting);
    const before = widthOf(view, 'ask');
    view.scale = 'compact';
    await settled(view);
    expect(widthOf(view, 'ask')).to.be.above(20 * before);
    expect(widthOf(view, 'ask')).to.be.closeTo(widthOf(view, 'answer'), 1);
    expect(textIn(allByRole(view, 'columnheader').at(-1)!)).to.equal('Timeline, 1 idle stretch cut short');
    expect(
      allIn(gridOf(view), '.header .break').map(({ title, textContent }) => [title, textContent.trim()]),
    ).to.deep.equal([['idle for 9.80 s', '9.80 s']]);
  });

  it('draw starts and ends in order, with equal steps', async () => {
    const view = await loadedView(waiting);
    view.scale = 'sequence';
    await settled(view);
    const root = widthOf(view, 'root');
    expect(widthOf(view, 'ask')).to.be.closeTo(root / 3, 1);
    expect(widthOf(view, 'answer')).to.be.closeTo(root / 3, 1);
    expect(textIn(allByRole(view, 'columnheader').at(-1)!)).to.contain('not to scale');
    view.scale = 'time';
    await settled(view);
    expect(widthOf(view, 'ask')).to.be.closeTo(root / 100, 1);
  });
});

describe('llm-span-tree: a search', () => {
  it('says how many matches a closed span holds, and places among what is kept', async () => {
    const view = await loadedView(loop);
    view.query = 'name:search or name:answer';
    await settled(view);
    await measured(view);
    expect(aria(rowOf(view, 'answer'), 'posinset', 'setsize')).to.deep.equal(['6', '6']);
    view.query = 'name:answer';
    await settled(view);
    await measured(view);
    expect(aria(rowOf(view, 'answer'), 'posinset', 'setsize')).to.deep.equal(['1', '1']);
    view.query = 'name:search or name:wrapper';
    await settled(view);
    await measured(view);
    allIn(rowOf(view, 'w2'), '.twisty')[0]!.click();
    await settled(view);
    expect(rowOf(view, 'w2').getAttribute('aria-label')).to.contain('1 match inside');
    expect(rowOf(view, 'w1').getAttribute('aria-label')).not.to.contain('inside');
  });
});
