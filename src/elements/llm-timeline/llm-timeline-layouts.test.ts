import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { allIn, byRole, hasRole, otlp, settled, textIn, type SpanSketch } from '../test-support.js';
import type { LlmNoiseChangeEvent, LlmRangeChangeEvent } from '../events/index.js';
import type { LlmTimeline } from './llm-timeline.js';

/** Two calls at the same time, long idle, and a short call at the end; as wide in px as it is long in ms. */
const family: readonly SpanSketch[] = [
  { id: 'root', start: 0, end: 1000 },
  { id: 'wrap', parent: 'root', start: 0, end: 200 },
  { id: 'one', parent: 'wrap', start: 0, end: 200 },
  { id: 'two', parent: 'root', start: 100, end: 200 },
  { id: 'last', parent: 'root', start: 900, end: 1000 },
];

async function shown(properties: Partial<LlmTimeline>): Promise<LlmTimeline> {
  const [trace] = await readTraces(otlp(...family));
  const box = await fixture<HTMLElement>(
    html`<div .style=${'width: 1000px'}>
      <llm-timeline .style=${'height: 400px'} .trace=${trace!}></llm-timeline>
    </div>`,
  );
  const timeline = box.querySelector('llm-timeline')!;
  Object.assign(timeline, properties);
  await drawn(timeline);
  return timeline;
}

async function drawn(timeline: LlmTimeline): Promise<void> {
  for (let frame = 0; frame < 3; frame++) {
    await nextFrame();
    await settled(timeline);
  }
}

const chartOf = (timeline: LlmTimeline): HTMLElement => byRole(timeline, 'application');

/** The id of the span that is drawn at a place, by clicking there. */
async function spanAt(timeline: LlmTimeline, x: number, lane: number): Promise<string | undefined> {
  const canvas = allIn(chartOf(timeline), 'canvas')[0]!;
  const { left, top } = canvas.getBoundingClientRect();
  const at = { clientX: left + x, clientY: top + 24 + lane * 22 + 11, bubbles: true, composed: true };
  timeline.selected = undefined;
  canvas.dispatchEvent(new PointerEvent('pointerdown', { ...at, pointerId: 1, buttons: 1 }));
  canvas.dispatchEvent(new PointerEvent('pointerup', { ...at, pointerId: 1 }));
  canvas.dispatchEvent(new MouseEvent('click', { ...at, detail: 1 }));
  await drawn(timeline);
  return timeline.selected;
}

async function press(timeline: LlmTimeline, key: string): Promise<void> {
  chartOf(timeline).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await drawn(timeline);
}

const frameOf = (timeline: LlmTimeline): DOMRect => allIn(timeline, '.mark.selected')[0]!.getBoundingClientRect();

describe('llm-timeline: an icicle', () => {
  it('has spans as wide as they took long, beside one another inside their parent', async () => {
    const timeline = await shown({ layout: 'icicle' });
    const row = async (lane: number, ...places: number[]): Promise<(string | undefined)[]> => {
      const ids: (string | undefined)[] = [];
      for (const x of places) ids.push(await spanAt(timeline, x, lane));
      return ids;
    };
    expect(await row(0, 10, 990)).to.deep.equal(['root', 'root']);
    // 200, 100 and 100 of 1,000, then what is the root's own.
    expect(await row(1, 100, 250, 350, 600)).to.deep.equal(['wrap', 'two', 'last', undefined]);
    expect(await row(2, 100, 250)).to.deep.equal(['one', undefined]);
    expect(textIn(timeline)).to.contain('A span is as wide as it took long');
  });

  it('is zoomed, walked through and framed like a flame chart; that is no range of time', async () => {
    const timeline = await shown({ layout: 'icicle', selected: 'two' });
    let told = 0;
    timeline.addEventListener('llm-range-change', () => told++);
    await press(timeline, 'f');
    const { width } = frameOf(timeline);
    expect(width).to.be.above(800);
    expect([told, timeline.range]).to.deep.equal([0, undefined]);
    await press(timeline, '0');
    expect(frameOf(timeline).width).to.be.closeTo(100, 3);
    await press(timeline, 'ArrowLeft');
    expect(timeline.selected).to.equal('wrap');
    timeline.layout = 'time';
    await drawn(timeline);
    expect(await spanAt(timeline, 950, 1)).to.equal('last');
  });
});

describe('llm-timeline: scales', () => {
  it('cut idle stretches short, and say how long a range is in time', async () => {
    const timeline = await shown({ scale: 'compact', selected: 'last' });
    // 300 busy milliseconds and a break of 2.5 % of the width.
    expect(frameOf(timeline).width).to.be.closeTo(975 / 3, 4);
    expect(textIn(timeline)).to.contain('1 idle stretch cut short');
    const told = oneEvent(timeline, 'llm-range-change') as Promise<LlmRangeChangeEvent>;
    await press(timeline, 'f');
    const range = (await told).detail.range!;
    expect(range.end).to.be.closeTo(1000, 1e-6);
    // In time, and not as wide as it is drawn: what is left of it is a part of the break.
    expect(range.start).to.be.within(150, 800);
    expect(timeline.range).to.deep.equal(range);
    timeline.scale = 'time';
    await drawn(timeline);
    expect(frameOf(timeline).width, 'the same range').to.be.closeTo((100 / (range.end - range.start)) * 1000, 4);
  });

  it('draw starts and ends in order', async () => {
    const timeline = await shown({ scale: 'sequence' });
    // 0, 100, 200, 900, 1000: four steps.
    expect(await spanAt(timeline, 800, 1)).to.equal('last');
    expect(frameOf(timeline).width).to.be.closeTo(250, 3);
    expect(await spanAt(timeline, 600, 1)).to.equal(undefined);
    expect(textIn(timeline)).to.contain('in order, not to scale');
  });
});

describe('llm-timeline: hidden spans', () => {
  it('are not drawn and not walked to; what is inside of them moves up', async () => {
    const timeline = await shown({ noise: { names: ['wrap'] } });
    expect(await spanAt(timeline, 50, 1)).to.equal('one');
    timeline.selected = 'root';
    await drawn(timeline);
    await press(timeline, 'ArrowDown');
    expect(timeline.selected).to.equal('one');
    await press(timeline, 'ArrowUp');
    expect(timeline.selected).to.equal('root');
    const told = oneEvent(timeline, 'llm-noise-change') as Promise<LlmNoiseChangeEvent>;
    byRole(timeline, 'button', 'Show all').click();
    expect((await told).detail.noise).to.equal(undefined);
    await drawn(timeline);
    expect(hasRole(timeline, 'button', 'Show all')).to.equal(false);
    expect(await spanAt(timeline, 50, 1)).to.equal('wrap');
  });
});
