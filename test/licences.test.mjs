// Code of others: the README lists it, and the one-file build carries its notices.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file) => readFile(path.join(root, file), 'utf8');

test('README lists every dependency with its licence', async () => {
  const readme = await read('README.md');
  const { dependencies, license } = JSON.parse(await read('package.json'));
  for (const name of Object.keys(dependencies)) {
    const licence = JSON.parse(await read(`node_modules/${name}/package.json`)).license.replace(/[()]/g, '');
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    assert.ok(row?.includes(`| ${licence} `), `${name}: ${licence}`);
  }
  assert.match(readme, new RegExp(`\\(LICENSE\\).*${license}|${license}.*\\(LICENSE\\)`));
});

test('the one-file build names who holds the rights of each package in it, and says the terms', async () => {
  const [notices] = /\/\*![^]*?\*\//.exec(await read('dist/cdn/llm-trace-kit.min.js'));
  const { sources } = JSON.parse(await read('dist/cdn/llm-trace-kit.min.js.map'));
  const packages = new Set(sources.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  assert.ok(packages.size > 5);
  for (const name of packages) {
    assert.match(notices, new RegExp(`^${name} [\\d.]+: .*Copyright \\S+`, 'm'));
  }
  for (const words of ['Permission is hereby granted', 'Redistribution and use', 'Apache License, Version 2.0']) {
    assert.ok(notices.includes(words), words);
  }
  // HTML files that the kit writes hold the same text.
  assert.ok((await import('llm-trace-kit/program.js')).program.includes('Permission is hereby granted'));
});
