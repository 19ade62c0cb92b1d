import type { ModelFigures, Spread, TimeBucket, TraceMetrics } from '../../analysis/index.js';
import {
  formatBytes,
  formatCost,
  formatDuration,
  formatNumber,
  formatPercent,
  type Messages,
} from '../../i18n/index.js';

/** One of the things that a plot shows, over time. */
export interface Series {
  readonly name: string;
  /** Whether the name comes from the traces. */
  readonly isData?: boolean;
  /** A figure for each stretch of time; `undefined` where it is not known. */
  readonly values: readonly (number | undefined)[];
  /** For all of the time. */
  readonly whole: number | undefined;
  readonly isBad?: boolean;
}

/** Figures over time: bars that stand on one another, or lines. */
export interface Plot {
  /** Told apart by it. */
  readonly id: string;
  readonly title: string;
  readonly isTitleData?: boolean;
  readonly form: 'bars' | 'lines';
  readonly series: readonly Series[];
  format(value: number): string;
}

/** Models that have a colour of their own. */
const MOST_MODELS = 4;
/** Scores that have a plot of their own. */
const MOST_SCORES = 8;

/** The plots for which there is something to show. */
export function plotsOf(metrics: TraceMetrics, { locale, many }: Messages): Plot[] {
  const { buckets } = metrics;
  const number = (value: number): string => formatNumber(value, locale);
  const time = (value: number): string => formatDuration(value, locale);
  const dollars = (value: number): string => formatCost(value, locale);
  const plots: Plot[] = [
    {
      id: 'traces',
      title: many.traces,
      form: 'bars',
      series: [
        {
          name: many.succeeded,
          values: buckets.map(({ count, failed }) => count - failed),
          whole: metrics.count - metrics.failed,
        },
        { name: many.failed, values: buckets.map(({ failed }) => failed), whole: metrics.failed, isBad: true },
      ],
      format: number,
    },
  ];
  const addSpread = (id: 'duration' | 'timeToFirstToken'): void => {
    const whole = metrics[id];
    if (!whole) return;
    const line = (name: string, of: (spread: Spread) => number): Series => ({
      name,
      values: buckets.map((bucket) => bucket[id] && of(bucket[id])),
      whole: of(whole),
    });
    const series = [
      line(many.median, ({ p50 }) => p50),
      line(many.percentile(95), ({ p95 }) => p95),
      line(many.percentile(99), ({ p99 }) => p99),
    ];
    plots.push({ id, title: many[id], form: 'lines', series, format: time });
  };
  addSpread('duration');
  addSpread('timeToFirstToken');
  if (metrics.tokens !== undefined) {
    const series = byModel('tokens', metrics, many.tokens, many.others);
    plots.push({ id: 'tokens', title: many.tokens, form: 'bars', series, format: number });
  }
  if (metrics.cost !== undefined) {
    const series = byModel('cost', metrics, many.cost, many.others);
    plots.push({ id: 'cost', title: many.cost, form: 'bars', series, format: dollars });
  }
  for (const score of metrics.scores.filter(({ mean }) => mean !== undefined).slice(0, MOST_SCORES)) {
    const { name, mean } = score;
    const values = buckets.map(({ scores }) => scores.find((other) => other.name === name)?.mean);
    const series = [{ name: many.mean, values, whole: mean }];
    plots.push({ id: `score ${name}`, title: name, isTitleData: true, form: 'lines', series, format: number });
  }
  for (const [resource, { mean, most }] of metrics.resources) {
    const values = (of: 'mean' | 'most'): (number | undefined)[] =>
      buckets.map(({ resources }) => resources.get(resource)?.[of]);
    const series = [
      { name: many.mean, values: values('mean'), whole: mean },
      { name: many.most, values: values('most'), whole: most },
    ];
    const isShare = resource === 'cpu' || resource === 'gpu';
    const format = (value: number): string => (isShare ? formatPercent(value, locale) : formatBytes(value, locale));
    plots.push({ id: resource, title: many.resources[resource], form: 'lines', series, format });
  }
  return plots;
}

/** What the models add up to: the first few by name, and all else together, so that the bars stand for the whole. */
function byModel(figure: 'tokens' | 'cost', metrics: TraceMetrics, alone: string, others: string): Series[] {
  const { buckets } = metrics;
  const known = metrics.models
    .filter((model) => model[figure] !== undefined)
    .sort((one, other) => other[figure]! - one[figure]!)
    .slice(0, MOST_MODELS);
  if (known.length === 0) {
    return [{ name: alone, values: buckets.map((bucket) => bucket[figure]), whole: metrics[figure] }];
  }
  const series = known.map(({ model, ...figures }): Series => {
    const values = buckets.map(({ models }) => models.find((other) => other.model === model)?.[figure]);
    return { name: model, isData: true, values, whole: figures[figure] };
  });
  const names = new Set(known.map(({ model }) => model));
  const rest = (bucket: Pick<TimeBucket, 'tokens' | 'cost' | 'models'>): number | undefined => {
    if (bucket[figure] === undefined) return undefined;
    const named = bucket.models.reduce((sum, model) => sum + (names.has(model.model) ? figureOf(model) : 0), 0);
    const left = bucket[figure] - named;
    // Sums of fractions are not exact.
    return left > bucket[figure] * 1e-9 ? left : undefined;
  };
  const figureOf = (model: ModelFigures): number => model[figure] ?? 0;
  const whole = rest(metrics);
  if (whole !== undefined) series.push({ name: others, values: buckets.map(rest), whole });
  return series;
}

/** The least and the greatest value that a plot reaches; from 0 where nothing is below. */
export function extentOf({ form, series }: Plot): { least: number; most: number } {
  let least = 0;
  let most = 0;
  const count = series[0]?.values.length ?? 0;
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (const { values } of series) {
      const value = values[at] ?? 0;
      sum += value;
      if (form === 'bars') continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (form === 'bars') most = Math.max(most, sum);
  }
  return { least, most: most > least ? most : least + 1 };
}

/** A bar: its stretch of time, and its place in shares of the height, from the top. */
export interface Bar {
  readonly at: number;
  readonly top: number;
  readonly height: number;
}

/** The bars of each series, on those of the series before. */
export function barsOf(plot: Plot): Bar[][] {
  const { most } = extentOf(plot);
  const tops = new Float64Array(plot.series[0]?.values.length ?? 0).fill(1);
  return plot.series.map(({ values }) => {
    const bars: Bar[] = [];
    values.forEach((value, at) => {
      if (!value || value < 0) return;
      const height = value / most;
      tops[at]! -= height;
      bars.push({ at, top: tops[at]!, height });
    });
    return bars;
  });
}

/**
 * The line of a series as an SVG path, in units of a stretch of time and percent of the height. What is not known is not
 * drawn: the line ends before it, and a figure alone is a point.
 */
export function linePath({ values }: Series, { least, most }: { least: number; most: number }): string {
  const pieces: string[] = [];
  let isOn = false;
  values.forEach((value, at) => {
    if (value === undefined) {
      isOn = false;
      return;
    }
    const height = (100 * (most - value)) / (most - least);
    // A line without length is drawn as the round end of one.
    pieces.push(`${isOn ? 'L' : 'M'}${at + 0.5} ${height.toFixed(2)}${isOn ? '' : 'h0'}`);
    isOn = true;
  });
  return pieces.join('');
}
