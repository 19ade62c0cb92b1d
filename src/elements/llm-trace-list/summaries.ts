import type { StoredSummary } from '../../internal/stored-traces.js';
import { totalTokens, type Trace } from '../../model/index.js';

/** What a store would say of a trace that was read. */
export function summaryOf(trace: Trace): StoredSummary {
  const { id, name, start, duration, isRunning, usage, cost, sessionId, table } = trace;
  let errorCount = 0;
  for (const row of trace.rows) if (table.statuses[row] === 'error') errorCount++;
  return {
    id,
    name,
    start,
    duration,
    isRunning,
    errorCount,
    spanCount: trace.spans.length,
    status: trace.spans.at(0)?.status ?? 'unset',
    ...(usage && { usage }),
    ...(cost !== undefined && { cost }),
    ...(sessionId !== undefined && { sessionId }),
  };
}

/** Traces of one session, and what they come to. */
export interface Session {
  /** Absent for the traces that name no session. */
  id: string | undefined;
  traces: StoredSummary[];
  errorCount: number;
  tokens: number | undefined;
  /** US dollars. */
  cost: number | undefined;
}

/** Traces by their sessions, in the order in which the traces come. */
export function inSessions(traces: readonly StoredSummary[]): Session[] {
  return Array.from(
    Map.groupBy(traces, ({ sessionId }) => sessionId),
    ([id, group]) => ({
      id,
      traces: group,
      errorCount: group.reduce((sum, { errorCount }) => sum + errorCount, 0),
      tokens: sumOf(group.map(({ usage }) => usage && totalTokens(usage))),
      cost: sumOf(group.map(({ cost }) => cost)),
    }),
  );
}

/** Where none is known, neither is the sum. */
const sumOf = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((sum, value) => (value === undefined ? sum : (sum ?? 0) + value), undefined);
