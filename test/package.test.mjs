// The built package, as Node sees it.
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

async function filesBelow(folder) {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

test('every entry point that package.json names is there, with its types', async () => {
  for (const [name, entry] of Object.entries(manifest.exports)) {
    for (const file of typeof entry === 'string' ? [entry] : Object.values(entry)) {
      if (!file.includes('*')) await stat(path.join(root, file));
      else assert.ok((await readdir(path.join(root, path.dirname(file)))).length > 0, name);
    }
  }
});

/** The names that modules are imported by: those of `exports`, each file where there is a `*`. */
async function entryPoints() {
  const names = Object.entries(manifest.exports).filter(([, entry]) => entry.default?.endsWith('.js'));
  const all = await Promise.all(
    names.map(async ([name, entry]) => {
      if (!name.includes('*')) return [name];
      const [folder, end] = entry.default.split('*');
      const files = (await readdir(path.join(root, folder))).filter((file) => file.endsWith(end));
      return files.map((file) => name.replace('*', file.slice(0, -end.length)));
    }),
  );
  return all.flat();
}

test('every entry point can be imported without a DOM, and registers nothing there', async () => {
  // Lit brings its own marks, and a stand-in for the registry of elements.
  const before = new Set(Object.keys(globalThis));
  const names = await entryPoints();
  assert.ok(names.length > 100);
  for (const name of names) {
    const module = await import(`${manifest.name}${name.slice(1)}`);
    if (names.includes(`${name}.js`)) assert.equal(module, await import(`${manifest.name}${name.slice(1)}.js`), name);
  }
  assert.deepEqual(
    Object.keys(globalThis).filter((name) => !before.has(name) && !/^(lit|reactiveElement|customElements)/.test(name)),
    [],
  );
});

test('traces are read in Node', async () => {
  const { readTraces } = await import(`${manifest.name}/formats`);
  const [trace] = await readTraces(await readFile(path.join(root, 'demo/traces/rag-kensho.json')));
  assert.equal(trace.name, 'RetrievalQA');
  const retriever = [...trace.spans].find((span) => span.kind === 'retriever');
  assert.equal(retriever.documents[0].content, 'Harrison worked at Kensho');
});

test('the one-file build is a classic script that stays within its size', async () => {
  const script = await readFile(path.join(root, 'dist/cdn/llm-trace-kit.min.js'));
  assert.doesNotMatch(script.toString(), /^(import|export)\b/m);
  assert.match(script.toString(), /LlmTraceKit\s*=/);
  // Compiled while it comes in; the copy for HTML files, which is there at once, is not.
  assert.ok(script.toString().startsWith('//# allFunctionsCalledOnLoad\n(function llmTraceKitProgram(){'));
  const { program } = await import(`${manifest.name}/program.js`);
  assert.ok(program.startsWith('(function llmTraceKitProgram(){'));
  const size = gzipSync(script).length;
  // A classic script has no parts that load later: every format, every view (inside the model too), search and comparison,
  // markdown-it, dagre and diff are in it.
  assert.ok(size <= 500_000, `${size} bytes gzipped`);
});

test('the scripts that add a language to the one-file build know their own text', async () => {
  const { languages } = await import(`${manifest.name}/program.js`);
  for (const locale of ['de', 'zh']) {
    const script = await readFile(path.join(root, `dist/cdn/${locale}.js`), 'utf8');
    assert.equal(script, `${languages[locale]};\n`);
    const added = [];
    const addLanguage = (messages, text) => added.push([messages.locale, text]);
    runInNewContext(script, { LlmTraceKit: { addLanguage } });
    assert.deepEqual(added, [[locale, languages[locale]]]);
  }
});

test('no decorator and no test is shipped', async () => {
  for (const file of (await filesBelow('dist')).filter((name) => name.endsWith('.js') && !name.includes('cdn'))) {
    assert.doesNotMatch(file, /\.test\.js$/);
    assert.doesNotMatch(await readFile(path.join(root, file), 'utf8'), /^\s*@(property|state|query)\(/m, file);
  }
});

test('the lock file names no registry', async () => {
  assert.doesNotMatch(await readFile(path.join(root, 'package-lock.json'), 'utf8'), /"resolved": "http/);
});
