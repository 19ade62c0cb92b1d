// Shows every hostile text of the corpora in every place of every element, in real browsers: without any policy of the page,
// and under the strictest. Nothing may run, load, open or break. The same texts as markup show that the check sees it.
//
// `npm run test:hostile [-- chromium|firefox] [every]`: `every` takes each so-manieth text only.
/* global window -- of the pages */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';
import { buildProgram } from './served-page.mjs';

const [name = 'chromium', every = '1'] = process.argv.slice(2);
/** What `SECURITY.md` tells pages to send. */
const POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
/** Texts of the control that must run a script, where all of them are there. */
const CONTROL = 100;
/** Batches after which a page begins anew. */
const BATCHES = 25;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const text = (path) => readFile(at(path), 'utf8').catch(() => undefined);
const corpora = {
  exfil: await text('../test/corpora/exfil.json'),
  urls: await text('../test/corpora/urls.json'),
  unicode: await text('../test/corpora/unicode-ansi.json'),
  payloads: await text('../../shared/corpora/xss/payloads.json'),
  handlers: await text('../../shared/corpora/xss/event-handlers.json'),
  naughty: await text('../../shared/corpora/strings/blns.json'),
};

const source = (file) => JSON.stringify(at(`../src/${file}`));
const PROGRAM = `
import ${source('define.ts')};
import { showAsMarkup } from ${source('test/hostile/control.ts')};
import { BATCH, showHostile } from ${source('test/hostile/show.ts')};
import { vectorsOf } from ${source('test/hostile/vectors.ts')};

window.violations = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  window.violations.push([effectiveDirective, blockedURI, sample].join(' ')));
const some = (vectors, every) => vectors.filter((_, at) => at % every === 0);
let vectors = [];
window.hostile = {
  BATCH,
  prepare: (corpora, every) => (vectors = some(vectorsOf(corpora), every)).length,
  show: (at) => showHostile(vectors.slice(at, at + BATCH), document.body),
  markup: (at, count) => showAsMarkup(vectors.slice(at, at + count), '/blank', 400),
};
window.ready = true;
`;

async function serve() {
  const files = new Map((await buildProgram(PROGRAM)).map(({ fileName, code }) => [`/${fileName}`, code]));
  const entry = [...files.keys()].find((file) => file.startsWith('/program'));
  const html = `<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="${entry}"></script>`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const code = files.get(pathname);
    if (pathname === '/strict') response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', code === undefined ? 'text/html' : 'text/javascript');
    response.end(code ?? (pathname === '/blank' ? '<!doctype html><title>blank</title>' : html));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${server.address().port}`;
  const own = new Set([...files.keys(), '/open', '/strict', '/blank', '/favicon.ico'].map((path) => origin + path));
  return { origin, own, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Tells of every script that one of the usual proofs runs, in any frame. */
function hook() {
  for (const proof of ['alert', 'confirm', 'prompt', 'print']) {
    window[proof] = () => {
      try {
        window.top.scripts ??= [];
        window.top.scripts.push(window.name || '(page)');
      } catch {
        // A frame of another origin: its script ran, but not in the page.
      }
    };
  }
}

const found = () => ({ strange: [], unseen: [], scripts: [], requests: [], popups: [], errors: [], violations: [] });

/** A page that notes what happens to it. */
async function open(browser, place, path, total) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.evaluateOnNewDocument(hook);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = place.own.has(url.replace(/#.*$/s, ''));
    if (isOwn || /^(data|blob|about):/.test(url)) return void request.continue().catch(() => {});
    total.requests.push(url.slice(0, 200));
    request.abort().catch(() => {});
  });
  page.on('pageerror', (error) => {
    const message = String(error?.stack ?? error).slice(0, 500);
    // Firefox tells so that the policy forbids an icon, which browsers ask for by themselves.
    if (!message.includes('/favicon.ico')) total.errors.push(message);
  });
  page.on('dialog', (dialog) => (total.popups.push(dialog.message()), dialog.dismiss().catch(() => {})));
  page.on('popup', (popup) => (total.popups.push(popup?.url()), popup?.close().catch(() => {})));
  await page.goto(`${place.origin}${path}`);
  for (let tries = 0; !(await page.evaluate(() => window.ready === true)); tries++) {
    if (tries === 500) throw new Error(`${path} does not start: ${total.errors.join()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const count = await page.evaluate((all, step) => window.hostile.prepare(all, step), corpora, Number(every));
  return { page, count, step: await page.evaluate(() => window.hostile.BATCH) };
}

/** All texts in the elements of a page that is served in one way. */
async function showAll(browser, place, path) {
  const total = found();
  let renders = 0;
  for (let at = 0, count = 1; at < count;) {
    const opened = await open(browser, place, path, total);
    const { page, step } = opened;
    count = opened.count;
    for (const end = at + BATCHES * step; at < Math.min(end, count); at += step) {
      const shown = await page
        .evaluate((from) => window.hostile.show(from), at)
        .catch((error) => (total.errors.push(`${at}: ${error.stack}`), { strange: [], unseen: [], renders: 0 }));
      total.strange.push(...shown.strange);
      total.unseen.push(...shown.unseen);
      renders += shown.renders;
    }
    const { scripts, violations } = await page.evaluate(() => ({
      scripts: window.scripts ?? [],
      violations: window.violations,
    }));
    total.scripts.push(...scripts);
    total.violations.push(...violations);
    await page.close();
    console.log(`${path}: ${Math.min(at, count)} of ${count}`);
  }
  return { ...total, renders };
}

/** All texts as markup: how many of them run a script. */
async function control(browser, place) {
  const total = found();
  const ran = new Set();
  const size = 40;
  for (let at = 0, count = 1; at < count; at += size) {
    const opened = await open(browser, place, '/open', total);
    ({ count } = opened);
    // A script of the control may lead the page away: what ran until then counts.
    await opened.page.evaluate((from, many) => window.hostile.markup(from, many), at, size).catch(() => {});
    const scripts = await opened.page.evaluate(() => window.scripts ?? []).catch(() => []);
    for (const id of scripts) ran.add(id);
    await opened.page.close();
  }
  return { ran: ran.size, requests: new Set(total.requests).size };
}

const options = { chromium: chromiumOptions, firefox: async () => ({ browser: 'firefox', executablePath: firefox() }) };
const firefox = () => process.env.FIREFOX_PATH ?? '/usr/bin/firefox';

const place = await serve();
const browser = await puppeteerCore.launch({ headless: true, protocolTimeout: 600_000, ...(await options[name]()) });
const failures = [];
try {
  const { ran, requests } = await control(browser, place);
  console.log(`${name} control: ${ran} texts ran a script, ${requests} addresses were asked for`);
  const wanted = corpora.payloads ? Math.floor(CONTROL / Number(every)) : 1;
  if (ran < wanted || requests < 1) failures.push(`The control ran ${ran} scripts only: the check sees nothing.`);
  if (!corpora.payloads) console.log('The corpora beside the project are not there: its own texts were shown only.');
  for (const path of ['/open', '/strict']) {
    const total = await showAll(browser, place, path);
    console.log(
      `${name} ${path}:`,
      Object.fromEntries(Object.entries(total).map(([key, list]) => [key, list.length ?? list])),
    );
    for (const [what, list] of Object.entries(total)) {
      if (Array.isArray(list) && list.length) failures.push(`${path} ${what}:\n  ${list.slice(0, 20).join('\n  ')}`);
    }
  }
} finally {
  await browser.close();
  await place.close();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length ? 1 : 0;
