import { expect, fixture, html } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../define.js';
import type { LlmTraceDiff } from '../llm-trace-diff/llm-trace-diff.js';
import {
  byRole,
  gridOf,
  hasRole,
  loadedView,
  measured,
  otlp,
  settled,
  until,
  type SpanSketch,
} from '../test-support.js';
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

/** Rows below the header. */
const rowsTold = async (): Promise<Told[]> => (await told('row')).slice(1);

/** The level of a row. Firefox tells none of a grid that says how many rows it has (`aria-rowcount`). */
const level = (number: number): number | undefined => (navigator.userAgent.includes('Firefox') ? undefined : number);

/** Things of a role that have the focus, or in which it is: Firefox names the active row. */
async function focusedOf(role: string): Promise<Told[]> {
  const nodes = await everythingTold();
  const rowsIn = (at: number): Told[] => nodes.slice(at + 1).filter((node) => /^(row|treeitem)$/.test(node.role));
  return nodes.filter((node, at) => node.role === role && (node.focused ?? rowsIn(at).some((row) => row.focused)));
}

const spans: readonly SpanSketch[] = [
  { id: 'agent', start: 0, end: 90, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
  { id: 'search', parent: 'agent', start: 1, end: 20, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  { id: 'inside', parent: 'search', start: 2, end: 10, error: 'it broke' },
  {
    id: 'answer',
    parent: 'agent',
    start: 30,
    end: 80,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'What is to be done?' }] },
      ]),
    },
  },
];
const trace = otlp(...spans);

/** The same with a span more. */
const slower = otlp(...spans, {
  id: 'extra',
  parent: 'agent',
  start: 81,
  end: 89,
  attributes: { 'gen_ai.operation.name': 'execute_tool' },
});

async function shown(): Promise<LlmTraceView> {
  const view = await loadedView(trace);
  view.selected = 'search';
  await measured(view);
  return view;
}

/** The view, on another tab. */
async function opened(tab: string): Promise<LlmTraceView> {
  const view = await shown();
  byRole(view, 'tab', tab).click();
  const panel = (): HTMLElement | null => view.shadowRoot!.querySelector(`#view-${view.view}`);
  await until(() => panel()?.shadowRoot != null, tab);
  await measured(view);
  return view;
}

describe('llm-trace-view: as a screen reader has it', () => {
  before(async function () {
    // The runner cannot ask WebKitGTK.
    if (!(await everythingTold().catch(() => undefined))) this.skip();
  });

  it('is a treegrid of rows with levels and states', async () => {
    await shown();
    expect((await told('treegrid')).map(({ name }) => name)).to.deep.equal(['Spans of agent']);
    const rows = await rowsTold();
    expect(rows.map((row) => [row.level, row.expanded, row.selected])).to.deep.equal([
      [level(1), true, false],
      [level(2), true, true],
      [level(3), undefined, false],
      [level(2), undefined, false],
    ]);
    const names = rows.map(({ name }) => name);
    for (const [row, words] of [/agent/, /tool/, /error/, /LLM/].entries()) expect(names[row]).to.match(words);
    expect((await told('columnheader')).map(({ name }) => name)).to.include.members(['Span', 'Time']);
  });

  it('tells that a row was closed', async () => {
    const view = await shown();
    view.collapseAll();
    await settled(view);
    const rows = await rowsTold();
    expect(rows.map((row) => [row.level, row.expanded === true])).to.deep.equal([[level(1), false]]);
  });

  it('has the focus in the grid', async () => {
    const view = await shown();
    gridOf(view).focus();
    expect(await focusedOf('treegrid')).to.have.length(1);
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

  for (const [tab, role, name, row] of [
    ['Steps', 'treegrid', /^Steps of agent/, 'row'],
    ['Sequence', 'tree', /^Sequence of agent/, 'treeitem'],
    ['Table', 'grid', /^Spans of agent/, 'row'],
  ] as const) {
    it(`is in “${tab}” a ${role} of which one ${row} is selected, and its panel has that name`, async () => {
      const view = await opened(tab);
      byRole(view, role, name).focus();
      expect((await told('tabpanel')).map((panel) => panel.name)).to.include(tab);
      expect((await focusedOf(role)).filter((node) => name.test(node.name))).to.have.length(1);
      const rows = (await told(row)).filter(({ selected }) => selected !== undefined);
      expect(rows.length).to.be.above(2);
      const chosen = rows.filter(({ selected }) => selected);
      expect(chosen.map((node) => node.name).join(' | ')).to.match(/search/);
      expect(chosen).to.have.length(1);
      if (role === 'tree') expect(rows.map((item) => item.level)).to.include.members([1, 2]);
      else if (role === 'treegrid') expect(rows.map((item) => item.level)).to.include.members([level(1), level(2)]);
      else expect((await told('columnheader')).map((node) => node.name)).to.include.members(['Name', 'Duration']);
    });
  }

  it('is in “Conversation” a region that can be scrolled by keys, with what was said by whom', async () => {
    const view = await opened('Conversation');
    const [region] = (await told('region')).filter((node) => node.name.startsWith('Conversation of agent'));
    expect(region).to.exist;
    byRole(view, 'region', /^Conversation of agent/).focus();
    const nodes = await everythingTold();
    expect(nodes.filter(({ role, focused }) => role === 'region' && focused)).to.have.length(1);
    const words = nodes.filter(({ role }) => role === 'StaticText').map((node) => node.name);
    expect(words).to.include.members(['user', 'What is to be done?']);
  });
});

describe('llm-trace-diff: as a screen reader has it', () => {
  before(async function () {
    if (!(await everythingTold().catch(() => undefined))) this.skip();
  });

  it('is a treegrid of rows that say what changed', async () => {
    const [before, after] = await Promise.all([shown(), loadedView(slower)]);
    const diff = await fixture<LlmTraceDiff>(
      html`<llm-trace-diff .left=${before.trace} .right=${after.trace} .style=${'height: 400px'}></llm-trace-diff>`,
    );
    before.remove();
    after.remove();
    await until(() => hasRole(diff, 'treegrid'), 'the comparison');
    await measured(diff);
    const rows = await rowsTold();
    expect(rows.map((row) => row.level)).to.include.members([level(1), level(2)]);
    expect(rows.map((row) => row.name).join(' | '))
      .to.match(/added/i)
      .and.match(/extra/);
    expect((await told('columnheader')).map((node) => node.name)).to.include.members(['Span', 'Change']);
    byRole(diff, 'treegrid').focus();
    expect(await focusedOf('treegrid')).to.have.length(1);
  });
});
