// All checks, one after the other, and a closing line that counts the tests.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './run.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-'));
const file = path.join(folder, 'counts.jsonl');

/** What only reads the sources, side by side; then one after the other, as all of it wants the machine for itself. */
const stages = [
  [
    ['types', 'npm', ['run', '--silent', 'types']],
    ['lint', 'npm', ['run', '--silent', 'lint']],
    ['format', 'prettier', ['--check', '.', '--log-level', 'warn']],
    ['build', 'node', ['scripts/build.mjs']],
  ],
  [['table of formats', 'node', ['scripts/formats.mjs', '--check']]],
  [
    [
      'package, in Node',
      'node',
      [
        '--test',
        // Most of these wait for a browser or a command.
        '--test-concurrency=2',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=./scripts/node-counts.mjs',
        `--test-reporter-destination=${file}`,
        'test/',
      ],
    ],
  ],
  [['elements and readers, in a browser', 'web-test-runner', []]],
];

const failed = [];
for (const stage of stages) {
  console.log(`\n— ${stage.map(([name]) => name).join(', ')}`);
  await Promise.all(
    stage.map(async ([name, command, args]) => {
      try {
        await run(command, args, { TEST_COUNTS: file });
      } catch (error) {
        console.error(error.message);
        failed.push(name);
      }
    }),
  );
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean)) {
  const counts = JSON.parse(line);
  for (const key of Object.keys(total)) total[key] += counts[key];
}
await rm(folder, { recursive: true });

if (failed.length) console.error(`\nFailed: ${failed.join(', ')}`);
// A step that broke without a failing test (a type error, say) counts as one.
const failures = Math.max(total.failed, failed.length);
console.log(`\n${total.passed} passed, ${failures} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = failures ? 1 : 0;
