/* global document */
// Packs the kit, installs it into blank applications (examples), each built as its own tools do, opens each in Chromium and
// looks at a trace there: `npm run test:installs`, or with names of applications behind `--`. Also asks attw for the types.
import { createServer } from 'node:http';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { puppeteerCore } from '@web/test-runner-chrome';
import { glob } from 'tinyglobby';
import { chromiumOptions } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const npm = (cwd, ...args) =>
  promisify(execFile)('npm', args, { cwd, maxBuffer: 1e8, shell: process.platform === 'win32' });

async function servedFolder(folder) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = path.join(folder, decodeURIComponent(pathname.replace(/\/$/, '/index.html')));
    if (pathname.startsWith('/favicon.')) return response.writeHead(204).end();
    const body = await readFile(file).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${server.address().port}/`, close: () => server.close() };
}

const isRow = '[role="row"][aria-label^="VectorStoreRetriever"]';
const isOutput = (name, at) => document.querySelectorAll('output')[at]?.textContent === name;

/** What a person sees in each view: the rows of the trace, and what the page was told when one was clicked. */
async function look(browser, url) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url);
  await page.waitForSelector(`llm-trace-view >>> ${isRow}`, { timeout: 30_000 });
  const outputs = await page.$$('output');
  const views = await page.$$('llm-trace-view');
  for (const at of outputs.keys()) {
    const row = await views[at].waitForSelector(`>>> ${isRow}`, { timeout: 30_000 });
    await row.click();
    await page.waitForFunction(isOutput, { timeout: 10_000 }, 'VectorStoreRetriever', at);
  }
  const rows = await views[0].$$('>>> [role="treegrid"] [role="row"][aria-level]');
  await page.close();
  if (errors.length) throw new Error(errors.join('\n'));
  return rows.length;
}

/** Rows that are there without scripts, where the page has any. */
async function lookWithoutScripts(browser, url) {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  const response = await page.goto(url);
  const isServed = (await response.text()).includes('shadowrootmode');
  if (isServed) {
    await page.waitForSelector('llm-trace-view >>> ::-p-text(VectorStoreRetriever)', { visible: true, timeout: 5000 });
  }
  const rows = await page.$$('llm-trace-view >>> tbody tr');
  await page.close();
  return rows.length;
}

/** Whether this Node can build the application. */
function canBuild({ engines }) {
  const least =
    /\d+(?:\.\d+)*/
      .exec(engines?.node ?? '')?.[0]
      .split('.')
      .map(Number) ?? [];
  const own = process.versions.node.split('.').map(Number);
  const at = least.findIndex((number, place) => number !== own[place]);
  return at < 0 || own[at] > least[at];
}

const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-installs-'));
const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
const names = process.argv.slice(2);
const failed = [];
try {
  const packed = await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const tarball = path.join(folder, Object.values(JSON.parse(packed.stdout))[0].filename);
  for (const file of (await glob('examples/*/package.json', { cwd: root })).sort()) {
    const name = path.basename(path.dirname(file));
    if (names.length && !names.includes(name)) continue;
    const app = path.join(folder, name);
    try {
      const { scripts, engines } = JSON.parse(await readFile(path.join(root, file), 'utf8'));
      if (!canBuild({ engines })) {
        console.log(`${name}: skipped, needs Node ${engines.node} and this is ${process.version}`);
        continue;
      }
      await cp(path.join(root, 'examples', name), app, { recursive: true });
      await npm(app, 'install', '--no-audit', '--no-fund', tarball);
      const open = scripts?.build ? 'public' : '.';
      await mkdir(path.join(app, open), { recursive: true });
      await cp(path.join(root, 'demo/traces/rag-kensho.json'), path.join(app, open, 'trace.json'));
      if (scripts?.build) await npm(app, 'run', 'build');
      const server = await servedFolder(scripts?.build ? path.join(app, 'dist') : app);
      try {
        const rows = await look(browser, server.url);
        const served = await lookWithoutScripts(browser, server.url);
        if (served && served !== rows) throw new Error(`${served} rows without scripts, ${rows} with them`);
        console.log(`${name}: ${rows} rows${served ? ', without scripts too' : ''}`);
      } finally {
        server.close();
      }
    } catch (error) {
      failed.push(name);
      console.error(`${name}: ${error.message}\n${error.stdout ?? ''}`);
    }
  }
  if (!names.length || names.includes('types')) {
    const { problems } = await checkPackage(createPackageFromTarballData(await readFile(tarball)), {
      // A classic script and JSON have no types. Names that end in `.js` lead to the same files as those that do not.
      excludeEntrypoints: ['./cdn', /\.json$/, /\.js$/],
    });
    // The package is of ES modules, for resolvers that know `exports`: what `require()` and the old resolver find is no concern.
    const concerns = problems.filter((one) => one.kind !== 'CJSResolvesToESM' && one.resolutionKind !== 'node10');
    for (const concern of concerns) console.error('types:', JSON.stringify(concern));
    console.log(`types: ${concerns.length} problems`);
    if (concerns.length) failed.push('types');
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
if (failed.length) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
