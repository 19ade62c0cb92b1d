/* global window */
// `npm run bench` measures every row; `npm run bench -- written listed --runs 9 --out results` some of them.
//
// A row has two cases or more, which do the same work in different ways. Each run of a case has a page of its own, and the
// cases take turns, so that what else the machine does falls on all of them. A row's figure is the ratio of medians.
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from '../scripts/browsers.mjs';
import { servePage } from '../scripts/served-page.mjs';
import { rows } from './rows/index.mjs';
import { table } from './table.mjs';

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : otherwise);
const runs = Number(option('--runs', 5));
const out = option('--out');

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

async function measure(browser, row) {
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

const wanted = rows.filter(({ name }) => args.length === 0 || args.some((word) => name.includes(word)));
const options = await chromiumOptions();
const browser = await puppeteerCore.launch({
  ...options,
  headless: options.headless ?? true,
  protocolTimeout: 600_000,
});
const report = { browser: await browser.version(), cpus: os.cpus().length, runs, rows: [] };
try {
  for (const row of wanted) {
    const entry = table(row, await measure(browser, row));
    report.rows.push(entry);
    console.log(entry.markdown);
  }
} finally {
  await browser.close();
}
if (out) {
  await mkdir(out, { recursive: true });
  const head = `${report.browser}, ${report.cpus} CPUs, median (least – most) of ${runs} runs\n\n`;
  await writeFile(path.join(out, 'bench.md'), head + report.rows.map(({ markdown }) => markdown).join('\n'));
  await writeFile(path.join(out, 'bench.json'), JSON.stringify(report, undefined, 2));
}
process.exitCode = report.rows.some(({ holds }) => holds === false) ? 1 : 0;
