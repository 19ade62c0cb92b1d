import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chatServer } from '../scripts/chat-server.mjs';
import { COMPILED_EARLY } from '../scripts/compiled-early.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const pages = [
  'index',
  'chat',
  'url',
  'inline',
  'drop',
  'two',
  'diff',
  'tokens',
  'inside',
  'live',
  'training',
  'hostile',
];

/** A model and a collector for the chat, while the demo is served from here. */
function servers() {
  const use = ({ middlewares }) => void middlewares.use(chatServer());
  return { name: 'model-and-collector', configureServer: use, configurePreviewServer: use };
}

/** The demo is written as applications are, by the names of the package. */
const alias = [
  { find: /^llm-trace-kit\/define\.js$/, replacement: at('../src/define.ts') },
  { find: /^llm-trace-kit\/tracer\/([\w-]+)$/, replacement: at('../src/tracer/integrations/$1.ts') },
  { find: /^llm-trace-kit\/(\w+)$/, replacement: at('../src/$1/index.ts') },
];

/** `--mode cdn` builds the one-file bundle; anything else serves or builds the demo. */
export default defineConfig(({ mode }) =>
  mode === 'cdn'
    ? {
        root: at('..'),
        publicDir: false,
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
              postBanner: `${COMPILED_EARLY}(function llmTraceKitProgram(){`,
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
        plugins: [servers()],
        resolve: { alias },
        server: { fs: { allow: [at('..')] } },
        build: {
          outDir: at('../dist-demo'),
          emptyOutDir: true,
          target: 'es2022',
          rolldownOptions: { input: pages.map((page) => at(`${page}.html`)) },
        },
      },
);
