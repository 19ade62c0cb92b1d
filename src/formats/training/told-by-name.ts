import { normsOf, type Series, type TrainingLog } from './training-log.js';

/** The word for gradients inside a name, with what it says of how they were measured. */
const GRADIENT =
  /(^|[^a-z])(?:(?:global|total|l2)[_-])?grad(?:s|ients?)?(?:[_-](?:l2|\d+\.\d+|norms?|total|global))*(?![a-z])/i;
/** Parts of a path that name no parameter. */
const NO_PARAMETER = /^(?:|l2|norms?|total|global|all|train|training|epoch|batch|model)$/i;
const LOSS = /(?:^|[/_. ])loss$/i;
const LEARNING_RATE = /(?:^|[/_. -])(?:learning_rate|lr)(?:$|[/_. -])/i;
/** Of the data that a model is judged by, not of that it learns from. */
const EVALUATION = /(?:^|[/_. ])(?:eval|evaluation|val|validation|test)(?:$|[/_. ])/i;

/** The parameter whose gradient a name is about; `''` for all of them together, `undefined` where it is about something else. */
export function gradientOf(name: string): string | undefined {
  if (!GRADIENT.test(name)) return undefined;
  const parts = name.replace(GRADIENT, '$1').split('/');
  return parts
    .map((part) => part.replace(/^[_.-]+|[_.-]+$/g, ''))
    .filter((part) => !NO_PARAMETER.test(part))
    .join('/');
}

/** Where a number of this name belongs in a log; `undefined` where in none of its series. */
export function seriesFor(log: TrainingLog, name: string): Series | undefined {
  if (EVALUATION.test(name)) return undefined;
  const parameter = gradientOf(name);
  if (parameter !== undefined) return parameter === '' ? log.global : normsOf(log, parameter);
  if (LOSS.test(name)) return log.loss;
  return LEARNING_RATE.test(name) ? log.learningRate : undefined;
}
