// The docs site as it is built, served from a folder below the root of a plain server: every page, as a person sees it.
/* global document, Event, getComputedStyle, navigator, requestAnimationFrame, window -- of the pages */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { build } from 'vite';
import { pageNames } from '../demo/site/plugin.mjs';
import { chromiumOptions } from './browsers.mjs';

const BASE = '/some/where/';
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
/** Pages that do everything by the rules but for what they are there to show. */
const UNRULY = new Set(['hostile.html']);
/** Pages that ask for the model of the demo's own server, and say where it is not there. */
const NEEDS_SERVER = new Set(['chat.html']);

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let folder;
let server;
let browser;
let root;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-site-'));
  const configFile = fileURLToPath(new URL('../demo/vite.config.mjs', import.meta.url));
  await build({
    configFile,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false },
  });
  server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = pathname.startsWith(BASE) && path.join(folder, pathname.slice(BASE.length) || 'index.html');
    const body = file && (await readFile(file).catch(() => undefined));
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[path.extname(file || '')] ?? 'text/plain' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://localhost:${server.address().port}${BASE}`;
  browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
});

after(async () => {
  await browser?.close();
  server?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** A page of its own profile; what goes wrong in it is kept. */
async function open(name, { width = 1280 } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 900 });
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(root).host) page.faults.push(`asked ${request.url()}`);
  });
  await page.goto(`${root}${name}`, { waitUntil: 'networkidle0' });
  return page;
}
const close = (page) => page.browserContext().close();

const byName = (page, role, name) =>
  page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, { visible: true });

/** What axe finds. Headings inside an element have the level that they have inside the view: it cannot know those of a page. */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () =>
    (await window.axe.run({ rules: { 'heading-order': { enabled: false } } })).violations.map(({ id, nodes }) => [
      id,
      nodes.slice(0, 3).map(({ any, html, target }) => [target.join(' '), html, any[0]?.message]),
    ]),
  );
}

/** Whether an element shows what one that was given nothing does not. */
const showsSomething = (page, tag) =>
  page
    .waitForFunction(
      (name) => {
        const shown = document.querySelector(`main ${name}`);
        const partsOf = (element) => {
          let parts = '';
          const roots = [element.shadowRoot];
          while (roots.length > 0) {
            for (const one of roots.pop().querySelectorAll('*')) {
              if (one.localName !== 'style') parts += `${one.localName} ${one.shadowRoot ? '' : one.textContent} `;
              if (one.shadowRoot) roots.push(one.shadowRoot);
            }
          }
          return parts;
        };
        window.bare ??= document.body.appendChild(document.createElement(name));
        if (!window.bare.shadowRoot?.childElementCount && !window.bare.hasUpdated) return false;
        const differs = partsOf(shown) !== partsOf(window.bare);
        if (differs && shown.offsetHeight > 20) return (window.bare.remove(), true);
        return false;
      },
      { timeout: 15_000 },
      tag,
    )
    .catch(() => assert.fail(`<${tag}> shows nothing`));

/** Changes each attribute by its control, and looks at the element and at its code. */
async function tryControls(page, tag) {
  const controls = await page.$$('.try form :is(input, select)');
  assert.ok(controls.length > 0);
  for (const control of controls) {
    const change = await control.evaluate((input) => {
      const attribute = input.closest('label').textContent.trim();
      const name = input.localName === 'select' ? input.previousSibling.textContent : attribute;
      // An address would be asked for, a format would not fit, and an id must be one.
      if (['src', 'live', 'format', 'trace-id', 'sources'].includes(name)) return { name };
      const before = input.closest('main').querySelector('.example > *').getAttribute(name);
      if (input.type === 'checkbox') input.checked = !input.checked;
      else if (input.localName === 'select') input.selectedIndex = (input.selectedIndex + 1) % input.options.length;
      else input.value = name === 'time-zone' ? 'Asia/Tokyo' : '5000';
      input.dispatchEvent(new Event('change', { bubbles: true }));
      return { name, before, value: input.type === 'checkbox' ? String(input.checked) : input.value };
    });
    if (change.value === undefined) continue;
    const now = await page.evaluate(
      async ([selector, attribute]) => {
        const element = document.querySelector(selector);
        await element.updateComplete;
        const value = element.getAttribute(attribute);
        const { attributes } = JSON.parse(document.querySelector('#data').textContent);
        const { default: initial } = attributes.find(({ name }) => name === attribute);
        return [value, document.querySelector('#tag').textContent, value !== null && `'${value}'` !== initial];
      },
      [`.example ${tag}`, change.name],
    );
    assert.notEqual(now[0], change.before, change.name);
    assert.equal(now[1].includes(` ${change.name}`), now[2], `${change.name} in the code`);
  }
}

describe('every page of the site', () => {
  for (const name of pageNames()) {
    it(name, async () => {
      const page = await open(name);
      const tag = name.startsWith('elements/') && path.basename(name, '.html');
      if (tag) await showsSomething(page, tag);
      assert.equal((await page.$$('h1')).length, 1);
      assert.equal((await page.$$('nav.site [aria-current="page"]')).length, 1, 'its place in the navigation');
      if (!UNRULY.has(name)) {
        for (const value of ['light', 'dark']) {
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
          assert.deepEqual(await violations(page), [], value);
        }
        await page.setViewport({ width: 360, height: 780 });
        await page.evaluate(
          () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        );
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(wide, 360, 'width of what is shown in 360 px');
      }
      if (tag) await tryControls(page, tag);
      const expected = NEEDS_SERVER.has(name) ? /status of 404/ : /^$/;
      assert.deepEqual(
        page.faults.filter((fault) => !expected.test(fault)),
        [],
      );
      await close(page);
    });
  }

  it('leads to pages and places that are there', async () => {
    const page = await open('index.html');
    const found = new Map();
    for (const name of pageNames()) {
      const links = await page.evaluate(async (address) => {
        const text = await (await fetch(address)).text();
        const parsed = new window.DOMParser().parseFromString(text, 'text/html');
        const ids = Array.from(parsed.querySelectorAll('[id]'), ({ id }) => id);
        return {
          ids,
          hrefs: Array.from(
            parsed.querySelectorAll('a[href]'),
            (link) => new URL(link.getAttribute('href'), address).href,
          ),
        };
      }, `${root}${name}`);
      found.set(`${root}${name}`, links);
    }
    const dead = [];
    for (const [from, { hrefs }] of found) {
      for (const href of hrefs) {
        const [address, hash] = href.split('#');
        if (!href.startsWith(root)) {
          if (/^https?:\/\/localhost/.test(href)) dead.push([from, href]);
          continue;
        }
        const target = found.get(address);
        if (!target || (hash && !target.ids.includes(decodeURIComponent(hash))))
          dead.push([from.slice(root.length), href.slice(root.length)]);
      }
    }
    assert.deepEqual(dead, []);
    await close(page);
  });
});

describe('the page of an element', () => {
  it('lists the events of the element as they come', async () => {
    const page = await open('elements/llm-span-tree.html');
    const row = await page.waitForSelector('.example >>> [role="row"][aria-label^="topic_guardrail"]');
    await row.click();
    const log = await byName(page, 'log', 'Events');
    await page.waitForFunction((list) => /llm-span-select \{ span: /.test(list.textContent), {}, log);
    await close(page);
  });
});

describe('what can be tried', () => {
  it('shows custom properties as they are set, and the CSS for them', async () => {
    const page = await open('theming.html');
    await page.waitForSelector('llm-trace-view >>> [role="treegrid"]');
    const colour = () => page.$eval('llm-trace-view >>> .frame', (frame) => getComputedStyle(frame).backgroundColor);
    const background = await page.$('input[name="--llm-background"]');
    const before = await colour();
    await background.evaluate((input) => {
      input.value = '#ffeedd';
      input.dispatchEvent(new Event('input'));
    });
    assert.notEqual(await colour(), before);
    const css = () => page.$eval('#style', ({ textContent }) => textContent);
    assert.match(await css(), /--llm-background: light-dark\(#ffeedd, #14161a\);/);
    for (const look of await page.$$eval('#preset option', (all) => all.map(({ value }) => value))) {
      await page.select('#preset', look);
      for (const scheme of ['light', 'dark']) {
        await page.select('#scheme', scheme);
        assert.deepEqual(await violations(page), [], `${look}, ${scheme}`);
      }
    }
    await (await byName(page, 'button', 'Start anew')).click();
    assert.match(await css(), /Nothing is changed/);
    assert.ok((await page.$$('.properties input')).length > 25);
    assert.deepEqual(page.faults, []);
    await close(page);
  });

  it('opens every trace of the gallery, and what is worth a look', async () => {
    const page = await open('gallery.html');
    const names = await page.$$eval('.gallery button', (all) => all.map(({ textContent }) => textContent));
    assert.ok(names.length > 15);
    for (const name of names) {
      const shown = page.evaluate(
        () =>
          new Promise((resolve) =>
            document
              .querySelector('llm-trace-view')
              .addEventListener('llm-trace-load', () => resolve(), { once: true }),
          ),
      );
      await page.evaluate(
        (words) => [...document.querySelectorAll('.gallery button')].find((one) => one.textContent === words).click(),
        name,
      );
      // The first is there already.
      if (name !== names[0]) await shown;
      for (const look of await page.$$('#look button')) {
        await look.evaluate((button) => button.click());
        const spans = await page.evaluate(async () => {
          const view = document.querySelector('llm-trace-view');
          await view.updateComplete;
          return view.trace.spans.length;
        });
        assert.ok(spans > 0, name);
      }
    }
    assert.deepEqual(page.faults, []);
    await close(page);
  });

  it('has an internal tool that lists, groups and opens traces', async () => {
    const page = await open('tool.html');
    await page.waitForFunction(() => /^7 traces|^6 traces/.test(document.querySelector('#state').textContent));
    const rows = await page.$$('llm-trace-list >>> [data-trace-id]');
    await rows[2].click();
    const [id, shown] = await page.evaluate(async () => {
      const list = document.querySelector('llm-trace-list');
      await list.updateComplete;
      return [list.selected, document.querySelector('llm-trace-view').trace?.id];
    });
    await page.waitForFunction((wanted) => document.querySelector('llm-trace-view').trace?.id === wanted, {}, id);
    assert.ok(id ?? shown);
    assert.deepEqual(page.faults, []);
    await close(page);
  });

  it('has its navigation behind a button where there is no room, and keeps the choice of colours', async () => {
    const page = await open('guides/query.html', { width: 360 });
    await (await byName(page, 'button', 'Menu')).click();
    await byName(page, 'navigation', 'Site');
    await page.keyboard.press('Escape');
    await page.waitForSelector('nav.site', { hidden: true });
    await page.select('header select', 'dark');
    await page.reload();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    assert.equal(await page.$eval('header select', ({ value }) => value), 'dark');
    await close(page);
  });

  it('copies code', async () => {
    const page = await open('recipes/plain.html');
    await page
      .browserContext()
      .overridePermissions(new URL(root).origin, ['clipboard-read', 'clipboard-sanitized-write']);
    await page.hover('.code-box');
    await (await byName(page, 'button', 'Copy')).click();
    await byName(page, 'button', 'Copied');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const file = await readFile(new URL('../examples/plain/index.html', import.meta.url), 'utf8');
    assert.equal(text, file.trimEnd());
    await close(page);
  });
});
