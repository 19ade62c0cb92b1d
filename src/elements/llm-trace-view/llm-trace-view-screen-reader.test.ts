import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../define.js';
import { gridOf, loadedView, measured, otlp, settled } from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** What the browser tells a screen reader of one thing. */
interface Told {
  readonly role: string;
  readonly name: string;
  readonly level?: number;
  readonly expanded?: boolean;
  readonly selected?: boolean;
  readonly focused?: boolean;
  readonly orientation?: string;
  readonly valuemin?: number;
  readonly valuemax?: number;
}

/** What assistive technology is given of the page. */
const everythingTold = (): Promise<Told[]> => executeServerCommand('accessibility-tree');

const told = async (role: string): Promise<Told[]> => (await everythingTold()).filter((node) => node.role === role);

const trace = otlp(
  { id: 'agent', start: 0, end: 90, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
  { id: 'search', parent: 'agent', start: 1, end: 20, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  { id: 'inside', parent: 'search', start: 2, end: 10, error: 'it broke' },
  { id: 'answer', parent: 'agent', start: 30, end: 80, attributes: { 'gen_ai.operation.name': 'chat' } },
);

async function shown(): Promise<LlmTraceView> {
  const view = await loadedView(trace);
  view.selected = 'search';
  await measured(view);
  return view;
}

describe('llm-trace-view: as a screen reader has it', () => {
  before(async function () {
    // The runner can ask Chromium alone.
    if (!(await everythingTold().catch(() => undefined))) this.skip();
  });

  it('is a treegrid of rows with levels and states', async () => {
    await shown();
    expect((await told('treegrid')).map(({ name }) => name)).to.deep.equal(['Spans of agent']);
    const rows = (await told('row')).filter(({ level }) => level !== undefined);
    expect(rows.map(({ level, expanded, selected }) => [level, expanded, selected])).to.deep.equal([
      [1, true, false],
      [2, true, true],
      [3, undefined, false],
      [2, undefined, false],
    ]);
    const names = rows.map(({ name }) => name);
    for (const [row, words] of [/agent/, /tool/, /error/, /LLM/].entries()) expect(names[row]).to.match(words);
    expect((await told('columnheader')).map(({ name }) => name)).to.include.members(['Span', 'Time']);
  });

  it('tells that a row was closed', async () => {
    const view = await shown();
    view.collapseAll();
    await settled(view);
    const rows = (await told('row')).filter(({ level }) => level !== undefined);
    expect(rows.map(({ level, expanded }) => [level, expanded === true])).to.deep.equal([[1, false]]);
  });

  it('has the focus in the grid', async () => {
    const view = await shown();
    gridOf(view).focus();
    expect((await told('treegrid')).map(({ focused }) => focused)).to.deep.equal([true]);
  });

  it('has tabs of which one is selected, with the panel that it names', async () => {
    await shown();
    const tabs = await told('tab');
    const chosen = tabs.filter(({ selected }) => selected).map(({ name }) => name);
    expect(tabs.length).to.be.above(9);
    expect(chosen[0]).to.equal('Tree');
    expect(chosen).to.have.length(2);
    expect((await told('tabpanel')).map(({ name }) => name)).to.include(chosen[1]);
  });

  it('has a divider with its value and its ends', async () => {
    await shown();
    const [divider] = (await told('splitter')).concat(await told('separator'));
    expect(divider).to.deep.include({ name: 'Room for the tree and the detail', orientation: 'vertical' });
    expect(divider!.valuemax).to.be.above(divider!.valuemin!);
  });
});
