// Files of packages as they were published, under `/published/`: runtimes that load parts of their own, which the test runner would
// work over.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PREFIX = '/published/';
const TYPES = new Map([
  ['.js', 'text/javascript'],
  ['.mjs', 'text/javascript'],
  ['.wasm', 'application/wasm'],
]);
const packages = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** Middleware for the test runner's server. */
export function publishedFiles() {
  return async (context, next) => {
    const type = TYPES.get(path.extname(context.path));
    if (!context.path.startsWith(PREFIX) || type === undefined) return next();
    const file = path.join(packages, path.posix.normalize(`/${context.path.slice(PREFIX.length)}`));
    const size = await stat(file).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
    if (size === undefined) return next();
    context.type = type;
    context.length = size;
    context.set('cache-control', 'no-store');
    context.body = createReadStream(file);
  };
}
