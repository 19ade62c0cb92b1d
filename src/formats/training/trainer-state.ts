import { asNumber } from '../../conventions/convention.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';
import type { Format } from '../format.js';
import { emptyOutline } from '../outline.js';
import { fieldsOf } from '../row.js';
import { addTo, emptyLog, numberOrWord, trainingReader } from './training-log.js';

/**
 * `trainer_state.json` of Hugging Face's Trainer: a list of what it logged (transformers, `TrainerState.log_history`). It states the norm
 * over all parameters, none of single layers. Python writes NaN and Infinity as no JSON has them.
 */
export const trainerState: Format = {
  name: 'trainer-state',
  title: 'trainer_state.json',

  detect: (value) => isObject(value) && Array.isArray(value['log_history']) && typeof value['global_step'] === 'number',

  *read(value, table) {
    if (!isObject(value)) return;
    const outline = emptyOutline();
    outline.traceId = trainerState.name;
    outline.id = `step-${asNumber(value['global_step'])}`;
    outline.name = 'training';
    table.add(outline, value, reader);
    yield 1;
  },
};

const HISTORY: ReadonlySet<string> = new Set(['log_history']);

const reader = trainingReader(trainerState.name, (raw) => {
  const log = emptyLog();
  const state: JsonObject = isObject(raw) ? raw : {};
  for (const [name, value] of fieldsOf(state, HISTORY)) log.attributes.set(name, value);
  const history: unknown = state['log_history'];
  for (const row of Array.isArray(history) ? (history as unknown[]) : []) {
    if (!isObject(row)) continue;
    const step = row['step'];
    if (typeof step !== 'number' || !Number.isFinite(step)) continue;
    for (const [name, series] of [
      ['loss', log.loss],
      ['learning_rate', log.learningRate],
      ['grad_norm', log.global],
    ] as const) {
      const told = numberOrWord(row[name]);
      if (told !== undefined) addTo(series, step, told);
    }
  }
  return log;
});
