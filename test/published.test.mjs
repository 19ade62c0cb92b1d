// The package as it would be published: what its files and fields promise, for bundlers, TypeScript and Node.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-pack-'));
const { stdout } = await promisify(execFile)(
  'npm',
  ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
  {
    cwd: root,
    maxBuffer: 1e8,
    shell: process.platform === 'win32',
  },
);
const [{ filename, files }] = Object.values(JSON.parse(stdout));
const tarball = await readFile(path.join(folder, filename));
test.after(() => rm(folder, { recursive: true }));

test('holds what users need and nothing else', () => {
  const names = files.map((file) => file.path);
  for (const needed of [
    'README.md',
    'LICENSE',
    'dist/index.js',
    'dist/custom-elements.json',
    'dist/cdn/llm-trace-kit.min.js',
  ]) {
    assert.ok(names.includes(needed), needed);
  }
  assert.deepEqual(
    names.filter((name) => /\.test\.|(^|\/)test-|src\/test\/|^(demo|bench|scripts|samples)\//.test(name)),
    [],
  );
});

test('has styles without comments and indents', async () => {
  const styles = files.map((file) => file.path).filter((name) => name.endsWith('.styles.js'));
  assert.ok(styles.length > 20);
  for (const name of styles) {
    const text = await readFile(path.join(root, name), 'utf8');
    for (const [template] of text.matchAll(/css\s*`[^`]*`/g)) assert.doesNotMatch(template, /\/\*| {2}/, name);
  }
});

test('publint finds nothing', async () => {
  const pkg = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const { messages } = await publint({ pack: { tarball: tarball.buffer } });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});
