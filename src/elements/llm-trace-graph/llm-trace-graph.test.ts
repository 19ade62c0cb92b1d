import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../define/llm-trace-graph.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import { sharedText } from '../../test/shared-files.js';
import { ran, traceOf, type SpanSketch } from '../../test/trace-builder.js';
import {
  allByRole,
  allIn,
  byRole,
  elementsIn,
  focused,
  hasRole,
  sample,
  settled,
  stubbed,
  textIn,
  until,
} from '../test-support.js';
import { library } from './graph-layout.js';
import type { LlmTraceGraph } from './llm-trace-graph.js';

const trace = traceOf(
  ran('planner', '', { kind: 'agent', end: 100 }),
  ran('chain', 'planner', { kind: 'chain', end: 90 }),
  ran('one', 'chain', { kind: 'llm', model: 'small', end: 18 }),
  ran('quick', 'chain', { kind: 'tool', label: 'search', start: 20, end: 25 }),
  ran('slow', 'chain', { kind: 'tool', label: 'search', start: 30, end: 70, status: 'error' }),
  ran('two', 'chain', { kind: 'llm', model: 'small', start: 72, end: 80 }),
);

/** Until the drawing is there and has measured itself. */
async function drawn(graph: LlmTraceGraph): Promise<void> {
  await until(() => allIn(graph, '[aria-busy="true"]').length === 0 && !graph.isUpdatePending, 'the drawing');
  await nextFrame();
  await nextFrame();
  await settled(graph);
}

async function graphOf(shown: Partial<LlmTraceGraph>, width = 900, height = 420): Promise<LlmTraceGraph> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px; height: ${height}px`}>
      <llm-trace-graph .style=${'height: 100%'}></llm-trace-graph>
    </div>`,
  );
  const graph = box.querySelector('llm-trace-graph')!;
  Object.assign(graph, shown);
  await drawn(graph);
  return graph;
}

const drawingOf = (graph: LlmTraceGraph): HTMLElement => byRole(graph, 'group', /^Graph of/);
const nodeOf = (graph: LlmTraceGraph, name: RegExp): HTMLElement => byRole(drawingOf(graph), 'button', name);

/** What was selected by a person, in order. */
function selections(graph: LlmTraceGraph): string[] {
  const ids: string[] = [];
  graph.addEventListener('llm-span-select', ({ detail: { span } }) => ids.push(span.id));
  return ids;
}

async function press(graph: LlmTraceGraph, key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
  focused()!.dispatchEvent(event);
  await settled(graph);
}

async function click(graph: LlmTraceGraph, name: string | RegExp): Promise<void> {
  byRole(graph, 'button', name).click();
  await drawn(graph);
}

describe('llm-trace-graph', () => {
  it('shows its table where the drawing cannot be loaded, and tries again with the next graph', async () => {
    let graph!: LlmTraceGraph;
    const fail = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    await stubbed(library, 'load', fail, async () => {
      graph = await graphOf({ trace });
      expect(textIn(byRole(graph, 'status'))).to.equal('The drawing could not be loaded. The table tells the same.');
      expect(allIn(graph, 'tbody tr').map(textIn).join()).to.contain('planner').and.to.contain('search');
      expect(hasRole(graph, 'button', 'Copy as text')).to.equal(true);
      await expect(graph).to.be.accessible();
    });
    graph.trace = traceOf(
      ran('planner', '', { kind: 'agent' }),
      ran('other', 'planner', { kind: 'tool', label: 'find' }),
    );
    await drawn(graph);
    expect(hasRole(graph, 'status')).to.equal(false);
    expect(hasRole(drawingOf(graph), 'button', /find/)).to.equal(true);
  });

  it('draws agents, models and tools with their figures, and what called what', async () => {
    const graph = await graphOf({ trace });
    expect(nodeOf(graph, /^agent planner, 1 call, Median 100 ms$/)).to.exist;
    expect(nodeOf(graph, /^tool search, 2 calls, 1 error, Median 5\.0 ms, Longest 40 ms$/)).to.exist;
    expect(nodeOf(graph, /^tool search/).innerText).to.match(/search\s+tool · 2× · 5\.0 ms\s+✕ 1$/);
    expect(nodeOf(graph, /^planner calls search: 2 calls, 1 error/)).to.exist;
    expect(nodeOf(graph, /^start calls planner: 1 call/)).to.exist;
    expect(allIn(graph, '.edge')).to.have.length(3);
  });

  it('selects the first call of a node, then the next one, and says which it is', async () => {
    const graph = await graphOf({ trace });
    const ids = selections(graph);
    nodeOf(graph, /^tool search/).click();
    await settled(graph);
    expect(textIn(graph)).to.contain('Call 1 of 2 planner → search · 5.0 ms');
    nodeOf(graph, /^tool search/).click();
    await settled(graph);
    expect(textIn(graph)).to.contain('Call 2 of 2 planner → search · 40 ms ✕ error');
    nodeOf(graph, /^tool search/).click();
    await settled(graph);
    expect(ids).to.deep.equal(['quick', 'slow', 'quick']);
    expect(graph.selected).to.equal('quick');
    expect(nodeOf(graph, /^tool search/).getAttribute('aria-current')).to.equal('true');
    await click(graph, 'Slowest call');
    await click(graph, 'Call before');
    await click(graph, 'Failed call');
    expect(ids.slice(3)).to.deep.equal(['slow', 'quick', 'slow']);
    expect((byRole(graph, 'button', 'Next call') as HTMLButtonElement).disabled).to.equal(true);
    expect((byRole(graph, 'button', 'Failed call') as HTMLButtonElement).disabled, 'the only one').to.equal(true);
  });

  it('selects the calls of an edge', async () => {
    const graph = await graphOf({ trace });
    const ids = selections(graph);
    await click(graph, /^planner calls small/);
    expect(textIn(graph)).to.contain('Call 1 of 2 planner → small');
    await click(graph, 'Next call');
    expect(ids).to.deep.equal(['one', 'two']);
  });

  it('shows the call that the page selects, or the one around it, without an event', async () => {
    const graph = await graphOf({ trace });
    graph.addEventListener('llm-span-select', () => expect.fail('nobody chose anything'));
    graph.selected = 'slow';
    await settled(graph);
    expect(textIn(graph)).to.contain('Call 2 of 2 planner → search');
    graph.selected = 'chain';
    await settled(graph);
    expect(nodeOf(graph, /^agent planner/).getAttribute('aria-current')).to.equal('true');
    graph.reveal('not there');
    expect(graph.selected).to.equal('chain');
    graph.selected = undefined;
    await settled(graph);
    expect(allIn(graph, '[aria-current]')).to.have.length(0);
    expect(hasRole(graph, 'button', 'Next call')).to.equal(false);
  });

  it('goes step by step through all calls, with buttons and keys, and shows what was reached', async () => {
    const graph = await graphOf({ trace });
    const ids = selections(graph);
    await click(graph, 'Steps');
    expect(graph.mode).to.equal('steps');
    expect(textIn(graph)).to.contain('5 steps');
    await click(graph, 'Next call');
    await click(graph, 'Next call');
    expect(textIn(graph)).to.contain('Step 2 of 5 planner → small');
    expect(allIn(graph, '.edge.back'), 'search is not called yet').to.have.length(1);
    nodeOf(graph, /^agent planner/).focus();
    await press(graph, 'n');
    expect(allIn(graph, '.edge.back')).to.have.length(0);
    await press(graph, 'p');
    expect(ids).to.deep.equal(['planner', 'one', 'quick', 'one']);
  });

  it('is walked through with the arrow keys from one node in the order of the page', async () => {
    const graph = await graphOf({ trace });
    const inOrder = (): string[] =>
      allByRole(drawingOf(graph), 'button')
        .filter((button) => button.tabIndex === 0)
        .map((button) => textIn(button).split(/[ ,]/)[1]!);
    expect(inOrder()).to.deep.equal(['planner']);
    graph.focus();
    const name = (): string => textIn(focused()!).split(/[ ,]/)[1]!;
    const names: string[] = [];
    for (const key of ['ArrowRight', 'ArrowLeft', 'End', 'ArrowUp', 'ArrowDown', 'Home']) {
      await press(graph, key);
      names.push(name());
    }
    expect(names[0]).to.equal('small');
    expect(names[1]).to.equal('planner');
    expect(names[2]).to.equal(names[4]);
    expect([names[2], names[3]].toSorted()).to.deep.equal(['search', 'small']);
    expect(names[5]).to.equal('planner');
    await press(graph, 'ArrowRight');
    expect(inOrder()).to.deep.equal(['small']);
    await press(graph, 'n');
    expect(graph.selected, 'without a choice, the node that has the focus').to.equal('one');
  });

  it('zooms with keys and buttons, shows all with 0, and leaves the keys of the browser alone', async () => {
    const graph = await graphOf({ trace });
    const width = (): number => nodeOf(graph, /^agent/).getBoundingClientRect().width;
    graph.focus();
    const first = width();
    await press(graph, '+');
    expect(width()).to.be.closeTo(first * 1.25, 0.5);
    await press(graph, '-');
    await click(graph, 'Zoom out');
    expect(width()).to.be.closeTo(first / 1.25, 0.5);
    await press(graph, '+', { ctrlKey: true });
    expect(width()).to.be.closeTo(first / 1.25, 0.5);
    await press(graph, '0');
    expect(width()).to.be.closeTo(first, 0.5);
  });

  it('zooms around the pointer with Ctrl and the wheel, and leaves the wheel alone to scroll', async () => {
    const graph = await graphOf({ trace: await sampled('nested-agents') }, 600, 300);
    const drawing = drawingOf(graph);
    const node = nodeOf(graph, /^agent supervisor/);
    const before = node.getBoundingClientRect();
    const place = { clientX: before.x + 10, clientY: before.y + 10 };
    const turned = (ctrlKey: boolean): WheelEvent =>
      new WheelEvent('wheel', { deltaY: -80, ctrlKey, ...place, bubbles: true, cancelable: true });
    const alone = turned(false);
    drawing.dispatchEvent(alone);
    expect(alone.defaultPrevented).to.equal(false);
    const zooming = turned(true);
    drawing.dispatchEvent(zooming);
    await settled(graph);
    expect(zooming.defaultPrevented).to.equal(true);
    const after = node.getBoundingClientRect();
    expect(after.width).to.be.above(before.width * 1.2);
    const factor = after.width / before.width;
    expect(after.x + 10 * factor).to.be.closeTo(place.clientX, 2);
    expect(after.y + 10 * factor).to.be.closeTo(place.clientY, 2);
  });

  it('is moved by a drag, which chooses nothing, also one that begins on a node', async () => {
    const graph = await graphOf({ trace: await sampled('nested-agents') }, 500, 300);
    graph.addEventListener('llm-span-select', () => expect.fail('it was a drag'));
    const drawing = drawingOf(graph);
    const before = drawing.scrollLeft;
    const { x, y } = nodeOf(graph, /^agent supervisor/).getBoundingClientRect();
    const start: [number, number] = [Math.round(x + 20), Math.round(y + 20)];
    await sendMouse({ type: 'move', position: start });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [start[0] - 60, start[1]] });
    await sendMouse({ type: 'up' });
    await settled(graph);
    expect(drawing.scrollLeft - before).to.be.closeTo(60, 1);
    await sendMouse({ type: 'move', position: [0, 0] });
  });

  it('zooms by two fingers', async () => {
    const graph = await graphOf({ trace });
    const drawing = drawingOf(graph);
    const { x, y } = drawing.getBoundingClientRect();
    const moved = async (apart: number): Promise<Event> => {
      const touches = [0, apart].map((clientX, identifier) => ({
        identifier,
        clientX: x + 100 + clientX,
        clientY: y + 100,
      }));
      // Browsers of a desktop have no class for it, or not for its fingers.
      const event = Object.assign(new Event('touchmove', { bubbles: true, cancelable: true }), { touches });
      drawing.dispatchEvent(event);
      await settled(graph);
      return event;
    };
    const width = (): number => nodeOf(graph, /^agent/).getBoundingClientRect().width;
    await moved(100);
    const before = width();
    expect((await moved(150)).defaultPrevented).to.equal(true);
    expect(width()).to.be.closeTo(before * 1.5, 1);
  });

  it('brings the selected call into sight without moving the page', async () => {
    const graph = await graphOf({ trace: await sampled('nested-agents') }, 360, 300);
    const call = [...graph.trace!.spans].find(({ kind }) => kind === 'reranker')!;
    const drawing = drawingOf(graph).getBoundingClientRect();
    expect(nodeOf(graph, /^reranker/).getBoundingClientRect().left).to.be.above(drawing.right);
    graph.reveal(call.id);
    await settled(graph);
    const { left, right } = nodeOf(graph, /^reranker/).getBoundingClientRect();
    expect(left).to.be.at.least(drawing.left);
    expect(right).to.be.at.most(drawing.right + 1);
    expect(window.scrollX + window.scrollY).to.equal(0);
  });

  it('keeps the selected call in sight when there is less room, as beside a detail', async () => {
    const graph = await graphOf({ trace: await sampled('nested-agents') }, 1500);
    nodeOf(graph, /^reranker/).click();
    await settled(graph);
    graph.parentElement!.style.width = '400px';
    const isSeen = (): boolean =>
      nodeOf(graph, /^reranker/).getBoundingClientRect().right <= drawingOf(graph).getBoundingClientRect().right + 1;
    expect(isSeen()).to.equal(false);
    await until(isSeen, 'the node');
  });

  it('lets what has nothing to do with a node stand back while it has the focus', async () => {
    const graph = await graphOf({ trace });
    nodeOf(graph, /^tool search/).focus();
    await settled(graph);
    expect(allIn(graph, '.edge.back')).to.have.length(2);
    expect(nodeOf(graph, /^LLM small/).classList.contains('back')).to.equal(true);
    expect(nodeOf(graph, /^agent planner/).classList.contains('back')).to.equal(false);
  });

  it('tells the same in a table, whose rows select too', async () => {
    const graph = await graphOf({ trace });
    const ids = selections(graph);
    await click(graph, 'Table');
    expect(graph.table).to.equal(true);
    const cells = allIn(byRole(graph, 'region', /^Graph of/), 'tbody tr').map((row) =>
      allIn(row, 'td').map((cell) => textIn(cell)),
    );
    expect(cells).to.deep.equal([
      ['start', 'agent planner', '1', '0', '100 ms', '100 ms', '100 ms'],
      ['planner', 'LLM small', '2', '0', '8.0 ms', '18 ms', '18 ms'],
      ['planner', 'tool search', '2', '✕ 1', '5.0 ms', '40 ms', '40 ms'],
    ]);
    byRole(graph, 'button', 'tool search').click();
    await settled(graph);
    expect(ids).to.deep.equal(['quick']);
    expect(allIn(graph, 'tr[aria-current="true"]').map((row) => textIn(row))).to.have.length(1);
  });

  it('shows which service called which', async () => {
    const graph = await graphOf({
      mode: 'services',
      trace: traceOf(
        ran('a', '', { service: 'web', end: 50 }),
        ran('b', 'a', { service: 'search', end: 30, status: 'error' }),
      ),
    });
    expect(nodeOf(graph, /^web calls search: 1 call, 1 error/)).to.exist;
    expect(nodeOf(graph, /^service web/)).to.exist;
    graph.trace = trace;
    await drawn(graph);
    expect(textIn(graph)).to.contain('No span of this trace names the service');
  });

  it('puts traces together', async () => {
    const graph = await graphOf({ traces: [trace, trace] });
    expect(nodeOf(graph, /^tool search, 4 calls/)).to.exist;
    expect(byRole(graph, 'group', 'Graph of 2 traces')).to.exist;
  });

  it('copies Mermaid and text, and says where that fails', async () => {
    const graph = await graphOf({ trace });
    const copies: string[] = [];
    const write = (words: string): Promise<void> => Promise.resolve(void copies.push(words));
    await stubbed(navigator.clipboard, 'writeText', write, async () => {
      byRole(graph, 'button', 'Copy as Mermaid').click();
      await until(() => hasRole(graph, 'button', 'Copied'), 'the answer');
      byRole(graph, 'button', 'Copy as text').click();
      await until(() => copies.length === 2, 'the text');
    });
    expect(copies[0]).to.match(/^flowchart LR\n {2}n0\["agent planner"\]/);
    expect(copies[1]).to.contain('agent "planner" -> tool "search": 2 calls, 1 error, 5 ms');
    await stubbed(
      navigator.clipboard,
      'writeText',
      () => Promise.reject(new Error('no')),
      async () => {
        byRole(graph, 'button', 'Copy as Mermaid').click();
        await until(() => hasRole(graph, 'button', 'It could not be copied'), 'the answer');
      },
    );
  });

  it('keeps every node where it is while a trace of the same shape grows', async () => {
    const graph = await graphOf({ trace });
    const placeOf = (): number => nodeOf(graph, /^tool search/).offsetTop;
    const before = placeOf();
    nodeOf(graph, /^tool search/).focus();
    graph.selected = 'slow';
    graph.trace = traceOf(
      ran('planner', '', { kind: 'agent', end: 100 }),
      ran('one', 'planner', { kind: 'llm', model: 'small', end: 18 }),
      ran('quick', 'planner', { kind: 'tool', label: 'search', start: 20, end: 25 }),
      ran('more', 'planner', { kind: 'tool', label: 'search', start: 26, end: NaN }),
      ran('slow', 'planner', { kind: 'tool', label: 'search', start: 30, end: 70 }),
    );
    await settled(graph);
    expect(nodeOf(graph, /^tool search, 3 calls/)).to.exist;
    expect(placeOf()).to.equal(before);
    expect(focused(), 'the focus stays').to.equal(nodeOf(graph, /^tool search/));
    expect(textIn(graph)).to.contain('Call 3 of 3');
  });

  it('keeps focus and scale while nodes are added to a trace, and shows the last of several', async () => {
    const root = ran('planner', '', { kind: 'agent', end: 100 });
    const tools = ['a', 'b', 'c'].map((id) => ran(id, 'planner', { kind: 'tool', label: `tool ${id}` }));
    const graph = await graphOf({ trace: traceOf(root, tools[0]!) });
    nodeOf(graph, /^tool tool a/).focus();
    await press(graph, '+');
    const { width } = nodeOf(graph, /^tool tool a/).getBoundingClientRect();
    for (const count of [2, 3]) {
      graph.trace = traceOf(root, ...tools.slice(0, count));
      await graph.updateComplete;
    }
    await drawn(graph);
    expect(allIn(graph, '.node')).to.have.length(4);
    expect(focused()).to.equal(nodeOf(graph, /^tool tool a/));
    expect(focused()!.getBoundingClientRect().width).to.equal(width);
  });

  it('draws the busiest of two thousand nodes, says so, and has all in the table', async () => {
    const tools = Array.from({ length: 2000 }, (_, index) =>
      ran(`t${index}`, 'planner', { kind: 'tool', label: `tool ${index}`, start: index, end: index + 1 }),
    );
    const again = ran('again', 'planner', { kind: 'tool', label: 'tool 1999' });
    const graph = await graphOf({ trace: traceOf(ran('planner', '', { kind: 'agent', end: 2001 }), ...tools, again) });
    expect(textIn(graph)).to.contain('Drawn are the busiest: 1,921 nodes and 1,921 edges are only in the table.');
    expect(allIn(graph, '.node')).to.have.length(80);
    expect(nodeOf(graph, /^tool tool 1999, 2 calls/)).to.exist;
    await click(graph, 'Table');
    expect(allIn(graph, 'tbody tr')).to.have.length(200);
    await click(graph, 'Show 1,801 more rows');
    expect(allIn(graph, 'tbody tr')).to.have.length(400);
  });

  it('shows names as text, with what they hide, and masks them in what is copied too', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      'a\u202Eb',
      '__proto__',
      '',
      'x'.repeat(5000),
      'for jane@example.org',
    ];
    const spans = names.map((label, index): SpanSketch =>
      ran(`s${index}`, '', { kind: 'tool', label, name: label, start: index, end: index + 1 }),
    );
    const graph = await graphOf({
      trace: traceOf(ran('root', '', { kind: 'agent' }), ...spans.map((span) => ({ ...span, parentId: 'root' }))),
    });
    expect(allIn(graph, 'img')).to.have.length(0);
    expect(nodeOf(graph, /^tool <img src=x onerror=alert\(1\)>, 1 call/)).to.exist;
    expect(nodeOf(graph, /^tool a⟨.+⟩b, 1 call/)).to.exist;
    expect(nodeOf(graph, /^tool __proto__, 1 call/)).to.exist;
    expect(nodeOf(graph, /^tool \(no name\), 1 call/)).to.exist;
    expect(nodeOf(graph, /^tool x{200}, /).offsetWidth).to.be.below(200);
    graph.content = 'masked';
    await until(() => hasRole(graph, 'button', /^tool __proto__/), 'what masks');
    await settled(graph);
    const words = [...elementsIn(graph)].flatMap((element) => [element.title, element.ariaLabel, element.textContent]);
    expect(words.filter((word) => word?.includes('jane'))).to.deep.equal([]);
    const copies: string[] = [];
    const write = (copy: string): Promise<void> => Promise.resolve(void copies.push(copy));
    await stubbed(navigator.clipboard, 'writeText', write, async () => {
      byRole(graph, 'button', 'Copy as text').click();
      await until(() => copies.length === 1, 'the text');
    });
    expect(copies[0]).not.to.contain('jane');
  });

  it('says where there is nothing to draw', async () => {
    const graph = await graphOf({ trace: traceOf(ran('plain')) });
    expect(textIn(graph)).to.contain('No call of an agent');
    expect((byRole(graph, 'button', 'Copy as text') as HTMLButtonElement).disabled).to.equal(true);
    graph.trace = undefined;
    await settled(graph);
    expect(textIn(graph)).to.contain('No trace yet');
  });

  it('goes through a trace that grows only when it is seen', async () => {
    const graph = await graphOf({ trace });
    graph.hidden = true;
    graph.trace = traceOf(ran('other', '', { kind: 'agent' }));
    await nextFrame();
    await nextFrame();
    expect(allIn(graph, '[data-node]'), 'as it was').to.have.length(3);
    graph.hidden = false;
    await until(() => allIn(graph, '[data-node]').length === 1, 'the new trace');
  });

  for (const width of [900, 340]) {
    it(`is accessible, ${width} px wide: calls, steps, services, table`, async () => {
      const graph = await graphOf({ trace: await sampled('nested-agents') }, width);
      await expect(graph).to.be.accessible();
      nodeOf(graph, /^agent supervisor/).click();
      nodeOf(graph, /^agent supervisor/).focus();
      await settled(graph);
      await expect(graph).to.be.accessible();
      await click(graph, 'Steps');
      await expect(graph).to.be.accessible();
      await click(graph, 'Services');
      await expect(graph).to.be.accessible();
      await click(graph, 'Calls');
      await click(graph, 'Table');
      await expect(graph).to.be.accessible();
      for (const button of allByRole(graph, 'button')) {
        if (button.closest('.table')) continue;
        expect(button.getBoundingClientRect().right).to.be.at.most(graph.getBoundingClientRect().right);
      }
    });
  }

  for (const name of ['agent-tools', 'error-retry', 'nested-agents', 'rag-kensho']) {
    it(`draws the recorded trace ${name}: as many nodes and edges as the table has`, async () => {
      const graph = await graphOf({ trace: await sampled(name) });
      const nodes = allIn(graph, '.node').length;
      const edges = allIn(graph, '.edge').length;
      expect(nodes).to.be.above(0);
      await click(graph, 'Table');
      expect(allIn(graph, 'tbody tr')).to.have.length(edges);
      const callees = new Set(allIn(graph, '.callee').map((button) => textIn(button)));
      expect(callees.size).to.equal(nodes);
    });
  }
});

describe('llm-trace-graph, shared', () => {
  for (const file of [
    'langfuse/framework-openai-agents-2025-09-30.json',
    'openai-agents/counterfact-with-handoff.json',
    'opik/opik-crm-116-traces-906-spans.json',
    'openinference/mastra-weatherAgentSpans.json',
    'datadog-apm/snapshot-test_hierarchical_crew.json',
  ]) {
    it(`draws all traces of ${file}: each call is in a step and on an edge`, async function () {
      const words = await sharedText(`fixtures/${file}`);
      if (words === undefined) return this.skip();
      const traces = await readTraces(words);
      const graph = await graphOf({ traces, table: true, mode: 'steps' });
      const calls = allIn(graph, 'tbody tr').map((row) => Number(textIn(allIn(row, 'td')[2]!).replace(',', '')));
      const sum = calls.reduce((one, other) => one + other, 0);
      expect(sum).to.be.above(0);
      expect(textIn(graph)).to.match(new RegExp(`\\b${sum.toLocaleString('en')} steps?\\b`));
      await click(graph, 'Table');
      expect(allIn(graph, '.edge')).to.have.length(calls.length);
    });
  }
});

async function sampled(name: string): Promise<Trace> {
  const [first] = await readTraces(await sample(name));
  return first!;
}
