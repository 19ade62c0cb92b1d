/* global window */
// Runs programs, each time in a page of its own; the cases take turns.
import { servePage } from '../scripts/served-page.mjs';
import { rows } from './rows/index.mjs';
import { table } from './table.mjs';

/** The rows that these words choose. */
export const chosenRows = (words) =>
  rows.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

/** Milliseconds of work: of the page's main thread, and of all processes of the browser. */
async function cpuOf(browserSession, pageSession) {
  const { metrics } = await pageSession.send('Performance.getMetrics');
  const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo');
  return {
    thread: metrics.find(({ name }) => name === 'ThreadTime').value * 1000,
    all: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000,
  };
}

/** One run of a case in a fresh page: what the page measured, and the work that it took. */
async function runOnce(browser, row, url, name) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const failures = [];
  page.on('pageerror', (error) => failures.push(error));
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForFunction('window.bench !== undefined');
  const [browserSession, pageSession] = [await browser.target().createCDPSession(), await page.createCDPSession()];
  await pageSession.send('Performance.enable');
  await page.evaluate((given) => window.bench.prepare?.(given), name);
  const before = await cpuOf(browserSession, pageSession);
  // A case gives its figure, and throws where what it did is not right.
  const value = await (row.measure?.(page, name) ?? page.evaluate((given) => window.bench[given](), name));
  const after = await cpuOf(browserSession, pageSession);
  await context.close();
  if (failures.length > 0) throw failures[0];
  return { value, thread: after.thread - before.thread, all: after.all - before.all };
}

async function measure(browser, row, runs) {
  const served = await servePage(row.program);
  const results = new Map(row.cases.map((name) => [name, []]));
  try {
    // The first round warms up what pages share.
    for (let run = -1; run < (row.runs ?? runs); run++) {
      for (const name of row.cases) {
        const result = await runOnce(browser, row, served.url, name);
        if (run >= 0) results.get(name).push(result);
      }
    }
  } finally {
    await served.close();
  }
  return results;
}

/** Measures rows. Gives a table for each. */
export async function measureRows(browser, wanted, runs, report) {
  for (const row of wanted) report(table(row, await measure(browser, row, runs)));
}
