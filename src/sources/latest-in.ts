import type { Trace } from '../model/index.js';

/** When the last of its spans began, in milliseconds since the epoch: a backend may have found a trace by any of them. */
export function latestIn(trace: Trace): number {
  let latest = trace.start;
  for (const { start } of trace.spans) if (start > latest) latest = start;
  return latest;
}
