import type { SpanException, SpanMeaning, SpanRecord } from '../model/index.js';
import { stated, textOf, type Attributes } from './attribute-values.js';

export function openTelemetryMeaning({ attributes, events }: SpanRecord): SpanMeaning {
  const exceptions = events
    .filter(({ name }) => name === 'exception')
    .map((event) => stated<SpanException>({ ...exception(event.attributes), time: event.time }));
  if (exceptions.length) return { exceptions };
  // Some producers state the error on the span only.
  const own = exception(attributes);
  return Object.keys(own).length ? { exceptions: [own] } : {};
}

const exception = (attributes: Attributes): SpanException =>
  stated<SpanException>({
    type: textOf(attributes, 'exception.type', 'error.type'),
    message: textOf(attributes, 'exception.message', 'error.message'),
    stacktrace: textOf(attributes, 'exception.stacktrace', 'error.stack'),
  });
