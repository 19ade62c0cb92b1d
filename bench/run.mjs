// `npm run bench` measures everything; `npm run bench -- render wheel --traces 1k,100k --runs 9 --out results` some of it.
// `--browser firefox`: times only, Firefox says nothing of work. `--before folder`: the elements of another checkout too.
//
// There are rows and scenes. A row (`rows/`) is a program: two cases or more do the same work in different ways. A scene
// (`scenes/`) visits pages with traces, and makes many figures of a visit. Each run of a case has a page of its own, and
// the cases take turns, so that what else the machine does falls on all of them. Figures are medians, and their ratios.
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chosenRows, measureRows } from './measure-rows.mjs';
import { chosenScenes, measureScenes } from './measure-scenes.mjs';
import { launch } from './visit.mjs';

/** A million spans take their time, and are measured when they are asked for. */
const TRACES = '1k,10k,100k,wide,deep,live';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    traces: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
    before: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    out: { type: 'string' },
  },
});
const { browser: browserName, before, out } = values;
const runs = Number(values.runs);

const browser = await launch(browserName);
const report = { browser: await browser.version(), cpus: os.cpus().length, runs, rows: [] };

/** Each figure is said, and written, as soon as it is there. */
function tell(entry) {
  report.rows.push(entry);
  console.log(entry.markdown);
  if (!out) return;
  mkdirSync(out, { recursive: true });
  const head = `${report.browser}, ${report.cpus} CPUs, median (least – most) of ${runs} runs\n\n`;
  writeFileSync(path.join(out, 'bench.md'), head + report.rows.map(({ markdown }) => markdown).join('\n'));
  writeFileSync(path.join(out, 'bench.json'), JSON.stringify(report, undefined, 2));
}

try {
  // Programs have no traces to choose, and what they cost is known of Chromium only.
  const hasRows = browserName === 'chromium' && values.traces === undefined;
  if (hasRows) await measureRows(browser, chosenRows(words), runs, tell);
} finally {
  await browser.close();
}
const wanted = chosenScenes(words, browserName);
if (wanted.length > 0) {
  const traces = (values.traces ?? TRACES).split(',');
  await measureScenes(wanted, { traces, runs, browser: browserName, before, seconds: Number(values.seconds) }, tell);
}
process.exitCode = report.rows.some(({ holds }) => holds === false) ? 1 : 0;
