import { expect } from '@open-wc/testing';
import '../../define.js';
import { allByRole, allIn, elementsIn, loadedView, otlp, pageFaultsDuring, settled } from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

/** Elements that a view may have in the page, whatever it shows. */
const MOST_ELEMENTS = 5000;
/** Characters of text that are in the page, whatever there is. */
const MOST_CHARACTERS = 400_000;

const conversation = (messages: readonly unknown[]): Record<string, unknown> => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.input.messages': JSON.stringify(messages),
});
const said = (content: string): object => ({ role: 'user', parts: [{ type: 'text', content }] });

function nested(depth: number): string {
  return `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
}

/** Ways in which one span is too large to be shown at once. */
const SPANS: Readonly<Record<string, () => Record<string, unknown>>> = {
  'a message of 5 MB': () => conversation([said('Words of a long text. '.repeat(230_000))]),
  'a message of 5 MB without a space': () => conversation([said('x'.repeat(5_000_000))]),
  '5,000 messages': () => conversation(Array.from({ length: 5000 }, (_, at) => said(`message ${at}`))),
  'a message of 5,000 parts': () =>
    conversation([
      { role: 'user', parts: Array.from({ length: 5000 }, (_, at) => ({ type: 'text', content: `${at}` })) },
    ]),
  '100,000 attributes': () =>
    Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`attribute.${at}`, `value ${at}`])),
  'an attribute of 50 MB': () => ({ large: 'x'.repeat(50_000_000) }),
  'an attribute of 50 MB of JSON': () => ({
    'input.value': JSON.stringify(
      Array.from({ length: 1_000_000 }, (_, id) => ({ id, text: 'a text of forty characters or so ....' })),
    ),
  }),
  'JSON of 10,000 levels': () => ({ 'input.value': nested(5000), 'output.value': nested(5000) }),
  '2,000 tools': () => ({
    ...conversation([said('hello')]),
    'gen_ai.tool.definitions': JSON.stringify(
      Array.from({ length: 2000 }, (_, at) => ({ type: 'function', name: `tool_${at}`, description: 'd'.repeat(500) })),
    ),
  }),
};

/** The most elements and characters that were in the page, tab by tab. */
async function sizes(view: LlmTraceView): Promise<{ elements: number; characters: number }> {
  let elements = 0;
  let characters = 0;
  const tabs = (): HTMLElement[] => allByRole(allIn(view, 'llm-span-detail')[0]!, 'tab');
  for (const { id } of tabs()) {
    tabs()
      .find((tab) => tab.id === id)!
      .click();
    await settled(view);
    const all = [...elementsIn(view)];
    elements = Math.max(elements, all.length);
    characters = Math.max(
      characters,
      all.reduce((sum, { shadowRoot }) => sum + (shadowRoot?.textContent.length ?? 0), 0),
    );
  }
  return { elements, characters };
}

describe('llm-span-detail: of very large spans', () => {
  for (const [what, attributes] of Object.entries(SPANS)) {
    for (const textForm of ['source', 'markdown'] as const) {
      it(`keeps the page small: ${what}, as ${textForm}`, async function () {
        this.timeout(60_000);
        const text = JSON.stringify(otlp({ id: 'large', start: 0, end: 1, attributes: attributes() }));
        let found = { elements: Infinity, characters: Infinity };
        const faults = await pageFaultsDuring(async () => {
          const view = await loadedView(text);
          view.settings.change({ textForm });
          view.selected = 'large';
          await settled(view);
          found = await sizes(view);
        });
        expect(faults).to.deep.equal([]);
        expect(found.elements).to.be.within(20, MOST_ELEMENTS);
        expect(found.characters).to.be.within(20, MOST_CHARACTERS);
      });
    }
  }
});
