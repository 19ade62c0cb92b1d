// What a server writes into a page: read as HTML, and in a browser, with scripts and without.
/* global document, window -- of the pages */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { html as litHtml } from 'lit';
import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { puppeteerCore } from '@web/test-runner-chrome';
import { readTraces } from 'llm-trace-kit/formats';
import 'llm-trace-kit/define/llm-trace-view.js';
import { de } from 'llm-trace-kit/i18n/de.js';
import { renderTrace } from 'llm-trace-kit/server';
import { chromiumOptions } from '../scripts/browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = (name) => readFile(path.join(root, name));
const sample = await file('demo/traces/rag-kensho.json');
const require = createRequire(import.meta.url);
const { parseFragment } = await import(createRequire(require.resolve('@lit-labs/ssr')).resolve('parse5'));

/** Spans with these names, one inside the other. */
const named = (...names) =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: names.map((name, at) => ({
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: String(at + 1).padStart(16, '0'),
              parentSpanId: at ? String(at).padStart(16, '0') : '',
              name,
              startTimeUnixNano: `${1_700_000_000_000 + at}000000`,
              endTimeUnixNano: `${1_700_000_001_000 - at}000000`,
              status: { code: 2, message: name },
              attributes: [{ key: 'llm.model_name', value: { stringValue: name } }],
            })),
          },
        ],
      },
    ],
  });

/** All that HTML holds, in order; nothing of it may be against the rules. */
function parsed(html) {
  const wrong = [];
  const fragment = parseFragment(html, { onParseError: ({ code }) => wrong.push(code) });
  assert.deepEqual(wrong, []);
  const nodes = [];
  const waiting = [fragment];
  while (waiting.length) {
    const node = waiting.pop();
    nodes.push(node);
    waiting.push(...[...(node.childNodes ?? []), ...(node.content ? [node.content] : [])].reverse());
  }
  return nodes;
}

const textOf = (node) => {
  const texts = [];
  const waiting = [node];
  while (waiting.length) {
    const { value, childNodes = [] } = waiting.pop();
    if (value !== undefined) texts.push(value);
    waiting.push(...childNodes.slice().reverse());
  }
  return texts.join('');
};

/** The names in the rows. */
const namesIn = (nodes) =>
  nodes
    .filter(({ tagName, attrs = [] }) => tagName === 'th' && attrs.some(({ value }) => value === 'row'))
    .map(({ childNodes }) => textOf(childNodes.find(({ tagName }) => tagName === 'bdi')));

const shape = (nodes) =>
  nodes
    .filter(({ tagName }) => tagName)
    .map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '));

describe('a trace on a server', () => {
  it('is a table of its spans, in their order, and the figures of the summary', async () => {
    const html = await renderTrace(sample);
    const nodes = parsed(html);
    const [trace] = await readTraces(sample);
    assert.deepEqual(
      namesIn(nodes),
      [...trace.spans].map(({ name }) => name),
    );
    const words = textOf(nodes.find(({ tagName }) => tagName === 'ul')).replace(/\s+/g, ' ');
    assert.match(words, /Duration 392 ms LLM calls 1 1 model Tokens 116 in · 7 out 1 call states none Errors none/);
    assert.doesNotMatch(html, /\n/);
  });

  it('holds the spans of its inline JSON, and no more rows than are wanted', async () => {
    const html = await renderTrace(sample, { rows: 2 });
    const nodes = parsed(html);
    assert.equal(namesIn(nodes).length, 2);
    assert.ok(textOf(nodes.findLast(({ tagName }) => tagName === 'p')).includes('first 2 of'));
    const json = nodes.find(({ tagName }) => tagName === 'script');
    const [[trace], [again]] = await Promise.all([readTraces(sample), readTraces(textOf(json))]);
    assert.deepEqual([...again.spans].map(({ id }) => id), [...trace.spans].map(({ id }) => id)); // prettier-ignore
  });

  it('is loaded by the view where an address is given', async () => {
    const html = await renderTrace(sample, {
      attributes: { src: 'trace.json?a=1&b="2"', theme: 'dark', hide: 'summary' },
      nonce: 'r4nd0m',
    });
    const nodes = parsed(html);
    const view = nodes.find(({ tagName }) => tagName === 'llm-trace-view');
    assert.deepEqual(view.attrs.map(({ value }) => value), ['trace.json?a=1&b="2"', 'dark', 'summary']); // prettier-ignore
    assert.ok(!nodes.some(({ tagName }) => tagName === 'script' || tagName === 'ul'));
    assert.deepEqual(nodes.find(({ tagName }) => tagName === 'style').attrs, [{ name: 'nonce', value: 'r4nd0m' }]);
  });

  it('is told in the words that are given, and of the trace that is named', async () => {
    const [one, other] = [
      named('one'),
      named('other').replaceAll('0af7651916cd43dd8448eb211c80319c', 'b'.repeat(32)),
    ].map(JSON.parse);
    const both = { resourceSpans: [...one.resourceSpans, ...other.resourceSpans] };
    const html = await renderTrace(both, {
      messages: de,
      attributes: { 'trace-id': 'b'.repeat(32), 'time-zone': 'Asia/Tokyo' },
    });
    const nodes = parsed(html);
    assert.deepEqual(namesIn(nodes), ['other']);
    assert.ok(nodes.some(({ attrs = [] }) => attrs.some(({ name, value }) => name === 'lang' && value === 'de')));
    assert.match(nodes.map(({ value }) => value).join(' '), /15\. Nov\. 2023, 07:13:20 Asia\/Tokyo.*Dauer/s);
  });

  it('takes no handler, and no name that is none', async () => {
    for (const name of ['onclick', 'a b', 'x"', '']) {
      await assert.rejects(renderTrace(sample, { attributes: { [name]: 'x' } }), TypeError);
    }
  });

  it('says nothing that is to be masked, in no place', async () => {
    const key = 'sk-ant-api03-AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrrSSttUUvvWWxxYYzz0011223344556677889900aabb-AAbbCCdd';
    const whole = await renderTrace(named(`with ${key}`));
    assert.ok(whole.includes(key));
    for (const content of ['masked', '']) {
      const html = await renderTrace(named(`with ${key}`), { attributes: { content } });
      assert.ok(!html.includes(key) && namesIn(parsed(html))[0].startsWith('with '));
    }
  });

  it('makes no markup of hostile texts', async () => {
    const { vectors } = JSON.parse(await file('test/corpora/exfil.json'));
    const texts = [
      ...vectors.map(({ payload }) => payload),
      '</template><script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      '<!--lit-part--><img src=x onerror=alert(1)><!--/lit-part-->',
      '"><img src=x onerror=alert(1)>',
      '</style><b>',
      'a\n\n<b>',
      '${alert(1)}',
    ];
    const plain = shape(parsed(await renderTrace(named('plain'))));
    for (const text of texts) {
      const nodes = parsed(await renderTrace(named(text)));
      // What cannot be seen is shown with an element and a title, which these texts do not need.
      if (!/[^\n\x20-\x7e]/.test(text)) assert.deepEqual(shape(nodes), plain, text);
      const scripts = nodes.filter(({ tagName }) => tagName === 'script');
      assert.deepEqual(scripts.map(({ attrs }) => attrs[0].value), ['application/json']); // prettier-ignore
      assert.ok(
        !nodes.some(({ tagName, attrs = [] }) => tagName === 'img' || attrs.some(({ name }) => /^on/.test(name))),
      );
    }
  });
});

describe('a served trace in a browser', () => {
  let browser;
  let server;
  let page;
  let faults;
  const pages = new Map();
  /** Resolves what `/slow.json` answers. */
  let answer;

  before(async () => {
    browser = await puppeteerCore.launch({ headless: true, ...(await chromiumOptions()) });
    server = createServer(async ({ url }, response) => {
      if (url === '/slow.json') return answer(response);
      const body = url === '/kit.js' ? await file('dist/cdn/llm-trace-kit.min.js') : pages.get(url);
      response.writeHead(body ? 200 : 204, { 'content-type': url.endsWith('.js') ? 'text/javascript' : 'text/html' });
      response.end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  async function opened(html, { hasScripts = true, policy = '' } = {}) {
    page = await browser.newPage();
    faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.setJavaScriptEnabled(hasScripts);
    const { port } = server.address();
    pages.set(
      '/',
      `<!doctype html><html lang="en"><meta charset="utf-8">${policy}<title>A page</title><main><h1>A page</h1>${html}</main>`,
    );
    await page.goto(`http://127.0.0.1:${port}/`);
  }

  const addKit = () => page.addScriptTag({ url: '/kit.js' });
  const seen = (role, name) => page.waitForSelector(`::-p-aria([role="${role}"][name="${name}"])`, { visible: true });
  const count = (selector) => page.$$eval(`llm-trace-view >>> ${selector}`, ({ length }) => length);

  async function assertAccessible() {
    await page.addScriptTag({ path: require.resolve('axe-core') });
    const violations = await page.evaluate(async () =>
      (await window.axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html]),
    );
    assert.deepEqual(violations, []);
  }

  /** By how much of 255 two pictures differ at most. Edges are smoothed a little differently where something is painted behind them. */
  const difference = (one, other) =>
    page.evaluate(
      async (...pictures) => {
        const [pixels, others] = await Promise.all(
          pictures.map(async (picture) => {
            const response = await window.fetch(`data:image/png;base64,${picture}`);
            const bitmap = await window.createImageBitmap(await response.blob());
            const context = new window.OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
            context.drawImage(bitmap, 0, 0);
            return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
          }),
        );
        return pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - others[at])), 0);
      },
      one,
      other,
    );

  it('is read without scripts', async () => {
    const policy = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'nonce-abc'">`;
    await opened(await renderTrace(sample, { nonce: 'abc' }), { hasScripts: false, policy });
    await seen('heading', 'RetrievalQA');
    const lefts = await page.$$eval('llm-trace-view >>> th[scope=row] bdi:first-of-type', (names) =>
      names.map((name) => name.getBoundingClientRect().left),
    );
    assert.deepEqual(
      lefts.map((left) => (left - lefts[0]) / 14),
      [0, 1, 2, 1, 2],
    );
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const headers = [];
    for (const waiting = [tree]; waiting.length;) {
      const { role, name, children = [] } = waiting.pop();
      if (role === 'rowheader') headers.push(name);
      waiting.push(...children.toReversed());
    }
    assert.equal(headers.length, 5);
    assert.match(headers.at(-1), /^level 3, LLM: OpenAI Chat Completions/);
    assert.deepEqual(faults, []);
  });

  it('is as accessible as the view, light and dark and narrow', async () => {
    await opened(await renderTrace(named('a', 'b')));
    await assertAccessible();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await opened(await renderTrace(named('a', 'b'), { attributes: { theme: 'dark' } }));
    await page.setViewport({ width: 320, height: 600 });
    await assertAccessible();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  it('gives way to the view once that has read the trace', async () => {
    const asked = new Promise((resolve) => (answer = resolve));
    await opened(await renderTrace(sample, { attributes: { src: '/slow.json' } }));
    const before = await page.evaluate(() => document.querySelector('llm-trace-view').getBoundingClientRect().toJSON());
    const picture = await page.screenshot({ encoding: 'base64' });
    await addKit();
    const response = await asked;
    await page.evaluate(() => document.querySelector('llm-trace-view').updateComplete);
    // It is read for as long as the server takes, and nothing has changed for the eye, or the ear.
    assert.ok((await difference(await page.screenshot({ encoding: 'base64' }), picture)) < 16);
    await seen('rowheader', 'level 1, chain: RetrievalQA');
    assert.equal(await count('.served'), 1);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(sample);
    await seen('treegrid', 'Spans of RetrievalQA');
    assert.equal(await count('.served, style, table'), 0);
    assert.deepEqual(
      await page.$$eval('llm-trace-view >>> [role=treegrid] [aria-level]', (rows) =>
        rows.map((row) => row.querySelector('.label').textContent),
      ),
      namesIn(parsed(await renderTrace(sample))),
    );
    assert.deepEqual(
      await page.evaluate(() => document.querySelector('llm-trace-view').getBoundingClientRect().toJSON()),
      before,
    );
    await assertAccessible();
    assert.deepEqual(faults, []);
  });

  it('gives way to the view also where code for Lit’s own served elements is there', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import '@lit-labs/ssr-client/lit-element-hydrate-support.js'", resolveDir: root },
      conditions: ['browser'],
      bundle: true,
      write: false,
    });
    pages.set('/hydrate.js', outputFiles[0].text);
    await opened(`<script src="/hydrate.js"></script>${await renderTrace(sample)}`);
    await addKit();
    await seen('treegrid', 'Spans of RetrievalQA');
    assert.equal(await count('.served'), 0);
    assert.deepEqual(faults, []);
  });

  it('is also what Lit’s own rendering of the tag makes', async () => {
    const html = collectResultSync(render(litHtml`<llm-trace-view src="/slow.json"></llm-trace-view>`));
    assert.match(html, /<template [^>]*shadowrootmode="open">/);
    answer = (response) => response.end(sample);
    await opened(html);
    await addKit();
    await seen('treegrid', 'Spans of RetrievalQA');
    assert.equal(await count('.frame > .toolbar'), 1);
    assert.deepEqual(faults, []);
  });

  it('gives way to why the trace cannot be read', async () => {
    answer = (response) => response.writeHead(404).end();
    await opened(await renderTrace(sample, { attributes: { src: '/slow.json' } }));
    await addKit();
    await page.waitForSelector('llm-trace-view >>> [role=alert]', { visible: true });
    assert.equal(await count('.served'), 0);
  });

  it('is read from the page where it is inside of it, also where the kit is there first', async () => {
    const html = await renderTrace(sample);
    await opened(`<script src="/kit.js"></script>${html}`);
    await seen('treegrid', 'Spans of RetrievalQA');
    assert.equal(await count('.served'), 0);
    // What the parser says of it when an element made its own shadow root before.
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('second declarative shadow root')),
      [],
    );
  });
});
