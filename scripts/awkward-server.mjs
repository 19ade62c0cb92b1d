// Answers that a page meets in real life, for the tests, under `/awkward/…`; and the real traces beside the project,
// where there are any, under `/shared/…`.
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const LOGIN_PAGE = '<!doctype html><title>Sign in</title><form><input name="password"></form>';

/** A second origin, which allows nobody: a trace on another server without CORS headers. */
async function otherOrigin() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"resourceSpans":[]}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return server;
}

let other;

const answers = new Map(
  Object.entries({
    '/awkward/login': (context) => {
      context.type = 'html';
      context.body = LOGIN_PAGE;
    },
    '/awkward/500': (context) => {
      context.status = 500;
      context.body = 'out of order';
    },
    '/awkward/empty': (context) => {
      context.status = 200;
      context.type = 'json';
      context.body = '';
    },
    // The server hears nothing more of it until the page gives up.
    '/awkward/never': () => new Promise(() => {}),
    '/awkward/other-origin': async (context) => {
      other ??= otherOrigin();
      context.body = { port: (await other).address().port };
    },
  }),
);

/** Every file below a folder, as paths relative to it. */
async function filesBelow(folder, below = '') {
  const files = [];
  for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(folder, name)));
    else files.push(name);
  }
  return files;
}

/**
 * Middleware for the test runner's server.
 *
 * @param {{ shared?: string }} options `shared`: the folder of real traces, where there is one
 */
export function awkwardServer({ shared }) {
  return async (context, next) => {
    const { path: url } = context;
    const answer = answers.get(url);
    if (answer) await answer(context);
    else if (url === '/shared/files.json') context.body = shared ? await filesBelow(`${shared}/fixtures`) : [];
    else if (shared && url.startsWith('/shared/')) {
      const file = path.join(shared, path.normalize(decodeURIComponent(url.slice('/shared'.length))));
      const isFile = (await stat(file).catch(() => undefined))?.isFile();
      if (!isFile) return next();
      context.type = path.extname(file) || 'application/octet-stream';
      context.body = await readFile(file);
    } else return next();
  };
}
