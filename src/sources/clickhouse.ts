import { bucketLength } from '../analysis/trace-metrics.js';
import type { ListedTrace, ModelFigures, TimeBucket, TraceMetrics } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
import {
  figuresOf,
  millisOf,
  modelOf,
  numberOf,
  resourceSpansOf,
  sqlRows,
  textOf,
  textsOf,
  wholeOf,
  type SqlFigures,
  type SqlRow,
} from './clickhouse-rows.js';
import {
  detailsSql,
  errorsSql,
  extentSql,
  figuresSql,
  FILTERS,
  modelsSql,
  rangeSql,
  rootsSql,
  spansSql,
  summaryStatements,
  tableParameters,
  type SqlParameters,
  type Tables,
} from './clickhouse-sql.js';
import { listedRow, usageOf } from './listed-row.js';
import type {
  PageRequest,
  SourceOptions,
  SourceRequest,
  SummaryRequest,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';

export interface ClickHouseOptions extends SourceOptions {
  /** `default` where it is absent, as in the collector's exporter. */
  database?: string | undefined;
  /** The exporter's `traces_table_name`: `otel_traces` where it is absent. */
  table?: string | undefined;
  /**
   * The table that knows when each trace was, by which a trace is found without looking through all days. The exporter
   * makes it by the name of the other and `_trace_id_ts`, which is taken where this is absent; empty where there is none.
   */
  timesTable?: string | undefined;
  /** The table that `clickHouseSummaryTable` made, for lists and summaries. They read the spans themselves where it is absent. */
  summaryTable?: string | undefined;
}

const SETTING =
  'add_http_cors_header=1 (a setting of the user) and http_options_response (in config.xml, with the headers that are sent)';
const DEFAULT_PAGE = 50;
/** Ids of a page are sent in an address, which may have some 8,000 letters. */
const MOST_ON_PAGE = 150;
/** Spans of a trace that are asked for at once. */
const SPANS_AT_ONCE = 500;
/** Rows of the stretch of time that is looked through first for a page; each further one is so many times as long. */
const ROWS_AT_FIRST = 200_000;
const LONGER = 4n;
/** Rows that are looked through for a page at most: then it ends early, and the next one goes on from there. */
const MOST_ROWS = 500_000_000;
/** Of each stretch of time. */
const MOST_MODELS = 8;
const MOST_ERRORS = 20;
const BUCKETS = 60;
const HOUR = 3_600_000;

/**
 * ClickHouse over HTTP, with the tables of the OpenTelemetry collector's exporter (`exporter/clickhouseexporter`; its `json`
 * schema is not read). Figures of many traces are worked out there, and a page of a list is all that is held here.
 *
 * A trace is listed by its root: one whose root is kept elsewhere is not, but is read by its id. Duration and name are
 * those of the root where traces are chosen or summed up. Calls of a summary are those of the asked time. Percentiles are
 * ClickHouse's estimates (t-digest).
 *
 * What comes back of what was sent: ids, parents, names, times to the nanosecond, statuses, events and links. The table
 * keeps values of attributes as texts, so a number or a list among those that no convention knows comes back as its text;
 * flags, counts of dropped attributes and attributes of the scope are lost, and a span without an end has one.
 */
export function clickHouseSource(options: ClickHouseOptions): TraceSource {
  return new ClickHouseSource(options);
}

/**
 * SQL that makes a narrow table beside the collector's, and a view that fills it with each span that comes in from then on:
 * given as `summaryTable`, lists and summaries read it in place of all that was said. It is run once, by hand.
 *
 * @returns statements, one after the other
 */
export function clickHouseSummaryTable({
  summaryTable = 'otel_traces_summary',
  ...options
}: Partial<ClickHouseOptions> = {}): readonly string[] {
  return summaryStatements(tablesOf({ url: '', ...options, summaryTable }));
}

const tablesOf = ({ database = 'default', table = 'otel_traces', timesTable, summaryTable }: ClickHouseOptions) =>
  ({ database, table, times: timesTable ?? `${table}_trace_id_ts`, summary: summaryTable ?? '' }) satisfies Tables;

/** The root that a page ended with, and how much time was looked through for it. */
interface Place {
  at: bigint;
  last: string;
  width: bigint;
}

class ClickHouseSource implements TraceSource {
  readonly title = 'ClickHouse';
  readonly filters = FILTERS;
  readonly #access: SourceAccess;
  readonly #tables: Tables;
  readonly #pageSize: number;

  constructor(options: ClickHouseOptions) {
    this.#access = new SourceAccess(options, { title: this.title, setting: SETTING });
    this.#tables = tablesOf(options);
    this.#pageSize = Math.min(MOST_ON_PAGE, Math.max(1, Math.floor(options.pageSize ?? DEFAULT_PAGE)));
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const [extent] = await this.#rows(extentSql(this.#tables), this.#parameters(), signal);
    const rows = Number(wholeOf(extent?.[0]));
    if (rows === 0) return { traces: [] };
    const first = wholeOf(extent![1]);
    const last = wholeOf(extent![2]);
    const floor = query.from === undefined ? first : later(nanosOf(query.from), first);
    let place = placeOf(cursor);
    let top = place ? place.at + 1n : query.to === undefined ? last + 1n : earlier(nanosOf(query.to), last + 1n);
    const rowsOf = (width: bigint): number => (rows * Number(width)) / Number(last - first + 1n);
    const least = BigInt(Math.ceil(ROWS_AT_FIRST / rowsOf(1_000_000_000n))) * 1_000_000_000n;
    let width = place?.width ?? least;
    const roots: SqlRow[] = [];
    let looked = 0;
    while (roots.length < this.#pageSize && top > floor && looked < MOST_ROWS) {
      const bottom = later(floor, top - width);
      const parameters = this.#within(bottom, top);
      parameters.set('limit', String(this.#pageSize - roots.length));
      if (place) parameters.set('at', String(place.at)).set('last', place.last);
      const sql = rootsSql(query, this.#tables, parameters, place !== undefined);
      const found = await this.#rows(sql, parameters, signal);
      for (const root of found) roots.push(root);
      looked += rowsOf(top - bottom);
      if (roots.length >= this.#pageSize) break;
      top = bottom;
      place = { at: bottom, last: '', width };
      width *= LONGER;
    }
    const end = roots.at(-1);
    const isOver = roots.length < this.#pageSize && top <= floor;
    if (end && roots.length >= this.#pageSize) place = { at: wholeOf(end[1]), last: textOf(end[0]), width };
    return {
      traces: await this.#listed(roots, signal),
      ...(!isOver && place && { cursor: `${place.at} ${place.width} ${place.last}` }),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const resourceSpans: object[] = [];
    for (let last: SqlRow | undefined; ;) {
      const parameters = this.#parameters().set('id', id).set('limit', String(SPANS_AT_ONCE));
      if (last) parameters.set('at', textOf(last[0])).set('last', textOf(last[2]));
      const rows = await this.#rows(spansSql(this.#tables, last !== undefined), parameters, signal);
      for (const row of rows) resourceSpans.push(resourceSpansOf(row));
      if (rows.length < SPANS_AT_ONCE) break;
      last = rows.at(-1);
    }
    const traces = await this.#access.read('', { resourceSpans }, signal, 'otlp');
    return traces.find((trace) => trace.id === id) ?? traces[0];
  }

  async summarise(query: TraceQuery, { buckets = BUCKETS, signal }: SummaryRequest = {}): Promise<TraceMetrics> {
    const ask = (sqlOf: typeof rangeSql, facts: Readonly<Record<string, number>>): Promise<readonly SqlRow[]> => {
      const parameters = this.#within(nanosOf(query.from ?? 0), query.to === undefined ? LATEST : nanosOf(query.to));
      for (const [name, value] of Object.entries(facts)) parameters.set(name, String(value));
      return this.#rows(sqlOf(query, this.#tables, parameters), parameters, signal);
    };
    const [found = []] = await ask(rangeSql, {});
    const first = numberOf(found[1]) ?? 0;
    const last = numberOf(found[2]) ?? 0;
    if (!numberOf(found[0])) return NOTHING;
    const most = Math.max(1, Math.floor(buckets));
    const length = bucketLength(first, last, most);
    const rows = most + 2;
    const [figures, models, errors] = await Promise.all([
      ask(figuresSql, { length, rows }),
      ask(modelsSql, { length, models: MOST_MODELS, rows: MOST_MODELS * rows }),
      ask(errorsSql, { rows: MOST_ERRORS }),
    ]);
    const all = figuresOf(figures[0] ?? []);
    return {
      ...NOTHING,
      ...all,
      range: { start: first, end: last },
      perHour: last > first ? (all.count * HOUR) / (last - first) : undefined,
      errorRate: all.count ? all.failed / all.count : undefined,
      errorTypes: new Map(errors.map(([type, traces]) => [textOf(type), numberOf(traces) ?? 0])),
      models: models.filter(([bucket]) => bucket === null).map(modelOf),
      buckets: bucketsOf(figures.slice(1), models, { first, last, length, most }),
    };
  }

  /** What a list shows of roots. What the times table does not know yet is left out, not the trace. */
  async #listed(roots: readonly SqlRow[], signal: AbortSignal | undefined): Promise<ListedTrace[]> {
    if (roots.length === 0) return [];
    const ids = roots.map(([id]) => inList(textOf(id)));
    const parameters = this.#parameters().set('ids', `[${ids.join(',')}]`);
    const rows = await this.#rows(detailsSql(this.#tables), parameters, signal);
    const details = new Map(rows.map((row) => [textOf(row[0]), row]));
    return roots.map((root) => listed(root, details.get(textOf(root[0])) ?? []));
  }

  #parameters(): SqlParameters {
    return tableParameters(this.#tables);
  }

  #within(from: bigint, until: bigint): SqlParameters {
    return this.#parameters().set('from', String(from)).set('until', String(until));
  }

  async #rows(sql: string, parameters: SqlParameters, signal: AbortSignal | undefined): Promise<readonly SqlRow[]> {
    const named = Object.fromEntries(
      // Those that the statement has no place for would be refused by none, but tell nothing.
      [...parameters]
        .filter(([name]) => sql.includes(`{${name}:`))
        .map(([name, value]) => [`param_${name}`, escaped(value)]),
    );
    // As plain text, so that a browser asks for nothing before it.
    const headers = { 'content-type': 'text/plain' };
    const answer = await this.#access.json('', { search: named, body: sql, headers, signal });
    const rows = sqlRows(answer);
    if (!rows) throw this.#access.unreadable('');
    return rows;
  }
}

/** The last moment that ClickHouse has a DateTime64 of nanoseconds for. */
const LATEST = 9_223_372_035_999_999_999n;

function nanosOf(millis: number): bigint {
  const nanos = BigInt(Math.floor(millis)) * 1_000_000n + BigInt(Math.round((millis % 1) * 1e6));
  return earlier(LATEST, later(0n, nanos));
}

const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const earlier = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** Values of parameters are read as a field of tab-separated values. */
const escaped = (value: string): string =>
  value.replace(/[\\\t\n\r\0]/g, (letter) => `\\${ESCAPES.get(letter) ?? letter}`);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\t', 't'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\0', '0'],
]);

/** A text as an element of a list. */
const inList = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

function placeOf(cursor: string | undefined): Place | undefined {
  const [, at, width, last] = /^(\d{1,19}) (\d{1,30}) ([^]*)$/.exec(cursor ?? '') ?? [];
  return at === undefined ? undefined : { at: BigInt(at), width: BigInt(width!), last: last! };
}

function listed(root: SqlRow, detail: SqlRow): ListedTrace {
  const [id, at, name, millis, hasFailed, hasSucceeded, session, user, preview] = root;
  const [, start, duration, spans, errors, input, output, total, cost, anySession, anyUser, models, errorTypes] =
    detail;
  const usage = usageOf(numberOf(input), numberOf(output), numberOf(total));
  const isSet = (value: unknown): boolean => value === true || value === 1;
  return listedRow({
    id: textOf(id),
    name: textOf(name),
    start: millisOf(wholeOf(start ?? at)),
    duration: numberOf(duration ?? millis),
    spanCount: numberOf(spans),
    errorCount: numberOf(errors),
    status: isSet(hasFailed) ? 'error' : isSet(hasSucceeded) ? 'ok' : 'unset',
    usage,
    cost: numberOf(cost),
    sessionId: textOf(session) || textOf(anySession) || undefined,
    userId: textOf(user) || textOf(anyUser) || undefined,
    models: textsOf(models).map((model) => ({ model })),
    errorTypes: textsOf(errorTypes),
    input: textOf(preview) || undefined,
  });
}

interface Buckets {
  first: number;
  last: number;
  length: number;
  most: number;
}

/** Also those in which no trace began. */
function bucketsOf(
  rows: readonly SqlRow[],
  calls: readonly SqlRow[],
  { first, last, length, most }: Buckets,
): TimeBucket[] {
  const figures = new Map(rows.map((row) => [numberOf(row[0]), figuresOf(row)]));
  const models = new Map<number | undefined, ModelFigures[]>();
  for (const row of calls) {
    const bucket = numberOf(row[0]);
    const known = models.get(bucket);
    if (known) known.push(modelOf(row));
    else models.set(bucket, [modelOf(row)]);
  }
  const begin = Math.floor(first / length);
  const count = Math.min(most, Math.floor(last / length) - begin + 1);
  return Array.from({ length: count }, (_, place): TimeBucket => {
    const bucket = begin + place;
    return {
      start: bucket * length,
      end: (bucket + 1) * length,
      traces: [],
      ...(figures.get(bucket) ?? NO_FIGURES),
      models: models.get(bucket) ?? [],
      scores: [],
      resources: new Map(),
    };
  });
}

const NO_FIGURES: SqlFigures = {
  count: 0,
  duration: undefined,
  timeToFirstToken: undefined,
  failed: 0,
  tokens: undefined,
  cost: undefined,
};

const NOTHING: TraceMetrics = {
  ...NO_FIGURES,
  range: undefined,
  perHour: undefined,
  errorRate: undefined,
  errorTypes: new Map(),
  isEstimate: false,
  models: [],
  scores: [],
  resources: new Map(),
  buckets: [],
  leftOut: { untimed: 0, undated: 0, outside: 0, withoutTokens: 0, withoutCost: 0 },
};
