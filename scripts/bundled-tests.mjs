// Bundles the test files before the browser asks for them: a page of some 450 modules, 300 times, was most of a run.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { glob } from 'tinyglobby';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Seed of the property tests: `random`, or a number (one that never changes, where nobody names one). */
const { PROPERTY_SEED = '20260101', PROPERTY_RUNS = '1' } = process.env;

/** What pages in frames of tests load by its address. */
const MODULES_OF_FRAMES = ['src/define.ts', 'src/store/index.ts', 'src/export/otlp-exporter.ts'];

/** Property tests import `fast-check`; they get it with a seed. */
const seededFastCheck = {
  name: 'seeded-fast-check',
  setup({ onResolve }) {
    const seeded = path.join(root, 'src/test/fast-check.ts');
    onResolve({ filter: /^fast-check$/ }, ({ importer }) => (importer === seeded ? undefined : { path: seeded }));
  },
};

async function bundlesOf(files) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...(await glob(files, { cwd: root })), ...MODULES_OF_FRAMES],
    outdir: root,
    outbase: root,
    chunkNames: 'src/bundles/[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // Two modules may each have a class of one name, and errors say theirs.
    keepNames: true,
    conditions: ['development', 'browser'],
    // Parts of the test runner's own server.
    external: ['/__*'],
    define: { PROPERTY_SEED: PROPERTY_SEED === 'random' ? 'undefined' : PROPERTY_SEED, PROPERTY_RUNS },
    plugins: [seededFastCheck],
    sourcemap: 'linked',
    logLevel: 'error',
  });
  return new Map(outputFiles.map((file) => [`/${path.relative(root, file.path)}`, file]));
}

/**
 * Plugin for the test runner: answers each test file with its bundle, under the address of the file. Workers come from
 * the sources, and so does everything while the runner watches, or where a file cannot be bundled: then the tests of
 * that file fail alone.
 *
 * @param {string} files pattern of the test files
 */
export function bundledTests(files) {
  let bundles = new Map();
  return {
    name: 'bundled-tests',
    async serverStart({ config }) {
      const isWatching = !config.disableFileWatcher;
      if (!isWatching) bundles = await bundlesOf(files).catch(() => bundles);
    },
    serve({ path: asked }) {
      const address = asked.replace(/ts$/, 'js');
      const bundle = bundles.get(address);
      return bundle && { body: bundle.text, type: address.endsWith('.map') ? 'json' : 'js' };
    },
  };
}
