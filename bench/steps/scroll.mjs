/* global window */
import { setTimeout as delay } from 'node:timers/promises';

const TRACES = ['1k', '10k', '100k', '1m'];
const DURATION = 2000;

/** What frames cost while something scrolls, and in a second go what of the rows is blank meanwhile: looking costs too. */
async function scrolled(visit, scroll) {
  const watched = async (isBlankWanted) => {
    await visit.evaluate(async () => {
      (await window.bench.scrollTarget()).scrollTop = 0;
      await window.probe.frame();
    });
    await visit.rest();
    const before = await visit.work();
    await visit.evaluate((given) => window.probe.watch(given), isBlankWanted);
    await scroll();
    const frames = await visit.evaluate(() => window.probe.stop());
    const after = await visit.work();
    return { ...frames, thread: (after.thread - before.thread) / frames.frames };
  };
  const { p95, dropped, thread } = await watched(false);
  const { blank } = await watched(true);
  return { p95, dropped, thread, blank };
}

const figures = (name) => [
  {
    name: `${name}, work a frame`,
    unit: 'ms of the main thread',
    cases: ['view', 'limit'],
    value: ({ thread }) => thread,
    withoutWork: { name: `${name}, p95 of frames`, unit: 'ms', value: ({ p95 }) => p95 },
    beside: { 'p95 of frames, ms': ({ p95 }) => p95, 'dropped frames': ({ dropped }) => dropped },
    holds: (trace) => ({ ratioAtMost: 1.5, ...(trace === '1m' && { times: { trace: '1k', atMost: 1.2 } }) }),
  },
  {
    name: `${name}, blank area`,
    unit: '%',
    cases: ['view', 'limit'],
    value: ({ blank }) => blank,
    holds: () => ({ moreAtMost: 2 }),
  },
];

/** A wheel turned without a stop, 6,000 pixels a second. */
export const wheel = {
  name: 'wheel',
  traces: TRACES,
  async run(visit) {
    const place = await visit.evaluate(async () => {
      const { x, y, width, height } = (await window.bench.scrollTarget()).getBoundingClientRect();
      return { x: x + width / 3, y: y + height / 2 };
    });
    await visit.page.mouse.move(place.x, place.y);
    const result = await scrolled(visit, async () => {
      const turns = [];
      for (const end = performance.now() + DURATION; performance.now() < end; await delay(20)) {
        turns.push(visit.page.mouse.wheel({ deltaY: 120 }));
      }
      await Promise.all(turns);
    });
    const top = await visit.evaluate(async () => (await window.bench.scrollTarget()).scrollTop);
    if (top === 0) throw new Error('the wheel moved nothing');
    return result;
  },
  figures: figures('wheel'),
};

/** From the first row to the last in two seconds, as a dragged scrollbar goes. */
export const drag = {
  name: 'drag',
  traces: TRACES,
  async run(visit, { rows }) {
    const result = await scrolled(visit, () => visit.evaluate((duration) => window.probe.drag(duration), DURATION));
    await visit.evaluate(async (names) => {
      await window.probe.until(() => window.probe.areInSight(names, 'last'), 'the last rows');
      (await window.bench.scrollTarget()).scrollTop = 0;
    }, rows.last);
    return result;
  },
  figures: figures('drag'),
};
