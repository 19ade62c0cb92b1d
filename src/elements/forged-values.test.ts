import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { render } from 'lit';
import '../define.js';
import { readTraces } from '../formats/index.js';
import type { Message } from '../model/index.js';
import { CHANNELS, forgedValues } from '../test/forged-values.js';
import { strangeThings } from '../test/hostile/watch.js';
import { allByRole, allIn, loadedView, otlp, pageFaultsDuring, settled } from './test-support.js';

declare global {
  interface Window {
    pwned?: number;
  }
}

/** Opens all that can be opened. */
async function opened(root: ParentNode): Promise<void> {
  await settled(root);
  for (const details of allIn(root, 'details')) details.toggleAttribute('open', true);
  await settled(root);
}

async function expectHarmless(action: () => Promise<readonly ParentNode[]>): Promise<void> {
  let strange: string[] = [];
  const faults = await pageFaultsDuring(async () => {
    const roots = await action();
    for (const root of roots) await opened(root);
    // A picture that cannot be loaded tells so a moment later.
    await nextFrame();
    await nextFrame();
    strange = roots.flatMap(strangeThings);
  });
  expect({ faults, strange, pwned: window.pwned }).to.deep.equal({ faults: [], strange: [], pwned: undefined });
}

/** A conversation with a value in every field. */
const conversation = (value: unknown): Message[] => {
  const parts = [
    { type: 'text', text: value, citations: [{ url: value, title: value, text: value, documentId: value }, value] },
    { type: 'text', text: value, citations: value },
    { type: 'reasoning', text: value, hidden: value },
    { type: 'tool-call', id: value, name: value, arguments: value },
    { type: 'tool-result', id: value, name: value, result: value, isError: value },
    { type: 'media', modality: value, mimeType: value, data: value, name: value },
    { type: 'media', modality: value, mimeType: value, uri: value, name: value },
    { type: 'refusal', text: value },
    { type: 'other', value },
    { type: value },
  ];
  return [
    { origin: value, role: value, name: value, finishReason: value, parts },
    { origin: 'input', role: 'system', parts },
    { origin: 'output', role: value, parts: [] },
  ] as unknown as Message[];
};

/** A record with a value wherever one can stand. */
const record = (value: unknown): object => ({
  resourceSpans: [
    {
      resource: value,
      scopeSpans: [
        {
          scope: { name: value, version: value },
          spans: [
            {
              traceId: 'trace',
              spanId: 'span',
              name: value,
              kind: value,
              status: { code: value, message: value },
              attributes: [{ key: 'any', value }, { key: value, value: { stringValue: value } }, value],
              events: [
                { name: value, attributes: [{ key: 'exception.stacktrace', value: { stringValue: value } }] },
                value,
              ],
              links: [{ traceId: value, spanId: value }, value],
            },
          ],
        },
      ],
    },
  ],
});

describe('values with the shape of templates, directives and nodes', () => {
  it('are dangerous where a template takes them: the check would see it', async () => {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    render(html`<p>${structuredClone(forgedValues()[0])}</p>`, box);
    expect(box.querySelector('b')?.textContent).to.equal('forged');
    expect(strangeThings(box)).to.have.length.above(0);
    // What its picture does is over before the next test.
    for (let frames = 0; window.pwned === undefined && frames < 100; frames++) await nextFrame();
    delete window.pwned;
  });

  for (const [channel, send] of Object.entries(CHANNELS)) {
    it(`are harmless in every element that they come to by ${channel}`, async function () {
      this.timeout(120_000);
      const count = forgedValues().length;
      for (let at = 0; at < count; at++) {
        const value = await send(forgedValues()[at]);
        await expectHarmless(async () => {
          const roots: Element[] = [];
          const add = async (template: unknown): Promise<void> =>
            void roots.push(await fixture<Element>(template as ReturnType<typeof html>));
          await add(html`<div><llm-text-block .value=${{ value }}></llm-text-block></div>`);
          await add(html`<div><llm-json .value=${{ value }}></llm-json></div>`);
          await add(html`<div><llm-media .value=${{ value }}></llm-media></div>`);
          await add(html`<div><llm-messages .conversation=${conversation(value)}></llm-messages></div>`);
          return roots;
        });
      }
    });

    it(`are harmless in a trace that comes by ${channel}`, async function () {
      this.timeout(120_000);
      const count = forgedValues().length;
      for (let at = 0; at < count; at++) {
        const sent = (await send(record(forgedValues()[at]))) as object;
        const view = await loadedView(sent);
        await expectHarmless(async () => {
          view.selected = 'span';
          await settled(view);
          for (const tab of allByRole(view, 'tab')) {
            tab.click();
            await opened(view);
          }
          return [view];
        });
        await expectHarmless(async () => [
          await fixture<Element>(
            html`<div><llm-trace-list .traces=${[...(await readTraces(sent))]}></llm-trace-list></div>`,
          ),
        ]);
      }
    });
  }

  it('are harmless as what a page decides of its elements', async () => {
    const [value] = forgedValues();
    const view = await loadedView(otlp({ id: 'span', start: 0, end: 1 }));
    await expectHarmless(async () => {
      const words = structuredClone(value) as unknown as 'off';
      Object.assign(view, { links: words, media: words, content: words });
      await settled(view);
      expect(view.settings.links).to.equal('off');
      expect(view.settings.media).to.equal('off');
      expect(view.settings.content).to.equal('masked');
      return [view];
    });
  });
});
