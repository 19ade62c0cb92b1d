/* global window */
// Kills pages and browsers while they record, and counts what is lost of what was acknowledged.
// `npm run test:kills -- 20 20` kills 20 pages and 20 browsers; 100 each where not said otherwise.
import { setTimeout as delay } from 'node:timers/promises';
import { kill, launch, openDatabase, prepare } from './faults/recorder.mjs';

const [crashes = 100, kills = 100] = process.argv.slice(2).map(Number);
const place = await prepare();
const totals = [];
let failed = 0;

const newTotal = (name) => {
  const total = { name, deaths: 0, acknowledged: 0, lost: 0, unacknowledged: 0, damaged: 0, repeated: 0 };
  totals.push(total);
  return total;
};

/** Records until it is ended, and gives what was acknowledged by then. */
async function recordUntil(tab, end) {
  const acknowledged = [];
  await tab.exposeFunction('acknowledged', (ids) => void acknowledged.push(...ids));
  tab.evaluate(() => window.page.recordForEver()).catch(() => {});
  await delay(150 + Math.random() * 700);
  await end();
  return acknowledged;
}

/** What a page finds that opens the store next, against what was acknowledged. Leaves nothing. */
async function check(tab, acknowledged, total) {
  const { ids, problems, spanCount } = await tab.evaluate(() => window.page.inventory());
  const found = new Set(ids);
  const lost = acknowledged.filter((id) => !found.has(id)).length;
  // A trace that was running has no root yet, and its last spans may have no end: neither is damage.
  const damaged = problems.filter((code) => !['missing-parent', 'missing-end'].includes(code));
  total.deaths++;
  total.acknowledged += acknowledged.length;
  total.lost += lost;
  total.unacknowledged += found.size - (acknowledged.length - lost);
  total.damaged += damaged.length;
  total.repeated += spanCount - found.size;
  if (lost + damaged.length + (spanCount - found.size) > 0) {
    failed++;
    // A browser that could not read the database has put an empty one in its place: the store says so.
    const { hasLostTraces } = await tab.evaluate(() => window.page.store.status);
    console.error(total.name, { lost, damaged, spanCount, found: found.size, hasLostTraces });
  }
  await tab.evaluate(() => window.page.store.clear());
}

async function crashPages(times, durability) {
  const total = newTotal(`page crashes, ${durability}`);
  const browser = await launch(place);
  for (let time = 0; time < times; time++) {
    const tab = await openDatabase(browser, place, { durability });
    const session = await tab.createCDPSession();
    const acknowledged = await recordUntil(tab, () =>
      Promise.race([session.send('Page.crash').catch(() => {}), delay(500)]),
    );
    await tab.close().catch(() => {});
    const next = await openDatabase(browser, place, { durability });
    await check(next, acknowledged, total);
    await next.close();
  }
  await browser.close();
}

async function killBrowsers(times, durability) {
  const total = newTotal(`browser kills, ${durability}`);
  let browser = await launch(place);
  for (let time = 0; time < times; time++) {
    const tab = await openDatabase(browser, place, { durability });
    const acknowledged = await recordUntil(tab, () => kill(browser));
    browser = await launch(place);
    const next = await openDatabase(browser, place, { durability });
    await check(next, acknowledged, total);
    await next.close();
  }
  await browser.close();
}

try {
  for (const durability of ['relaxed', 'strict']) {
    await crashPages(Math.ceil(crashes / 2), durability);
    await killBrowsers(Math.ceil(kills / 2), durability);
  }
} finally {
  await place.close();
}
console.table(totals);
process.exitCode = failed > 0 ? 1 : 0;
