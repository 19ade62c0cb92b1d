import type { Format } from '../format.js';
import { emptyOutline } from '../outline.js';
import { momentOfSeconds } from '../row.js';
import { readEvent, type TensorBoardEvent } from './tensorboard-events.js';
import { recordLength, recordsOf } from './tensorboard-records.js';
import { gradientOf, seriesFor } from './told-by-name.js';
import { isObject } from '../../payloads/json-value.js';
import { addTo, emptyLog, trainingReader, type TrainingLog } from './training-log.js';

/** Records between two rests. */
const RECORDS_PER_STEP = 64;
/** Damaged records that are told of one by one. */
const MOST_TOLD = 20;
/** Numbers of other kinds whose last value is kept. */
const MOST_TAGS = 1000;

/**
 * An event file of TensorBoard: what a training wrote of itself. Numbers and histograms whose names are about gradients become
 * norms; of those named `loss` and `learning_rate`, the course is kept, of other numbers the last value. Histograms of the first
 * generation state the sum of their squares, those of TensorFlow 2 only bins: their norms are estimates.
 */
export const tensorBoard: Format = {
  name: 'tensorboard',
  title: 'TensorBoard',

  detect: (value) => value instanceof Uint8Array && recordLength(value, 0) !== undefined,

  *read(value, table) {
    if (!(value instanceof Uint8Array)) return;
    const log = emptyLog();
    let start: number | undefined;
    let end: number | undefined;
    let records = 0;
    let faults = 0;
    for (const record of recordsOf(value)) {
      if (++records % RECORDS_PER_STEP === 0) yield 0;
      const event = 'data' in record ? eventOf(record.data) : undefined;
      if (event) {
        start ??= event.time;
        end = event.time ?? end;
        take(log, event);
      } else if (faults++ < MOST_TOLD) {
        const message = 'fault' in record ? record.fault : `Record ${records} is no event and was left out.`;
        table.problems.push({ code: 'unreadable-record', message });
      }
    }
    if (records === faults) return;
    const outline = emptyOutline();
    outline.traceId = `tensorboard-${start ?? 0}`;
    outline.id = outline.traceId;
    outline.name = 'training';
    outline.start = momentOfSeconds(table.origin, start);
    outline.end = momentOfSeconds(table.origin, end);
    table.add(outline, log, reader);
    yield 1;
  },
};

function eventOf(bytes: Uint8Array): TensorBoardEvent | undefined {
  try {
    return readEvent(bytes);
  } catch {
    return undefined;
  }
}

function take(log: TrainingLog, { step, values }: TensorBoardEvent): void {
  for (const { tag, number, norm, isEstimated } of values) {
    const told = number ?? (gradientOf(tag) === undefined ? undefined : norm);
    if (told === undefined || !Number.isSafeInteger(step)) continue;
    const series = seriesFor(log, tag);
    if (series) addTo(series, step, told);
    else if (log.attributes.size < MOST_TAGS || log.attributes.has(tag)) log.attributes.set(tag, told);
    if (series && isEstimated) log.isEstimated = true;
  }
}

const reader = trainingReader(tensorBoard.name, (raw) =>
  isObject(raw) && raw['norms'] instanceof Map ? (raw as unknown as TrainingLog) : emptyLog(),
);
