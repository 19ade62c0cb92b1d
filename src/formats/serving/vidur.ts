import { asCount, asNumber } from '../../conventions/convention.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';
import type { Format } from '../format.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, holdsRow, inSteps, usageOf, wrappedRows } from '../row.js';
import { simulatedMoment, simulatedReader } from './simulated-request.js';

/**
 * The table of requests that Vidur writes, `request_metrics.csv`: seconds (microsoft/vidur, docs/metrics.md). A request arrives as
 * long after the one before as its row says. What Vidur writes as a Chrome trace is read as one.
 */
export const vidurRequests: Format = {
  name: 'vidur-requests',
  title: 'Vidur request metrics',

  detect: (value) => holdsRow(value, isRequest),

  *read(value, table) {
    const outline = emptyOutline();
    let arrival = 0;
    let knowsArrival = true;
    let isFirst = true;
    yield* inSteps(wrappedRows(value, table, isRequest), (row) => {
      clearOutline(outline);
      const delay = asNumber(row['request_inter_arrival_delay']);
      // Of the first one there is none before.
      knowsArrival &&= delay !== undefined || isFirst;
      isFirst = false;
      arrival += (delay ?? 0) * 1000;
      outline.traceId = 'vidur';
      outline.id = String(asNumber(row['Request Id']));
      outline.name = `request ${outline.id}`;
      outline.kind = 'llm';
      outline.start = knowsArrival ? simulatedMoment(table.origin, arrival) : NaN;
      outline.end = outline.start + asNumber(row['request_e2e_time'])! * 1000;
      outline.usage = usageOf({
        input: row['request_num_prefill_tokens'],
        output: row['request_num_decode_tokens'],
        total: row['request_num_tokens'],
      });
      table.add(outline, row, reader);
    });
  },
};

const isRequest = (row: JsonObject | undefined): boolean =>
  isObject(row) && asNumber(row['Request Id']) !== undefined && asNumber(row['request_e2e_time']) !== undefined;

const seconds = (row: JsonObject, name: string): number | undefined => {
  const value = asNumber(row[name]);
  return value === undefined || value < 0 ? undefined : value * 1000;
};

const reader = simulatedReader(vidurRequests.name, (row) => ({
  queue: seconds(row, 'request_scheduling_delay'),
  first: seconds(row, 'prefill_e2e_time'),
  end: seconds(row, 'request_e2e_time'),
  tpot: seconds(row, 'decode_time_execution_plus_preemption_normalized'),
  tokensIn: asCount(row['request_num_prefill_tokens']),
  tokensOut: asCount(row['request_num_decode_tokens']),
}));
