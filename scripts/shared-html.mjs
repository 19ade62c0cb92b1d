// Writes every real trace as an HTML file, opens it from disk in a browser without a network, and compares: the rows of the
// tree with those of the view of the original, and the spans that are read back with the spans of the original. Traces are
// those of ../shared/fixtures where they are there, else those of demo/traces. One is written in each further language too.
//
// `npm run test:shared-html [-- part of a file's name]`. Needs `npm run build`.
/* global atob, document, KeyboardEvent, location, LlmTraceKit, requestAnimationFrame -- of the pages */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';

const at = (file) => fileURLToPath(new URL(file, import.meta.url));
const [wanted = ''] = process.argv.slice(2);
const scriptFile = process.env.CDN_SCRIPT ?? at('../dist/cdn/llm-trace-kit.min.js');
const script = await readFile(scriptFile, 'utf8');
const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-'));

/** Traces of a source that are compared row by row; the spans of all of them are compared. */
const MOST_TRACES = 10;

async function filesBelow(directory) {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/^(index\.json|INDEX\.md)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** In a page: functions that both kinds of pages need. */
function prepare() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  /** Every row of the tree, by its place: the tree keeps those in sight only. */
  async function rowsOf(view) {
    view.view = 'tree';
    await view.updateComplete;
    view.expandAll();
    await frame();
    const tree = view.shadowRoot.querySelector('llm-span-tree');
    const rows = new Map();
    const scroller = tree.shadowRoot.querySelector('.scroller');
    for (let top = 0; ; top += Math.max(100, scroller.clientHeight - 120)) {
      scroller.scrollTop = top;
      // Rows that fly by are not whole: they are once nothing has moved for a while.
      if (top > 0) await new Promise((resolve) => setTimeout(resolve, 250));
      await frame();
      await frame();
      for (const row of tree.shadowRoot.querySelectorAll('[role="row"][data-span-id]')) {
        const facts = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded', 'data-span-id'];
        const words = row.textContent.replace(/\s+/g, ' ').trim();
        rows.set(
          Number(row.getAttribute('aria-rowindex')),
          [...facts.map((name) => row.getAttribute(name)), words].join(' | '),
        );
      }
      if (top + scroller.clientHeight >= scroller.scrollHeight) break;
    }
    return [...rows].sort(([one], [other]) => one - other).map(([, words]) => words);
  }

  globalThis.rowsOfTraces = async (most) => {
    const view = document.querySelector('llm-trace-view');
    const all = [];
    for (const trace of view.traces.slice(0, most)) {
      view.traceId = trace.id;
      await view.updateComplete;
      await frame();
      all.push(await rowsOf(view));
    }
    return all;
  };

  /** What a span says, as text: outline and details. */
  globalThis.spansOf = (traces) =>
    traces.map((trace) =>
      Array.from(trace.spans, (span) => {
        const { depth, label, hasStart, index } = span;
        const duration = span.duration === undefined ? undefined : `${span.duration.toFixed(6)} ms`;
        const parent = span.parent?.index;
        const recorded = LlmTraceKit.recordedSpanOf(span);
        for (const time of ['start', 'end']) recorded[time] = recorded[time]?.toFixed(3);
        // What is said of the whole trace is asked of the trace.
        for (const field of ['sessionId', 'userId', 'tags', 'metadata']) delete recorded[field];
        const { sessionId, userId, tags, metadata } = trace;
        const whole = index === 0 ? { sessionId, userId, tags, metadata, name: trace.name } : {};
        // In an order that does not depend on where it came from.
        return JSON.stringify({ depth, parent, label, hasStart, duration, ...recorded, whole }, (_key, value) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
            : value,
        );
      }),
    );
}

/** A page with the one-file build, and beside it the script of a language. */
async function writeOriginalPage(language) {
  const file = path.join(folder, `original-${language}.html`);
  const more = language === 'en' ? '' : `<script src="${language}.js"></script>`;
  const view = '<llm-trace-view style="height:900px"></llm-trace-view>';
  const head = `<html lang="${language}"><meta charset="utf-8"><title>original</title>`;
  await writeFile(file, `<!doctype html>${head}${view}<script src="kit.js"></script>${more}`);
  if (more) await copyFile(path.join(path.dirname(scriptFile), `${language}.js`), path.join(folder, `${language}.js`));
  return file;
}

await writeFile(path.join(folder, 'kit.js'), script);
const originalPage = await writeOriginalPage('en');

const browser = await puppeteerCore.launch({ headless: true, protocolTimeout: 600_000, ...(await chromiumOptions()) });

/** A page without a network that notes what goes wrong. */
async function open(file, faults) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.setOfflineMode(true);
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) faults.push(`asks for ${request.url().slice(0, 100)}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${String(error).slice(0, 300)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text().slice(0, 300)}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(prepare);
  return page;
}

const loaded = (page) =>
  page.waitForFunction(
    () => {
      const view = document.querySelector('llm-trace-view');
      return view.error !== undefined || view.traces.length > 0;
    },
    { timeout: 120_000 },
  );

const DURATION = /[\d.,]+ (?:ns|µs|ms|s)\b/g;
/** Milliseconds that times of a span may differ by: OTLP knows no moment at the epoch, so a clock that begins there begins 1 ns later. */
const OF_A_SPAN = 2e-6;
let rounded = 0;

/** What times are counted from may be another moment: half a digit of what is shown is rounded up or down. */
function isSame(one, other, what) {
  if (one === other) return true;
  if (one.replace(DURATION, '') !== other.replace(DURATION, '')) return false;
  const [before, after] = [one, other].map((words) =>
    Array.from(words.matchAll(DURATION), ([length]) => parseFloat(length)),
  );
  if (what === 'row') rounded++;
  const far = (length) => (what === 'row' ? Math.max(0.11, length / 100) : OF_A_SPAN);
  return before.every((length, index) => Math.abs(length - after[index]) <= far(length));
}

/** What is other, in the words of the first difference. */
function difference(what, before, after) {
  if (before.length !== after.length) return `${what}: ${before.length} traces became ${after.length}`;
  for (const [trace, list] of before.entries()) {
    if (list.length !== after[trace].length) return `${what}: ${list.length} became ${after[trace].length}`;
    const place = list.findIndex((item, index) => !isSame(item, after[trace][index], what));
    if (place < 0) continue;
    const [one, other] = [list[place], after[trace][place]];
    const first = [...one].findIndex((letter, index) => letter !== other[index]);
    const from = Math.max(0, (first < 0 ? one.length : first) - 60);
    return `${what} ${place}: …${one.slice(from, from + 140)}… became …${other.slice(from, from + 140)}…`;
  }
  return undefined;
}

const found = await filesBelow(at('../../shared/fixtures'));
const files = (found.length ? found : await filesBelow(at('../demo/traces'))).filter((file) => file.includes(wanted));
const failures = [];
const totals = { files: 0, spans: 0, rows: 0, packed: 0, data: 0, largest: 0 };
for (const file of files) {
  const name = file.split(path.sep).slice(-2).join('/');
  const faults = [];
  const page = await open(originalPage, faults);
  try {
    const bytes = (await readFile(file)).toString('base64');
    const original = await page.evaluate(
      async (base64, most) => {
        const binary = atob(base64);
        const view = document.querySelector('llm-trace-view');
        await view.load(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)));
        await view.updateComplete;
        const text = await LlmTraceKit.toHtmlFile(view.traces, { title: 'A file' });
        const again = await LlmTraceKit.readTraces(text);
        return {
          text,
          rows: await globalThis.rowsOfTraces(most),
          spans: globalThis.spansOf(view.traces),
          again: globalThis.spansOf(again),
        };
      },
      bytes,
      MOST_TRACES,
    );
    const written = path.join(folder, 'shared.html');
    await writeFile(written, original.text);
    const shared = await open(written, faults);
    await loaded(shared);
    const rows = await shared.evaluate((most) => globalThis.rowsOfTraces(most), MOST_TRACES);
    const where = await shared.evaluate(() => location.protocol);
    await shared.close();
    if (where !== 'file:') faults.push(`was at ${where}`);
    for (const fault of [difference('row', original.rows, rows), difference('span', original.spans, original.again)]) {
      if (fault) faults.push(fault);
    }
    totals.files++;
    totals.spans += original.spans.flat().length;
    totals.rows += rows.flat().length;
    if (original.text.includes('type="application/gzip"')) totals.packed++;
    totals.data += original.text.length - script.length;
    totals.largest = Math.max(totals.largest, original.text.length);
  } catch (error) {
    faults.push(String(error).slice(0, 400));
  }
  await page.close();
  for (const fault of faults) failures.push(`${name}: ${fault}`);
  if (faults.length) console.error(`${name}: ${faults.join('\n  ')}`);
}

/** What a person saves with the Share button of a page in a language is in that language, wherever it is opened. */
async function languageFaults(language) {
  const faults = [];
  const words = [];
  const wordsOf = (page) =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector('llm-trace-view');
      const elements = [shadowRoot, shadowRoot.querySelector('llm-span-tree').shadowRoot];
      return elements.flatMap((root) =>
        Array.from(root.querySelectorAll('[role="tab"], [role="columnheader"], button, .hint'), (element) =>
          (element.ariaLabel ?? element.textContent).trim(),
        ),
      );
    });
  const trace = await readFile(at('../demo/traces/nested-agents.json'), 'utf8');
  for (const locale of ['en', language]) {
    const page = await open(await writeOriginalPage(locale), faults);
    const text = await page.evaluate(async (bytes) => {
      const view = document.querySelector('llm-trace-view');
      await view.load(bytes);
      view.view = 'tree';
      view.openFiles = true;
      await view.updateComplete;
      let saved;
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => (saved = blob) && createObjectURL(blob);
      view.shadowRoot.querySelector('.share-button').click();
      const menu = () => view.shadowRoot.querySelector('llm-share-menu')?.shadowRoot;
      for (let tries = 0; !saved && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        Array.from(menu()?.querySelectorAll('[role="menuitem"]') ?? [])
          .find((item) => item.textContent.includes('HTML'))
          ?.click();
      }
      menu()
        .querySelector('[role="menu"]')
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      return saved.text();
    }, trace);
    const written = path.join(folder, `shared-${locale}.html`);
    await writeFile(written, text);
    const shared = await open(written, faults);
    await loaded(shared);
    await shared.evaluate(() => globalThis.rowsOfTraces(1));
    words.push(await wordsOf(page), await wordsOf(shared));
    await page.close();
    await shared.close();
  }
  const [english, englishFile, original, ofFile] = words;
  if (english.join() !== englishFile.join()) faults.push(`English words became ${englishFile.join(', ')}`);
  if (original.join() !== ofFile.join()) faults.push(`${original.join(', ')} became ${ofFile.join(', ')}`);
  if (original.some((word, index) => index < 3 && word === english[index]))
    faults.push(`is English: ${original.join(', ')}`);
  return faults;
}

for (const language of ['de', 'zh']) {
  const faults = await languageFaults(language).catch((error) => [String(error).slice(0, 400)]);
  for (const fault of faults) failures.push(`${language}: ${fault}`);
  console.log(`${language}: ${faults.length ? faults.join('\n  ') : 'a file in this language is in it'}`);
}
await browser.close();
await rm(folder, { recursive: true });
console.log({ ...totals, rounded });
console.log(`${totals.files} of ${files.length} files compared, ${failures.length} differences`);
process.exitCode = failures.length || totals.files < files.length ? 1 : 0;
