// dist/: one module a source file, with types; dist/cdn/: everything in one classic script. Prints sizes and the hash.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { run } from './run.mjs';

await rm('dist', { recursive: true, force: true });
await run('tsc', ['-p', 'tsconfig.build.json']);
await run('vite', ['build', '-c', 'demo/vite.config.mjs', '--mode', 'cdn', '--logLevel', 'warn']);

const script = await readFile('dist/cdn/llm-trace-kit.min.js');
// For applications that have the kit as modules and write HTML files: the text of the one-file build, to be loaded then.
const text = script.toString().replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
await writeFile(
  'dist/program.js',
  `/** The text of the one-file build. */\nexport const program = ${JSON.stringify(text)};\n`,
);
await writeFile('dist/program.d.ts', '/** The text of the one-file build. */\nexport declare const program: string;\n');
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`dist/cdn/llm-trace-kit.min.js ${kilobytes(script.length)}, ${kilobytes(gzipSync(script).length)} gzipped`);
console.log(`integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`);
