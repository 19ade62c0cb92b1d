// Prints what entry points weigh: minified, tree-shaken, gzipped. What loads at first and what is loaded when it is needed
// are apart. `npm run size -- --check` fails when an entry is beyond its limit.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildProgram } from './served-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** The source of an entry point of package.json. */
const sourceOf = (entry) => path.join(root, exports[entry].default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));

const uses = (name, entry) => `import { ${name} } from ${JSON.stringify(sourceOf(entry))}; export { ${name} };`;
const everything = (entry) => `export * from ${JSON.stringify(sourceOf(entry))};`;

const defines = (tag) => `import ${JSON.stringify(path.join(root, `src/define/${tag}.ts`))};`;

const TRACER = uses('createTracer', './tracer');
const STORE = uses('openTraceStore', './store');

/** Name, the program, the most bytes that it may load at first. */
const rows = [
  ['tracer and store', TRACER + STORE, 8000],
  ['tracer', TRACER],
  ['store', STORE, 4500],
  ...Object.keys(exports)
    .filter((entry) => /^\.\/tracer\/[^.]+$/.test(entry))
    .map((entry) => [entry.slice(2), everything(entry)]),
  ...Object.keys(exports)
    .filter((entry) => /^\.\/export(\/[^.]+)?$/.test(entry))
    .map((entry) => [entry.slice(2), everything(entry)]),
  ['formats', uses('readTraces', './formats')],
  // What is there when the first rows of a trace are painted; everything else comes after that.
  ['define/llm-trace-view.js (without lit)', defines('llm-trace-view'), 58_500],
  ['define/llm-span-tree.js (without lit)', defines('llm-span-tree'), 24_000],
];

/** Bytes of a program, gzipped file by file: what it imports, and what it loads later. */
async function measure(program) {
  const output = await buildProgram(program, /^(lit|@lit)(\/|$|-)/);
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const first = new Set();
  const waiting = output.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (first.has(name)) continue;
    first.add(name);
    waiting.push(...chunks.get(name).imports.filter((other) => chunks.has(other)));
  }
  const sizes = { first: 0, later: 0, files: 0 };
  for (const { fileName, code } of chunks.values()) {
    const size = gzipSync(code, { level: 9 }).length;
    if (first.has(fileName)) sizes.first += size;
    else sizes.later += size;
    sizes.files++;
  }
  return sizes;
}

const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
console.log('kB gzipped: at first, when needed, files, limit');
for (const [name, program, limit] of rows) {
  if (only.length && !only.some((word) => name.includes(word))) continue;
  const { first, later, files } = await measure(program);
  const isOver = limit !== undefined && first > limit;
  console.log(
    `${kilobytes(first)} ${kilobytes(later)} ${String(files).padStart(4)} ${limit ? kilobytes(limit) : '      –'}  ${name}${isOver ? '  BEYOND ITS LIMIT' : ''}`,
  );
  if (isOver && process.argv.includes('--check')) process.exitCode = 1;
}
