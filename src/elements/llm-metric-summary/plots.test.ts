import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { traceMetrics, type TraceFigures } from '../../analysis/index.js';
import { en } from '../../i18n/index.js';
import { chosen, cursorAction } from './plot-cursor.js';
import { barsOf, extentOf, linePath, plotsOf, type Plot } from './plots.js';

const MINUTE = 60_000;
const plotOf = (plots: readonly Plot[], id: string): Plot => plots.find((plot) => plot.id === id)!;

describe('plots of many traces', () => {
  it('are those that there is something to show of', () => {
    const bare = plotsOf(traceMetrics([{ id: 'a', start: MINUTE, duration: 5 }]), en);
    expect(bare.map(({ id }) => id)).to.deep.equal(['traces', 'duration']);
    const full: TraceFigures = {
      id: 'a',
      start: MINUTE,
      duration: 5,
      usage: { total: 7 },
      cost: 0.1,
      timesToFirstToken: [2],
      scores: [
        { name: 'helpful', value: 0.5 },
        { name: 'verdict', value: 'good' },
      ],
    };
    expect(plotsOf(traceMetrics([full]), en).map(({ id }) => id)).to.deep.equal([
      'traces',
      'duration',
      'timeToFirstToken',
      'tokens',
      'cost',
      'score helpful',
    ]);
  });

  it('add up to the whole by model, those of no named model together', () => {
    const models = ['a', 'b', 'c', 'd', 'e', 'f'].map((model, at) => ({ model, calls: 1, tokens: 60 - at }));
    const metrics = traceMetrics([{ id: '1', start: MINUTE, duration: 1, usage: { total: 1000 }, models }]);
    const { series } = plotOf(plotsOf(metrics, en), 'tokens');
    expect(series.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c', 'd', 'others']);
    expect(series.map(({ whole }) => whole)).to.deep.equal([60, 59, 58, 57, 766]);
  });

  it('stack bars that reach from the bottom to the sum, whatever is known', () => {
    const figures = record({
      start: integer({ min: 1, max: 50 }).map((minute) => minute * MINUTE),
      tokens: option(integer({ min: 0, max: 1000 }), { nil: undefined }),
      model: constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    });
    assert(
      property(array(figures, { minLength: 1, maxLength: 30 }), (all) => {
        const metrics = traceMetrics(
          all.map(({ start, tokens, model }, at) => ({
            id: `${at}`,
            start,
            duration: 1,
            ...(tokens !== undefined && { usage: { total: tokens }, models: [{ model, calls: 1, tokens }] }),
          })),
        );
        for (const plot of plotsOf(metrics, en).filter(({ form }) => form === 'bars')) {
          const { most } = extentOf(plot);
          const heights = new Float64Array(metrics.buckets.length);
          for (const { at, top, height } of barsOf(plot).flat()) {
            expect(top).to.be.within(-1e-9, 1);
            heights[at]! += height;
          }
          const wanted = metrics.buckets.map(({ traces, tokens }) =>
            plot.id === 'traces' ? traces.length : (tokens ?? 0),
          );
          wanted.forEach((value, at) => expect(heights[at]! * most).to.be.closeTo(value, 1e-6));
        }
      }),
    );
  });

  it('draw lines with gaps where nothing is known, and points where a figure is alone', () => {
    const series = { name: 'x', values: [0, undefined, 10, 5], whole: 5 };
    expect(linePath(series, { least: 0, most: 10 })).to.equal('M0.5 100.00h0M2.5 0.00h0L3.5 50.00');
  });
});

describe('the place of the keys in a plot', () => {
  const press = (key: string, shiftKey = false): { key: string; shiftKey: boolean } => ({ key, shiftKey });

  it('begins at the latest time, and moves within it', () => {
    expect(cursorAction(press('ArrowLeft'), undefined, 5)).to.deep.equal({
      type: 'mark',
      marked: { anchor: 4, at: 4 },
    });
    expect(cursorAction(press('ArrowLeft'), { anchor: 0, at: 0 }, 5)).to.deep.include({ marked: { anchor: 0, at: 0 } });
    expect(cursorAction(press('End'), { anchor: 0, at: 0 }, 5)).to.deep.include({ marked: { anchor: 4, at: 4 } });
    expect(cursorAction(press('x'), undefined, 5)).to.equal(undefined);
  });

  it('marks with Shift from where it began, and means a point or a stretch of time', () => {
    expect(cursorAction(press('ArrowLeft', true), { anchor: 4, at: 3 }, 5)).to.deep.include({
      marked: { anchor: 4, at: 2 },
    });
    expect(chosen({ anchor: 4, at: 2 })).to.deep.equal({ type: 'zoom', from: 2, to: 4 });
    expect(chosen({ anchor: 2, at: 2 })).to.deep.equal({ type: 'choose', at: 2 });
    expect(cursorAction(press('Enter'), undefined, 5)).to.equal(undefined);
    expect(cursorAction(press('Escape'), undefined, 5)).to.deep.equal({ type: 'whole' });
    expect(cursorAction(press('Escape'), { anchor: 1, at: 2 }, 5)).to.deep.equal({ type: 'mark', marked: undefined });
  });
});
