import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-steps.js';
import { readTraces } from '../../formats/index.js';
import type { Trace } from '../../model/index.js';
import { sharedText } from '../../test/shared-files.js';
import {
  allByRole,
  allIn,
  byRole,
  measured,
  sample,
  settled,
  shownIn,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmSteps } from './llm-steps.js';

const kind = (name: string, more: Record<string, unknown> = {}): { attributes: Record<string, unknown> } => ({
  attributes: { 'openinference.span.kind': name, ...more },
});
const call = (id: string, parent: string, start: number, said: string, answer: string): SpanSketch => ({
  id,
  parent,
  start,
  end: start + 5,
  ...kind('LLM', {
    'llm.model_name': 'gpt-4o',
    'llm.token_count.prompt': 10,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': said,
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': answer,
  }),
});
const tool = (id: string, parent: string, start: number, more: Partial<SpanSketch> = {}): SpanSketch => ({
  id,
  parent,
  start,
  end: start + 5,
  ...kind('TOOL', { 'tool.name': id, 'input.value': '{"city":"Oslo","days":2}', 'output.value': '{"sky":"clear"}' }),
  ...more,
});

const run: readonly SpanSketch[] = [
  { id: 'root', start: 0, end: 100, ...kind('CHAIN') },
  { id: 'wrapper', parent: 'root', start: 1, end: 100, ...kind('CHAIN') },
  call('ask', 'wrapper', 2, 'How is the weather?', 'Let me look.'),
  tool('weather', 'wrapper', 10),
  tool('map', 'wrapper', 20, { error: 'no map of jane.doe@example.org' }),
  call('answer', 'root', 30, 'How is the weather?', 'Clear.'),
];

async function shownFor(trace: Trace, width = 1000): Promise<LlmSteps> {
  const element = await shownIn('llm-steps', trace, { width });
  await measured(element);
  return element;
}

const rows = (steps: LlmSteps): HTMLElement[] => allIn(steps, '[role="row"][data-row]');
const lines = (steps: LlmSteps): string[] => rows(steps).map((row) => row.getAttribute('aria-label')!);
const asked = (steps: LlmSteps): Promise<void> =>
  until(() => lines(steps).some((line) => line.startsWith('user')), 'what the user asked');
const press = async (steps: LlmSteps, key: string): Promise<void> => {
  byRole(steps, 'treegrid').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settled(steps);
};
const selectedRows = (steps: LlmSteps): (string | undefined)[] =>
  rows(steps)
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map((row) => row.dataset['spanId']);
const activeLine = (steps: LlmSteps): string => {
  const id = byRole(steps, 'treegrid').getAttribute('aria-activedescendant')!;
  return steps.shadowRoot!.getElementById(id)!.getAttribute('aria-label')!;
};

describe('llm-steps', () => {
  it('shows turns with their tools below what the user asked, and folds what frameworks did', async () => {
    const steps = await shownFor(await traceOf(...run));
    await asked(steps);
    expect(lines(steps)).to.deep.equal([
      'user, How is the weather?',
      'Turn 1, gpt-4o, Let me look., 5.0 ms, 10 Tokens',
      'weather, (city: Oslo, days: 2) → sky: clear, 5.0 ms',
      'map, error, (city: Oslo, days: 2) → no map of jane.doe@example.org, 5.0 ms',
      'Turn 2, gpt-4o, Clear., 5.0 ms, 10 Tokens',
      '2 framework spans',
    ]);
    expect(rows(steps).map((row) => Number(row.getAttribute('aria-level')))).to.deep.equal([1, 2, 3, 3, 2, 1]);
    rows(steps).at(-1)!.click();
    await settled(steps);
    expect(lines(steps).slice(-3)).to.deep.equal(['2 framework spans', 'root, 100 ms', 'wrapper, 99 ms']);
    expect(rows(steps).at(-3)!.getAttribute('aria-expanded')).to.equal('true');
  });

  it('shows what messages say that LangChain wrote out, and no arguments where there are none', async () => {
    const written = { lc: 1, type: 'constructor', id: ['ToolMessage'], kwargs: { content: 'two devices' } };
    const attributes = { ...kind('TOOL').attributes, 'input.value': '{}', 'output.value': JSON.stringify(written) };
    const steps = await shownFor(await traceOf({ id: 'devices', start: 0, end: 5, attributes }));
    expect(lines(steps)).to.deep.equal(['devices, → two devices, 5.0 ms']);
  });

  it('has one selection: a click tells of the span, and what the page selects is opened and shown', async () => {
    const steps = await shownFor(await traceOf(...run));
    await asked(steps);
    const told = oneEvent(steps, 'llm-span-select');
    rows(steps)[2]!.click();
    expect((await told).detail.span.id).to.equal('weather');
    await settled(steps);
    expect(selectedRows(steps)).to.deep.equal(['weather']);
    steps.selected = 'wrapper';
    await measured(steps);
    expect(selectedRows(steps), 'in the fold').to.deep.equal(['wrapper']);
    expect(activeLine(steps)).to.match(/^wrapper/);
  });

  it('is gone through by keys', async () => {
    const steps = await shownFor(await traceOf(...run));
    await asked(steps);
    await press(steps, 'Home');
    expect(activeLine(steps)).to.match(/^user/);
    await press(steps, 'ArrowDown');
    await press(steps, 'ArrowLeft');
    expect(lines(steps), 'the turn is closed').to.have.length(4);
    expect(lines(steps)[1]).to.contain('1 error inside');
    await press(steps, 'ArrowRight');
    await press(steps, 'ArrowRight');
    expect(activeLine(steps)).to.match(/^weather/);
    await press(steps, 'ArrowLeft');
    expect(activeLine(steps)).to.match(/^Turn 1/);
    await press(steps, 'End');
    await press(steps, 'Enter');
    expect(lines(steps), 'the fold is open').to.have.length(8);
    const open = oneEvent(steps, 'llm-span-open');
    await press(steps, 'm');
    await press(steps, 'Enter');
    expect((await open).detail.span.id).to.equal('map');
  });

  it('keeps what is open, closed and active while a trace grows', async () => {
    const steps = await shownFor(await traceOf(...run));
    await asked(steps);
    rows(steps).at(-1)!.click();
    allIn(rows(steps)[1]!, '.twisty')[0]!.click();
    await settled(steps);
    await press(steps, 'End');
    expect(activeLine(steps)).to.match(/^wrapper/);
    steps.trace = await traceOf(...run, call('more', 'root', 40, 'And tomorrow?', 'Rain.'));
    await until(() => lines(steps).some((line) => line.includes('tomorrow')), 'the new question');
    expect(lines(steps).map((line) => line.split(',')[0])).to.deep.equal([
      'user',
      'Turn 1',
      'Turn 2',
      'user',
      'Turn 3',
      '2 framework spans',
      'root',
      'wrapper',
    ]);
    expect(activeLine(steps)).to.match(/^wrapper/);
  });

  it('says so where there are no steps, and shows what there is', async () => {
    const steps = await shownFor(
      await traceOf({ id: 'a', start: 0, end: 1 }, { id: 'b', parent: 'a', start: 0, end: 1 }),
    );
    expect(textIn(steps)).to.contain('No span of this trace is a call of a model');
    expect(lines(steps)).to.deep.equal(['2 framework spans', 'a, 1.0 ms', 'b, 1.0 ms']);
    steps.trace = undefined;
    await settled(steps);
    expect(rows(steps)).to.have.length(0);
  });

  it('shows spans that run or have no times, and those whose parent is missing', async () => {
    const steps = await shownFor(
      await traceOf({ id: 'live', start: 0, ...kind('AGENT') }, { id: 'lost', parent: 'nobody', ...kind('TOOL') }),
    );
    expect(lines(steps)[0]).to.equal('live, running');
    expect(lines(steps)[1]).to.equal('lost');
  });

  it('has few rows in the DOM, however long the run is', async () => {
    const spans = Array.from({ length: 5000 }, (_, at) =>
      at % 2 ? tool(`t${at}`, 'root', at) : call(`c${at}`, 'root', at, 'Go', `Step ${at}`),
    );
    const steps = await shownFor(await traceOf({ id: 'root', start: 0, end: 9000, ...kind('CHAIN') }, ...spans));
    await asked(steps);
    expect(rows(steps).length).to.be.within(10, 40);
    expect(byRole(steps, 'treegrid').getAttribute('aria-rowcount')).to.equal('5003');
    await press(steps, 'End');
    await measured(steps);
    expect(lines(steps).at(-1)).to.equal('1 framework span');
    await until(() => lines(steps).some((line) => line.includes('t4999, (city')), 'what is in sight is read');
  });

  it('masks secrets, and shows hidden characters', async () => {
    const steps = await shownFor(await traceOf(...run, tool('find \u202eme', 'root', 50)));
    expect(lines(steps).join()).to.contain('jane.doe').and.to.contain('U+202E').and.not.to.contain('\u202e');
    steps.content = 'masked';
    await until(() => lines(steps).join().includes('no map') && !lines(steps).join().includes('jane.doe'), 'masked');
    expect(textIn(steps)).not.to.contain('jane.doe');
    expect(allIn(steps, '[title*="jane.doe"]')).to.have.length(0);
  });

  for (const width of [1000, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const steps = await shownFor(await traceOf(...run, tool('x'.repeat(300), 'root', 50)), width);
      await asked(steps);
      await expect(steps).to.be.accessible();
      const scroller = byRole(steps, 'treegrid');
      expect(scroller.scrollWidth).to.be.at.most(scroller.clientWidth);
      expect(allByRole(steps, 'columnheader', 'Step')).to.have.length(1);
    });
  }

  for (const name of ['agent-tools', 'nested-agents', 'rag-kensho', 'error-retry']) {
    it(`shows the recorded trace ${name}: every span in a row`, async () => {
      const [trace] = await readTraces(await sample(name));
      const steps = await shownFor(trace!);
      steps.expandAll();
      for (const { id } of trace!.spans) {
        steps.reveal(id);
        await settled(steps);
        expect(selectedRows(steps)).to.deep.equal([id]);
      }
    });
  }
});

describe('llm-steps, shared', () => {
  it('shows a run of LangGraph as its turns', async function () {
    const words = await sharedText('fixtures/langfuse/framework-langgraph-js-2025-10-30.json');
    if (words === undefined) return this.skip();
    const steps = await shownFor((await readTraces(words))[0]!);
    await asked(steps);
    expect(lines(steps).map((line) => line.split(',')[0])).to.deep.equal([
      'user',
      'Turn 1',
      'Turn 2',
      '18 framework spans',
    ]);
  });
});
