import { expect } from '@open-wc/testing';
import '../../define.js';
import { allByRole, allIn, byRole, loadedView, otlp, rowOf, sample, settled, textIn, treeOf } from '../test-support.js';

interface Place {
  left: number;
  width: number;
}

/** Where a span's bar is drawn, in percent of its lane. */
function barOf(view: HTMLElement, spanId: string): Place {
  const row = rowOf(view, spanId);
  const lane = allIn(row, '.lane')[0]!.getBoundingClientRect();
  const bar = allIn(row, '.bar')[0]!.getBoundingClientRect();
  const percent = (px: number): number => Math.round((px / lane.width) * 100);
  return { left: percent(bar.left - lane.left), width: percent(bar.width) };
}

/** What a screen reader says of a span's bar. */
const saidOf = (view: HTMLElement, spanId: string): string | null =>
  allByRole(rowOf(view, spanId), 'gridcell').at(-1)!.ariaLabel;

const timed = otlp(
  { id: 'whole', start: 0, end: 1000 },
  { id: 'middle', parent: 'whole', start: 250, end: 750 },
  {
    id: 'call',
    parent: 'whole',
    start: 500,
    end: 900,
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.client.operation.time_to_first_chunk': 0.1 },
  },
  { id: 'running', parent: 'whole', start: 800 },
  { id: 'backwards', parent: 'whole', start: 600, end: 400 },
  { id: 'timeless', parent: 'whole' },
  { id: 'instant', parent: 'whole', start: 1000, end: 1000 },
);

describe('llm-span-tree: bars', () => {
  it('lie where the spans lie in time', async () => {
    const view = await loadedView(timed);
    expect(barOf(view, 'whole')).to.deep.equal({ left: 0, width: 100 });
    expect(barOf(view, 'middle')).to.deep.equal({ left: 25, width: 50 });
    expect(saidOf(view, 'middle')).to.equal('starts at 250 ms, takes 500 ms');
  });

  it('are split where the first token came', async () => {
    const view = await loadedView(timed);
    const waitedOf = (spanId: string): string[] => {
      const { backgroundImage, backgroundSize } = getComputedStyle(allIn(rowOf(view, spanId), '.bar')[0]!);
      return backgroundImage === 'none' ? [] : [backgroundSize.split(' ')[0]!];
    };
    expect(waitedOf('call')).to.deep.equal(['25%']);
    expect(saidOf(view, 'call')).to.contain('first token after 100 ms');
    expect(waitedOf('middle')).to.deep.equal([]);
  });

  it('reach to the end of the trace while a span is running', async () => {
    const view = await loadedView(timed);
    expect(barOf(view, 'running')).to.deep.equal({ left: 80, width: 20 });
    expect(saidOf(view, 'running')).to.equal('starts at 800 ms, still running');
  });

  it('cover the time that a span claims, also when it ends before it starts', async () => {
    const view = await loadedView(timed);
    expect(barOf(view, 'backwards')).to.deep.equal({ left: 40, width: 20 });
    expect(textIn(rowOf(view, 'backwards'))).to.contain('−200 ms');
  });

  it('are absent for a span without times, which says so', async () => {
    const view = await loadedView(timed);
    expect(allIn(rowOf(view, 'timeless'), '.bar')).to.deep.equal([]);
    expect(saidOf(view, 'timeless')).to.equal('no times recorded');
  });

  it('can be seen for a span that takes no time, at the very end as well', async () => {
    const view = await loadedView(timed);
    const lane = allIn(rowOf(view, 'instant'), '.lane')[0]!.getBoundingClientRect();
    const bar = allIn(rowOf(view, 'instant'), '.bar')[0]!.getBoundingClientRect();
    expect(bar.width).to.be.at.least(1);
    expect(bar.left).to.be.below(lane.right + 1);
  });

  it('run from left to right, whichever way the page reads', async () => {
    const view = await loadedView(timed);
    view.dir = 'rtl';
    await settled(view);
    expect(barOf(view, 'middle')).to.deep.equal({ left: 25, width: 50 });
  });

  it('stand under ticks at round times', async () => {
    const view = await loadedView(timed);
    const ticks = allIn(treeOf(view), '.tick').map((tick) => tick.textContent.trim());
    expect(ticks.slice(0, 3)).to.deep.equal(['0', '200 ms', '400 ms']);
  });

  it('show a trace that takes no time at all', async () => {
    const view = await loadedView(otlp({ id: 'instant', start: 5, end: 5 }));
    expect(byRole(view, 'treegrid')).to.exist;
    expect(saidOf(view, 'instant')).to.equal('starts at 0 ms, takes 0 ms');
  });

  it('agree with the recorded times of a real trace', async () => {
    const text = await sample('rag-kensho');
    const view = await loadedView(text);
    interface RawSpan {
      spanId: string;
      startTimeUnixNano: string;
      endTimeUnixNano: string;
    }
    interface RawScope {
      spans: RawSpan[];
    }
    const { resourceSpans } = JSON.parse(text) as { resourceSpans: { scopeSpans: RawScope[] }[] };
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
    const root = spans.find(({ spanId }) => spanId === '89f1e75d5e50aa7b')!;
    const from = BigInt(root.startTimeUnixNano);
    const whole = Number(BigInt(root.endTimeUnixNano) - from);
    for (const span of spans) {
      const left = (Number(BigInt(span.startTimeUnixNano) - from) / whole) * 100;
      const width = (Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / whole) * 100;
      const bar = barOf(view, span.spanId);
      expect(bar.left, span.spanId).to.be.closeTo(left, 1);
      expect(bar.width, span.spanId).to.be.closeTo(width, 1);
    }
  });
});
