import type { ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { isMissing, SourceAccess } from './access.js';
import { amountIn, isRow, listedRow, rowIn, rowsIn, textIn, type Row } from './listed-row.js';
import { TraceSourceError } from './source-error.js';
import type {
  LookbackOptions,
  PageRequest,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';
import { newestFirst, TimePages, type TimeWindow } from './time-pages.js';

const SEARCH = 'api/search';
/** Makes Tempo give the newest traces and not the first that it finds; from 2.8 on. */
const NEWEST = ' with (most_recent=true)';

/**
 * Grafana Tempo: `GET /api/search` with TraceQL, and `/api/v2/traces/{id}`, or `/api/traces/{id}` where that is not there
 * (docs/sources/tempo/api_docs). It finds whole traces by spans: each condition may be met by another span.
 *
 * It has no pages: the list goes back in time. Tempo before 2.8 gives any traces of the time that is asked for, and not the
 * newest: a page says so. A trace of which Tempo gives a part only has a problem that says it.
 */
export function tempoSource(options: LookbackOptions): TraceSource {
  return new TempoSource(options);
}

class TempoSource implements TraceSource {
  readonly title = 'Grafana Tempo';
  readonly language = 'TraceQL';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'model',
    'service',
    'sessionId',
    'userId',
    'from',
    'to',
    'minDuration',
    'maxDuration',
    'native',
  ]);
  readonly #access: SourceAccess;
  readonly #pages: TimePages;
  /** Whether this Tempo knows how to give the newest; absent until it was asked. */
  #givesNewest: boolean | undefined;

  constructor(options: LookbackOptions) {
    this.#access = new SourceAccess(options, { title: this.title });
    this.#pages = new TimePages(options, 1 / 1000);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const window = this.#pages.window(query, cursor);
    if (!window) throw this.#access.unreadable(SEARCH, 'The cursor is of another list.');
    const answer = await this.#search(traceQl(query), window, signal);
    const rows = rowsIn(answer, 'traces');
    if (!isRow(answer) || (answer['traces'] !== undefined && !Array.isArray(answer['traces']))) {
      throw this.#access.unreadable(SEARCH);
    }
    const found = rows.map((row) => {
      const trace = rowOf(row);
      return { trace, latest: trace.start };
    });
    const metrics = rowIn(answer, 'metrics');
    const [done, jobs] = [amountIn(metrics, 'completedJobs'), amountIn(metrics, 'totalJobs')];
    const isFull = rows.length >= window.limit;
    // It stops early where it has found enough.
    const isPartial = !isFull && done !== undefined && jobs !== undefined && done < jobs;
    return {
      traces: newestFirst(found),
      since: this.#pages.since(query, window),
      ...(isPartial && { incomplete: `Tempo searched ${done} of ${jobs} parts.` }),
      ...(isFull && !this.#givesNewest && { incomplete: 'This Tempo does not give the newest traces first.' }),
      ...this.#pages.next(window, found, isFull),
    };
  }

  async #search(query: string, { from, to, limit }: TimeWindow, signal: AbortSignal | undefined): Promise<unknown> {
    const ask = (q: string): Promise<unknown> =>
      // The end is not asked for itself.
      this.#access.json(SEARCH, { signal, search: { q, start: from, end: to + 1, limit, spss: 1 } });
    if (this.#givesNewest === false) return ask(query);
    try {
      const answer = await ask(query + NEWEST);
      this.#givesNewest = true;
      return answer;
    } catch (error) {
      const isRefused = error instanceof TraceSourceError && error.reason === 'refused';
      if (!isRefused || this.#givesNewest) throw error;
      const answer = await ask(query);
      this.#givesNewest = false;
      return answer;
    }
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const name = encodeURIComponent(id);
    try {
      return (await this.#access.traces(`api/v2/traces/${name}`, { signal }))[0];
    } catch (error) {
      // Either the trace is not there, or version 2 of this request.
      if (!isMissing(error)) throw error;
      return (await this.#access.tracesOrNone(`api/traces/${name}`, { signal }))[0];
    }
  }
}

function rowOf(row: Row): ListedTrace {
  const id = textIn(row, 'traceID') ?? '';
  const nanos = textIn(row, 'startTimeUnixNano') ?? '0';
  const services = rowIn(row, 'serviceStats');
  let spanCount = 0;
  let errorCount = 0;
  for (const stats of Object.values(services).filter(isRow)) {
    spanCount += amountIn(stats, 'spanCount') ?? 0;
    errorCount += amountIn(stats, 'errorCount') ?? 0;
  }
  return listedRow({
    // Leading zeros are left out.
    id: id.padStart(32, '0'),
    name: textIn(row, 'rootTraceName'),
    // More digits than a number has.
    start: Number(`${nanos.slice(0, -6)}.${nanos.slice(-6)}`) || 0,
    duration: amountIn(row, 'durationMs'),
    spanCount,
    errorCount,
    status: errorCount ? 'error' : 'unset',
  });
}

/** Each condition is a span of its own: the traces are wanted that have them all. */
function traceQl({
  name,
  status,
  model,
  service,
  sessionId,
  userId,
  minDuration,
  maxDuration,
  native,
}: TraceQuery): string {
  const conditions = [
    name !== undefined && `{ name =~ ${quoted(`(?i).*${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}.*`)} }`,
    status && '{ status = error }',
    model !== undefined && `{ span.gen_ai.request.model = ${quoted(model)} }`,
    service !== undefined && `{ resource.service.name = ${quoted(service)} }`,
    sessionId !== undefined &&
      `{ span.session.id = ${quoted(sessionId)} || span.gen_ai.conversation.id = ${quoted(sessionId)} }`,
    userId !== undefined && `{ span.user.id = ${quoted(userId)} || span.enduser.id = ${quoted(userId)} }`,
    minDuration !== undefined && `{ traceDuration >= ${minDuration}ms }`,
    maxDuration !== undefined && `{ traceDuration <= ${maxDuration}ms }`,
    native?.trim(),
  ].filter((condition): condition is string => Boolean(condition));
  return conditions.join(' && ') || '{ }';
}

/** Strings of TraceQL are those of Go, as which those of JSON go. */
const quoted = (text: string): string => JSON.stringify(text);
