/* global window */
import { setTimeout as delay } from 'node:timers/promises';
import { ordinalOf } from '../agent-run.mjs';

const COMMON = { step: 'timeline', traces: ['10k', '100k', '1m'], cases: ['timeline'] };
const DURATION = 2000;

/** A timeline is drawn, with its overview, and zoomed by the wheel. */
export const timeline = {
  figures: [
    {
      name: 'trace → timeline and its overview drawn',
      ...COMMON,
      unit: 'ms of the main thread',
      of: ({ drawn }) => drawn,
      value: ({ settled }) => settled,
      withoutWork: { unit: 'ms', value: ({ wall }) => wall },
      beside: { wall: ({ wall }) => wall },
      holds: () => ({}),
    },
    {
      name: 'timeline redrawn while zooming',
      ...COMMON,
      browsers: ['chromium'],
      unit: 'ms of script a frame',
      of: ({ zoomed }) => zoomed,
      value: ({ script }) => script,
      beside: { 'main thread a frame': ({ thread }) => thread, 'p95 of frames, ms': ({ p95 }) => p95 },
      holds: () => ({ atMost: 8 }),
    },
    {
      name: 'two seconds without an event, timeline',
      ...COMMON,
      unit: 'timers and frames',
      value: ({ callbacks }) => callbacks,
      holds: () => ({ atMost: 0 }),
    },
  ],
  async visit(visit, { trace }) {
    await visit.fetchText(`${trace}.json`);
    await visit.parse();
    await visit.evaluate(async () => {
      window.read = await window.bench.convert(window.trace);
    });
    await visit.memory();
    const drawn = await visit.spend(() =>
      visit.evaluate(async () => {
        await window.bench.load(window.read);
        await window.probe.frame();
        await window.probe.frame();
      }),
    );
    // Looking at the pixels would cost as much as drawing them.
    if (!(await visit.evaluate(() => window.bench.painted()))) throw new Error('nothing is drawn');
    const before = await visit.evaluate(() => window.probe.callbacks);
    await delay(DURATION);
    const callbacks = (await visit.evaluate(() => window.probe.callbacks)) - before;
    const zoomed = await zoom(visit);
    return { drawn, callbacks, zoomed };
  },
};

async function zoom(visit) {
  const { mouse, keyboard } = visit.page;
  const place = await visit.evaluate(async () => {
    const { x, y, width, height } = (await window.bench.scrollTarget()).getBoundingClientRect();
    return { x: x + width * 0.4, top: y, middle: y + height / 2 };
  });
  await mouse.move(place.x, place.middle);
  await keyboard.down('Control');
  await visit.rest();
  const [before, scriptBefore] = [await visit.work(), await visit.scriptTime()];
  await visit.evaluate(async () => {
    window.ranges = 0;
    window.addEventListener('llm-range-change', () => window.ranges++);
    window.addEventListener('llm-span-select', ({ detail }) => (window.chosen = detail.span.id));
    await window.probe.watch(false);
  });
  // In for a second, out for another.
  const turns = [];
  const begun = performance.now();
  for (let passed = 0; passed < DURATION; passed = performance.now() - begun) {
    turns.push(mouse.wheel({ deltaY: passed < DURATION / 2 ? -20 : 20 }));
    await delay(20);
  }
  await Promise.all(turns);
  const { frames, p95 } = await visit.evaluate(() => window.probe.stop());
  const [after, scriptAfter] = [await visit.work(), await visit.scriptTime()];
  await keyboard.up('Control');
  // The first lane is that of the root, whatever is seen of it.
  await mouse.click(place.x, place.top + 34);
  const { ranges, chosen } = await visit.evaluate(() => ({ ranges: window.ranges, chosen: window.chosen }));
  if (!(ranges > 10)) throw new Error(`the wheel zoomed ${ranges} times`);
  if (chosen === undefined || ordinalOf(chosen) !== 1) throw new Error(`the span in the first lane is ${chosen}`);
  return {
    p95,
    thread: (after.thread - before.thread) / frames,
    script: (scriptAfter - scriptBefore) / frames,
  };
}
