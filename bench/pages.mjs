// Builds the pages that are measured and serves them, with the traces. `node bench/pages.mjs` does only that, for other
// harnesses: it says where the pages are, and ends with Ctrl+C.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compiledEarly } from '../scripts/compiled-early.mjs';
import { traceFolder } from './generate.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const demo = fileURLToPath(new URL('../demo', import.meta.url));

/** Builds the demo's bench page into a folder, of the sources in another. */
async function buildPage(source, outDir) {
  const alias = [
    { find: /^llm-trace-kit\/define\.js$/, replacement: path.join(source, 'define.ts') },
    { find: /^llm-trace-kit\/(\w+)$/, replacement: path.join(source, '$1/index.ts') },
  ];
  await build({
    configFile: false,
    logLevel: 'error',
    root: demo,
    base: './',
    resolve: { alias },
    plugins: [compiledEarly()],
    build: {
      outDir,
      target: 'es2022',
      // Links to modules are nodes of the page, and none of what is measured.
      modulePreload: { polyfill: false, resolveDependencies: () => [] },
      rolldownOptions: { input: path.join(demo, 'bench.html') },
    },
  });
}

/**
 * Serves the limit page as `limit.html`, the demo's bench page of each checkout as `<name>/bench.html`, and traces as
 * `traces/…`. Gives the address, and what ends it.
 *
 * @param {Record<string, string>} checkouts folders of this project by names
 */
export async function servePages(checkouts) {
  const built = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-bench-'));
  for (const [name, checkout] of Object.entries(checkouts))
    await buildPage(path.join(checkout, 'src'), path.join(built, name));
  const fileOf = (name) => {
    if (name === '/limit.html' || name === '/limit.js') return path.join(here, name);
    return name.startsWith('/traces/') ? path.join(traceFolder(), name.slice(7)) : path.join(built, name);
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = fileOf(pathname);
    const size = await stat(file).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': 'no-store',
    });
    createReadStream(file, { highWaterMark: 1 << 18 }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(built, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await servePages({ kit: path.join(here, '..') });
  console.log(`${address}/kit/bench.html\n${address}/kit/bench.html?show=tree\n${address}/limit.html`);
}
