// The chat of the demo, as a person uses it: in a browser, against the demo's own server.
/* global document, location, window, DataTransfer, Event, File, localStorage, sessionStorage -- of the pages */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { chromiumOptions } from './browsers.mjs';

const KEY = 'sk-demo-0123456789abcdefghijklmnop';
const ORDER = 'Where is order 1042, and may I return it?';

let server;
let browser;
let address;

before(async () => {
  const configFile = fileURLToPath(new URL('../demo/vite.config.mjs', import.meta.url));
  server = await createServer({ configFile, server: { port: 0, watch: null, hmr: false }, logLevel: 'error' });
  await server.listen();
  address = `${server.resolvedUrls.local[0]}chat.html`;
  browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
  // What loads later is made by the server when it is first asked for, which takes longer than a tool runs.
  const first = await open();
  await answered(first, ORDER);
  await until(async () => (await rows(first)).length > 0, 'what is loaded later');
  await first.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page in a profile of its own, or in that of another one. */
async function open({ beside, width = 1280, prepare } = {}) {
  const context = beside?.browserContext() ?? (await browser.createBrowserContext());
  const page = await context.newPage();
  await page.setViewport({ width, height: 860 });
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error));
  await prepare?.(page);
  await page.goto(address);
  await byName(page, 'textbox', 'Your question');
  return page;
}

/** The first element of this role and name that is seen, as assistive technology knows it. */
const byName = (page, role, name) =>
  page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, { visible: true });
const press = async (page, name) => (await byName(page, 'button', name)).click();

async function ask(page, question) {
  await (await byName(page, 'textbox', 'Your question')).type(question);
  await page.keyboard.press('Enter');
}

/** Asks, and waits for the answer. */
async function answered(page, question) {
  await ask(page, question);
  await byName(page, 'button', 'Stop');
  await byName(page, 'button', 'Send');
  return textOf(page, 'article:last-of-type .answer');
}

const textOf = (page, selector) => page.$eval(selector, ({ innerText }) => innerText);
const articles = (page) => page.$$eval('article', (all) => all.map(({ ariaLabel }) => ariaLabel));

/** Names of the rows of the trace that is shown. */
const rows = (page) =>
  page.evaluate(() => {
    const tree = document.querySelector('llm-trace-view').shadowRoot.querySelector('llm-span-tree');
    return Array.from(
      tree?.shadowRoot.querySelectorAll('[role="row"][data-span-id]') ?? [],
      ({ ariaLabel }) => ariaLabel,
    );
  });

/** Traces that are listed. */
const listed = (page) =>
  page.evaluate(() => document.querySelector('llm-trace-list').shadowRoot.querySelectorAll('[data-trace-id]').length);

/** Until a condition holds that is worked out here. */
async function until(condition, what) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`waited in vain for ${what}`);
}

describe('the chat of the demo', () => {
  it('shows spans while they run; after a reload, conversation and trace are still there', async () => {
    const page = await open();
    // The tool takes less than a look from here where the machine is busy: the page looks in each frame.
    const running = page.waitForFunction(
      () => {
        const tree = document.querySelector('llm-trace-view').shadowRoot.querySelector('llm-span-tree');
        return tree?.shadowRoot.querySelector('[role="row"][aria-label^="look_up_order, tool, running"]');
      },
      { polling: 'raf' },
    );
    await ask(page, ORDER);
    await running;
    await byName(page, 'button', 'Send');
    const answer = await textOf(page, '.answer');
    assert.match(answer, /Order 1042 .* on Thursday/s);
    assert.match(answer, /return unused goods within 60 days/);
    const ended = ['answer', 'chat', 'look_up_order', 'search_documents', 'help pages', 'chat'];
    const isEnded = async () => {
      const names = await rows(page);
      return (
        names.length === ended.length && names.every((name, at) => name.startsWith(ended[at]) && !/running/.test(name))
      );
    };
    await until(isEnded, 'a trace that has ended');

    await page.reload();
    await until(async () => (await articles(page)).length === 1, 'the conversation');
    assert.equal(await textOf(page, '.answer'), answer);
    await until(isEnded, 'the trace');
    assert.match(
      await answered(page, 'What did I ask first?'),
      new RegExp(`You first asked: “${ORDER.replace('?', '\\?')}”`),
    );
    assert.deepEqual(page.faults, []);
  });

  it('keeps two tabs apart, and shows the traces of both in both', async () => {
    const page = await open();
    const other = await open({ beside: page });
    // A page in the background draws nothing; its answer comes all the same.
    await page.bringToFront();
    await ask(page, 'What time is it in Oslo?');
    await other.bringToFront();
    await ask(other, 'Tell me about gift cards please');
    for (const tab of [other, page]) {
      await tab.bringToFront();
      await byName(tab, 'button', 'Helpful');
    }
    assert.deepEqual(await articles(page), ['What time is it in Oslo?']);
    assert.deepEqual(await articles(other), ['Tell me about gift cards please']);
    for (const tab of [other, page]) {
      await tab.bringToFront();
      await until(async () => (await listed(tab)) === 2, 'the traces of both tabs');
    }
    page.on('dialog', (dialog) => dialog.accept());
    await press(page, 'Clear');
    await until(async () => (await articles(page)).length === 0, 'an empty conversation');
    await other.bringToFront();
    await until(async () => (await articles(other)).length + (await listed(other)) === 0, 'the same in the other tab');
    await byName(other, 'button', ORDER);
  });

  it('stops on request, and keeps what was said until then', async () => {
    const page = await open();
    await ask(page, 'Tell me a long story');
    await until(async () => /The tent stood/.test(await textOf(page, '.log')), 'the beginning of the story');
    await press(page, 'Stop');
    await byName(page, 'button', 'Send');
    assert.match(await textOf(page, '.answer'), /^The tent stood.*You stopped it here\.$/s);
    assert.deepEqual(page.faults, []);
  });

  it('shows errors of the model and of tools, and asks again', async () => {
    const page = await open();
    assert.match(await answered(page, 'Answer with an error'), /503 The model is overloaded/);
    await press(page, 'Try again');
    await until(async () => (await articles(page)).length === 2, 'another attempt');
    await byName(page, 'button', 'Send');
    assert.match(await answered(page, 'Is order 9999 on its way?'), /look_up_order failed.*There is no order 9999/s);
    assert.deepEqual(page.faults, []);
  });

  it('keeps what a person thinks of an answer', async () => {
    const page = await open();
    await answered(page, 'What is 2 * (3 + 4)?');
    await press(page, 'Not helpful');
    const isPressed = () =>
      page
        .$('::-p-aria([name="Not helpful"][role="button"])')
        .then((button) => button?.evaluate(({ ariaPressed }) => ariaPressed === 'true'));
    await until(isPressed, 'the judgement');
    await page.reload();
    await until(isPressed, 'the judgement after a reload');
  });

  it('sends spans to a collector, and a key to nobody but the model', async () => {
    const page = await open();
    await page.click('#endpoint summary');
    await (await byName(page, 'textbox', 'Key')).type(KEY);
    await press(page, 'Use this model');
    await page.click('#collector summary');
    await press(page, 'Send new traces');
    await answered(page, ORDER);
    await until(
      async () => /^6 spans sent, 0 waiting$/.test(await textOf(page, '#collector-status')),
      'spans that are sent',
    );
    const collected = await page.evaluate(async () => {
      const all = await (await fetch('/collector/chat/v1/traces')).json();
      return { text: JSON.stringify(all), session: location.hash.slice(1) };
    });
    assert.ok(collected.text.includes(collected.session));
    assert.ok(!collected.text.includes(KEY));
    assert.ok(!(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).includes(KEY));
  });

  it('saves the traces as a file, and reads them again', async () => {
    const page = await open();
    await page.evaluate(() => {
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => ((window.saved = blob.text()), make.call(URL, blob));
    });
    await answered(page, 'Tell me about gift cards please');
    await press(page, 'Download');
    const saved = await page.waitForFunction(() => window.saved).then((handle) => handle.jsonValue());
    assert.ok(JSON.parse(saved).resourceSpans.length > 0);

    const other = await open();
    await byName(other, 'heading', 'Traces in this browser');
    await other.evaluate((text) => {
      const input = document.querySelector('#import-files');
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'traces.json'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    }, saved);
    await until(async () => (await rows(other)).includes((await rows(page))[0]), 'the imported trace');
    assert.equal(await textOf(other, '#store-status'), '1 trace is imported.');
    await other.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['no trace'], 'traces.json'));
      const input = document.querySelector('#import-files');
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    });
    await until(async () => !/imported/.test(await textOf(other, '#store-status')), 'why a file cannot be read');
    assert.deepEqual(other.faults, []);
  });

  it('says that it needs an endpoint where there is no server', async () => {
    const page = await open({
      prepare: async (fresh) => {
        await fresh.setRequestInterception(true);
        fresh.on('request', (request) =>
          request.url().includes('/model/chat/')
            ? request.respond({ status: 404, body: 'nothing' })
            : request.continue(),
        );
      },
    });
    await until(async () => /Enter an endpoint above/.test(await textOf(page, '.conversation')), 'the notice');
    await byName(page, 'textbox', 'Base URL');
  });

  it('can be used by everybody: light and dark, wide and narrow', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const width of [1280, 360]) {
      const page = await open({ width });
      await answered(page, ORDER);
      if (width < 900) await press(page, 'Traces');
      for (const value of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
        await page.evaluate(axe);
        const found = await page.evaluate(async () =>
          (await window.axe.run()).violations.map(({ id, nodes }) => [
            id,
            nodes.map(({ html, any }) => [html, any[0]?.message]),
          ]),
        );
        assert.deepEqual(found, [], `${value}, ${width} px`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });
});
