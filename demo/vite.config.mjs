import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const pages = ['index', 'url', 'inline', 'drop', 'two', 'hostile'];

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
        },
      }
    : {
        root: at('.'),
        // A missing file is missing, not the first page.
        appType: 'mpa',
        base: './',
        publicDir: false,
        server: { fs: { allow: [at('..')] } },
        build: {
          outDir: at('../dist-demo'),
          emptyOutDir: true,
          target: 'es2022',
          rolldownOptions: { input: pages.map((page) => at(`${page}.html`)) },
        },
      },
);
