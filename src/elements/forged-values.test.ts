import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { render } from 'lit';
import '../define.js';
import { readTraces } from '../formats/index.js';
import type { Message } from '../model/index.js';
import { CHANNELS, forgedValues } from '../test/forged-values.js';
import { strangeThings } from '../test/hostile/watch.js';
import { allByRole, allIn, byRole, loadedView, otlp, pageFaultsDuring, settled, until } from './test-support.js';

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

/** Records with values wherever one can stand: two spans for each, of which one is a call of a model. */
const records = (values: readonly unknown[]): object => ({
  resourceSpans: values.map((value, at) => ({
    resource: value,
    scopeSpans: [
      {
        scope: { name: value, version: value },
        spans: [
          {
            ...anything(value),
            traceId: 'trace',
            spanId: `span-${at}`,
            attributes: [{ key: 'any', value }, { key: value, value: { stringValue: value } }, value],
          },
          {
            ...anything(value),
            traceId: 'trace',
            spanId: `call-${at}`,
            attributes: [
              { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
              ...CALL_KEYS.flatMap((key) => [
                { key, value },
                { key, value: { stringValue: value } },
              ]),
            ],
          },
        ],
      },
    ],
  })),
});

const CALL_KEYS = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.request.model',
  'gen_ai.tool.definitions',
];

const anything = (value: unknown): object => ({
  name: value,
  kind: value,
  status: { code: value, message: value },
  events: [{ name: value, attributes: [{ key: 'exception.stacktrace', value: { stringValue: value } }] }, value],
  links: [{ traceId: value, spanId: value }, value],
});

/** Views of a trace that are elements of their own, by their tags. */
const VIEWS = [
  ...['llm-span-tree', 'llm-timeline', 'llm-steps', 'llm-conversation', 'llm-span-table', 'llm-sequence'],
  ...['llm-trace-graph', 'llm-statistics'],
];

/** Elements that show what went on inside a model. */
const INSIDES = [
  'llm-token-view',
  'llm-stage-view',
  'llm-source-view',
  'llm-gradient-view',
  'llm-attention-view',
  'llm-contribution-view',
] as const;

/** What went on inside a model, with a value in one section, wherever it can stand there. */
const internalsWith = (value: unknown): object[] =>
  [
    {
      tokens: { text: [value, 'b'], split: 0, bytes: [value, value] },
      output: { from: 0, dist: value, top: { text: [[value], [value]], logprob: [[-1], [value]] } },
    },
    { tokens: { text: ['a', 'b'], split: 0 }, output: { from: 0, dist: 'raw', logprob: [-1, value], top: value } },
    { stages: { clock: 'ms', events: [{ stage: value, start: 0, end: 1, req: value, on: value }], metrics: value } },
    {
      sources: {
        method: value,
        spans: [{ start: 0, end: 1, text: value, docs: [0, value] }],
        docs: [{ id: value, title: value, url: value, source: value, snippets: [{ text: value }, value], text: value }],
      },
    },
    { gradients: { metric: 'l2', steps: [0, value], params: [value, 'b'], values: [value, [1, value]], loss: value } },
    {
      gradients: { metric: 'l2', steps: [0], params: [value], values: { ref: value }, global: [value], flags: [value] },
    },
    {
      tokens: { text: [value, 'b'], split: 1 },
      attention: [{ type: 'self', q: [0, 2], k: [0, 2], captured: value, summary: value, layers: [value] }],
      attribution: [{ method: value, over: 'all', target: [1, 2], signed: value, baseline: value, scores: value }],
    },
    {
      tokens: { text: ['a', 'b'], split: 1 },
      attention: [{ type: 'self', q: [0, 2], k: [0, 2], captured: 'live', layers: [{ layer: 0, ref: value }] }],
      attribution: [{ method: 'any', over: 'all', target: [1, 2], signed: true, scores: { ref: value } }],
    },
    { model: value, attention: value, ops: value, capture: value },
  ].map((sections) => ({ v: 1, ...sections }));

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
    const sentValues = (): Promise<unknown[]> => Promise.all(forgedValues().map(send));

    it(`are harmless in every element that they come to by ${channel}`, async function () {
      this.timeout(60_000);
      const values = await sentValues();
      await expectHarmless(async () => [
        await fixture<Element>(
          html`<div>
            ${values.map(
              (value) =>
                html`<llm-text-block .value=${{ value }}></llm-text-block>
                  <llm-json .value=${{ value }}></llm-json>
                  <llm-media .value=${{ value }}></llm-media>
                  <llm-messages .conversation=${conversation(value)}></llm-messages>`,
            )}
          </div>`,
        ),
      ]);
    });

    // The others give what a structured clone gives.
    if (channel !== 'structuredClone' && channel !== 'JSON') continue;
    it(`are harmless in a trace that comes by ${channel}`, async function () {
      this.timeout(60_000);
      const sent = (await send(records(forgedValues()))) as object;
      const view = await loadedView(sent);
      const count = view.trace!.spans.length;
      expect(count).to.equal(2 * forgedValues().length);
      await expectHarmless(async () => {
        for (const { id } of view.trace!.spans) {
          view.selected = id;
          await settled(view);
          const detail = view.shadowRoot!.querySelector('llm-span-detail')!;
          for (const tab of allByRole(detail, 'tab')) {
            tab.click();
            await opened(detail);
          }
        }
        return [view];
      });
      const shown = new Set<string>();
      await expectHarmless(async () => {
        byRole(view, 'button', 'Share').click();
        await settled(view);
        await view.settings.setMasking(true);
        for (const tab of allByRole(byRole(view, 'tablist', 'View of the spans'), 'tab')) {
          tab.click();
          await until(() => allIn(view, '[aria-busy="true"], :not(:defined)').length === 0, 'the view');
          await opened(view);
          for (const { localName } of allIn(view, VIEWS.join())) shown.add(localName);
        }
        return [view];
      });
      expect([...shown].sort()).to.deep.equal([...VIEWS].sort());
      await expectHarmless(async () => {
        byRole(view, 'tab', 'Tree').click();
        await settled(view);
        byRole(view, 'button', 'How spans are shown').click();
        await until(() => allByRole(view, 'dialog', 'How spans are shown').length > 0, 'the menu');
        view.grouped = true;
        await opened(view);
        return [view];
      });
      await expectHarmless(async () => {
        const [trace] = await readTraces(sent);
        const other = await readTraces((await send(records(forgedValues().toReversed()))) as object);
        const box = await fixture<Element>(
          html`<div>
            <llm-trace-list .traces=${[trace!]}></llm-trace-list>
            <llm-trace-diff .left=${trace!} .right=${other[0]!} .selected=${'call-3'}></llm-trace-diff>
            <llm-trace-diff .left=${trace!.span('call-1')!} .right=${trace!.span('call-2')!}></llm-trace-diff>
          </div>`,
        );
        await until(() => allIn(box, '[aria-busy="true"]').length === 0, 'the diff');
        return [box];
      });
    });
  }

  it('are harmless in what went on inside a model, as text and as values', async () => {
    const insides = forgedValues().flatMap(internalsWith);
    const held = insides.map((internals, at) => (at % 2 ? JSON.stringify(internals) : internals));
    const spans = held.map((internals, at) => ({
      id: `span-${at}`,
      start: 0,
      end: 1,
      attributes: { 'gen_ai.operation.name': 'chat', 'llm_trace.internals': internals },
    }));
    const [trace] = await readTraces(otlp(...spans));
    expect(trace!.spans.length).to.equal(held.length);
    const box = document.createElement('div');
    for (const tag of INSIDES) {
      for (const span of trace!.spans) box.append(Object.assign(document.createElement(tag), { span }));
    }
    await expectHarmless(async () => [await fixture<Element>(html`${box}`)]);
  });

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
