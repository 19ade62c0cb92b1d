// Builds a program for the browser and serves it, for what needs a browser but is no test of the test runner.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { tightStylesPlugin } from './tight-styles.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'program';

/**
 * The files of a program, minified, with what it loads later in files of their own.
 *
 * @param {string} program the text of a module
 * @param {RegExp} [external] modules that are left out
 */
export async function buildProgram(program, external) {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [
      tightStylesPlugin(),
      {
        name: 'program',
        resolveId: (id) => (id.endsWith(ENTRY) ? ENTRY : undefined),
        load: (id) => (id === ENTRY ? program : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: ENTRY, formats: ['es'], fileName: 'program' },
      // What an application ends up with: a library's own file would keep its spaces, and names for others to import.
      rolldownOptions: { preserveEntrySignatures: 'allow-extension', output: { minify: true }, external },
    },
  });
  return [result].flat()[0].output;
}

/**
 * Serves a page that runs a program. Gives its address and what ends that.
 *
 * @param {string} program the text of a module
 * @param {(report: any) => void} [received] called with what the page posts
 */
export async function servePage(program, received) {
  const files = new Map((await buildProgram(program)).map(({ fileName, code }) => [`/${fileName}`, code]));
  const entry = [...files.keys()].find((name) => name.startsWith('/program'));
  const html = `<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="${entry}"></script>`;
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') received?.(await new Response(request).json());
    const { pathname } = new URL(request.url, 'http://localhost');
    const code = files.get(pathname);
    // Frames without an origin of their own load scripts from here too.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', code === undefined ? 'text/html' : 'text/javascript');
    response.end(code ?? html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
