import type { Internals, MaybeNumber } from '../../internals/index.js';
import { INTERNALS_ATTRIBUTE } from '../../internals/read.js';
import type { SpanReader } from '../../model/index.js';
import { recordOf } from '../row.js';

/** Norms of one log at the most. Parameters behind them are left out, and told of in `capture`. */
const MOST_NORMS = 8_000_000;

/** What is told again and again, with the step of each. */
export interface Series {
  readonly steps: number[];
  readonly values: number[];
}

/** What a file tells of a training, which is one span. Plain data: it is the record of that span. */
export interface TrainingLog {
  readonly attributes: Map<string, unknown>;
  /** L2 norms by parameter. */
  readonly norms: Map<string, Series>;
  readonly loss: Series;
  readonly learningRate: Series;
  readonly global: Series;
  /** Whether some norms were worked out from the bins of a histogram. */
  isEstimated: boolean;
}

const emptySeries = (): Series => ({ steps: [], values: [] });

export const emptyLog = (): TrainingLog => ({
  attributes: new Map(),
  norms: new Map(),
  loss: emptySeries(),
  learningRate: emptySeries(),
  global: emptySeries(),
  isEstimated: false,
});

export function addTo({ steps, values }: Series, step: number, value: number): void {
  steps.push(step);
  values.push(value);
}

export function normsOf({ norms }: TrainingLog, parameter: string): Series {
  let series = norms.get(parameter);
  if (!series) norms.set(parameter, (series = emptySeries()));
  return series;
}

/** All steps of which something is told. */
function stepsOf({ loss, learningRate, global, norms }: TrainingLog): number[] {
  const all = new Set<number>();
  for (const series of [loss, learningRate, global, ...norms.values()]) for (const step of series.steps) all.add(step);
  return Array.from(all).sort((one, other) => one - other);
}

function internalsOf(log: TrainingLog, format: string): Internals | undefined {
  const steps = stepsOf(log);
  if (steps.length === 0) return undefined;
  const places = new Map(steps.map((step, at) => [step, at]));
  const parameters = Array.from(log.norms).slice(0, Math.floor(MOST_NORMS / steps.length));
  const leftOut = log.norms.size - parameters.length;
  const values: MaybeNumber[][] = steps.map(() => parameters.map(() => null));
  for (const [column, [, series]] of parameters.entries()) {
    series.steps.forEach((step, at) => (values[places.get(step)!]![column] = written(series.values[at]!)));
  }
  const list = ({ steps: told, values: held }: Series): MaybeNumber[] | undefined => {
    if (told.length === 0) return undefined;
    const all: MaybeNumber[] = steps.map(() => null);
    told.forEach((step, at) => (all[places.get(step)!] = written(held[at]!)));
    return all;
  };
  const [loss, lr, global] = [list(log.loss), list(log.learningRate), list(log.global)];
  return {
    v: 1,
    gradients: {
      metric: 'l2',
      steps,
      params: parameters.map(([name]) => name),
      values,
      ...(log.isEstimated && { estimated: true }),
      ...(loss && { loss }),
      ...(lr && { lr }),
      ...(global && { global }),
    },
    capture: { level: 1, source_format: format, ...(leftOut > 0 && { dropped: [`${leftOut} parameters`] }) },
  };
}

/** Six digits: a norm says no more. */
const written = (value: number): MaybeNumber =>
  Number.isFinite(value) ? Number(value.toPrecision(6)) : (String(value) as 'NaN');

/** A reader of records that a log is made of when somebody asks. */
export const trainingReader = (format: string, logOf: (raw: unknown) => TrainingLog): SpanReader => ({
  format,
  record: (raw) => {
    const log = logOf(raw);
    const internals = internalsOf(log, format);
    const attributes = new Map(log.attributes);
    if (internals) attributes.set(INTERNALS_ATTRIBUTE, JSON.stringify(internals));
    return recordOf(attributes);
  },
  meaning: () => ({}),
});

/** A number, or the word for one that JSON does not have. */
export function numberOrWord(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^(?:NaN|[+-]?Infinity)$/.test(value) ? Number(value) : undefined;
}
