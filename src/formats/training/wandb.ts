import { isObject, type JsonObject } from '../../payloads/json-value.js';
import type { Format } from '../format.js';
import { emptyOutline } from '../outline.js';
import { momentOfSeconds } from '../row.js';
import { histogramNorm } from './histogram-norm.js';
import { seriesFor } from './told-by-name.js';
import { addTo, emptyLog, numberOrWord, trainingReader } from './training-log.js';

/** Rows that are looked at to tell the format: gradients are logged now and then. */
const MOST_LOOKED_AT = 200;

/**
 * The history of a run of Weights & Biases, as JSON Lines or as a list: with `watch()`, rows hold a histogram for each parameter,
 * `gradients/…` (wandb, `Histogram.to_json`), either `bins` and `values` or `packedBins`. Norms are worked out from the bins.
 */
export const wandbHistory: Format = {
  name: 'wandb-history',
  title: 'wandb history',

  detect: (value) => rowsOf(value).slice(0, MOST_LOOKED_AT).some(hasGradients),

  *read(value, table) {
    const rows = rowsOf(value);
    const outline = emptyOutline();
    outline.traceId = wandbHistory.name;
    outline.id = wandbHistory.name;
    outline.name = 'training';
    const moments = rows
      .map((row) => (isObject(row) ? momentOfSeconds(table.origin, row['_timestamp']) : NaN))
      .filter((moment) => !Number.isNaN(moment));
    outline.start = moments[0] ?? NaN;
    outline.end = moments.at(-1) ?? NaN;
    table.add(outline, value, reader);
    yield 1;
  },
};

const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const hasGradients = (row: unknown): boolean =>
  isObject(row) && Object.keys(row).some((name) => name.startsWith('gradients/') && isObject(row[name]));

const reader = trainingReader(wandbHistory.name, (raw) => {
  const log = emptyLog();
  rowsOf(raw).forEach((row, at) => {
    if (!isObject(row)) return;
    const step = typeof row['_step'] === 'number' ? row['_step'] : at;
    for (const [name, value] of Object.entries(row)) {
      const told = isObject(value) ? normOf(value) : numberOrWord(value);
      const series = told === undefined || name.startsWith('_') ? undefined : seriesFor(log, name);
      // A histogram of something else is no course.
      if (!series || (isObject(value) && (series === log.loss || series === log.learningRate))) continue;
      addTo(series, step, told!);
      if (isObject(value)) log.isEstimated = true;
    }
  });
  return log;
});

function normOf(histogram: JsonObject): number | undefined {
  const { values, bins, packedBins } = histogram;
  const counts = numbers(values);
  if (!counts) return undefined;
  const edges = numbers(bins);
  if (edges?.length === counts.length + 1) return histogramNorm(counts, (bin) => edges[bin]!);
  if (!isObject(packedBins)) return undefined;
  const { min, size } = packedBins;
  return typeof min === 'number' && typeof size === 'number'
    ? histogramNorm(counts, (bin) => min + bin * size)
    : undefined;
}

const numbers = (list: unknown): number[] | undefined =>
  Array.isArray(list) && list.every((item) => typeof item === 'number') ? list : undefined;
