// Runs the notebook of the examples, makes a page of it as people do who publish theirs, and looks at its traces in Chromium. Needs a
// Python with nbconvert and ipykernel: `$PYTHON`, or `python3`. Where there is none, says so and does nothing.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const python = process.env.PYTHON ?? 'python3';
const run = promisify(execFile);

const missing = await run(python, ['-c', 'import nbconvert, ipykernel']).then(
  () => undefined,
  (error) => error.stderr?.trim().split('\n').at(-1) || error.message,
);
if (missing) {
  console.log(`skipped: ${python} cannot run notebooks (${missing})`);
  process.exit();
}

/** Looks at the trace in a frame as a person does, and clicks a span where it is shown as a tree. */
async function look(frame, view) {
  await frame.waitForSelector(`llm-trace-view >>> [role="tab"][id="tab-${view}"][aria-selected="true"]`);
  if (view !== 'tree')
    return void (await frame.waitForSelector(`llm-trace-view >>> llm-${view} >>> canvas`, { visible: true }));
  const row = await frame.waitForSelector('llm-trace-view >>> [role="row"][aria-label^="VectorStoreRetriever"]');
  await row.click();
  await frame.waitForSelector('llm-trace-view >>> ::-p-aria([role="heading"][name="VectorStoreRetriever"])');
}

const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-notebook-'));
const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
try {
  await cp(path.join(root, 'examples/notebook'), folder, { recursive: true });
  await cp(path.join(root, 'demo/traces/rag-kensho.json'), path.join(folder, 'trace.json'));
  await cp(path.join(root, 'dist/cdn/llm-trace-kit.min.js'), path.join(folder, 'llm-trace-kit.min.js'));
  const command = path.join(root, 'bin/llm-trace-kit.mjs');
  await run(process.execPath, [command, 'html', 'trace.json', '-o', 'trace.html'], { cwd: folder });
  await run(python, ['-m', 'nbconvert', '--to', 'html', '--execute', 'notebook.ipynb'], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(pathToFileURL(path.join(folder, 'notebook.html')).href, { waitUntil: 'domcontentloaded' });
  const frames = await page.$$('iframe');
  if (frames.length !== 3) throw new Error(`${frames.length} frames`);
  for (const [at, view] of ['tree', 'timeline', 'tree'].entries()) {
    await frames[at].scrollIntoView();
    await look(await frames[at].contentFrame(), view);
    const isApart = await frames[at].evaluate((element) => element.contentDocument === null);
    if (!isApart) throw new Error(`Frame ${at + 1} can reach the notebook.`);
  }
  if (errors.length) throw new Error(errors.join('\n'));
  console.log('A notebook was run, and the three traces of the page that was made of it were read.');
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
