import { expect, oneEvent } from '@open-wc/testing';
import fc from 'fast-check';
import '../../define/llm-statistics.js';
import type { PriceSource, StatisticsRow } from '../../analysis/index.js';
import type { Span, Trace } from '../../model/index.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  hasRole,
  settled,
  shownIn,
  textIn,
  traceOf,
  until,
  type SpanSketch,
} from '../test-support.js';
import { COLUMNS, sorted } from './columns.js';
import type { LlmStatistics } from './llm-statistics.js';

const call = (id: string, start: number, end: number, more: Record<string, unknown> = {}): SpanSketch => ({
  id,
  parent: 'root',
  name: 'ask',
  start,
  end,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 10,
    ...more,
  },
});

const spans: readonly SpanSketch[] = [
  { id: 'root', name: 'run', start: 0, end: 100 },
  call('short', 0, 10),
  call('long', 10, 60),
  { ...call('failed', 60, 80), error: 'no' },
  { id: 'late', parent: 'root', name: 'tidy', start: 80 },
];

const shownFor = (trace: Trace, width = 1000): Promise<LlmStatistics> => shownIn('llm-statistics', trace, { width });

const namesOf = (element: LlmStatistics): string[] => allIn(element, 'tbody th').map(textIn);
const rowOf = (element: LlmStatistics, name: RegExp): string =>
  allIn(element, 'tbody tr')
    .map(textIn)
    .find((row) => name.test(row))!;
const sortBy = async (element: LlmStatistics, column: string): Promise<void> => {
  byRole(element, 'button', column).click();
  await settled(element);
};
const press = async (element: LlmStatistics, key: string): Promise<void> => {
  focused()!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  await settled(element);
};

describe('llm-statistics', () => {
  it('puts spans together by operation, with their figures', async () => {
    const element = await shownFor(await traceOf(...spans));
    expect(namesOf(element)).to.deep.equal(['ask', 'run', 'tidy 1 without times']);
    expect(rowOf(element, /^ask/)).to.equal('ask 3 20 ms 50 ms 50 ms 80 ms 330 33%');
    expect(rowOf(element, /^tidy/)).to.equal('tidy 1 without times 1');
  });

  it('puts them together by model, and says what is in no row', async () => {
    const element = await shownFor(await traceOf(...spans));
    byRole(element, 'button', 'Model').click();
    await settled(element);
    expect(namesOf(element)).to.deep.equal(['gpt-4o']);
    expect(textIn(element)).to.contain('2 spans are in none of these rows.');
    byRole(element, 'button', 'Tool').click();
    await settled(element);
    expect(textIn(element)).to.contain('No span states one.');
  });

  it('takes several traces', async () => {
    const element = await shownFor(await traceOf(...spans));
    element.traces = [await traceOf(...spans), await traceOf(...spans)];
    await settled(element);
    expect(rowOf(element, /^ask/)).to.match(/^ask 6 /);
  });

  it('sorts by its columns, up and down', async () => {
    const element = await shownFor(await traceOf(...spans));
    await sortBy(element, 'Name');
    expect(namesOf(element)).to.deep.equal(['ask', 'run', 'tidy 1 without times']);
    await sortBy(element, 'Name');
    expect(namesOf(element)).to.deep.equal(['tidy 1 without times', 'run', 'ask']);
    await sortBy(element, 'p50');
    expect(namesOf(element)).to.deep.equal(['run', 'ask', 'tidy 1 without times']);
    expect(allIn(element, 'th.p50')[0]!.getAttribute('aria-sort')).to.equal('descending');
    await sortBy(element, 'p50');
    expect(namesOf(element), 'without a figure last').to.deep.equal(['ask', 'run', 'tidy 1 without times']);
  });

  it('leads to the slowest span of a row', async () => {
    const element = await shownFor(await traceOf(...spans));
    const told = oneEvent(element, 'llm-span-select');
    byRole(element, 'button', 'ask').click();
    expect((await told).detail.span.id).to.equal('long');
  });

  it('is one stop of the Tab key, with arrows inside', async () => {
    const element = await shownFor(await traceOf(...spans));
    expect(allIn(element, 'tbody button').map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1]);
    element.focus();
    for (const [key, name] of [
      ['ArrowDown', 'run'],
      ['End', 'tidy'],
      ['ArrowDown', 'tidy'],
      ['ArrowUp', 'run'],
      ['Home', 'ask'],
    ] as const) {
      await press(element, key);
      expect(textIn(focused()!), key).to.equal(name);
      expect((focused() as HTMLElement).tabIndex).to.equal(0);
    }
  });

  it('marks a cost that prices made', async () => {
    const prices: PriceSource = { priceOf: ({ usage }) => (usage.input ?? 0) / 1000 };
    const element = await shownFor(await traceOf(...spans));
    expect(hasRole(element, 'button', 'Cost')).to.equal(false);
    element.prices = prices;
    await settled(element);
    expect(rowOf(element, /^ask/)).to.contain('≈ $0.30');
  });

  describe('of what takes long', () => {
    /** Prices that take longer than a page may stand still, and who is to be told of each. */
    const slow = (asked: () => void): PriceSource => ({
      priceOf: () => {
        asked();
        for (const began = performance.now(); performance.now() - began < 10;);
        return 0.5;
      },
    });

    it('counts in stretches, between which the page has its turn, and shows what it had until then', async () => {
      const element = await shownFor(await traceOf(...spans));
      await settled(element);
      let turns = 0;
      let asked = 0;
      await new Promise<void>((resolve) => {
        element.prices = slow(() => {
          asked++;
          setTimeout(() => turns++);
          resolve();
        });
      });
      expect(asked).to.equal(1);
      expect(allIn(element, '.frame')[0]!.ariaBusy).to.equal('true');
      expect(textIn(element)).to.contain('Looking through the trace…').and.not.to.contain('$');
      expect(rowOf(element, /^ask/)).to.equal('ask 3 20 ms 50 ms 50 ms 80 ms 330 33%');
      await settled(element);
      expect(asked).to.equal(3);
      expect(turns).to.be.at.least(2);
      expect(rowOf(element, /^ask/)).to.contain('≈ $1.50');
      expect(textIn(element)).not.to.contain('Looking through');
    });

    it('ends for another trace, and away from the page, where it begins again', async () => {
      const element = await shownFor(await traceOf(...spans));
      const [trace, other] = [await traceOf(...spans), await traceOf({ id: 'other', name: 'other', start: 0, end: 5 })];
      let asked = 0;
      let isAsked = (): void => {};
      const first = (): Promise<void> => new Promise((resolve) => (isAsked = resolve));
      const prices = slow(() => {
        asked++;
        isAsked();
      });
      element.prices = prices;
      await first();
      element.trace = other;
      await settled(element);
      expect(namesOf(element)).to.deep.equal(['other']);
      expect(asked).to.equal(1);
      element.trace = trace;
      await first();
      const home = element.parentElement!;
      element.remove();
      await settled(element);
      expect(asked).to.equal(2);
      home.append(element);
      await settled(element);
      expect(rowOf(element, /^ask/)).to.contain('≈ $1.50');
    });
  });

  it('shows some of many rows, and more on request', async () => {
    const many = Array.from({ length: 250 }, (_, at) => ({ id: `s${at}`, name: `step ${at}`, start: 0, end: at }));
    const element = await shownFor(await traceOf(...many));
    expect(namesOf(element)).to.have.length(100);
    byRole(element, 'button', 'Show 100 more rows').click();
    await settled(element);
    byRole(element, 'button', 'Show 50 more rows').click();
    await settled(element);
    expect(namesOf(element)).to.have.length(250);
    expect(hasRole(element, 'button', /more rows/)).to.equal(false);
  });

  it('masks secrets, and shows hidden characters', async () => {
    const name = 'run for jane.doe@example.org \u202egro now';
    const element = await shownFor(await traceOf({ id: 'a', name, start: 0, end: 1 }));
    expect(namesOf(element)[0]).to.contain('jane.doe').and.to.contain('U+202E').and.not.to.contain('\u202e');
    element.content = 'masked';
    await until(() => textIn(element).includes('run for') && !textIn(element).includes('jane.doe'), 'masked names');
    expect(byRole(element, 'button', /^run for/).title).not.to.contain('jane.doe');
  });

  it('sorts rows without losing one', () => {
    const figure = fc.option(fc.nat(5), { nil: undefined });
    const row = fc.record(
      {
        name: fc.string(),
        count: fc.nat(5),
        selfTime: figure,
        tokens: figure,
        errorRate: fc.nat(1),
      },
      { noNullPrototype: true },
    );
    const order = fc.record({
      column: fc.constantFrom('name', ...COLUMNS.map(({ id }) => id)),
      isDescending: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row), order, (some, { column, isDescending }) => {
        const rows = some as unknown as StatisticsRow[];
        const result = sorted(rows, { column, isDescending });
        expect(rows.every((one) => result.includes(one))).to.equal(true);
        expect(result).to.have.length(rows.length);
        const value = COLUMNS.find(({ id }) => id === column)?.value;
        const figures = result.map((one) => (value ? value(one) : one.name));
        for (let at = 1; at < figures.length; at++) {
          const [before, after] = [figures[at - 1], figures[at]];
          if (after === undefined) continue;
          expect(before, 'what has no figure is last').not.to.equal(undefined);
          expect(isDescending ? before! >= after : before! <= after).to.equal(true);
        }
      }),
    );
  });

  it('shows the stages and latencies of the calls when they are asked for, and leads to the slowest', async () => {
    const streamed = (id: string, seconds: number): SpanSketch =>
      call(id, 0, 1000, { 'gen_ai.response.time_to_first_chunk': seconds });
    const element = await shownFor(await traceOf(spans[0]!, streamed('fast', 0.1), streamed('slow', 0.5)));
    expect(allIn(element, 'llm-stage-view')).to.deep.equal([]);
    byRole(element, 'group', /Latencies over calls/).toggleAttribute('open', true);
    await until(() => textIn(element).includes('2 calls with times'), 'the stages');
    const button = allByRole(element, 'button', /^500 ms/)[0]!;
    setTimeout(() => button.click());
    const { detail } = (await oneEvent(element, 'llm-span-select')) as CustomEvent<{ span: Span }>;
    expect(detail.span.id).to.equal('slow');
  });

  for (const width of [1000, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const element = await shownFor(await traceOf({ ...spans[0]!, name: 'x'.repeat(300) }, ...spans.slice(1)), width);
      await expect(element).to.be.accessible();
      const table = allIn(element, 'table')[0]!;
      expect(table.getBoundingClientRect().width).to.be.at.most(width);
    });
  }
});
