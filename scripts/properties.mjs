// Property tests with seeds that nobody has chosen, and many more values: `npm run test:properties`, or with
// `--times 5`, `--seed 1234`, and files. What it finds says its seed.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string' }, seed: { type: 'string', default: 'random' } },
});

/** How many times more values are tried than in `npm test`. */
const TIMES = 20;
/** Traces that grow are tried in 10,000 orders: each may be the one that goes wrong. */
const TIMES_OF = { 'src/model/growing-traces.test.ts': 50 };

const files = await glob(positionals.length ? positionals : ['src/**/*.test.ts'], { cwd: root });
/** Files with properties by how many times more is tried. */
const groups = new Map();
for (const file of files) {
  const text = await readFile(path.join(root, file), 'utf8');
  if (!/from 'fast-check'|survivesAnything/.test(text)) continue;
  const times = values.times ?? TIMES_OF[file] ?? TIMES;
  groups.set(times, [...(groups.get(times) ?? []), file]);
}

let hasFailed = false;
for (const [times, ofGroup] of groups) {
  const args = ['--config', 'scripts/properties.config.mjs', ...ofGroup.flatMap((file) => ['--files', file])];
  try {
    await run('web-test-runner', args, { PROPERTY_SEED: values.seed, PROPERTY_RUNS: String(times) });
  } catch (error) {
    console.error(`${times} times: ${error.message}`);
    hasFailed = true;
  }
}
process.exitCode = hasFailed ? 1 : 0;
