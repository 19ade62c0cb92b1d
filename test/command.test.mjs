// The command `llm-trace-kit`, as a person calls it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTraces } from 'llm-trace-kit/formats';

const root = fileURLToPath(new URL('..', import.meta.url));
const sample = path.join(root, 'demo/traces/rag-kensho.json');
const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-command-'));
test.after(() => rm(folder, { recursive: true }));

async function run(args, input = '') {
  const child = spawn(process.execPath, [path.join(root, 'bin/llm-trace-kit.mjs'), ...args]);
  const out = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (out[name] += text));
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, ...out };
}

const namesIn = (traces) => traces.flatMap((trace) => [...trace.spans].map(({ name, depth }) => `${depth} ${name}`));

test('summary tells the figures, as lines or as JSON', async () => {
  const { code, stdout } = await run(['summary', sample]);
  assert.equal(code, 0);
  assert.match(stdout, /^RetrievalQA \(252adde57f31f2086f85c06b16ee300c, otlp\)\n {2}duration {2}392 ms\n/);
  assert.match(stdout, /LLM calls 1: gpt-4o-mini\n/);
  const [figures] = JSON.parse((await run(['summary', '--json', sample])).stdout);
  assert.deepEqual([figures.spans, figures.kinds.retriever, figures.errors], [5, 1, 0]);
});

test('convert gives OTLP that is read back to the same spans, also from standard input', async () => {
  const before = await readTraces(await readFile(sample));
  const { code, stdout } = await run(['convert', '-', '--to', 'otlp'], await readFile(sample));
  assert.equal(code, 0);
  assert.deepEqual(namesIn(await readTraces(stdout)), namesIn(before));
  assert.match((await run(['convert', sample, '--to', 'markdown'])).stdout, /^# `RetrievalQA`\n/);
});

test('html is one file with the view and the trace, in the language that is asked for', async () => {
  const file = path.join(folder, 'trace.html');
  const { code, stdout } = await run(['html', sample, '-o', file, '--lang', 'de', '--title', 'Suche']);
  assert.deepEqual([code, stdout], [0, '']);
  const html = await readFile(file, 'utf8');
  assert.match(html, /<html lang="de"/);
  assert.match(html, /<title>Suche<\/title>/);
  assert.deepEqual(namesIn(await readTraces(html)), namesIn(await readTraces(await readFile(sample))));
});

test('masked leaves out what looks like a secret', async () => {
  const file = path.join(folder, 'secret.json');
  await writeFile(file, (await readFile(sample, 'utf8')).replaceAll('Harrison', 'harrison@example.org'));
  assert.match((await run(['convert', file])).stdout, /harrison@example\.org/);
  assert.doesNotMatch((await run(['convert', file, '--masked'])).stdout, /harrison@example\.org/);
});

test('says what is wrong: the call, the file, the format', async () => {
  const wrong = [
    [['draw', sample], 2, /^There is no command draw\.\n\nUsage/],
    [['summary'], 2, /^summary takes one file\./],
    [['convert', sample, '--to', 'xml'], 2, /^--to xml is not known\. There are: otlp, markdown\./],
    [['summary', sample, '--nothing'], 2, /--nothing/],
    [['summary', path.join(folder, 'none.json')], 1, /ENOENT/],
    [['summary', path.join(root, 'package.json')], 1, /no trace format known here/],
  ];
  for (const [args, expected, message] of wrong) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [expected, ''], args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /at .*\.m?js:/);
  }
  assert.match((await run(['--help'])).stdout, /^Usage: llm-trace-kit/);
});

test('a name in a trace does not steer the terminal', async () => {
  const file = path.join(folder, 'names.json');
  await writeFile(file, (await readFile(sample, 'utf8')).replaceAll('"RetrievalQA"', '"\\u001b[2Jname\\u202e"'));
  const { stdout } = await run(['summary', file]);
  assert.match(stdout, /name/);
  assert.deepEqual(
    ['\u001b', '\u202e'].filter((sign) => stdout.includes(sign)),
    [],
  );
});
