// No file of src/ imports itself by way of others. Types alone may: they are gone when the code runs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';

const { createSourceFile, isExportDeclaration, isImportDeclaration, ScriptTarget } = typescript;
const source = fileURLToPath(new URL('../src', import.meta.url));

/** The files that a file needs before it runs. */
function importsOf(file, text) {
  return createSourceFile(file, text, ScriptTarget.Latest)
    .statements.filter(
      (statement) =>
        (isImportDeclaration(statement) && !statement.importClause?.isTypeOnly) ||
        (isExportDeclaration(statement) && !statement.isTypeOnly),
    )
    .map(({ moduleSpecifier }) => moduleSpecifier?.text ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.join(path.dirname(file), specifier.replace(/\.js$/, '.ts')));
}

/** Takes away, again and again, what needs nothing that is left: what stays is in a circle, or needs one. */
function withoutEnds(needs) {
  const left = new Map(needs);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [file, needed] of left) if (!needed.some((other) => left.has(other))) left.delete(file);
  }
  return left;
}

function circlesIn(needs) {
  const needing = withoutEnds(needs);
  const neededBy = new Map([...needing.keys()].map((file) => [file, []]));
  for (const [file, needed] of needing) for (const other of needed) neededBy.get(other)?.push(file);
  return [...withoutEnds(neededBy).keys()].sort();
}

test('imports make no circle', () => {
  const files = readdirSync(source, { recursive: true }).filter((name) => /(?<!\.test|\.d)\.ts$/.test(name));
  const needs = new Map(files.map((file) => [file, importsOf(file, readFileSync(path.join(source, file), 'utf8'))]));
  assert.ok(needs.size > 100);
  assert.deepEqual(circlesIn(needs), []);
});

test('a circle is found, and types alone are none', () => {
  const needsOf = (texts) => new Map(Object.entries(texts).map(([file, text]) => [file, importsOf(file, text)]));
  const value = {
    'a.ts': "import './b.js';",
    'b.ts': "export { c } from './c.js';",
    'c.ts': "import { a } from './a.js';",
  };
  assert.deepEqual(circlesIn(needsOf({ ...value, 'd.ts': "import './a.js';" })), ['a.ts', 'b.ts', 'c.ts']);
  const types = { ...value, 'c.ts': "import type { A } from './a.js';" };
  assert.deepEqual(circlesIn(needsOf(types)), []);
});
