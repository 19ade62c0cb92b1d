// dist/: one module a source file, with types; dist/cdn/: everything in one classic script, and one a language that can be added to
// it; the custom elements manifest, and what editors and frameworks make of it; components of React. Prints sizes and the hash.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { COMPILED_EARLY } from './compiled-early.mjs';
import { writeEditorData } from './editor-data.mjs';
import { manifest } from './manifest.mjs';
import { writeReactWrappers } from './react-wrappers.mjs';
import { run } from './run.mjs';
import { tightenStyles } from './tight-styles.mjs';

await rm('dist', { recursive: true, force: true });
await run('tsc', ['-p', 'tsconfig.build.json']);
await tightenStyles('dist');
const elements = await manifest();
await writeEditorData(elements, 'dist');
await writeReactWrappers(elements, 'dist');
await run('vite', ['build', '-c', 'demo/vite.config.mjs', '--mode', 'cdn', '--logLevel', 'warn']);

/**
 * A language as a classic script for the one-file build. It knows its own text as that does (src/cdn.ts), for the HTML files
 * that are written with it.
 */
async function languageScript(locale) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${locale} as messages } from './src/i18n/${locale}.ts'`, resolveDir: '.' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'language',
    target: 'es2022',
    legalComments: 'none',
  });
  const code = outputFiles[0].text.trim();
  return `(function llmTraceKitLanguage(){${code}LlmTraceKit.addLanguage(language.messages,"("+llmTraceKitLanguage+")()")})()`;
}

const languages = {};
for (const locale of ['de', 'zh']) {
  languages[locale] = await languageScript(locale);
  await writeFile(`dist/cdn/${locale}.js`, `${languages[locale]};\n`);
}

const script = await readFile('dist/cdn/llm-trace-kit.min.js');
// For applications that have the kit as modules and write HTML files: the text of the one-file build, to be loaded then.
// Such a file is read at once: nothing would be compiled while it comes in.
const text = script
  .toString()
  .replace(COMPILED_EARLY, '')
  .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
await writeFile(
  'dist/program.js',
  `/** The text of the one-file build. */
export const program = ${JSON.stringify(text)};

/** The texts of the scripts that add a language to it. */
export const languages = ${JSON.stringify(languages)};
`,
);
await writeFile(
  'dist/program.d.ts',
  `/** The text of the one-file build. */
export declare const program: string;
/** The texts of the scripts that add a language to it, by its tag. */
export declare const languages: Readonly<Record<string, string>>;
`,
);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
for (const [locale, code] of Object.entries(languages)) {
  console.log(`dist/cdn/${locale}.js ${kilobytes(code.length)}, ${kilobytes(gzipSync(code).length)} gzipped`);
}
console.log(`dist/cdn/llm-trace-kit.min.js ${kilobytes(script.length)}, ${kilobytes(gzipSync(script).length)} gzipped`);
console.log(`integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`);
