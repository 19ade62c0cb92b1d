// Every code block of the README and the docs is run: what is a page is opened, what is a program runs, what is a command is called.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { puppeteerCore } from '@web/test-runner-chrome';
import { build } from 'esbuild';
import { readTraces } from 'llm-trace-kit/formats';
import { chromiumOptions } from '../scripts/browsers.mjs';
import { codeBlocks, moduleOf, modulesOf, root } from '../scripts/code-blocks/blocks.mjs';
import { typeFaults, unknownInTemplate } from '../scripts/code-blocks/checked.mjs';

const { blocks, unused } = await codeBlocks();
const run = promisify(execFile);

const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-blocks-'));
const sample = path.join(folder, 'trace.json');
await cp(path.join(root, 'demo/traces/rag-kensho.json'), sample);

const isPage = ({ language, context }) => language === 'html' || context.policy;
const isProgram = ({ language, context }) =>
  ['js', 'ts', 'tsx'].includes(language) && !context.notRun && !context.onlyTypes;

/** What blocks may ask for, in a page and in Node. */
const CHECKS = `const checks = {
  holds(condition, what) { if (!condition) throw new Error('does not hold: ' + what); },
  async until(condition, what) {
    for (const end = Date.now() + 15000; Date.now() < end; await new Promise((next) => setTimeout(next, 20))) if (await condition()) return;
    throw new Error('waited in vain for ' + what);
  },
};
Object.assign(globalThis, checks);`;

/** Programs, bundled as an application's own tools do. One that is no program throws what is wrong with it. */
async function bundled(programs, platform) {
  const { outputFiles } = await bundle(programs, platform).catch(({ errors, message }) => {
    const sound = new Map(programs);
    for (const { location, text } of errors ?? []) {
      const name = location?.file.replace(/^block:/, '');
      if (!programs.has(name)) throw new Error(message);
      sound.set(name, `throw new SyntaxError(${JSON.stringify(`${text}: ${location.lineText}`)})`);
    }
    return bundle(sound, platform);
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
}

const bundle = (programs, platform) =>
  build({
    absWorkingDir: root,
    entryPoints: Array.from(programs.keys(), (name) => ({ in: `block:${name}`, out: name })),
    outdir: folder,
    write: false,
    bundle: true,
    splitting: platform === 'browser',
    format: 'esm',
    platform,
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    logLevel: 'silent',
    plugins: [
      {
        name: 'blocks',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^block:/ }, ({ path: name }) => ({ path: name.slice(6), namespace: 'block' }));
          onLoad({ filter: /.*/, namespace: 'block' }, ({ path: name }) => ({
            contents: programs.get(name),
            resolveDir: root,
            loader: 'ts',
          }));
        },
      },
    ],
  });

/** The modules of a page: those of the block, or what is looked at afterwards. */
function programsOfPage(block) {
  if (block.language !== 'html') return [moduleOf(block, block.context.policy ? '' : block.text)];
  const { modules } = modulesOf(block.text);
  return modules.length ? modules.map((code) => moduleOf(block, code)) : [moduleOf(block, '')];
}

const inPages = blocks.filter((one) => isPage(one) || (isProgram(one) && one.context.where !== 'node'));
const inNode = blocks.filter((one) => isProgram(one) && one.context.where === 'node');

let files;
let server;
let browser;
test.before(async () => {
  const programs = new Map();
  for (const block of inPages) programsOfPage(block).forEach((code, at) => programs.set(`${block.id}-${at}`, code));
  files = await bundled(programs, 'browser');
  server = createServer(async ({ url, method }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = pathname.slice(1);
    const served = { 'trace.json': sample, 'tokens.json': path.join(root, 'demo/traces/token-probabilities.json') }[
      name
    ];
    const script = path.join(root, 'dist/cdn', name);
    const block = inPages.find(({ id }) => id === name);
    if (method === 'POST') response.setHeader('content-type', 'application/json').end('{}');
    else if (name === 'favicon.ico') response.writeHead(204).end();
    else if (block) {
      const { rest } = modulesOf(block.language === 'html' ? block.text : '');
      if (block.context.policy) response.setHeader(...block.text.trim().split(/: (.*)/, 2));
      const scripts = programsOfPage(block).map((_, at) => `<script type="module" src="${name}-${at}.mjs"></script>`);
      response
        .setHeader('content-type', 'text/html')
        .end(
          `<!doctype html><title>block</title><script src="checks.js"></script>${block.context.page ?? ''}${rest}${scripts.join('')}`,
        );
    } else if (name === 'checks.js') response.setHeader('content-type', 'text/javascript').end(CHECKS);
    else if (files.has(name)) {
      response.setHeader('content-type', 'text/javascript').end(files.get(name));
    } else if (name.endsWith('.js') && existsSync(script)) {
      response.setHeader('content-type', 'text/javascript').end(await readFile(script));
    } else if (served) response.setHeader('content-type', 'application/json').end(await readFile(served));
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
});
test.after(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true });
});

test('every block is of a language that is run, or the registry says why not', () => {
  assert.ok(blocks.length > 30);
  assert.deepEqual(
    unused.map(({ file, has }) => `${file}: ${has}`),
    [],
    'contexts without a block',
  );
  const faults = blocks.filter(({ contexts }) => contexts > 1).map(({ name }) => `${name} has two contexts`);
  for (const { name, language, context } of blocks) {
    const isKnown = ['html', 'js', 'ts', 'tsx', 'json', 'sh', 'vue', 'svelte'].includes(language) || context.policy;
    if (!isKnown && !context.notRun) faults.push(`${name}: nobody runs “${language}”`);
  }
  assert.deepEqual(faults, []);
});

test('types of every block are right', () => {
  assert.deepEqual(typeFaults(blocks), []);
});

for (const block of inPages) {
  test(`${block.name} runs in a page`, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('dialog', (dialog) => dialog.dismiss());
    await page.goto(`http://localhost:${server.address().port}/${block.id}`, { waitUntil: 'load' });
    // Modules with awaits are over when they can be imported once more.
    const names = programsOfPage(block).map((_, at) => `./${block.id}-${at}.mjs`);
    for (const name of names) {
      await page
        .evaluate((file) => import(file).then(() => undefined), name)
        .catch((error) => faults.push(error.message));
    }
    await context.close();
    assert.deepEqual(faults, []);
  });
}

for (const block of inNode) {
  test(`${block.name} runs in Node`, async () => {
    const programs = await bundled(new Map([[block.id, `${CHECKS}\n${moduleOf(block)}`]]), 'node');
    const file = path.join(folder, `${block.id}.mjs`);
    await writeFile(file, programs.get(`${block.id}.mjs`));
    await run(process.execPath, [file], { cwd: folder });
  });
}

/** What a command of the shell comes to, where it is one that the docs may have. */
async function call(line) {
  const [command, ...rest] = line.split(/\s+/);
  const { scripts, name, bin } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  if (command === 'npm') {
    const [verb, script] = rest;
    if (verb === 'ci') return;
    if (verb === 'install')
      return assert.ok(
        rest.slice(1).every((one) => one === name),
        line,
      );
    const wanted = verb === 'run' ? script : verb;
    assert.ok(scripts[wanted], `${line}: there is no such script`);
    for (const [file] of scripts[wanted].matchAll(/\b(?:scripts|bench|samples)\/[\w.-]+\.mjs/g))
      assert.ok(existsSync(path.join(root, file)), file);
    return;
  }
  if (command === 'node') return assert.ok(existsSync(path.join(root, rest[0])), line);
  assert.deepEqual([command, rest[0]], ['npx', name], `${line}: who would run this?`);
  const to = rest.indexOf('>');
  const given = to < 0 ? rest.slice(1) : rest.slice(1, to);
  const { stdout } = await run(process.execPath, [path.join(root, bin[name]), ...given], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  if (given[0] === 'summary') return assert.match(stdout, /RetrievalQA/);
  const [trace] = await readTraces(stdout);
  assert.equal(trace.spans.length, 5, line);
}

test('every command that the README names is a script', async () => {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const [, table] = /^\| `npm run …`.*\n\|.*\n((?:\|.*\n)+)/m.exec(readme);
  const listed = Array.from(table.matchAll(/^\| `([^`]+)`/gm), ([, name]) => name);
  const named = Array.from(readme.matchAll(/npm run ([\w:-]+)/g), ([, name]) => name);
  assert.ok(listed.length > 10);
  assert.deepEqual(
    [...listed, ...named].filter((name) => !scripts[name]),
    [],
  );
});

for (const { name, text } of blocks.filter(({ language }) => language === 'sh')) {
  test(`${name}: its commands are there`, async () => {
    const lines = text.split('\n').map((line) => line.replace(/(^|\s)# .*/, '').trim());
    const commands = lines.flatMap((line) => line.split(' && ')).filter(Boolean);
    assert.ok(commands.length > 0);
    for (const line of commands) await call(line);
  });
}

for (const { name, text } of blocks.filter(({ language }) =>
  ['vue', 'svelte', 'tsx', 'html', 'ts'].includes(language),
)) {
  test(`${name}: tags, attributes and events are in the manifest`, async () => {
    assert.deepEqual(await unknownInTemplate(text), []);
  });
}

for (const { name, text } of blocks.filter(({ language }) => language === 'json')) {
  test(`${name} is JSON`, () => void JSON.parse(text));
}
