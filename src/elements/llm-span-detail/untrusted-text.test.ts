import { expect } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  allIn,
  elementsIn,
  loadedView,
  openTab,
  otlp,
  pageFaultsDuring,
  rowsOf,
  settled,
  textIn,
} from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

declare global {
  interface Window {
    pwned?: number;
  }
}

const EVIL = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>';
/** What a template library could take for a template, a node, or a thing with a text. */
const FORGED: readonly object[] = [
  { _$litType$: 1, strings: ['<b>'], values: [] },
  { _$litType$: 1, strings: { raw: ['<b>'] }, values: [], h: '<b>' },
  { _$litDirective$: 1, values: [] },
  { nodeType: 1, tagName: 'B' },
  { toString: null },
  { toString: null, valueOf: null, [Symbol.toPrimitive.toString()]: null },
  { then: 1, length: 3, constructor: null },
];

/** Everything that a page shows of a trace: all rows, and all tabs of all spans. */
async function showAll(view: LlmTraceView): Promise<string> {
  const seen: string[] = [];
  const ids = [...view.trace!.spans].map(({ id }) => id);
  for (const id of ids) {
    view.selected = id;
    await settled(view);
    for (const tab of allByRole(allIn(view, 'llm-span-detail')[0]!, 'tab')) {
      tab.click();
      await settled(view);
      for (const details of allIn(view, 'details')) details.toggleAttribute('open', true);
      seen.push(textIn(view));
    }
  }
  return seen.join(' ');
}

async function expectOnlyText(view: LlmTraceView): Promise<string> {
  let seen = '';
  const faults = await pageFaultsDuring(async () => (seen = await showAll(view)));
  expect(faults).to.deep.equal([]);
  const strange = [...elementsIn(view)].filter((element) => element.matches('img, script, iframe, b:not(.figures b)'));
  expect(strange.map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
  expect(window.pwned).to.equal(undefined);
  return seen;
}

/** OpenInference and GenAI attributes with one value everywhere. */
const everywhere = (value: unknown): Record<string, unknown> => {
  const json = JSON.stringify(value);
  const parts = JSON.stringify([
    {
      role: value,
      name: value,
      finish_reason: value,
      parts: [
        { type: 'text', content: value },
        { type: 'reasoning', content: value },
        { type: 'tool_call', id: value, name: value, arguments: value },
        { type: 'tool_call_response', id: value, result: value, response: value },
        { type: 'blob', modality: value, mime_type: value, content: value },
        { type: 'uri', modality: value, uri: value },
        { type: value, content: value },
        value,
      ],
    },
    value,
  ]);
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': value,
    'gen_ai.input.messages': parts,
    'gen_ai.output.messages': parts,
    'gen_ai.system_instructions': json,
    'gen_ai.tool.definitions': JSON.stringify([{ name: value, description: value, parameters: value }, value]),
    'gen_ai.tool.call.arguments': json,
    'made.up': value,
    'made.up.json': json,
    'exception.type': value,
    'exception.message': value,
  };
};

const openInference = (value: unknown): Record<string, unknown> => ({
  'openinference.span.kind': 'RETRIEVER',
  'retrieval.documents.0.document.id': value,
  'retrieval.documents.0.document.content': value,
  'retrieval.documents.0.document.score': value,
  'retrieval.documents.0.document.metadata': JSON.stringify(value),
  'llm.prompt_template.template': value,
  'llm.prompt_template.version': value,
  'llm.prompt_template.variables': JSON.stringify(value),
  'llm.invocation_parameters': JSON.stringify({ [EVIL]: value }),
  'llm.input_messages.0.message.role': value,
  'llm.input_messages.0.message.content': value,
  'llm.input_messages.0.message.tool_calls.0.tool_call.function.name': value,
  'llm.input_messages.0.message.tool_calls.0.tool_call.function.arguments': JSON.stringify(value),
  'input.value': JSON.stringify({ messages: [{ role: value, content: value, tool_calls: [value] }, value] }),
  'output.value': JSON.stringify(value),
  metadata: JSON.stringify(value),
});

const hostile = (value: unknown): object =>
  otlp(
    { id: 'root', name: 'root', start: 0, end: 10, attributes: everywhere(value) },
    {
      id: 'retriever',
      parent: 'root',
      start: 1,
      end: 2,
      attributes: openInference(value),
      events: [{ name: 'exception', attributes: { 'exception.type': value, 'exception.stacktrace': value } }],
    },
  );

describe('a trace that wants to be more than text', () => {
  it('shows markup in every string as text', async () => {
    const view = await loadedView(
      otlp(
        {
          id: EVIL,
          trace: EVIL,
          name: EVIL,
          start: 0,
          end: 10,
          error: EVIL,
          attributes: { ...everywhere(EVIL), [EVIL]: EVIL },
          events: [{ name: EVIL, attributes: { [EVIL]: EVIL } }],
          links: [{ traceId: EVIL, spanId: EVIL }],
        },
        { id: 'retriever', parent: EVIL, name: EVIL, trace: EVIL, start: 1, end: 2, attributes: openInference(EVIL) },
      ),
    );
    const seen = await expectOnlyText(view);
    expect(seen.split(EVIL).length).to.be.above(20);
    expect(rowsOf(view)).to.have.length(2);
  });

  for (const forged of FORGED) {
    it(`shows ${JSON.stringify(forged)} as JSON wherever it stands`, async () => {
      const view = await loadedView(hostile(forged));
      const seen = await expectOnlyText(view);
      expect(seen.includes(Object.keys(forged)[0]!)).to.equal(true);
    });

    it(`shows ${JSON.stringify(forged)} in a record that the page parsed itself`, async () => {
      const record = {
        resourceSpans: [
          {
            resource: forged,
            scopeSpans: [
              {
                scope: { name: forged, version: forged },
                spans: [
                  {
                    traceId: 'aaaaaaaaaaaaaaaa',
                    spanId: 'bbbbbbbb',
                    name: forged,
                    kind: forged,
                    status: { code: forged, message: forged },
                    attributes: [
                      { key: 'made.up', value: forged },
                      { key: forged, value: { stringValue: forged } },
                      { key: 'gen_ai.request.model', value: { stringValue: forged } },
                      forged,
                    ],
                    events: [{ name: forged, attributes: [forged] }, forged],
                    links: [{ traceId: forged, spanId: forged }, forged],
                  },
                ],
              },
            ],
          },
        ],
      };
      const view = await loadedView(record);
      await expectOnlyText(view);
      expect(textIn(await openTab(view, /Raw/)).includes(Object.keys(forged)[0]!)).to.equal(true);
    });
  }

  it('survives numbers, flags and nothing where texts should be', async () => {
    for (const value of [0, 1e308, true, '', ' ', '\u202e\u0000', []]) {
      const view = await loadedView(hostile(value));
      await expectOnlyText(view);
    }
  });
});
