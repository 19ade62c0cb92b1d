import { expect, fixture, html } from '@open-wc/testing';
import '../define.js';
import { readTraces } from '../formats/index.js';
import { allByRole, byRole, elementsIn, loadedView, otlp, settled, textIn, until } from './test-support.js';
import type { LlmTraceList } from './llm-trace-list/llm-trace-list.js';

/** What every element that stands beside the detail shows of a trace: names, in words, tips and labels. */
const trace = (secret: string): object =>
  otlp(
    {
      id: 'a',
      start: 0,
      end: 90,
      name: `run for ${secret} now`,
      error: `failed for ${secret} at once`,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': `tuned for ${secret} only`,
        'gen_ai.usage.cost': 1,
        'session.id': `of ${secret} here`,
      },
    },
    { id: 'b', parent: `lost ${secret} parent`, start: 10, end: 20, name: `step of ${secret} too` },
    { id: 'c', trace: 'trace-2', start: 0, end: 5, name: `other of ${secret} yet` },
  );

/** Everything that an element has in its shadow tree that is words: texts, tips, labels. */
function* wordsIn(root: ParentNode): Generator<string> {
  for (const element of elementsIn(root)) {
    for (const name of ['title', 'aria-label', 'placeholder']) yield element.getAttribute(name) ?? '';
    for (const node of (element.shadowRoot ?? element).childNodes) {
      if (node.nodeType === Node.TEXT_NODE && !element.matches('style, script')) yield node.nodeValue!;
    }
  }
}

/** A view with every part open in which names stand, and a list of traces. */
async function everything(secret: string, content: 'full' | 'masked'): Promise<ParentNode[]> {
  const data = trace(secret);
  const view = await loadedView(data, 1000, 600);
  view.content = content;
  view.selected = 'a';
  const traces = await readTraces(data);
  const list = await fixture<LlmTraceList>(
    html`<llm-trace-list group-by="session" .traces=${traces}></llm-trace-list>`,
  );
  list.content = content;
  await settled(view);
  byRole(view, 'button', /problem/).click();
  await until(() => textIn(view).includes('run for') && textIn(list).includes('run for'), 'names');
  await settled(view);
  expect(allByRole(view, 'row').length).to.be.above(2);
  return [view, list];
}

const found = (roots: readonly ParentNode[], pattern: RegExp): string[] =>
  roots.flatMap((root) => [...wordsIn(root)]).filter((words) => pattern.test(words));

describe('names of a trace', () => {
  it('show no secret where the view is masked: tree, toolbar, problems, figures, list', async () => {
    const shown = await everything('jane.doe@example.org', 'full');
    expect(found(shown, /jane\.doe/), 'the test sees what is shown').to.have.length.above(10);
    const masked = await everything('jane.doe@example.org', 'masked');
    expect(found(masked, /jane\.doe/)).to.deep.equal([]);
  });

  it('show what they hide, also in tips and labels', async () => {
    const shown = await everything('user\u202egro', 'full');
    expect(found(shown, /\u202e/)).to.deep.equal([]);
    expect(found(shown, /⟨U\+202E⟩/)).to.have.length.above(8);
  });
});
