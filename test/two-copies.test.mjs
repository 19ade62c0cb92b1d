// Two copies of the kit on one page, as when a site and a widget on it each bring theirs, maybe of another version.
/* global document, customElements, LlmTraceKit, window -- of the page */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from '../scripts/browsers.mjs';

const file = (name) => readFile(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');

test('the first copy stays, says so, and shows what the second one has read', async (context) => {
  const script = await file('dist/cdn/llm-trace-kit.min.js');
  const trace = await file('demo/traces/rag-kensho.json');
  const page =
    '<!doctype html><html lang="en"><title>A page</title><script src="/a.js"></script><llm-trace-view></llm-trace-view>';
  const server = createServer(({ url }, response) => {
    response.writeHead(200, { 'content-type': url.endsWith('.js') ? 'text/javascript' : 'text/html' });
    response.end(url.endsWith('.js') ? script : url === '/' ? page : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
  context.after(async () => {
    await browser.close();
    server.close();
  });
  const opened = await browser.newPage();
  const errors = [];
  const warnings = [];
  opened.on('pageerror', ({ message }) => errors.push(message));
  opened.on('console', (message) => (message.type() === 'error' ? errors : warnings).push(message.text()));
  await opened.goto(`http://127.0.0.1:${server.address().port}/`);
  assert.deepEqual(warnings, []);
  await opened.evaluate(() => (window.first = customElements.get('llm-trace-view')));
  await opened.addScriptTag({ url: '/b.js' });
  assert.ok(await opened.evaluate(() => customElements.get('llm-trace-view') === window.first));
  assert.equal(warnings.filter((text) => text.startsWith('<llm-trace-view> is registered already')).length, 1);
  await opened.evaluate(async (text) => {
    const view = document.querySelector('llm-trace-view');
    view.data = text;
    const [read] = await LlmTraceKit.readTraces(text);
    const other = document.createElement('llm-span-tree');
    other.trace = read;
    document.body.append(other);
  }, trace);
  const rows = (tag) => opened.$$eval(`${tag} >>> [role="treegrid"] [aria-level]`, ({ length }) => length);
  await opened.waitForSelector('llm-trace-view >>> [role="treegrid"] [aria-level]');
  await opened.waitForSelector('body > llm-span-tree >>> [role="treegrid"] [aria-level]');
  assert.deepEqual([await rows('llm-trace-view'), await rows('body > llm-span-tree')], [5, 5]);
  assert.deepEqual(errors, []);
});
