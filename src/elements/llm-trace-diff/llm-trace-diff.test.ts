import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define/llm-trace-diff.js';
import { readTraces } from '../../formats/index.js';
import type { Span, Trace } from '../../model/index.js';
import { activeRow, allIn, byRole, focused, hasRole, measured, rowsOf, selectedIds, settled, stubbed, textIn, traceOf, until, wide, type SpanSketch } from '../test-support.js'; // prettier-ignore
import type { LlmTraceDiff } from './llm-trace-diff.js';

const message = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });

const call = (
  id: string,
  start: number,
  question: string,
  answer: string,
  more: Partial<SpanSketch> = {},
): SpanSketch => ({
  id,
  parent: 'root',
  name: `chat ${id}`,
  start,
  end: start + 10,
  ...more,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.request.temperature': 0.5,
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 10,
    'gen_ai.usage.cost': 0.01,
    'gen_ai.input.messages': JSON.stringify([message('system', 'You are kind.'), message('user', question)]),
    'gen_ai.output.messages': JSON.stringify([message('assistant', answer)]),
    ...more.attributes,
  },
});

const run: readonly SpanSketch[] = [
  { id: 'root', name: 'run', start: 0, end: 100 },
  call('a', 0, 'Where is the pump?', 'In the cellar.'),
  { id: 'tool', parent: 'root', name: 'look up', start: 20, end: 30 },
  { id: 'inner', parent: 'tool', name: 'fetch', start: 21, end: 22 },
  call('b', 40, 'And the boiler?', 'Beside it.'),
];

/** Another run: one span less, one more, another question, and a slower answer. */
const later: readonly SpanSketch[] = [
  { id: 'root', name: 'run', start: 0, end: 160 },
  call('a', 0, 'Where is the heat pump?', 'In the cellar.', { attributes: { 'gen_ai.request.temperature': 0.9 } }),
  { id: 'tool', parent: 'root', name: 'look up', start: 20, end: 30 },
  call('b', 40, 'And the boiler?', 'Beside it.', { end: 110, attributes: { 'gen_ai.usage.output_tokens': 90 } }),
  { id: 'new', parent: 'root', name: 'check', start: 120, end: 130 },
];

async function shownFor(left: Trace | Span, right: Trace | Span, width = 1100): Promise<LlmTraceDiff> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px; height: 500px`}>
      <llm-trace-diff .style=${'height: 100%'} .left=${left} .right=${right}></llm-trace-diff>
    </div>`,
  );
  const element = box.querySelector('llm-trace-diff')!;
  await done(element);
  return element;
}

const done = async (element: LlmTraceDiff): Promise<void> => {
  await settled(element);
  await until(() => !allIn(element, '[aria-busy="true"]').length, 'compared');
  await measured(element);
};

const labels = (element: LlmTraceDiff): string[] => rowsOf(element).map((row) => row.ariaLabel!);
const detailOf = (element: LlmTraceDiff): string => textIn(byRole(element, 'region', /^Before and after/));
const choose = async (element: LlmTraceDiff, id: string): Promise<void> => {
  element.selected = id;
  await settled(element);
  await until(() => !detailOf(element).includes('Comparing…'), 'texts');
};
const press = async (element: LlmTraceDiff, key: string, more: KeyboardEventInit = {}): Promise<void> => {
  focused()!.dispatchEvent(
    new KeyboardEvent('keydown', { key, ...more, bubbles: true, composed: true, cancelable: true }),
  );
  await settled(element);
};

describe('llm-trace-diff', () => {
  it('shows both traces in one tree, with what became of each span', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    expect(labels(element)).to.deep.equal([
      'run, span, changed: time, Δ time +60 ms, Δ tokens +80, Δ cost 0',
      'chat a, LLM, changed: parameters, input, Δ time 0, Δ tokens 0, Δ cost 0',
      'look up, span, the same, Δ time 0',
      'fetch, span, missing, Δ time −1.0 ms',
      'chat b, LLM, changed: time, tokens, Δ time +60 ms, Δ tokens +80, Δ cost 0',
      'check, span, added, Δ time +10 ms',
    ]);
    expect(rowsOf(element).map((row) => row.ariaLevel)).to.deep.equal(['1', '2', '2', '3', '2', '2']);
    expect(textIn(element)).to.contain('Duration 100 ms → 160 ms +60 ms').and.to.contain('Tokens 220 → 300 +80');
    expect(textIn(element)).to.contain('5 changes 1 added 1 missing 3 changed 1 the same');
  });

  it('says that a trace is the same as itself, and that one alone is not enough', async () => {
    const trace = await traceOf(...run);
    const element = await shownFor(trace, trace);
    expect(textIn(byRole(element, 'status'))).to.equal('Nothing differs.');
    expect(byRole(element, 'button', /^Next change/)).to.have.property('disabled', true);
    element.right = undefined;
    await settled(element);
    expect(textIn(element)).to.equal('Two traces, or two spans, are needed to compare them.');
  });

  it('leaves out what is the same, but not what holds a change', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    allIn(element, 'input[type="checkbox"]')[0]!.click();
    await measured(element);
    expect(element.onlyChanges).to.equal(true);
    expect(labels(element).map((label) => label.split(',')[0])).to.deep.equal([
      'run',
      'chat a',
      'look up',
      'fetch',
      'chat b',
      'check',
    ]);
    element.right = await traceOf(...run.map((span) => (span.id === 'inner' ? { ...span, end: 29 } : span)));
    await done(element);
    expect(labels(element).map((label) => label.split(',')[0])).to.deep.equal(['run', 'look up', 'fetch']);
    expect(byRole(element, 'treegrid').getAttribute('aria-rowcount')).to.equal('4');
  });

  it('goes from change to change, round the end', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 6; step++) {
      byRole(element, 'button', /^Next change/).click();
      await settled(element);
      seen.push(element.selected);
    }
    expect(seen).to.deep.equal(['root', 'a', 'inner', 'b', 'new', 'root']);
    byRole(element, 'button', /^Previous change/).click();
    expect(element.selected).to.equal('new');
    element.focus();
    await press(element, 'ArrowUp', { altKey: true });
    expect(element.selected).to.equal('b');
    expect(selectedIds(element)).to.deep.equal(['b']);
  });

  it('is used by keys as a tree', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    element.focus();
    await press(element, 'ArrowDown');
    await press(element, 'ArrowDown');
    expect(activeRow(element)!.dataset['spanId']).to.equal('tool');
    await press(element, 'ArrowLeft');
    expect(labels(element)[2]).to.equal('look up, span, the same, 1 change inside, Δ time 0');
    expect(activeRow(element)!.ariaExpanded).to.equal('false');
    await press(element, 'ArrowRight');
    await press(element, 'ArrowRight');
    expect(element.selected, 'what is missing').to.equal('inner');
    await press(element, 'Enter');
    await settled(element);
    expect(focused()).to.equal(byRole(element, 'region', /fetch/));
    await press(element, 'Escape');
    expect(focused()).to.equal(byRole(element, 'treegrid'));
    await press(element, 'c');
    expect(element.selected).to.equal('b');
    await press(element, 'Home');
    expect(element.selected).to.equal('root');
  });

  it('tells which span a person chose', async () => {
    const [before, after] = [await traceOf(...run), await traceOf(...later)];
    const element = await shownFor(before, after);
    for (const [id, trace] of [
      ['b', after],
      ['inner', before],
    ] as const) {
      const told = oneEvent(element, 'llm-span-select');
      rowsOf(element)
        .find((row) => row.dataset['spanId'] === id)!
        .click();
      expect((await told).detail.span).to.equal(trace.span(id));
    }
  });

  it('keeps spans apart that have the same id in the two traces', async () => {
    const renumbered: SpanSketch[] = [run[0]!, { ...run[2]!, id: 'inner' }];
    const [before, after] = [await traceOf(...run), await traceOf(...renumbered)];
    const element = await shownFor(before, after);
    const told = oneEvent(element, 'llm-span-select');
    byRole(element, 'row', /^fetch, .*missing/).click();
    expect((await told).detail.span).to.equal(before.span('inner'));
    await settled(element);
    expect(hasRole(element, 'region', 'Before and after: fetch')).to.equal(true);
    byRole(element, 'row', /^look up/).click();
    await settled(element);
    expect(hasRole(element, 'region', 'Before and after: look up')).to.equal(true);
  });

  it('compares messages word by word, parameters, and figures', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    await choose(element, 'a');
    const words = detailOf(element);
    expect(words).to.contain('Where is the added: heat pump?');
    expect(words).to.contain('Messages 1 changed · 2 the same');
    expect(words).to.match(/temperature.* changed .*removed: 0\.5.*added: 0\.9/);
    expect(allIn(element, 'ins').map((node) => textIn(node))).to.deep.equal(['added: heat', 'added: 0.9']);
    await choose(element, 'b');
    expect(detailOf(element)).to.match(/time 10 ms 70 ms \+60 ms tokens 110 190 \+80 cost \$0\.010 \$0\.010 0/);
    byRole(element, 'button', 'Close').click();
    await settled(element);
    expect(hasRole(element, 'region')).to.equal(false);
  });

  it('shows all of a span that was added or is missing', async () => {
    const [before, after] = [await traceOf(...run), await traceOf(...run.slice(0, 4))];
    const element = await shownFor(before, after);
    await choose(element, 'b');
    expect(detailOf(element)).to.contain('removed: And the boiler?').and.to.contain('3 missing');
  });

  it('compares two calls of one trace: what entered the context, and what fell out', async () => {
    const history = [
      message('system', 'You are kind.'),
      message('user', 'First.'),
      message('assistant', 'Answer.'),
      message('user', 'Second.'),
    ];
    const first = call('one', 0, 'Old.', 'Answer.');
    const second = call('two', 20, '', 'Bye.', { attributes: { 'gen_ai.input.messages': JSON.stringify(history) } });
    const trace = await traceOf(run[0]!, first, second);
    const element = await shownFor(trace.span('one')!, trace.span('two')!);
    await until(() => !detailOf(element).includes('Comparing…'), 'texts');
    expect(hasRole(element, 'treegrid')).to.equal(false);
    const words = detailOf(element);
    expect(words).to.contain('Messages 2 entered · 1 changed · 2 the same');
    expect(words).to.contain('user entered added: Second.');
    element.left = trace.span('two');
    element.right = trace.span('one');
    await settled(element);
    await until(() => detailOf(element).includes('removed: Second.'), 'the other way round');
    expect(detailOf(element)).to.contain('2 fell out');
  });

  it('folds what is long and the same', async () => {
    const long = 'The same words again. '.repeat(100);
    const other = (text: string) => traceOf(run[0]!, call('a', 0, `${text} ${long}`, 'Yes.'));
    const element = await shownFor(await other('Hot'), await other('Cold'));
    await choose(element, 'a');
    expect(detailOf(element).length).to.be.below(1500);
    byRole(element, 'button', /… 1,9\d\d characters …/).click();
    await settled(element);
    expect(detailOf(element)).to.contain(long.trim());
  });

  it('sets long texts beside each other, what is the same at one height, and one above the other where it is narrow', async () => {
    const lines = (word: string) =>
      `First line.\n${'The same words again. '.repeat(12)}\nIt is ${word} today.\nThe end.`;
    const traces = [await traceOf(run[0]!, call('a', 0, lines('cold'), 'Yes.')), await traceOf(run[0]!, call('a', 0, lines('warm'), 'Yes.'))]; // prettier-ignore
    const element = await shownFor(traces[0]!, traces[1]!);
    await choose(element, 'a');
    expect(allIn(element, 'table.beside')).to.have.length(0);
    byRole(element, 'button', 'Side by side').click();
    await settled(element);
    const rows = (): HTMLElement[] => allIn(element, 'table.beside tbody tr');
    expect(rows().map((row) => allIn(row, 'td').map((cell) => textIn(cell).slice(0, 34)))).to.deep.equal([
      ['First line. The same words again. T', 'First line. The same words again. T'].map((words) => words.slice(0, 34)),
      ['It is removed: cold today.', 'It is added: warm today.'],
      ['The end.', 'The end.'],
    ]);
    const [left, right] = allIn(rows()[1]!, 'td').map((cell) => cell.getBoundingClientRect());
    expect([left!.top, left!.right <= right!.left]).to.deep.equal([right!.top, true]);
    await expect(element).to.be.accessible();
    element.parentElement!.style.width = '340px';
    await measured(element);
    const [above, below] = allIn(rows()[1]!, 'td').map((cell) => cell.getBoundingClientRect());
    expect(above!.bottom).to.be.at.most(below!.top);
    expect(allIn(rows()[0]!, 'td').filter((cell) => cell.checkVisibility())).to.have.length(1);
  });

  it('estimates what calls cost where it is given prices, and says so', async () => {
    const free = (spans: readonly SpanSketch[]) =>
      spans.map(({ attributes = {}, ...span }) => {
        const others = { ...attributes };
        delete others['gen_ai.usage.cost'];
        return { ...span, attributes: others };
      });
    const element = await shownFor(await traceOf(...free(run)), await traceOf(...free(later)));
    expect(textIn(element)).not.to.contain('$');
    element.prices = { priceOf: ({ usage }) => (usage.output ?? 0) / 1000 };
    await done(element);
    expect(labels(element)[0]).to.contain('Δ cost ≈ +$0.08');
    expect(textIn(element)).to.match(/Cost ≈ \$0\.02\d* → ≈ \$0\.10\d* ≈ \+\$0\.08/);
    await choose(element, 'b');
    expect(detailOf(element)).to.match(/cost ≈ \$0\.01\d* ≈ \$0\.09\d* ≈ \+\$0\.08/);
  });

  it('shows the texts as they are where what compares cannot be loaded', async () => {
    const element = await shownFor(await traceOf(...run), await traceOf(...later));
    // Words are found by a pattern: without it, nothing can be compared.
    await stubbed(String.prototype, 'match', () => { throw new Error('no'); }, async () => choose(element, 'a')); // prettier-ignore
    expect(detailOf(element)).to.contain('could not be loaded').and.to.contain('removed: Where is the pump?');
  });

  it('takes what is in a trace for text, shows what it hides, and masks secrets', async () => {
    const hostile = (end: string): SpanSketch[] => [
      { id: 'root', name: '<img src=x onerror=alert(1)>\u202e for jane.doe@example.org', start: 0, end: 10 },
      call('a', 0, `<b>bold</b> \u200b ${end} jane.doe@example.org`, 'Yes.'),
    ];
    const element = await shownFor(await traceOf(...hostile('one')), await traceOf(...hostile('two')));
    await choose(element, 'a');
    expect(allIn(element, 'img, b')).to.have.length(0);
    expect(textIn(element))
      .to.contain('<img src=x')
      .and.to.contain('U+202E')
      .and.to.contain('<b>bold</b>')
      .and.to.contain('U+200B');
    expect(textIn(element)).not.to.contain('\u202e');
    element.content = 'masked';
    await until(() => textIn(element).includes('<img') && !textIn(element).includes('jane.doe'), 'masked');
    await until(() => !detailOf(element).includes('Comparing…'), 'masked texts');
    expect(detailOf(element)).to.contain('bold').and.not.to.contain('jane.doe');
    expect(labels(element).join()).not.to.contain('jane.doe');
  });

  it('keeps only the rows in sight in the page, of 20,000 spans, and goes to a change far away', async () => {
    const [before] = await readTraces(wide(20_000));
    const document = wide(20_000) as { resourceSpans: [{ scopeSpans: [{ spans: { name: string }[] }] }] };
    document.resourceSpans[0].scopeSpans[0].spans[15_000]!.name = 'another name';
    const [after] = await readTraces(document);
    const element = await shownFor(before!, after!);
    expect(rowsOf(element).length).to.be.below(60);
    byRole(element, 'button', /^Next change/).click();
    await until(() => rowsOf(element).some((row) => row.ariaLabel!.startsWith('another name')), 'the row');
    expect(labels(element).find((label) => label.startsWith('another'))).to.contain('was child-14999, renamed');
    expect(activeRow(element)!.ariaSelected).to.equal('true');
  });

  it('ends the work on traces that are replaced', async () => {
    const [many] = await readTraces(wide(5000));
    const [other] = await readTraces(wide(5000));
    const box = await fixture<HTMLElement>(
      html`<div><llm-trace-diff .left=${many!} .right=${other!}></llm-trace-diff></div>`,
    );
    const element = box.querySelector('llm-trace-diff')!;
    await settled(element);
    element.left = await traceOf(...run);
    element.right = await traceOf(...later);
    // The same work, begun later: when it is done, the older would be too.
    await shownFor(many!, other!);
    await done(element);
    expect(labels(element)).to.have.length(6);
  });

  for (const width of [1100, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const element = await shownFor(await traceOf(...run), await traceOf(...later), width);
      await choose(element, 'a');
      for (const theme of ['light', 'dark'] as const) {
        element.theme = theme;
        await settled(element);
        await expect(element).to.be.accessible();
      }
      const detail = byRole(element, 'region');
      expect(detail.scrollWidth).to.be.at.most(detail.clientWidth);
    });
  }
});
