import type { InternalsStages } from '../../internals/internals.js';
import { INTERNALS_ATTRIBUTE } from '../../internals/read.js';
import type { SpanReader, TimeOrigin } from '../../model/index.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';
import { fieldsOf, recordOf } from '../row.js';

/** What a simulator of a server says of one request, in milliseconds from its arrival. */
export interface SimulatedRequest {
  readonly queue?: number | undefined;
  /** When the first token was worked out. */
  readonly first?: number | undefined;
  readonly end?: number | undefined;
  readonly tpot?: number | undefined;
  readonly on?: string | undefined;
  readonly tokensIn?: number | undefined;
  readonly tokensOut?: number | undefined;
  /** Between each two tokens. */
  readonly gaps?: readonly number[] | undefined;
}

/** A moment of a simulation, in milliseconds from its beginning. Its clock begins at 0, which elsewhere is no time. */
export function simulatedMoment(origin: TimeOrigin, millis: number): number {
  origin.epoch ??= 0;
  return millis - origin.epoch;
}

/** A reader of rows that are requests of a simulator: their stages stand in the attribute for internals. */
export const simulatedReader = (format: string, requestOf: (row: JsonObject) => SimulatedRequest): SpanReader => ({
  format,
  record: (raw) => {
    const row = isObject(raw) ? raw : {};
    return recordOf(fieldsOf(row).set(INTERNALS_ATTRIBUTE, internalsText(requestOf(row), format)));
  },
  meaning: () => ({}),
});

function internalsText(request: SimulatedRequest, format: string): string {
  const { queue = 0, first, end, tpot, on, tokensIn, tokensOut, gaps } = request;
  const events: InternalsStages['events'] = [];
  const add = (stage: string, from: number | undefined, to: number | undefined, tokens: object): void => {
    if (from === undefined || to === undefined || to < from) return;
    events.push({ stage, start: from, end: to, ...(on !== undefined && { on }), ...tokens });
  };
  if (request.queue !== undefined) add('queue', 0, queue, {});
  add('prefill', queue, first, tokensIn === undefined ? {} : { tokens_in: tokensIn });
  add('decode', first, end, tokensOut === undefined ? {} : { tokens_out: tokensOut });
  const stages: InternalsStages = {
    clock: 'ms',
    measured_at: 'simulated',
    events,
    metrics: {
      ...(request.queue !== undefined && { queue }),
      ...(first !== undefined && { ttft: first }),
      ...(tpot !== undefined && { tpot }),
      ...(end !== undefined && { e2e: end }),
    },
  };
  const times = first === undefined ? [] : timesOf(first, gaps ?? []);
  return JSON.stringify({
    v: 1,
    stages,
    ...(times.length > 1 && { output: { from: 0, dist: 'unknown', t_ms: times } }),
    capture: { level: 1, source_format: format },
  });
}

function timesOf(first: number, gaps: readonly number[]): number[] {
  const times = [first];
  for (const gap of gaps) times.push(times.at(-1)! + Math.max(0, gap));
  return times;
}
