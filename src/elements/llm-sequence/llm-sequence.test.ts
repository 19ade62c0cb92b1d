import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-sequence.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import {
  allIn,
  byRole,
  measured,
  sample,
  settled,
  shownIn,
  stubbed,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmSequence } from './llm-sequence.js';

const kind = (name: string): { attributes: Record<string, unknown> } => ({
  attributes: { 'openinference.span.kind': name },
});
const tool = (id: string, name: string, start: number, more: Partial<SpanSketch> = {}): SpanSketch => ({
  id,
  parent: 'lead',
  name,
  start,
  end: start + 5,
  ...kind('TOOL'),
  ...more,
});
const run: readonly SpanSketch[] = [
  { id: 'lead', start: 0, end: 100, ...kind('AGENT') },
  ...[0, 1, 2].map((at) => tool(`s${at}`, 'search', 10 * at)),
  tool('write', 'write', 40, { error: 'no' }),
  { id: 'inside', parent: 'write', start: 41, end: 42 },
];

async function shownFor(trace: Trace, width = 1000): Promise<LlmSequence> {
  const element = await shownIn('llm-sequence', trace, { width });
  await measured(element);
  return element;
}

const rows = (sequence: LlmSequence): HTMLElement[] => allIn(sequence, '[role="treeitem"]');
const lines = (sequence: LlmSequence): string[] => rows(sequence).map(textIn);
const press = async (sequence: LlmSequence, key: string): Promise<void> => {
  byRole(sequence, 'tree').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settled(sequence);
};
const activeLine = (sequence: LlmSequence): string => {
  const id = byRole(sequence, 'tree').getAttribute('aria-activedescendant')!;
  return textIn(sequence.shadowRoot!.getElementById(id)!);
};
const selectedLines = (sequence: LlmSequence): string[] =>
  rows(sequence)
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map(textIn);

const FOLDED = [
  'start calls lead, 100 ms',
  'repeated 3 times, 15 ms',
  'lead calls search, 3 times, 15 ms',
  'lead calls write, error, 5.0 ms',
  'lead returns to start, 100 ms',
];

describe('llm-sequence', () => {
  it('says in words what it draws: calls, returns, what is repeated', async () => {
    const sequence = await shownFor(await traceOf(...run));
    expect(lines(sequence)).to.deep.equal(FOLDED);
    const heads = allIn(sequence, '.head').map((head) => head.title);
    expect(heads).to.deep.equal(['start', 'lead', 'search', 'write']);
  });

  it('draws an arrow from the caller to what is called, at their lifelines', async () => {
    const sequence = await shownFor(await traceOf(...run));
    const head = (at: number): number => {
      const { left, width } = allIn(sequence, '.head')[at]!.getBoundingClientRect();
      return left + width / 2;
    };
    const call = allIn(rows(sequence)[3]!, '.arrow')[0]!.getBoundingClientRect();
    expect(call.left).to.be.closeTo(head(1), 8);
    expect(call.right).to.be.closeTo(head(3), 16);
    const back = allIn(rows(sequence)[4]!, '.arrow')[0]!.getBoundingClientRect();
    expect(back.left).to.be.closeTo(head(0), 16);
    expect(back.right).to.be.closeTo(head(1), 8);
    const bars = rows(sequence).map((row) => allIn(row, '.bar').length);
    expect(bars, 'the agent is at work in all rows').to.deep.equal([1, 1, 2, 2, 1]);
  });

  it('opens what is repeated by a click and by keys', async () => {
    const sequence = await shownFor(await traceOf(...run));
    rows(sequence)[1]!.click();
    await settled(sequence);
    expect(lines(sequence).slice(1, 5)).to.deep.equal([
      'repeated 3 times, 15 ms',
      'lead calls search, 5.0 ms',
      'lead calls search, 5.0 ms',
      'lead calls search, 5.0 ms',
    ]);
    expect(rows(sequence)[1]!.getAttribute('aria-expanded')).to.equal('true');
    await press(sequence, 'ArrowLeft');
    expect(lines(sequence)).to.deep.equal(FOLDED);
    await press(sequence, 'ArrowRight');
    expect(lines(sequence)).to.have.length(7);
  });

  it('has one selection: a row tells of its call, what the page selects is shown by the call that it is in', async () => {
    const sequence = await shownFor(await traceOf(...run));
    const told = oneEvent(sequence, 'llm-span-select');
    rows(sequence)[0]!.click();
    expect((await told).detail.span.id).to.equal('lead');
    await settled(sequence);
    expect(selectedLines(sequence)).to.deep.equal([FOLDED[0]]);
    sequence.selected = 'inside';
    await measured(sequence);
    expect(selectedLines(sequence)).to.deep.equal([FOLDED[3]]);
    sequence.reveal('s2');
    await measured(sequence);
    expect(selectedLines(sequence)).to.deep.equal([FOLDED[2]]);
    const open = oneEvent(sequence, 'llm-span-open');
    await press(sequence, 'End');
    await press(sequence, 'ArrowUp');
    expect(activeLine(sequence)).to.equal(FOLDED[3]);
    await press(sequence, 'Enter');
    expect((await open).detail.span.id).to.equal('write');
  });

  it('brings arrows that are far to the right into sight', async () => {
    const tools = Array.from({ length: 20 }, (_, at) => tool(`t${at}`, `tool ${at}`, at * 5));
    const sequence = await shownFor(await traceOf(run[0]!, ...tools), 500);
    sequence.selected = 't19';
    await measured(sequence);
    const scroller = byRole(sequence, 'tree').getBoundingClientRect();
    const [point] = allIn(
      rows(sequence).find((row) => row.dataset['spanId'] === 't19')!,
      '.point',
    );
    expect(point!.getBoundingClientRect().right).to.be.within(scroller.left, scroller.right);
  });

  it('is copied as Mermaid and as text, without what is masked', async () => {
    const sequence = await shownFor(await traceOf(run[0]!, tool('t', 'ask jane.doe@example.org', 5)));
    sequence.content = 'masked';
    await until(() => !lines(sequence).join().includes('jane.doe') && lines(sequence).join().includes('ask'), 'masked');
    const copied: string[] = [];
    await stubbed(
      navigator.clipboard,
      'writeText',
      (words) => Promise.resolve(void copied.push(words)),
      async () => {
        byRole(sequence, 'button', 'Copy as Mermaid').click();
        byRole(sequence, 'button', 'Copy as text').click();
        await until(() => copied.length === 2, 'both copies');
      },
    );
    expect(copied[0]).to.match(/^sequenceDiagram\n/);
    expect(copied[1]).to.match(/^start -> agent "lead"/);
    expect(copied.join()).not.to.contain('jane');
  });

  it('keeps what is open while a trace grows, and shows what runs', async () => {
    const sequence = await shownFor(await traceOf(...run));
    rows(sequence)[1]!.click();
    await settled(sequence);
    sequence.trace = await traceOf(...run, { id: 'live', parent: 'lead', name: 'live', start: 60, ...kind('TOOL') });
    await settled(sequence);
    expect(lines(sequence)).to.have.length(8);
    expect(lines(sequence)[6]).to.equal('lead calls live, running');
  });

  it('has few rows in the DOM, and says so where there are no calls', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => tool(`t${at}`, `tool ${at % 7} ${at % 11}`, at));
    const sequence = await shownFor(await traceOf(run[0]!, ...many));
    expect(rows(sequence).length).to.be.within(8, 40);
    await press(sequence, 'End');
    await measured(sequence);
    expect(lines(sequence).at(-1)).to.match(/^lead returns/);
    sequence.trace = await traceOf({ id: 'x', start: 0, end: 1 });
    await settled(sequence);
    expect(textIn(sequence)).to.contain('No span of this trace is a call');
  });

  for (const width of [1000, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const sequence = await shownFor(await traceOf(...run, tool('long', 'x'.repeat(300), 50)), width);
      await expect(sequence).to.be.accessible();
    });
  }

  for (const name of ['agent-tools', 'nested-agents', 'rag-kensho']) {
    it(`shows the recorded trace ${name}: a row for each call`, async () => {
      const [trace] = await readTraces(await sample(name));
      const sequence = await shownFor(trace!);
      for (const span of trace!.spans) {
        if (span.kind !== 'tool') continue;
        sequence.reveal(span.id);
        await measured(sequence);
        expect(selectedLines(sequence)).to.have.length(1);
      }
    });
  }
});
