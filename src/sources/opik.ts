import type { ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess, unlessMissing } from './access.js';
import {
  amountIn,
  isRow,
  listedRow,
  momentIn,
  rowIn,
  rowsIn,
  textIn,
  textsIn,
  usageOf,
  type Row,
} from './listed-row.js';
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

/** What an Opik is read with. Its address has `/api` at its end: `http://localhost:5173/api`. */
export interface OpikOptions extends LookbackOptions {
  /** Name of the project: `Default Project` where it is absent. */
  project?: string | undefined;
}

const TRACES = 'v1/private/traces';
const SPANS = 'v1/private/spans';
/** Spans that are asked for at once. */
const MOST_SPANS = 500;

/**
 * Opik, by its REST API: `GET /v1/private/traces` and `/v1/private/spans`, with `authorization: {key}` and
 * `comet-workspace: {name}` where it is Comet's (opik-documentation, REST API, "Get traces by project").
 *
 * Its pages are numbers, which shift while traces come; so the list goes back in time instead. It lets no page of another
 * origin read; a server of your own does from the origin of its interface.
 */
export function opikSource(options: OpikOptions): TraceSource {
  return new OpikSource(options);
}

class OpikSource implements TraceSource {
  readonly title = 'Opik';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'sessionId',
    'tag',
    'from',
    'to',
    'minDuration',
    'maxDuration',
  ]);
  readonly #access: SourceAccess;
  readonly #project: string;
  readonly #pages: TimePages;

  constructor(options: OpikOptions) {
    this.#access = new SourceAccess(options, { title: this.title });
    this.#project = options.project ?? 'Default Project';
    this.#pages = new TimePages({ pageSize: 50, lookback: Infinity, ...options }, 1);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const window = this.#pages.window(query, cursor);
    if (!window) throw this.#access.unreadable(TRACES, 'The cursor is of another list.');
    const answer = await this.#access.json(TRACES, {
      signal,
      search: {
        project_name: this.#project,
        size: window.limit,
        page: 1,
        truncate: true,
        sorting: JSON.stringify([{ field: 'start_time', direction: 'DESC' }]),
        filters: JSON.stringify(filtersOf(query, window)),
      },
    });
    if (!isRow(answer) || !Array.isArray(answer['content'])) throw this.#access.unreadable(TRACES);
    const found = rowsIn(answer, 'content').map((row) => {
      const trace = rowOf(row);
      return { trace, latest: trace.start };
    });
    return {
      traces: newestFirst(found),
      // Of later pages it is what is left.
      ...(cursor === undefined && { total: amountIn(answer, 'total') }),
      ...this.#pages.next(window, found, found.length >= window.limit),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const path = `${TRACES}/${encodeURIComponent(id)}`;
    const trace = await unlessMissing(this.#access.json(path, { signal }));
    if (trace === undefined) return undefined;
    if (!isRow(trace)) throw this.#access.unreadable(path);
    const spans: Row[] = [];
    for (let page = 1; ; page++) {
      const search = { project_id: textIn(trace, 'project_id'), trace_id: id, page, size: MOST_SPANS };
      const answer = await this.#access.json(SPANS, { signal, search });
      if (!isRow(answer) || !Array.isArray(answer['content'])) throw this.#access.unreadable(SPANS);
      const rows = rowsIn(answer, 'content');
      for (const row of rows) spans.push(row);
      if (rows.length < MOST_SPANS) break;
    }
    return (await this.#access.read(path, { trace, spans }, signal, 'opik'))[0];
  }
}

interface OpikFilter {
  field: string;
  operator: string;
  value: string;
}

function filtersOf(
  { name, status, sessionId, tag, minDuration, maxDuration }: TraceQuery,
  { from, to }: TimeWindow,
): OpikFilter[] {
  const filters: OpikFilter[] = [
    // The end is not asked for itself, and a trace began within its last millisecond.
    { field: 'start_time', operator: '<', value: new Date(to + 1).toISOString() },
  ];
  const add = (field: string, operator: string, value: string | undefined): void => {
    if (value !== undefined) filters.push({ field, operator, value });
  };
  add('start_time', '>=', from > 0 ? new Date(from).toISOString() : undefined);
  add('name', 'contains', name);
  add('error_info', 'is_not_empty', status && '');
  add('thread_id', '=', sessionId);
  add('tags', 'contains', tag);
  add('duration', '>=', minDuration?.toString());
  add('duration', '<=', maxDuration?.toString());
  return filters;
}

function rowOf(row: Row): ListedTrace {
  const start = momentIn(row, 'start_time');
  const end = momentIn(row, 'end_time');
  const usage = rowIn(row, 'usage');
  const isError = isRow(row['error_info']);
  return listedRow({
    id: textIn(row, 'id') ?? '',
    name: textIn(row, 'name'),
    start,
    duration: start !== undefined && end !== undefined ? Math.max(0, end - start) : amountIn(row, 'duration'),
    spanCount: amountIn(row, 'span_count'),
    status: isError ? 'error' : end === undefined ? 'unset' : 'ok',
    errorCount: isError ? 1 : 0,
    isRunning: end === undefined,
    usage: usageOf(
      amountIn(usage, 'prompt_tokens'),
      amountIn(usage, 'completion_tokens'),
      amountIn(usage, 'total_tokens'),
    ),
    cost: amountIn(row, 'total_estimated_cost'),
    sessionId: textIn(row, 'thread_id'),
    tags: textsIn(row, 'tags'),
    input: row['input'],
  });
}
