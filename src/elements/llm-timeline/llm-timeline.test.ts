import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { asked } from '../../test/asked-of-system.js';
import { allByRole, allIn, byRole, focused, otlp, settled, textIn, until, type SpanSketch } from '../test-support.js';
import type { LlmTimeline } from './llm-timeline.js';

const LANE = 22;
const AXIS = 24;

/** A timeline of 1,000 px, that a trace of 1,000 ms has a pixel a millisecond. */
async function shown(...spans: readonly SpanSketch[]): Promise<LlmTimeline> {
  return timelineOf(otlp(...spans));
}

async function timelineOf(input: unknown, width = 1000, height = 400): Promise<LlmTimeline> {
  const [trace] = await readTraces(input);
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}>
      <llm-timeline .style=${`height: ${height}px`} .trace=${trace!}></llm-timeline>
    </div>`,
  );
  const timeline = box.querySelector('llm-timeline')!;
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
const canvasOf = (timeline: LlmTimeline): HTMLCanvasElement =>
  allIn(chartOf(timeline), 'canvas')[0] as HTMLCanvasElement;

/** The place of a moment in a lane, on the page. */
function placeOf(timeline: LlmTimeline, x: number, lane: number): { clientX: number; clientY: number } {
  const { left, top } = canvasOf(timeline).getBoundingClientRect();
  return { clientX: left + x, clientY: top + AXIS + lane * LANE + LANE / 2 };
}

function pointer(target: Element, type: string, init: PointerEventInit): void {
  target.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      composed: true,
      cancelable: true,
      pointerId: 1,
      pointerType: 'mouse',
      ...init,
    }),
  );
}

function click(timeline: LlmTimeline, x: number, lane: number): void {
  const at = placeOf(timeline, x, lane);
  pointer(canvasOf(timeline), 'pointerdown', { ...at, buttons: 1 });
  pointer(canvasOf(timeline), 'pointerup', at);
  canvasOf(timeline).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1, ...at }));
}

async function press(timeline: LlmTimeline, ...keys: (string | [string, KeyboardEventInit])[]): Promise<void> {
  for (const item of keys) {
    const [key, init] = typeof item === 'string' ? [item, {}] : item;
    chartOf(timeline).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
    await drawn(timeline);
  }
}

/** Colour of the pixel of a moment in a lane, as red, green and blue. */
function colourAt(timeline: LlmTimeline, x: number, lane: number, fromTop = 3): string {
  const canvas = canvasOf(timeline);
  const ratio = canvas.width / canvas.getBoundingClientRect().width;
  const y = AXIS + lane * LANE + fromTop;
  const { data } = canvas.getContext('2d')!.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1);
  return data.slice(0, 3).join(' ');
}

/** What the overview or the palette calls a colour, as the canvas has it. */
function rgb(colour: string): string {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data.slice(0, 3).join(' ');
}

const tip = (timeline: LlmTimeline): HTMLElement | undefined => allIn(timeline, '.tip')[0];
const said = (timeline: LlmTimeline): string => textIn(byRole(timeline, 'status'));

const llm = { 'gen_ai.operation.name': 'chat' };
const tool = { 'gen_ai.operation.name': 'execute_tool' };
const family: readonly SpanSketch[] = [
  { id: 'root', start: 0, end: 1000 },
  { id: 'call', parent: 'root', start: 100, end: 300, attributes: llm },
  { id: 'look', parent: 'root', start: 400, end: 600, attributes: tool, error: 'no such order' },
  { id: 'inside', parent: 'look', start: 420, end: 500 },
  { id: 'beside', parent: 'root', start: 450, end: 700, attributes: llm },
];

describe('llm-timeline: drawing', () => {
  it('is not scrolled before it knows its size: a scrollbar would come, and go at once', async () => {
    const timeline = await shown(...family);
    const other = document.createElement('llm-timeline');
    Object.assign(other.style, { height: '400px' });
    other.trace = timeline.trace;
    timeline.after(other);
    await other.updateComplete;
    const { scrollHeight, clientHeight } = chartOf(other);
    expect([scrollHeight, clientHeight > 0]).to.deep.equal([clientHeight, true]);
  });

  it('draws every span where it is, below its parent, concurrent ones in lanes of their own', async () => {
    const timeline = await shown(...family);
    timeline.theme = 'light';
    await drawn(timeline);
    await until(() => colourAt(timeline, 200, 1) === rgb('#2260d8'), 'the colour of a call');
    expect(colourAt(timeline, 50, 1), 'before the call').to.equal(rgb('#ffffff'));
    expect(colourAt(timeline, 320, 1), 'after the call').to.equal(rgb('#ffffff'));
    expect(colourAt(timeline, 320, 0), 'the root').not.to.equal(rgb('#ffffff'));
    // It begins while `inside`, which is in the first lane below, still takes place.
    expect(colourAt(timeline, 650, 3), 'the concurrent call').to.equal(rgb('#2260d8'));
    expect(colourAt(timeline, 650, 2), 'nothing above it').to.equal(rgb('#ffffff'));
  });

  it('takes the colours of the page, and another scheme as soon as it is chosen', async () => {
    const timeline = await shown(...family);
    timeline.style.setProperty('--llm-llm', 'rgb(1, 2, 3)');
    await until(() => colourAt(timeline, 200, 1) === '1 2 3', 'the colour of the page');
    timeline.theme = 'dark';
    await until(() => colourAt(timeline, 50, 1) === rgb('#14161a'), 'the dark background');
    const box = timeline.parentElement!;
    timeline.theme = 'auto';
    box.style.colorScheme = 'light';
    await until(() => colourAt(timeline, 50, 1) === rgb('#ffffff'), 'the scheme of the page');
  });

  it('shows failures without their colour: stripes, and a mark in the name', async () => {
    const timeline = await shown(...family);
    const colours = new Set(Array.from({ length: 40 }, (_, at) => colourAt(timeline, 540 + at, 1, 18)));
    expect(colours.size).to.be.greaterThan(1);
    expect(textIn(allIn(timeline, '.legend')[0]!)).to.contain('error');
  });

  it('marks a column in which one of many has failed', async () => {
    const spans = Array.from({ length: 20_000 }, (_, at) => ({
      id: `s${at}`,
      start: at,
      end: at + 1,
      ...(at === 10_010 && { error: 'bad' }),
    }));
    const timeline = await timelineOf(otlp(...spans));
    timeline.style.setProperty('--llm-error', 'rgb(200, 0, 0)');
    await until(() => colourAt(timeline, 500, 0, 18) === '200 0 0', 'the mark');
    expect(colourAt(timeline, 500, 0, 5)).not.to.equal('200 0 0');
    expect(colourAt(timeline, 700, 0, 18)).not.to.equal('200 0 0');
  });

  it('draws as many rectangles as there are pixels, at most, whatever there is', async () => {
    const calls = Array.from({ length: 30_000 }, (_, at) => ({
      id: `s${at}`,
      start: at,
      end: at + 1,
      attributes: (at * at) % 7 > 2 ? llm : tool,
    }));
    const timeline = await timelineOf(otlp(...calls));
    const context = canvasOf(timeline).getContext('2d')!;
    let count = 0;
    const fill = context.fillRect.bind(context);
    context.fillRect = (...box) => {
      count++;
      fill(...box);
    };
    await press(timeline, '+');
    expect(count)
      .to.be.greaterThan(300)
      .and.to.be.lessThan(2 * canvasOf(timeline).width);
  });

  it('lets what runs reach to now, and says what has no times', async () => {
    const timeline = await shown(
      { id: 'job', start: 0 },
      { id: 'done', parent: 'job', start: 0, end: 400 },
      { id: 'lost' },
    );
    timeline.runningFor = 800;
    await drawn(timeline);
    expect(colourAt(timeline, 700, 0)).to.equal(colourAt(timeline, 300, 0));
    const edge = (): Set<string> => new Set(Array.from({ length: 20 }, (_, back) => colourAt(timeline, 999 - back, 0)));
    expect(edge().size, 'its end is torn').to.be.greaterThan(1);
    timeline.range = { start: 0, end: 400 };
    await drawn(timeline);
    expect(edge().size, 'it goes on out of sight').to.equal(1);
    timeline.range = undefined;
    await drawn(timeline);
    expect(colourAt(timeline, 550, 1)).not.to.equal(colourAt(timeline, 300, 1));
    click(timeline, 700, 0);
    expect(timeline.selected).to.equal('job');
    expect(textIn(timeline)).to.contain('1 span without times is not drawn');
    await press(timeline, 'End');
    expect(said(timeline)).to.contain('lost').and.to.contain('no times recorded');
  });

  it('says that there is nothing to draw', async () => {
    const timeline = await shown({ id: 'lost' });
    expect(textIn(timeline)).to.contain('No span of this trace has a time');
  });

  it('does nothing while nothing happens', async () => {
    const timeline = await shown(...family);
    const { requestAnimationFrame, setTimeout, setInterval } = window;
    let asked = 0;
    const count =
      <Arguments extends unknown[], Result>(of: (...all: Arguments) => Result) =>
      (...all: Arguments): Result => {
        asked++;
        return of.apply(window, all);
      };
    Object.assign(window, {
      requestAnimationFrame: count(requestAnimationFrame),
      setTimeout: count(setTimeout),
      setInterval: count(setInterval),
    });
    for (let frame = 0; frame < 5; frame++) await new Promise((resolve) => requestAnimationFrame.call(window, resolve));
    const idle = asked;
    for (const end of [10, 20, 30]) {
      timeline.range = { start: 0, end };
      await timeline.updateComplete;
    }
    Object.assign(window, { requestAnimationFrame, setTimeout, setInterval });
    expect(idle).to.equal(0);
    expect(asked, 'changes ask for one frame').to.equal(1);
  });

  it('has as many pixels as the screen', async () => {
    const timeline = await shown(...family);
    const canvas = canvasOf(timeline);
    const { width, height } = canvas.getBoundingClientRect();
    expect(canvas.width).to.equal(Math.round(width * devicePixelRatio));
    expect(canvas.height).to.equal(Math.round(height * devicePixelRatio));
    timeline.parentElement!.style.width = '300px';
    await until(
      () => canvas.width === Math.round(canvas.getBoundingClientRect().width * devicePixelRatio),
      'its new size',
    );
    expect(canvas.getBoundingClientRect().width).to.be.at.most(300);
  });
});

describe('llm-timeline: pointers', () => {
  it('selects the span that is clicked, and tells the page once', async () => {
    const timeline = await shown(...family);
    const told = oneEvent(timeline, 'llm-span-select');
    click(timeline, 430, 2);
    expect((await told).detail.span.name).to.equal('inside');
    expect(timeline.selected).to.equal('inside');
    timeline.addEventListener('llm-span-select', () => expect.fail('told twice'));
    click(timeline, 430, 2);
    click(timeline, 50, 3);
    expect(timeline.selected).to.equal('inside');
  });

  it('says what is under the mouse, and hides it with Escape', async () => {
    const timeline = await shown(...family);
    pointer(canvasOf(timeline), 'pointermove', placeOf(timeline, 410, 1));
    await settled(timeline);
    expect(tip(timeline)!.textContent).to.contain('look').and.to.contain('tool').and.to.contain('takes 200 ms');
    expect(tip(timeline)!.textContent).to.contain('no such order');
    await press(timeline, 'Escape');
    expect(tip(timeline)).to.equal(undefined);
    pointer(canvasOf(timeline), 'pointermove', placeOf(timeline, 50, 1));
    await settled(timeline);
    expect(tip(timeline)).to.equal(undefined);
  });

  it('drags what is seen along, and takes the end of a drag for no click', async () => {
    const timeline = await shown(...family);
    timeline.range = { start: 400, end: 600 };
    await drawn(timeline);
    const from = placeOf(timeline, 500, 0);
    const to = { ...from, clientX: from.clientX - 100, buttons: 1 };
    pointer(canvasOf(timeline), 'pointerdown', { ...from, buttons: 1 });
    // Capturing needs a pointer that is really down.
    chartOf(timeline).setPointerCapture = () => {};
    pointer(canvasOf(timeline), 'pointermove', to);
    pointer(canvasOf(timeline), 'pointerup', to);
    canvasOf(timeline).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1, ...to }));
    expect(timeline.range).to.deep.equal({ start: 420, end: 620 });
    expect(timeline.selected).to.equal(undefined);
  });

  it('zooms with two fingers', async () => {
    const timeline = await shown(...family);
    chartOf(timeline).setPointerCapture = () => {};
    const at = (x: number): PointerEventInit => ({ ...placeOf(timeline, x, 0), pointerType: 'touch', buttons: 1 });
    pointer(canvasOf(timeline), 'pointerdown', { ...at(400), pointerId: 1 });
    pointer(canvasOf(timeline), 'pointerdown', { ...at(600), pointerId: 2 });
    pointer(canvasOf(timeline), 'pointermove', { ...at(800), pointerId: 2 });
    expect(timeline.range!.end - timeline.range!.start).to.be.closeTo(500, 1);
    expect(timeline.range!.start).to.be.closeTo(200, 1);
  });

  it('zooms with Ctrl and the wheel around the mouse, pans with Shift, and leaves the wheel alone to the page', async () => {
    const timeline = await shown(...family);
    const told: unknown[] = [];
    timeline.addEventListener('llm-range-change', ({ detail }) => told.push(detail.range));
    const turn = (init: WheelEventInit): boolean =>
      canvasOf(timeline).dispatchEvent(
        new WheelEvent('wheel', {
          bubbles: true,
          composed: true,
          cancelable: true,
          ...placeOf(timeline, 250, 0),
          ...init,
        }),
      );
    expect(turn({ deltaY: 100 }), 'not prevented').to.equal(true);
    expect(turn({ deltaY: 100, shiftKey: true }), 'nowhere to go').to.equal(true);
    expect(timeline.range).to.equal(undefined);
    expect(turn({ deltaY: -160, ctrlKey: true }), 'prevented').to.equal(false);
    expect(timeline.range!.start).to.be.closeTo(125, 1);
    expect(timeline.range!.end).to.be.closeTo(625, 1);
    expect(turn({ deltaY: 100, shiftKey: true })).to.equal(false);
    expect(timeline.range!.start).to.be.closeTo(175, 1);
    expect(told).to.have.length(2);
    turn({ deltaY: 1600, metaKey: true });
    expect(timeline.range).to.equal(undefined);
    expect(told.at(-1)).to.equal(undefined);
  });

  it('fits the span that is clicked twice', async () => {
    const timeline = await shown(...family);
    click(timeline, 200, 1);
    canvasOf(timeline).dispatchEvent(
      new MouseEvent('dblclick', { bubbles: true, composed: true, detail: 2, ...placeOf(timeline, 200, 1) }),
    );
    expect(timeline.range).to.deep.equal({ start: 90, end: 310 });
  });

  it('shows the range that is drawn in the overview, moves it, and shows all again', async () => {
    const timeline = await shown(...family);
    const map = allIn(timeline, '.map')[0]!;
    map.setPointerCapture = () => {};
    const { left, top, width } = map.getBoundingClientRect();
    const at = (share: number): PointerEventInit => ({ clientX: left + width * share, clientY: top + 5, buttons: 1 });
    const drag = (from: number, to: number): void => {
      pointer(map, 'pointerdown', at(from));
      pointer(map, 'pointermove', at(to));
      pointer(map, 'pointerup', at(to));
    };
    drag(0.6, 0.4);
    expect(timeline.range!.start).to.be.closeTo(400, 1);
    expect(timeline.range!.end).to.be.closeTo(600, 1);
    drag(0.5, 0.6);
    expect(timeline.range!.start).to.be.closeTo(500, 1);
    drag(0.7, 0.9);
    expect(timeline.range!.end).to.be.closeTo(900, 1);
    await settled(timeline);
    byRole(timeline, 'button', 'Show all of the trace').click();
    expect(timeline.range).to.equal(undefined);
  });
});

describe('llm-timeline: keys and readers', () => {
  it('walks to parent, child, previous and next span, and says where that is', async () => {
    const timeline = await shown(...family);
    const walked: [string, string][] = [
      ['ArrowDown', 'root'],
      ['ArrowDown', 'call'],
      ['ArrowRight', 'look'],
      ['ArrowDown', 'inside'],
      ['ArrowUp', 'look'],
      ['ArrowRight', 'beside'],
      ['ArrowRight', 'beside'],
      ['ArrowLeft', 'look'],
      ['ArrowLeft', 'call'],
      ['ArrowUp', 'root'],
      ['ArrowUp', 'root'],
      ['End', 'beside'],
      ['Home', 'root'],
    ];
    for (const [key, id] of walked) {
      await press(timeline, key);
      expect(timeline.selected, key).to.equal(id);
    }
    await press(timeline, 'ArrowDown', 'ArrowRight');
    expect(said(timeline)).to.equal('look, tool, error, starts at 400 ms, takes 200 ms');
  });

  it('brings the span into sight that a key led to, by time and by lane', async () => {
    const timeline = await timelineOf(
      otlp(...Array.from({ length: 60 }, (_, at) => ({ id: `s${at}`, start: at, end: 1000 }))),
    );
    await press(timeline, 'End');
    const mark = allIn(timeline, '.mark.selected')[0]!;
    const chart = chartOf(timeline).getBoundingClientRect();
    expect(mark.getBoundingClientRect().bottom).to.be.at.most(chart.bottom);
    expect(mark.getBoundingClientRect().top).to.be.at.least(chart.top + AXIS);
    timeline.range = { start: 100, end: 110 };
    await press(timeline, 'Home');
    expect(timeline.range).to.deep.equal({ start: 100, end: 110 });
    const other = await shown(...family);
    other.range = { start: 0, end: 50 };
    await press(other, 'End');
    expect(other.selected).to.equal('beside');
    expect(other.range.start).to.be.lessThan(700);
    expect(other.range.end).to.be.greaterThan(450);
  });

  it('opens with Enter', async () => {
    const timeline = await shown(...family);
    await press(timeline, 'ArrowDown', 'ArrowDown');
    const told = oneEvent(timeline, 'llm-span-open');
    await press(timeline, 'Enter');
    expect((await told).detail.span.id).to.equal('call');
  });

  it('zooms and moves, around the selected span', async () => {
    const timeline = await shown(...family);
    await press(timeline, 'ArrowDown', 'ArrowDown', '+', '+');
    const { start, end } = timeline.range!;
    expect(end - start).to.be.closeTo(360, 1);
    expect((200 - start) / (end - start)).to.be.closeTo(0.2, 0.01);
    expect(said(timeline)).to.match(/^Shows .* to /);
    await press(timeline, ['ArrowRight', { shiftKey: true }]);
    expect(timeline.range!.start).to.be.closeTo(start + 90, 1);
    await press(timeline, '-', '-', '-', '-');
    expect(timeline.range).to.equal(undefined);
    await press(timeline, 'f');
    expect(timeline.range).to.deep.equal({ start: 90, end: 310 });
    await press(timeline, '0');
    expect(timeline.range).to.equal(undefined);
  });

  it('leaves keys with Ctrl, Alt and Meta, and those that it does not know, to the page', async () => {
    const timeline = await shown(...family);
    for (const init of [{ key: '+', ctrlKey: true }, { key: 'f', metaKey: true }, { key: 'x' }, { key: 'Escape' }]) {
      const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      chartOf(timeline).dispatchEvent(event);
      expect(event.defaultPrevented, init.key).to.equal(false);
    }
    expect(timeline.range).to.equal(undefined);
  });

  it('is accessible, and names what it shows and how the keys work', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const timeline = await shown(...family);
      timeline.theme = theme;
      await press(timeline, 'ArrowDown', '+');
      await expect(timeline).to.be.accessible();
      const chart = byRole(timeline, 'application', 'Timeline of root');
      const described = (chart.getRootNode() as ShadowRoot).getElementById(chart.getAttribute('aria-describedby')!)!;
      expect(described.textContent).to.contain('The tree tells the same spans in rows.');
      timeline.focus();
      expect(focused()).to.equal(chart);
      for (const button of allByRole(timeline, 'button')) {
        expect(button.getBoundingClientRect().height).to.be.at.least(24);
        expect(button.getBoundingClientRect().width).to.be.at.least(24);
      }
    }
  });

  it('draws in forced colours with those of the system', async function () {
    try {
      if (!(await asked({ 'forced-colors': 'active' }))) this.skip();
      const timeline = await shown(...family);
      expect(colourAt(timeline, 200, 1)).not.to.equal(colourAt(timeline, 50, 1));
    } finally {
      await asked({});
    }
  });
});

describe('llm-timeline: properties', () => {
  it('shows what the page selects, and what it reveals', async () => {
    const timeline = await shown(...family);
    timeline.range = { start: 0, end: 50 };
    await drawn(timeline);
    timeline.selected = 'beside';
    await drawn(timeline);
    expect(timeline.range.start).to.be.lessThan(700);
    expect(timeline.range.end).to.be.greaterThan(450);
    expect(allIn(timeline, '.mark.selected')).to.have.length(1);
    timeline.reveal('call');
    await drawn(timeline);
    expect(timeline.selected).to.equal('call');
    expect(timeline.range.start).to.be.lessThan(300);
    timeline.reveal('nothing');
    expect(timeline.selected).to.equal('call');
  });

  it('keeps the range and the place of a trace that grows, and shows all of another one', async () => {
    const timeline = await shown(...family);
    timeline.range = { start: 100, end: 200 };
    await press(timeline, 'End');
    timeline.range = { start: 100, end: 200 };
    [timeline.trace] = await readTraces(otlp({ id: 'early', start: 0, end: 1 }, ...family));
    await drawn(timeline);
    expect(timeline.range).to.deep.equal({ start: 100, end: 200 });
    await press(timeline, 'ArrowLeft');
    expect(timeline.selected).to.equal('look');
    [timeline.trace] = await readTraces(otlp({ id: 'other', trace: 'other', start: 0, end: 5 }));
    await drawn(timeline);
    expect(timeline.range).to.equal(undefined);
  });

  it('takes any range that a page gives it', async () => {
    const timeline = await shown(...family);
    for (const range of [
      { start: NaN, end: NaN },
      { start: 5, end: -5 },
      { start: -Infinity, end: Infinity },
    ]) {
      timeline.range = range;
      await drawn(timeline);
      await press(timeline, '0');
    }
    expect(timeline.range).to.equal(undefined);
  });

  it('masks secrets in what is written, where the page wants that', async () => {
    const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
    const timeline = await shown({ id: 'root', name: `use ${key}`, start: 0, end: 1000 });
    timeline.content = 'masked';
    await settled(timeline);
    await until(() => !(chartOf(timeline).getAttribute('aria-label') ?? '').includes('…'), 'what masks');
    await press(timeline, 'ArrowDown');
    pointer(canvasOf(timeline), 'pointermove', placeOf(timeline, 500, 0));
    await settled(timeline);
    expect(tip(timeline)!.textContent + said(timeline) + chartOf(timeline).getAttribute('aria-label')!).not.to.contain(
      key,
    );
  });

  it('works again after a move in the page', async () => {
    const timeline = await shown(...family);
    const box = timeline.parentElement!;
    timeline.remove();
    box.append(timeline);
    await drawn(timeline);
    click(timeline, 200, 1);
    expect(timeline.selected).to.equal('call');
    timeline.parentElement!.style.width = '500px';
    await until(() => canvasOf(timeline).width === Math.round(500 * devicePixelRatio), 'its new size');
  });
});
