// Records two sample traces out of the demo's own pages: what replay finds inside the model of live.html, and the gradients of the
// training of training.html. `node scripts/record-inside.mjs`
/* global document -- of the pages */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { chromiumOptions } from './browsers.mjs';

const at = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const STORE = `/@fs${at('src/store/index.ts')}`;
const TRACER = `/@fs${at('src/tracer/index.ts')}`;

const server = await createServer({
  configFile: at('demo/vite.config.mjs'),
  cacheDir: await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-')),
  server: { port: 0, watch: null, hmr: false },
  logLevel: 'error',
});
await server.listen();
const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });

async function open(file) {
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls.local[0]}${file}`);
  return page;
}

const press = async (page, id) => {
  await page.waitForSelector(`#${id}:not(:disabled)`, { timeout: 120_000 });
  await page.click(`#${id}`);
};
const isDone = (page, words) =>
  page.waitForFunction(
    (wanted) => document.querySelector('#state').textContent.includes(wanted),
    { timeout: 120_000 },
    words,
  );

const write = (name, otlp) => writeFile(at(`demo/traces/${name}.json`), `${JSON.stringify(JSON.parse(otlp))}\n`);

const live = await open('live.html');
await isDone(live, 'capturing took');
await press(live, 'explain');
await isDone(live, 'run once more');
await write(
  'inside-a-model',
  await live.evaluate(async (path) => {
    const store = await (await import(path)).openTraceStore();
    return new Response(await store.export()).text();
  }, STORE),
);

const training = await open('training.html');
await isDone(training, 'Trained');
await write(
  'training',
  await training.evaluate(
    async (storePath, tracerPath) => {
      const { createTracer, recordInternals } = await import(tracerPath);
      const store = await (await import(storePath)).openTraceStore({ name: 'recorded' });
      const tracer = createTracer({ store, service: 'demo' });
      await tracer.span('training', (span) =>
        recordInternals(span, document.querySelector('llm-gradient-view').internals),
      );
      await tracer.flush();
      return new Response(await store.export()).text();
    },
    STORE,
    TRACER,
  ),
);

await browser.close();
await server.close();
