// dist/: one module a source file, with types; dist/cdn/: everything in one classic script. Prints sizes and the hash.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { run } from './run.mjs';

await rm('dist', { recursive: true, force: true });
await run('tsc', ['-p', 'tsconfig.build.json']);
await run('vite', ['build', '-c', 'demo/vite.config.mjs', '--mode', 'cdn', '--logLevel', 'warn']);

const script = await readFile('dist/cdn/llm-trace-kit.min.js');
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`dist/cdn/llm-trace-kit.min.js ${kilobytes(script.length)}, ${kilobytes(gzipSync(script).length)} gzipped`);
console.log(`integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`);
