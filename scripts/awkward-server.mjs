// Answers that a page meets in real life, for the tests, under `/awkward/…`; a collector that gives back what it got, under
// `/collector/…`; and the real traces beside the project, where there are any, under `/shared/…`.
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const LOGIN_PAGE = '<!doctype html><title>Sign in</title><form><input name="password"></form>';

const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

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
    // The policy that SECURITY-minded pages have: only their own scripts, no styles, no strings as code.
    '/awkward/strict': (context) => {
      context.type = 'html';
      context.set('content-security-policy', STRICT_POLICY);
      context.body = '<!doctype html><title>Strict</title><script type="module" src="/src/define.ts"></script>';
    },
    // The server hears nothing more of it until the page gives up.
    '/awkward/never': () => new Promise(() => {}),
    '/awkward/other-origin': async (context) => {
      other ??= otherOrigin();
      context.body = { port: (await other).address().port };
    },
  }),
);

/** What collectors have got, by their paths. */
const collected = new Map();

/**
 * Takes what is posted, as a receiver of OTLP/HTTP does; a GET gives all of it. `?answers=503,429-1,drop,partial-2`: what
 * the first requests are answered, one after the other: a status, with the seconds of `Retry-After` behind a dash; a
 * connection that breaks; so many spans that are rejected. Later ones are taken.
 */
async function collector(context) {
  const all = collected.get(context.path) ?? [];
  collected.set(context.path, all);
  if (context.method !== 'POST') {
    context.body = all;
    return;
  }
  const chunks = [];
  for await (const chunk of context.req) chunks.push(chunk);
  const { headers } = context.request;
  const isPacked = headers['content-encoding'] === 'gzip';
  const body = isPacked ? gunzipSync(Buffer.concat(chunks)) : Buffer.concat(chunks);
  const answers = (context.query.answers || '200').split(',');
  const [answer, value] = (answers[all.length] ?? '200').split('-');
  // Protobuf as base64; what arrived though its sender was not told so is there too.
  const isJson = headers['content-type'] === 'application/json';
  all.push({ headers, body: body.toString(isJson ? 'utf8' : 'base64'), answer });
  if (answer === 'drop') {
    context.respond = false;
    context.req.socket.destroy();
  } else if (answer === 'partial') context.body = { partialSuccess: { rejectedSpans: value, errorMessage: 'too old' } };
  else {
    context.status = Number(answer);
    if (value) context.set('retry-after', value);
    context.body = { partialSuccess: {} };
  }
}

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
    else if (url.startsWith('/collector/')) await collector(context);
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
