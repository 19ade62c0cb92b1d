// Answers that a page meets in real life, for the tests, under `/awkward/…`; and the real traces beside the project,
// where there are any, under `/shared/…`.
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const LOGIN_PAGE = '<!doctype html><title>Sign in</title><form><input name="password"></form>';

const answers = {
  '/awkward/login': (context) => {
    context.type = 'html';
    context.body = LOGIN_PAGE;
  },
  '/awkward/500': (context) => {
    context.status = 500;
    context.body = 'out of order';
  },
  '/awkward/empty': (context) => {
    context.type = 'json';
    context.body = '';
  },
  '/awkward/never': () => new Promise(() => {}),
};

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

/** @param {{ shared?: string }} options `shared`: the folder of real traces, where there is one */
export function awkwardServer({ shared }) {
  // A second origin, which allows nobody: what a trace on another server without CORS headers looks like.
  const otherOrigin = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"resourceSpans":[]}');
  });
  return {
    name: 'awkward-server',
    async serverStart({ app }) {
      await new Promise((resolve) => otherOrigin.listen(0, '127.0.0.1', resolve));
      otherOrigin.unref();
      app.use(async (context, next) => {
        const { path: url } = context;
        if (url === '/awkward/other-origin') context.body = { port: otherOrigin.address().port };
        else if (answers[url]) await answers[url](context);
        else if (url === '/shared/files.json') context.body = shared ? await filesBelow(`${shared}/fixtures`) : [];
        else if (url.startsWith('/shared/') && shared) {
          const file = path.join(shared, path.normalize(decodeURIComponent(url.slice('/shared'.length))));
          const found = await stat(file).catch(() => undefined);
          if (!found?.isFile()) return next();
          context.type = path.extname(file) || 'application/octet-stream';
          context.body = found.size > 1e6 ? createReadStream(file) : await readFile(file);
        } else return next();
      });
    },
    serverStop() {
      otherOrigin.close();
    },
  };
}
