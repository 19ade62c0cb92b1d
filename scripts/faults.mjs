/* global window, document */
// Does to a store's browser what browsers really do, and checks that nothing reaches the application and every span is
// accounted for. `npm run test:faults -- --times 20 quota frozen` repeats those faults twenty times each.
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, openPage, prepare } from './faults/recorder.mjs';
import { leaveInWebKit } from './faults/webkit.mjs';

const args = process.argv.slice(2);
const times = args.includes('--times') ? Number(args.splice(args.indexOf('--times'), 2)[1]) : 1;

const status = (tab) => tab.evaluate(() => window.page.status());
const record = (tab, traces, spans, length) =>
  tab.evaluate((...given) => window.page.record(...given), traces, spans, length);
const flush = (tab) => tab.evaluate(() => window.page.store.flush());
const inventory = (tab) => tab.evaluate(() => window.page.inventory());

/** Lets the store try the database again at once: it waits longer after each failure. */
const skipWaiting = (tab) =>
  tab.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 3_600_000;
  });

async function until(condition, what) {
  for (let tries = 0; !(await condition()); tries++) {
    assert.ok(tries < 200, `waited in vain: ${what}`);
    await delay(50);
  }
}

/** Runs work in a browser of its own, on a profile that stays. */
async function inBrowser(place, work) {
  const browser = await launch(place);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Where Chromium keeps the database of the page. */
async function databaseFolder({ profile }) {
  const folder = path.join(profile, 'Default/IndexedDB');
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.indexeddb.leveldb'));
  return path.join(folder, name);
}

const faults = {
  /** The disk is full for the origin, for a while: new spans wait in memory. */
  quota: (place) =>
    inBrowser(place, async (browser) => {
      const { tab } = await openPage(browser, place);
      const session = await tab.createCDPSession();
      const origin = new URL(place.url).origin;
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
      const ids = [];
      for (let round = 0; round < 20; round++) {
        ids.push(...(await record(tab, 1, 4, 50_000)));
        await flush(tab);
        await status(tab);
      }
      const full = await status(tab);
      assert.equal(full.mode, 'memory');
      assert.equal(full.dropped, 0);
      assert.ok(full.waiting > 0 && full.stored > 0, 'some before, some after');
      // What waits is there for the page all the same.
      assert.deepEqual(new Set((await inventory(tab)).ids), new Set(ids.slice(-full.waiting)));
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await skipWaiting(tab);
      await flush(tab);
      const after = await status(tab);
      assert.deepEqual([after.mode, after.stored, after.waiting, after.dropped], ['indexeddb', 80, 0, 0]);
      const found = new Set((await inventory(tab)).ids);
      assert.ok(
        ids.slice(-full.waiting).every((id) => found.has(id)),
        'what waited is on disk',
      );
    }),

  /** Somebody clears the data of the origin while the page is open. */
  cleared: (place) =>
    inBrowser(place, async (browser) => {
      const { tab } = await openPage(browser, place);
      const session = await tab.createCDPSession();
      await record(tab, 2, 3, 1000);
      await flush(tab);
      await session.send('Storage.clearDataForOrigin', {
        origin: new URL(place.url).origin,
        storageTypes: 'indexeddb',
      });
      const ids = await record(tab, 2, 3, 1000);
      await until(async () => (await status(tab)).waiting === 0, 'the database is opened again');
      const after = await status(tab);
      assert.deepEqual([after.mode, after.stored, after.dropped], ['indexeddb', 12, 0]);
      await until(async () => (await status(tab)).hasLostTraces, 'it says that traces are lost');
      assert.deepEqual(new Set((await inventory(tab)).ids), new Set(ids));
    }),

  /** A file lies where the database should be: “Internal error opening backing store”. */
  async broken(place) {
    await inBrowser(place, async (browser) => {
      const { tab } = await openPage(browser, place);
      await record(tab, 1, 1, 1000);
      await flush(tab);
    });
    const folder = await databaseFolder(place);
    await rename(folder, `${folder}.aside`);
    await writeFile(folder, 'not a folder');
    await inBrowser(place, async (browser) => {
      const { tab, status: opened } = await openPage(browser, place);
      assert.equal(opened.mode, 'memory');
      assert.match(opened.reason, /backing store/);
      const ids = await record(tab, 2, 3, 1000);
      await flush(tab);
      assert.deepEqual(new Set((await inventory(tab)).ids), new Set(ids));
      assert.deepEqual((({ stored, waiting, dropped }) => [stored, waiting, dropped])(await status(tab)), [0, 6, 0]);
      await rm(folder);
      await rename(`${folder}.aside`, folder);
      await skipWaiting(tab);
      await flush(tab);
      const after = await status(tab);
      assert.deepEqual([after.mode, after.waiting], ['indexeddb', 0]);
      assert.equal((await inventory(tab)).ids.length, 7);
    });
  },

  /** Files of the database are overwritten and cut between two runs. */
  async damaged(place) {
    for (const damage of ['noise', 'cut']) {
      await inBrowser(place, async (browser) => {
        const { tab } = await openPage(browser, place);
        await record(tab, 20, 10, 1000);
        await flush(tab);
      });
      const folder = await databaseFolder(place);
      for (const file of await readdir(folder)) {
        const bytes = await readFile(path.join(folder, file));
        if (damage === 'cut') await writeFile(path.join(folder, file), bytes.subarray(0, bytes.length / 2));
        else
          await writeFile(
            path.join(folder, file),
            bytes.map((byte, at) => (at % 97 === 0 ? byte ^ 0xff : byte)),
          );
      }
      await inBrowser(place, async (browser) => {
        const { tab, status: opened } = await openPage(browser, place);
        // The browser replaces it by an empty one, or cannot open it.
        const isNoticed = async () => (await status(tab)).hasLostTraces || opened.mode === 'memory';
        await until(async () => (await isNoticed()) || (await inventory(tab)).ids.length >= 200, 'it is noticed');
        const ids = await record(tab, 2, 3, 1000);
        await flush(tab);
        const found = new Set((await inventory(tab)).ids);
        assert.ok(
          ids.every((id) => found.has(id)),
          'new spans are there',
        );
        await status(tab);
      });
    }
  },

  /** The tab is frozen as soon as something was recorded, and another looks. */
  frozen: (place) =>
    inBrowser(place, async (browser) => {
      const { tab } = await openPage(browser, place);
      const session = await tab.createCDPSession();
      const ids = await record(tab, 3, 5, 1000);
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      const other = await openPage(browser, place);
      await until(async () => (await inventory(other.tab)).ids.length === ids.length, 'the other tab has them');
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await tab.bringToFront();
      ids.push(...(await record(tab, 3, 5, 1000)));
      await flush(tab);
      const found = await inventory(tab);
      assert.deepEqual([...found.ids].sort(), [...ids].sort());
      assert.equal(found.spanCount, ids.length);
      assert.equal((await status(tab)).waiting, 0);
    }),

  /** The page is left in the very task in which its spans end. */
  left: (place) =>
    inBrowser(place, async (browser) => {
      const ids = [];
      for (let round = 0; round < 5; round++) {
        const { tab } = await openPage(browser, place);
        await tab.exposeFunction('recorded', (given) => void ids.push(...given));
        await Promise.all([
          tab.waitForNavigation(),
          tab.evaluate(() => {
            // Some wait, some are being written.
            const given = window.page.record(2, 40, 1000);
            setTimeout(() => {
              given.push(...window.page.record(2, 40, 1000));
              void window.recorded(given);
              document.location.href = 'about:blank';
            }, 199);
          }),
        ]);
        await tab.close();
      }
      const { tab } = await openPage(browser, place);
      const found = await inventory(tab);
      assert.deepEqual([...found.ids].sort(), [...ids].sort());
      assert.equal(found.spanCount, ids.length);
    }),

  /** The same in WebKit, where it is installed: `npm run test:faults -- webkit`. */
  webkit: () => leaveInWebKit(),

  /** Two tabs write ten thousand spans each. */
  tabs: (place) =>
    inBrowser(place, async (browser) => {
      const tabs = await Promise.all([openPage(browser, place), openPage(browser, place)]);
      const recorded = await Promise.all(tabs.map(({ tab }) => record(tab, 100, 100, 200)));
      await Promise.all(tabs.map(({ tab }) => flush(tab)));
      for (const { tab } of tabs) assert.equal((await status(tab)).stored, 10_000);
      const { ids, problems } = await inventory(tabs[0].tab);
      assert.equal(new Set(ids).size, 20_000);
      assert.deepEqual([...ids].sort(), recorded.flat().sort());
      assert.deepEqual(problems, []);
    }),

  /** What a store loads when it is first needed never comes: spans are written all the same. */
  stuck: (place) =>
    inBrowser(place, async (browser) => {
      await (await openPage(browser, place)).tab.close();
      const tab = await browser.newPage();
      await tab.setRequestInterception(true);
      tab.on('request', (request) => {
        if (!request.url().includes('further-store')) void request.continue();
      });
      await tab.goto(place.url);
      await tab.waitForFunction('window.page !== undefined');
      await tab.evaluate(() => window.page.open());
      const ids = await record(tab, 3, 5, 1000);
      assert.deepEqual(await flush(tab), { stored: 15, dropped: 0 });
      await status(tab);
      const other = await openPage(browser, place);
      assert.deepEqual(new Set((await inventory(other.tab)).ids), new Set(ids));
    }),

  /** A frame without an origin has no database at all. */
  opaque: (place) =>
    inBrowser(place, async (browser) => {
      const tab = await browser.newPage();
      await tab.goto(place.url);
      await tab.evaluate((url) => {
        const frame = Object.assign(document.createElement('iframe'), { src: url });
        frame.setAttribute('sandbox', 'allow-scripts');
        document.body.append(frame);
      }, place.url);
      const frame = await tab.waitForFrame((candidate) => candidate.parentFrame() !== null);
      await frame.waitForFunction('window.page !== undefined');
      const opened = await frame.evaluate(() => window.page.open());
      assert.equal(opened.mode, 'memory');
      assert.match(opened.reason, /denied|insecure|not allowed/i);
      const ids = await record(frame, 2, 3, 1000);
      assert.deepEqual(new Set((await inventory(frame)).ids), new Set(ids));
      assert.equal((await status(frame)).waiting, 6);
    }),

  /** A page that records a million spans in its life keeps nothing of them. */
  memory: (place) =>
    inBrowser(place, async (browser) => {
      const { tab } = await openPage(browser, place);
      const session = await tab.createCDPSession();
      const heap = async () => {
        await session.send('HeapProfiler.collectGarbage');
        return (await session.send('Runtime.getHeapUsage')).usedSize;
      };
      await record(tab, 10, 100, 200);
      await flush(tab);
      await tab.evaluate(() => window.page.store.clear());
      const before = await heap();
      for (let round = 0; round < 100; round++) {
        await record(tab, 100, 100, 200);
        await flush(tab);
        await tab.evaluate(() => window.page.store.clear());
      }
      const { stored } = await status(tab);
      assert.equal(stored, 1_001_000);
      const kept = ((await heap()) - before) / 1e6;
      console.log(`  ${kept.toFixed(1)} MB kept after a million spans`);
      assert.ok(kept < 8, `${kept} MB`);
    }),
};

// WebKit is not everywhere.
const wanted = args.length > 0 ? args : Object.keys(faults).filter((name) => name !== 'webkit');
const results = [];
for (const name of wanted) {
  const begun = performance.now();
  let passed = 0;
  for (let time = 0; time < times; time++) {
    const place = await prepare();
    try {
      await faults[name](place);
      passed++;
    } catch (error) {
      console.error(`${name}: ${error.stack}`);
    } finally {
      await place.close();
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  results.push({ fault: name, passed, failed: times - passed, seconds: Math.round(seconds) });
  console.log(`${name}: ${passed} of ${times}`);
}
console.table(results);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
