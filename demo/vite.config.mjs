import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chatServer } from '../scripts/chat-server.mjs';
import { COMPILED_EARLY } from '../scripts/compiled-early.mjs';
import { licenceNotices } from '../scripts/licences.mjs';
import { tightStylesPlugin } from '../scripts/tight-styles.mjs';
import { relayServer } from '../scripts/relay-server.mjs';
import { pageFiles, site } from './site/plugin.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A model and a collector for the chat, while the demo is served from here. */
function servers() {
  const use = ({ middlewares }) => void middlewares.use(chatServer());
  return { name: 'model-and-collector', configureServer: use, configurePreviewServer: use };
}

/** Asks backends for the page that lists their traces: they do not let a page of another origin read. */
function relay() {
  const use = ({ middlewares }) => void middlewares.use('/relay', relayServer());
  return { name: 'relay', configureServer: use, configurePreviewServer: use };
}

/** The demo is written as applications are, by the names of the package. */
const alias = [
  { find: /^llm-trace-kit\/define\.js$/, replacement: at('../src/define.ts') },
  { find: /^llm-trace-kit\/(define|i18n)\/([\w-]+)\.js$/, replacement: at('../src/$1/$2.ts') },
  { find: /^llm-trace-kit\/tracer\/([\w-]+)$/, replacement: at('../src/tracer/integrations/$1.ts') },
  { find: /^llm-trace-kit\/sources\/([\w-]+)$/, replacement: at('../src/sources/$1.ts') },
  { find: /^llm-trace-kit\/(\w+)$/, replacement: at('../src/$1/index.ts') },
];

/** `--mode cdn` builds the one-file bundle; anything else serves or builds the demo. */
export default defineConfig(({ mode }) =>
  mode === 'cdn'
    ? {
        root: at('..'),
        publicDir: false,
        plugins: [tightStylesPlugin()],
        build: {
          outDir: 'dist/cdn',
          sourcemap: true,
          target: 'es2022',
          lib: {
            entry: 'src/cdn.ts',
            formats: ['iife'],
            name: 'LlmTraceKit',
            fileName: () => 'llm-trace-kit.min.js',
          },
          // A named function around it, so that it knows its own text: files that it writes carry it (src/cdn.ts).
          rolldownOptions: {
            output: {
              postBanner: async ({ modules }) =>
                `${COMPILED_EARLY}(function llmTraceKitProgram(){${await licenceNotices(Object.keys(modules))}`,
              postFooter: 'globalThis.LlmTraceKit=LlmTraceKit})()',
            },
          },
        },
      }
    : {
        root: at('.'),
        // A missing file is missing, not the first page.
        appType: 'mpa',
        base: './',
        publicDir: false,
        plugins: [servers(), relay(), site()],
        resolve: { alias },
        server: { fs: { allow: [at('..')] } },
        // Found before a page is opened, which would be loaded anew otherwise.
        optimizeDeps: { entries: ['*.html', 'examples/*.html'] },
        build: {
          outDir: at('../dist-demo'),
          emptyOutDir: true,
          target: 'es2022',
          rolldownOptions: { input: pageFiles() },
        },
      },
);
