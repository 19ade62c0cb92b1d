// Tests run in Chromium by default; `BROWSERS=chromium,firefox npm run test:browser` runs others too.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { summaryReporter, defaultReporter } from '@web/test-runner';
import { accessibilityTree } from './scripts/accessibility-tree.mjs';
import { chromium, firefox, webkit } from './scripts/browsers.mjs';
import { awkwardServer } from './scripts/awkward-server.mjs';
import { backendServer } from './scripts/backend-server.mjs';
import { bundledTests } from './scripts/bundled-tests.mjs';
import { emulatedMedia } from './scripts/emulated-media.mjs';
import { liveServer } from './scripts/live-server.mjs';
import { mcpServer } from './scripts/mcp-server.mjs';
import { modelServer } from './scripts/model-server.mjs';
import { commonJsPackages } from './scripts/common-js-packages.mjs';
import { countReporter } from './scripts/count-reporter.mjs';
import { publishedFiles } from './scripts/published-files.mjs';

const launchers = { chromium, firefox, webkit };
const wanted = (process.env.BROWSERS ?? 'chromium').split(',');

// Real traces that are not part of the project lie beside it on some machines. The tests that need them say so.
const shared = fileURLToPath(new URL('../shared', import.meta.url));
const hasShared = existsSync(`${shared}/fixtures/INDEX.md`);

const files = 'src/**/*.test.ts';

export default {
  files,
  nodeResolve: { browser: true, exportConditions: ['development', 'browser'] },
  middleware: [
    modelServer(),
    mcpServer(),
    liveServer(),
    awkwardServer({ shared: hasShared ? shared : undefined }),
    backendServer(),
    publishedFiles(),
  ],
  plugins: [
    accessibilityTree(),
    emulatedMedia(),
    bundledTests(files),
    // Dependencies of Anthropic's client, of the AI SDK, and of LangChain.
    commonJsPackages({
      standardwebhooks: ['Webhook'],
      '@vercel/oidc': ['getContext', 'getVercelOidcToken'],
      'p-queue': ['default'],
      'base64-js': ['default'],
      'p-retry': ['default'], // of Google GenAI
      ajv: ['default'], // of the MCP client
      'ajv-formats': ['default'],
      'content-type': ['default'],
    }),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: await Promise.all(wanted.map((name) => launchers[name]())),
  // WebKitGTK draws without a graphics card: on a busy machine, that is a few frames a second.
  testFramework: { config: { timeout: wanted.includes('webkit') ? 60_000 : 20_000 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  concurrentBrowsers: 1,
  reporters: [
    process.env.VERBOSE ? summaryReporter() : defaultReporter(),
    countReporter({ file: process.env.TEST_COUNTS }),
  ],
  coverageConfig: { include: ['src/**/*.ts'], exclude: ['src/**/*.test.ts'] },
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
