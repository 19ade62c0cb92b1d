import { expect } from '@open-wc/testing';
import '../define.js';
import { allByRole, allIn, byRole, loadedView, openTab, otlp, settled, stubbed, textIn } from './test-support.js';
import { registerSpanRenderer } from './renderers.js';
import type { LlmTraceView } from './llm-trace-view/llm-trace-view.js';

async function view(): Promise<LlmTraceView> {
  const made = await loadedView(
    otlp(
      { id: 'tool', start: 0, end: 9, attributes: { 'openinference.span.kind': 'TOOL' } },
      { id: 'other', start: 0, end: 9 },
    ),
  );
  made.selected = 'tool';
  await settled(made);
  return made;
}

/** Names of the tabs of the detail. */
const tabs = (root: ParentNode): string[] => allByRole(allIn(root, 'llm-span-detail')[0]!, 'tab').map(textIn);

const words = (text: string): HTMLElement => Object.assign(document.createElement('p'), { textContent: text });

describe('renderers of a page for a kind of span', () => {
  it('are the first tab of such spans, until they are taken away', async () => {
    let asked = 0;
    const undo = registerSpanRenderer('tool', {
      label: 'Map',
      render: (span) => {
        asked++;
        return words(`map of ${span.id}`);
      },
    });
    const made = await view();
    expect(tabs(made)[0]).to.equal('Map');
    expect(textIn(byRole(made, 'tabpanel', 'Map'))).to.equal('map of tool');
    // What was made stays while other tabs are looked at.
    await openTab(made, /Raw/);
    await openTab(made, /Map/);
    expect(asked).to.equal(1);
    made.selected = 'other';
    await settled(made);
    expect(tabs(made)).not.to.contain('Map');
    undo();
    made.selected = 'tool';
    await settled(made);
    expect(tabs(made)).not.to.contain('Map');
  });

  it('may leave a span alone', async () => {
    const undo = registerSpanRenderer('tool', { label: 'Map', isFor: () => false, render: () => words('') });
    expect(tabs(await view())).not.to.contain('Map');
    undo();
  });

  it('that fail leave the rest of the detail as it is', async () => {
    const undos = [
      registerSpanRenderer('tool', {
        label: 'Broken',
        render: () => {
          throw new Error('no');
        },
      }),
      registerSpanRenderer('tool', { label: 'Value', render: () => ({ _$litType$: 1, strings: ['<b>'] }) as never }),
    ];
    const faults: unknown[] = [];
    const report = (fault: unknown): unknown => faults.push(fault);
    await stubbed(window, 'reportError', report, async () => {
      const made = await view();
      expect(textIn(byRole(made, 'tabpanel', 'Broken'))).to.equal('This could not be shown.');
      expect(textIn(await openTab(made, /Value/))).to.equal('This could not be shown.');
      await openTab(made, /Raw/);
    });
    expect(faults.map(String)).to.deep.equal(['Error: no', 'TypeError: The renderer “Value” gave no Node.']);
    for (const undo of undos) undo();
  });
});
