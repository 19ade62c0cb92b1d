/* global document */
// Packs the kit, installs it into blank applications (examples), each built as its own tools do, opens each in Chromium and
// looks at a trace there: `npm run test:installs`, or with names of applications behind `--`. Also asks attw for the types.
import { createServer } from 'node:http';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const npm = (cwd, ...args) =>
  promisify(execFile)('npm', args, { cwd, maxBuffer: 1e8, shell: process.platform === 'win32' });

async function servedFolder(folder) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = path.join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    const body = await readFile(file).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${server.address().port}/`, close: () => server.close() };
}

/** What a person sees: the rows of the trace, and what the page was told when one was clicked. */
async function look(browser, url) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url);
  const row = await page.waitForSelector('llm-trace-view >>> [role="row"][aria-label^="VectorStoreRetriever"]', {
    timeout: 30_000,
  });
  const rows = (await page.$$('llm-trace-view >>> [role="treegrid"] [role="row"][aria-level]')).length;
  await row.click();
  await page.waitForFunction(() => document.querySelector('output')?.textContent === 'VectorStoreRetriever', {
    timeout: 10_000,
  });
  await page.close();
  if (errors.length) throw new Error(errors.join('\n'));
  return rows;
}

const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-installs-'));
const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
const names = process.argv.slice(2);
const failed = [];
try {
  const packed = await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const tarball = path.join(folder, Object.values(JSON.parse(packed.stdout))[0].filename);
  const apps = (await readdir(path.join(root, 'examples'))).filter((name) => !names.length || names.includes(name));
  for (const name of apps) {
    const app = path.join(folder, name);
    try {
      await cp(path.join(root, 'examples', name), app, { recursive: true });
      await npm(app, 'install', '--no-audit', '--no-fund', tarball);
      const { scripts } = JSON.parse(await readFile(path.join(app, 'package.json'), 'utf8'));
      const open = scripts?.build ? 'public' : '.';
      await mkdir(path.join(app, open), { recursive: true });
      await cp(path.join(root, 'demo/traces/rag-kensho.json'), path.join(app, open, 'trace.json'));
      if (scripts?.build) await npm(app, 'run', 'build');
      const server = await servedFolder(scripts?.build ? path.join(app, 'dist') : app);
      const rows = await look(browser, server.url).finally(server.close);
      console.log(`${name}: ${rows} rows`);
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
