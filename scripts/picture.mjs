// Takes the pictures of the README, light and dark: the one-file build with a trace of the demo. `npm run picture`, after a build.
/* global document -- of the page */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';

const at = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const WIDTH = 1200;
const HEIGHT = 600;

const trace = await readFile(at('demo/traces/nested-agents.json'), 'utf8');
const browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
const page = await browser.newPage();
await page.setViewport({ width: WIDTH, height: HEIGHT });
await page.setContent(`<!doctype html>
  <style>:root { color-scheme: light dark } body { margin: 0 } llm-trace-view { height: ${HEIGHT}px }</style>
  <llm-trace-view view="tree" time-zone="UTC"></llm-trace-view>`);
await page.addScriptTag({ path: at('dist/cdn/llm-trace-kit.min.js') });
await page.evaluate(async (text) => {
  const view = document.querySelector('llm-trace-view');
  await view.load(text);
  const calls = [...view.trace.spans].filter(({ kind, children }) => kind === 'llm' && children.length === 0);
  view.selected = calls[1].id;
}, trace);
await page.waitForSelector('llm-trace-view >>> llm-messages >>> .message, llm-trace-view >>> [part~="message"]');
await page.evaluate(() => document.fonts.ready);
for (const value of ['light', 'dark']) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
  await page.waitForNetworkIdle({ idleTime: 500 });
  await writeFile(at(`docs/picture-${value}.png`), await page.screenshot({ optimizeForSpeed: false }));
}
await browser.close();
