/* global window -- of the page */
// A browser with a page that has the tracer and the sources, on an origin of its own that passes questions on to servers of
// this machine: their own settings for other origins are no part of what is tested.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { build } from 'esbuild';
import { chromiumOptions } from '../browsers.mjs';

const entry = fileURLToPath(new URL('page.mjs', import.meta.url));
const tsconfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** `/to/9411/api/v2/traces` is asked of port 9411, and of no other machine than this. */
function relay(request, response) {
  const [, port, rest] = /^\/to\/(\d+)(.*)$/.exec(request.url) ?? [];
  const path = rest?.startsWith('/') ? rest : `/${rest}`;
  const passed = ask({
    host: '127.0.0.1',
    port,
    path,
    method: request.method,
    headers: { ...request.headers, host: `localhost:${port}` },
  });
  passed.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', (error) => response.writeHead(502).end(error.message));
  request.pipe(passed);
}

export async function openBrowser() {
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    splitting: true,
    outdir: '/',
    target: 'es2022',
    tsconfig,
    logLevel: 'error',
  });
  const files = new Map(bundle.outputFiles.map(({ path, contents }) => [path, contents]));
  const server = createServer((request, response) => {
    if (request.url.startsWith('/to/')) return relay(request, response);
    const code = files.get(request.url);
    response.setHeader('content-type', code ? 'text/javascript' : 'text/html');
    return response.end(code ?? '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const browser = await puppeteerCore.launch({
    headless: true,
    ...(await chromiumOptions()),
    protocolTimeout: 300_000,
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  const origin = `http://127.0.0.1:${server.address().port}`;
  await page.goto(origin);
  await page.waitForFunction('window.kit');
  return {
    page,
    /** Calls what the page has (`page.mjs`). */
    kit: (what, ...given) => page.evaluate((name, args) => window.kit[name](...args), what, given),
    /** The address by which the page asks a port of this machine. */
    to: (port) => `${origin}/to/${port}`,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
