/* global window */
// A page with a store, and a Chromium that is ours to break.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from '../browsers.mjs';
import { servePage } from '../served-page.mjs';

const source = (file) => JSON.stringify(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)));

/** What the page can do; the rest is done to it. */
export const PROGRAM = `
import { openTraceStore } from ${source('store/index.ts')};
import { createTracer } from ${source('tracer/index.ts')};

const escaped = [];
addEventListener('error', ({ message }) => escaped.push(message));
addEventListener('unhandledrejection', ({ reason }) => escaped.push(String(reason)));

/** Text that no database can make smaller. */
function noise(length) {
  let text = '';
  while (text.length < length) text += crypto.randomUUID();
  return text.slice(0, length);
}

window.page = {
  escaped,
  async open(options = {}) {
    this.store = await openTraceStore({ retention: { days: 365, traces: Infinity, size: Infinity }, ...options });
    this.tracer = createTracer({ store: this.store });
    return this.store.status;
  },
  /** Records traces of some spans each, and gives the ids of those that have ended. */
  record(traces, spans, length) {
    const ids = [];
    for (let trace = 0; trace < traces; trace++) {
      const root = this.tracer.start('trace', { input: noise(length) });
      for (let at = 1; at < spans; at++) {
        const span = root.start('span', { input: noise(length) });
        span.end();
        ids.push(span.id);
      }
      root.end();
      ids.push(root.id);
    }
    return ids;
  },
  /** Records and flushes until the page dies, and tells after each flush what is acknowledged by then. */
  async recordForEver() {
    let trace = this.tracer.start('trace');
    for (let round = 0; ; round++) {
      const ids = [];
      if (round % 12 === 11) {
        trace.end();
        ids.push(trace.id);
        trace = this.tracer.start('trace');
      }
      for (let at = Math.ceil(Math.random() * 20); at > 0; at--) {
        // Some of them larger than what Chromium writes into the database itself.
        const span = trace.start('span', { input: noise(Math.random() < 0.05 ? 90_000 : 1500) });
        span.end();
        ids.push(span.id);
      }
      await this.store.flush();
      const { mode, waiting } = this.store.status;
      if (mode === 'indexeddb' && waiting === 0) await acknowledged(ids);
    }
  },
  /** Every span that is there, and what is wrong with any. */
  async inventory() {
    const found = { ids: [], problems: [], traces: 0, spanCount: 0 };
    for (const { id, spanCount } of await this.store.list({ limit: Infinity })) {
      const trace = await this.store.trace(id);
      found.traces++;
      found.spanCount += spanCount;
      for (const span of trace?.spans ?? []) if (span.end !== undefined) found.ids.push(span.id);
      for (const { code } of trace?.problems ?? [{ code: 'no trace' }]) found.problems.push(code);
    }
    return found;
  },
  status() {
    const { status } = this.store;
    if (status.recorded !== status.stored + status.dropped + status.waiting) throw new Error(JSON.stringify(status));
    if (escaped.length > 0) throw new Error('reached the application: ' + escaped.join(', '));
    return status;
  },
};
`;

/** A profile, and the page's address. */
export async function prepare() {
  const served = await servePage(PROGRAM);
  const profile = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-profile-'));
  return {
    url: served.url,
    profile,
    async close() {
      await served.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts Chromium with a profile that outlives it. */
export async function launch({ profile }) {
  const options = await chromiumOptions();
  return puppeteerCore.launch({
    ...options,
    args: [...options.args, '--disable-crash-reporter', '--no-first-run'],
    headless: options.headless ?? true,
    userDataDir: profile,
    protocolTimeout: 120_000,
  });
}

/** Opens the page in a tab of its own. */
export async function openPage(browser, { url }, options = {}) {
  const tab = await browser.newPage();
  await tab.goto(url, { waitUntil: 'load' });
  await tab.waitForFunction('window.page !== undefined');
  const status = await tab.evaluate((given) => window.page.open(given), options);
  return { tab, status };
}

/** A database that a killed browser has left may take its time to open. */
export async function openDatabase(browser, place, options) {
  const { tab } = await openPage(browser, place, options);
  await tab.waitForFunction(`window.page.store.status.mode === 'indexeddb'`, { polling: 100 });
  return tab;
}

/** Ends a browser without telling it, with every process that it has started. */
export async function kill(browser) {
  const child = browser.process();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // Chromium leads a group of its own.
  process.kill(-child.pid, 'SIGKILL');
  await gone;
  await browser.disconnect();
}
