import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import type { LlmQueryChangeEvent } from '../events/index.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  gridOf,
  hasRole,
  idsOf,
  loadedView,
  measured,
  openTab,
  otlp,
  rowOf,
  rowsOf,
  selectedIds,
  settled,
  textIn,
  until,
  type SpanSketch,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const long = (word: string, at: number): string => `${'lorem ipsum '.repeat(Math.ceil(at / 12))}${word} dolor`;

const tool = (id: string, parent: string, name: string, input: string): SpanSketch => ({
  id,
  parent,
  name,
  start: 10,
  end: 20,
  attributes: { 'openinference.span.kind': 'TOOL', 'input.value': input, 'output.value': 'done' },
});
const run: readonly SpanSketch[] = [
  { id: 'root', name: 'support run', start: 0, end: 100 },
  { id: 'plan', parent: 'root', name: 'plan', start: 0, end: 50, attributes: { 'openinference.span.kind': 'CHAIN' } },
  tool('refund', 'plan', 'issue refund', 'order 17'),
  tool('mail', 'plan', 'send mail', 'your refund is on its way'),
  { id: 'other', parent: 'root', name: 'other', start: 50, end: 90 },
  tool('weather', 'other', 'get weather', long('refundable', 30_000)),
];

const openButton = (view: LlmTraceView): HTMLElement => byRole(view, 'button', 'Search');
const hasField = (view: LlmTraceView): boolean => hasRole(view, 'combobox', 'Search');
const field = (view: LlmTraceView): HTMLInputElement => byRole(view, 'combobox', 'Search') as HTMLInputElement;
const options = (view: LlmTraceView): string[] =>
  allByRole(view, 'option')
    .map((option) => textIn(option.querySelector('.suggested') ?? option))
    .filter((text) => !/spans?$/.test(text));
const status = (view: LlmTraceView): string => textIn(byRole(byRole(view, 'search'), 'status'));

async function searching(data: unknown = otlp(...run), width?: number): Promise<LlmTraceView> {
  const view = await loadedView(data, width);
  openButton(view).click();
  await until(() => hasField(view), 'the field');
  await settled(view);
  return view;
}

/** Writes as a person does: the text and then the event. */
async function write(view: LlmTraceView, text: string): Promise<void> {
  const input = field(view);
  input.focus();
  input.value = text;
  input.setSelectionRange(text.length, text.length);
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settled(view);
}

async function press(view: LlmTraceView, key: string, init: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  focused()!.dispatchEvent(event);
  await settled(view);
  return event.defaultPrevented;
}

/** The texts that are marked in the names of the rows. */
const marksIn = (view: LlmTraceView): string[] => allIn(gridOf(view), '.rows mark').map(textIn);
/** The texts that are marked without a node of their own. */
const highlighted = (): string[] =>
  [...(CSS.highlights.get('llm-match') ?? [])].map((range) => {
    const { startContainer, startOffset, endOffset } = range;
    return (startContainer as Text).data.slice(startOffset, endOffset);
  });

describe('llm-trace-view: search', () => {
  it('keeps the spans that match and what they are inside of, and brings the others back', async () => {
    const view = await searching();
    expect(focused()).to.equal(field(view));
    await write(view, 'name:*refund*');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'refund']);
    expect(rowOf(view, 'refund').ariaLabel).to.match(/, match$/);
    expect(rowOf(view, 'plan').ariaLabel).not.to.match(/match/);
    await write(view, '');
    expect(idsOf(view)).to.have.lengthOf(run.length);
  });

  it('finds words in what is inside of spans as well, and marks them in names', async () => {
    const view = await searching();
    await write(view, 'Refund');
    await until(() => idsOf(view).includes('mail'), 'the match in an input');
    await until(() => idsOf(view).includes('weather'), 'the match far inside an input');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'refund', 'mail', 'other', 'weather']);
    expect(marksIn(view)).to.deep.equal(['refund']);
    await until(() => status(view) === '3 of 6 spans', 'what a screen reader is told');
  });

  it('dims the others where a person does not want them hidden', async () => {
    const view = await searching();
    await write(view, 'kind:tool');
    byRole(view, 'switch', 'Hide others').click();
    await settled(view);
    expect(idsOf(view)).to.have.lengthOf(run.length);
    const dim = rowsOf(view).filter((row) => row.classList.contains('dim'));
    expect(dim.map(({ dataset }) => dataset['spanId'])).to.deep.equal(['root', 'plan', 'other']);
    expect(rowOf(view, 'refund').ariaLabel).to.match(/, match$/);
  });

  it('brings back what was closed, but opens the way to the match that a person went to', async () => {
    const view = await loadedView(otlp(...run));
    view.collapseAll();
    await settled(view);
    openButton(view).click();
    await until(() => hasField(view), 'the field');
    await write(view, 'name:*mail*');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'mail']);
    await write(view, '');
    expect(idsOf(view)).to.deep.equal(['root']);
    await write(view, 'name:*mail*');
    await press(view, 'Enter');
    expect(selectedIds(view)).to.deep.equal(['mail']);
    await write(view, '');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'refund', 'mail', 'other']);
    expect(selectedIds(view)).to.deep.equal(['mail']);
  });

  it('goes from match to match with Enter, F3 and buttons, round and round, and the focus stays', async () => {
    const view = await searching();
    await write(view, 'kind:tool ');
    const went: (string | undefined)[] = [];
    const go = async (key: string, init?: KeyboardEventInit): Promise<void> => {
      await press(view, key, init);
      went.push(view.selected);
    };
    await go('Enter');
    await go('Enter');
    await go('F3');
    await go('F3');
    await go('Enter', { shiftKey: true });
    await go('F3', { shiftKey: true });
    expect(went).to.deep.equal(['refund', 'mail', 'weather', 'refund', 'weather', 'mail']);
    expect(focused()).to.equal(field(view));
    byRole(view, 'button', 'Next match').click();
    await settled(view);
    expect(view.selected).to.equal('weather');
    byRole(view, 'button', 'Previous match').click();
    await settled(view);
    expect(view.selected).to.equal('mail');
  });

  it('tells the page what is searched for, and takes it from the page', async () => {
    const view = await searching();
    const told = oneEvent(view, 'llm-query-change') as unknown as Promise<LlmQueryChangeEvent>;
    await write(view, 'status:er');
    expect((await told).detail.query).to.equal('status:er');
    expect(view.query).to.equal('status:er');
    view.query = 'name:plan';
    await settled(view);
    expect(field(view).value).to.equal('name:plan');
    expect(idsOf(view)).to.deep.equal(['root', 'plan']);
    const other = await loadedView(otlp(...run));
    other.setAttribute('query', 'name:other');
    other.hide = 'toolbar';
    await until(() => idsOf(other).length === 2, 'the query of the page, without a field');
    expect(hasField(other)).to.equal(false);
    other.removeAttribute('query');
    await settled(other);
    expect(idsOf(other)).to.have.lengthOf(run.length);
  });

  it('takes Ctrl+F where the focus is inside, and only there', async () => {
    const view = await loadedView(otlp(...run));
    document.body.focus();
    const outside = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
    document.body.dispatchEvent(outside);
    expect(outside.defaultPrevented).to.equal(false);
    gridOf(view).focus();
    expect(await press(view, 'f', { ctrlKey: true })).to.equal(true);
    await until(() => hasField(view) && focused() === field(view), 'the focus in the field');
    await press(view, 'Escape');
    await until(() => focused() === gridOf(view), 'the focus back in the tree');
    expect(hasField(view)).to.equal(false);
  });

  it('suggests what could be written, by arrows, Enter and Tab', async () => {
    const view = await searching();
    await write(view, 'ki');
    expect(field(view).getAttribute('aria-expanded')).to.equal('true');
    expect(options(view)[0]).to.equal('kind:');
    await press(view, 'Tab');
    expect(field(view).value).to.equal('kind:');
    expect(focused()).to.equal(field(view));
    // Nothing is taken where nobody typed: Tab leaves.
    expect(await press(view, 'Tab')).to.equal(false);
    const at = options(view).indexOf('kind:tool');
    expect(at).to.be.greaterThan(-1);
    for (let step = 0; step <= at; step++) await press(view, 'ArrowDown');
    const active = field(view).getAttribute('aria-activedescendant')!;
    expect(textIn((field(view).getRootNode() as ShadowRoot).getElementById(active)!)).to.match(/^kind:tool/);
    await press(view, 'Enter');
    expect(field(view).value).to.equal('kind:tool ');
    expect(field(view).getAttribute('aria-expanded')).to.equal('false');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'refund', 'mail', 'other', 'weather']);
  });

  it('suggests nothing that is masked', async () => {
    const secret = { 'user.mail': 'ada@example.com', 'user.plan': 'gold' };
    const view = await searching(otlp({ id: 'root', name: 'root', start: 0, end: 1, attributes: secret }));
    await write(view, 'user.mail:');
    expect(options(view)).to.deep.equal(['user.mail:ada@example.com']);
    view.content = 'masked';
    await settled(view);
    await until(() => !view.settings.isMasked('root'), 'what masks');
    await write(view, 'user.mail:');
    expect(options(view)).to.deep.equal([]);
    await write(view, 'user.plan:');
    expect(options(view)).to.deep.equal(['user.plan:gold']);
  });

  it('empties the field with Escape, after the suggestions, and then leaves it', async () => {
    const view = await searching();
    await write(view, 'ki');
    await press(view, 'Escape');
    expect([field(view).value, field(view).getAttribute('aria-expanded')]).to.deep.equal(['ki', 'false']);
    await press(view, 'Escape');
    expect(field(view).value).to.equal('');
    await press(view, 'Escape');
    expect(hasField(view)).to.equal(false);
    expect(focused()).to.equal(gridOf(view));
  });

  it('says what is wrong with a query, and marks where, but not while it is only unfinished', async () => {
    const view = await searching();
    await write(view, 'kind:tool');
    await write(view, 'kind:tool duration>');
    expect(field(view).getAttribute('aria-invalid')).to.equal('false');
    await write(view, 'kind:bogus mail');
    expect(field(view).getAttribute('aria-invalid')).to.equal('true');
    const root = field(view).getRootNode() as ShadowRoot;
    const fault = root.getElementById(field(view).getAttribute('aria-describedby')!)!;
    expect(textIn(fault.querySelector('mark')!)).to.equal('bogus');
    expect(textIn(fault)).to.contain('agent');
    // What was found before stays.
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'refund', 'mail', 'other', 'weather']);
    await write(view, 'duration>');
    expect(field(view).getAttribute('aria-invalid')).to.equal('false');
    await press(view, 'Enter');
    expect(field(view).getAttribute('aria-invalid')).to.equal('true');
  });

  it('marks the words in the detail, says which tabs have some, and takes the marks away', async () => {
    const view = await searching();
    await write(view, 'refund');
    await until(() => idsOf(view).includes('mail'), 'the match in an input');
    view.selected = 'mail';
    await until(() => highlighted().includes('refund'), 'the mark');
    expect(hasRole(view, 'tab', /Input.*has matches/)).to.equal(true);
    expect(hasRole(view, 'tab', /^Raw.*has matches/)).to.equal(false);
    await openTab(view, /^Attributes/);
    await until(() => highlighted().length === 1, 'the mark in the other tab');
    await write(view, 'name:*mail*');
    expect(hasRole(view, 'tab', /has matches/)).to.equal(false);
    await write(view, 'mail');
    await until(() => highlighted().includes('mail'), 'other words');
    expect(highlighted()).not.to.include('refund');
    view.remove();
    expect(CSS.highlights.has('llm-match')).to.equal(false);
  });

  it('brings a match far inside a long text into sight', async () => {
    const view = await searching();
    await write(view, 'refundable');
    await until(() => idsOf(view).includes('weather'), 'the match');
    await press(view, 'Enter');
    expect(view.selected).to.equal('weather');
    await until(() => highlighted().includes('refundable'), 'the mark');
    const panel = byRole(allIn(view, 'llm-span-detail')[0]!, 'tabpanel');
    await until(() => panel.scrollTop > 0, 'the place');
    const [range] = [...CSS.highlights.get('llm-match')!] as StaticRange[];
    const place = document.createRange();
    place.setStart(range!.startContainer, range!.startOffset);
    const { top, bottom } = place.getBoundingClientRect();
    const seen = panel.getBoundingClientRect();
    expect(top >= seen.top && bottom <= seen.bottom).to.equal(true);
  });

  it('opens the part of a long conversation, and the way into a large value, that a match is in', async () => {
    const said = Array.from({ length: 200 }, (_, at) => ({
      role: at % 2 ? 'assistant' : 'user',
      parts: [{ type: 'text', content: at === 3 ? 'the needle of words' : `word ${at}` }],
    }));
    const rows = Array.from({ length: 300 }, (_, at) => ({ row: at, deep: { text: at === 280 ? 'pin' : `no ${at}` } }));
    const view = await searching(
      otlp(
        {
          id: 'chat',
          name: 'chat',
          start: 0,
          end: 9,
          attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': JSON.stringify(said) },
        },
        tool('table', 'chat', 'table', JSON.stringify({ rows })),
      ),
    );
    for (const [word, id] of [
      ['needle', 'chat'],
      ['pin', 'table'],
    ] as const) {
      await write(view, word);
      await until(() => allIn(view, '.found').some((found) => found.textContent!.startsWith('1 of')), 'the match');
      byRole(view, 'button', 'Next match').click();
      await until(() => highlighted().includes(word), `${word} in sight`);
      expect(view.selected).to.equal(id);
    }
  });

  it('searches with the finished terms while another one is written', async () => {
    const view = await searching();
    await write(view, 'name:*mail* kind:');
    expect(idsOf(view)).to.deep.equal(['root', 'plan', 'mail']);
    await write(view, 'kind:');
    expect(idsOf(view)).to.have.lengthOf(run.length);
  });

  it('dims in the timeline what does not match', async () => {
    const view = await searching();
    view.view = 'timeline';
    await until(
      () => hasRole(view, 'tabpanel', 'Timeline') && allIn(view, '.stage canvas').length === 1,
      'the timeline',
    );
    const canvas = allIn(view, '.stage canvas')[0] as HTMLCanvasElement;
    /** How much of the drawing is not background: full colours count more than pale ones. */
    const ink = (): number => {
      const { width, height } = canvas;
      if (!width || !height) return 0;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      let sum = 0;
      for (let at = 0; at < data.length; at += 4) sum += 255 - Math.min(data[at]!, data[at + 1]!, data[at + 2]!);
      return sum;
    };
    await until(() => ink() > 0, 'the drawing');
    await measured(view);
    const all = ink();
    await write(view, 'kind:tool');
    await until(() => ink() < all, 'paler ones');
    const some = ink();
    await write(view, 'name:nothing');
    await until(() => ink() < some, 'only pale ones');
    await write(view, '');
    await until(() => ink() > some, 'full colours again');
  });

  for (const [theme, width] of [
    ['light', 1000],
    ['dark', 340],
  ] as const) {
    it(`is accessible, ${theme}, ${width} px wide`, async () => {
      const view = await searching(otlp(...run), width);
      view.theme = theme;
      await write(view, 'refund');
      await until(() => idsOf(view).includes('mail'), 'the match in an input');
      view.selected = 'mail';
      await until(() => highlighted().length > 0, 'the mark');
      await expect(view).to.be.accessible();
      await write(view, 'ki');
      await press(view, 'ArrowDown');
      expect(hasRole(view, 'listbox', 'Suggestions')).to.equal(true);
      await expect(view).to.be.accessible();
      await write(view, 'kind:tool duration>x');
      await expect(view).to.be.accessible();
    });
  }

  it('leaves of real traces what a naive filter leaves', async function () {
    const files = (await sharedFiles()).filter((file) => /^(otlp|openinference|langfuse)\/.*\.json$/.test(file));
    if (!files.length) this.skip();
    this.timeout(60_000);
    const view = await searching();
    view.view = 'tree';
    let looked = 0;
    for (const file of files) {
      await view.load(await sharedText(`fixtures/${file}`)).catch(() => {});
      const { trace } = view;
      if (!trace || trace.spans.length > 5000) continue;
      const spans = Array.from({ length: trace.spans.length }, (_, at) => trace.spanAt(at));
      const wanted = spans.at(-1)!.name.slice(0, 4).toLowerCase();
      if (!/^\w+$/.test(wanted)) continue;
      const kept = new Set<number>();
      for (const span of spans) {
        if (!span.name.toLowerCase().includes(wanted)) continue;
        for (let at = span.index; at >= 0; at = trace.tree.parent[at]!) kept.add(at);
      }
      await write(view, '');
      await write(view, `name:*${wanted}*`);
      const ids = spans.filter(({ index }) => kept.has(index)).map(({ id }) => id);
      expect(gridOf(view).getAttribute('aria-rowcount'), file).to.equal(String(ids.length + 1));
      const shown = idsOf(view);
      expect(shown.length, file).to.be.greaterThan(0);
      expect(shown, file).to.deep.equal(ids.slice(0, shown.length));
      looked++;
    }
    expect(looked).to.be.greaterThan(2);
  });

  it('keeps the selected row where it is while others come and go', async () => {
    const many = Array.from({ length: 300 }, (_, at): SpanSketch => ({
      id: `s${at}`,
      parent: 'root',
      name: at % 10 ? `noise ${at}` : `wanted ${at}`,
      start: at,
      end: at + 1,
    }));
    const view = await searching(otlp({ id: 'root', name: 'root', start: 0, end: 400 }, ...many));
    view.reveal('s200');
    await settled(view);
    const topOf = (): number => Math.round(rowOf(view, 's200').getBoundingClientRect().top);
    const before = topOf();
    await write(view, 'name:wanted*');
    expect(selectedIds(view)).to.deep.equal(['s200']);
    expect(topOf()).to.equal(before);
    await write(view, '');
    expect(topOf()).to.equal(before);
    expect(rowsOf(view).some(({ dataset }) => dataset['spanId'] === 's199')).to.equal(true);
  });
});
