import { expect } from '@open-wc/testing';
import { openDB } from 'idb';
import OpenAI from 'openai';
import { otlpExporter } from '../../export/index.js';
import { openTraceStore } from '../../store/index.js';
import { createTracer } from '../index.js';
import { traceFetch } from './fetch.js';
import { wrapOpenAI } from './openai.js';

/** Twenty keys of as many kinds. What is the same for all of a kind may be seen, and nothing else. */
const random = (length: number, digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => digits[byte % digits.length]).join('');
const SECRETS: readonly (readonly [front: string, rest: string])[] = [
  ['sk-', random(48)],
  ['sk-proj-', `${random(30)}-${random(30)}_${random(40)}`],
  ['sk-ant-api03-', `${random(60)}-${random(30)}`],
  ['sk-or-v1-', random(64)],
  ['AIza', random(35)],
  ['AKIA', random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')],
  ['ghp_', random(36)],
  ['github_pat_', `${random(22)}_${random(59)}`],
  ['glpat-', random(20)],
  ['xoxb-', `123456789012-${random(24)}`],
  ['hf_', random(34)],
  ['gsk_', random(52)],
  ['lsv2_pt_', `${random(32, '0123456789abcdef')}_${random(10)}`],
  ['pplx-', random(48)],
  ['xai-', random(80)],
  ['npm_', random(36)],
  ['SG.', `${random(22)}.${random(43)}`],
  ['sk_live_', random(24)],
  ['eyJ', `${random(20)}.eyJ${random(40)}.${random(43)}`],
  ['nvapi-', random(64)],
];
const KEYS = SECRETS.map((parts) => parts.join(''));

/** Everything that is in the databases and the storage of this origin, as text. */
async function dump(): Promise<string> {
  const parts: unknown[] = [Object.entries(localStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await openDB(name!);
    for (const storeName of database.objectStoreNames) {
      parts.push(storeName, await database.getAllKeys(storeName), await database.getAll(storeName));
    }
    database.close();
  }
  return textOf(parts);
}

/** All texts inside of a value, bytes as well. */
async function textOf(value: unknown): Promise<string> {
  const texts: string[] = [];
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Blob) texts.push(await next.text());
    else if (next instanceof ArrayBuffer || ArrayBuffer.isView(next)) texts.push(new TextDecoder().decode(next));
    else if (typeof next === 'object' && next !== null) waiting.push(...Object.keys(next), ...Object.values(next));
    else if (next !== null) texts.push(next as string);
  }
  return texts.join('\n');
}

const sse = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`;

/** An answer that says a text in pieces of seven characters, in chunks that end where they like. */
function streamed(text: string): Response {
  const events = [...text.matchAll(/[^]{1,7}/g)].map(([content]) =>
    sse({ choices: [{ index: 0, delta: { content } }] }),
  );
  const bytes = new TextEncoder().encode(`${events.join('')}data: [DONE]\n\n`);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 61) controller.enqueue(bytes.slice(at, at + 61));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

describe('a session that sends twenty keys everywhere', () => {
  it('leaves none of them on disk, nor with a collector', async function () {
    this.timeout(60_000);
    const path = `/collector/${crypto.randomUUID()}`;
    const store = await openTraceStore({ name: `secrets-${Date.now()}` });
    const exporter = otlpExporter({ url: path });
    const tracer = createTracer({ store, exporters: [exporter] });
    const answers = (_input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const { messages } = JSON.parse(init!.body as string) as { messages: { content: string }[] };
      return Promise.resolve(streamed(messages[0]!.content));
    };
    const streaming = traceFetch(answers as typeof fetch, { tracer, match: '/' });
    for (const key of KEYS) {
      const openai = wrapOpenAI(
        new OpenAI({
          apiKey: key,
          baseURL: `${location.origin}/model/text/v1`,
          defaultHeaders: { 'x-own-key': key },
          defaultQuery: { key },
          dangerouslyAllowBrowser: true,
          maxRetries: 0,
        }),
        { tracer },
      );
      const messages = [{ role: 'user' as const, content: `my key is ${key}, keep it` }];
      await tracer
        .span(`call with ${key}`, { input: { [key]: 1, deep: [{ key }] }, metadata: { [key]: key } }, async (root) => {
          root.setAttributes({ [`${key}/2`]: [key], 'http.url': `https://u:${key}@host/?k=${key}#${key}` });
          root.addEvent(key, { headers: { authorization: `Bearer ${key}`, cookie: [`a=${key}`] } });
          await root.use(openai).chat.completions.create({ model: 'm', messages });
          for await (const chunk of await root
            .use(openai)
            .chat.completions.create({ model: 'm', messages, stream: true }))
            expect(chunk.object).to.equal('chat.completion.chunk');
          const body = JSON.stringify({ model: key, messages });
          const said = await root.use(streaming)(`/v1/chat/completions?key=${key}`, { method: 'POST', body });
          expect(await said.text()).not.to.equal('');
          const argument = JSON.stringify({ text: `first\n${key}` });
          root.update({ tools: [{ name: 'tool', description: argument }], tags: [key], sessionId: key });
          root.recordException(Object.assign(new TypeError(`no ${key}`), { cause: key }));
          async function* pieces(): AsyncGenerator<string> {
            for (const [piece] of key.matchAll(/.{1,5}/g)) yield await Promise.resolve(piece);
          }
          for await (const piece of root.span('pieces', pieces)) expect(key).to.include(piece);
          throw new Error(`the key ${key} is wrong`);
        })
        .catch(() => {});
    }
    await tracer.flush();
    await exporter.flush();
    const disk = await dump();
    const got = await (await fetch(path)).text();
    await store.close();
    indexedDB.deleteDatabase(store.name);
    for (const text of [disk, got]) {
      // It holds what was said otherwise.
      expect(text).to.include('keep it').and.to.include('[masked]');
      for (const [front, rest] of SECRETS) {
        expect(text, `${front}…`).not.to.include(rest);
        expect(text.replaceAll(/[^\w.-]+/g, ''), `${front}…, in pieces`).not.to.include(rest);
      }
    }
  });
});
