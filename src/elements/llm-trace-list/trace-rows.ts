import type { StoredSummary } from '../../internal/stored-traces.js';
import { totalTokens } from '../../model/index.js';

/** What traces are put in order by. */
export type TraceOrder = 'start' | 'name' | 'duration' | 'tokens' | 'cost' | 'errors';
/** What traces are put together by. */
export type TraceGrouping = 'session' | 'user' | 'tag' | 'model';

/** Traces that belong together, and what they come to. */
export interface TraceGroup {
  /** Absent for the traces that state none. */
  readonly name: string | undefined;
  readonly traces: readonly StoredSummary[];
  readonly errorCount: number;
  /** Absent where none of the traces states them. */
  readonly tokens: number | undefined;
  /** US dollars. */
  readonly cost: number | undefined;
}

/** A row of the list: a group, or a trace, which is in a group where there are any. */
export interface ListRow {
  /** The same for the same row of another list. */
  readonly key: string;
  readonly group: TraceGroup | undefined;
  /** Absent for the row of a group. */
  readonly trace: StoredSummary | undefined;
  /** From 1, among the rows of its level. */
  readonly place: number;
  readonly count: number;
}

export interface RowsOptions {
  query: string;
  orderBy: TraceOrder;
  ascending: boolean;
  groupBy: TraceGrouping | undefined;
  /** Ids of the only traces that are wanted. */
  only: ReadonlySet<string> | undefined;
  /** Names of groups whose traces are not shown. */
  closed: ReadonlySet<string | undefined>;
}

/** Searches, sorts and groups: the rows in the order in which they are seen. */
export function listRows(traces: readonly StoredSummary[], options: RowsOptions): ListRow[] {
  const found = traces.filter((trace) => (options.only?.has(trace.id) ?? true) && matches(trace, options.query));
  const sorted = inOrder(found, options.orderBy, options.ascending);
  if (!options.groupBy) {
    return sorted.map((trace, at) => ({
      key: trace.id,
      group: undefined,
      trace,
      place: at + 1,
      count: sorted.length,
    }));
  }
  const groups = groupsOf(sorted, options.groupBy);
  const rows: ListRow[] = [];
  groups.forEach((group, at) => {
    const { name } = group;
    const prefix = name === undefined ? '\n' : ` ${name}\n`;
    rows.push({ key: prefix, group, trace: undefined, place: at + 1, count: groups.length });
    if (options.closed.has(name)) return;
    group.traces.forEach((trace, place) => {
      rows.push({ key: `${prefix}${trace.id}`, group, trace, place: place + 1, count: group.traces.length });
    });
  });
  return rows;
}

/** What is searched of a trace, in small letters: typing must not make it anew for each trace. */
const searched = new WeakMap<StoredSummary, string>();

function matches(trace: StoredSummary, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  let text = searched.get(trace);
  if (text === undefined) {
    const { name, id, sessionId = '', userId = '', tags = [] } = trace;
    text = [name, id, sessionId, userId, ...tags].join('\n').toLowerCase();
    searched.set(trace, text);
  }
  return words.every((word) => text.includes(word));
}

/** What a trace is sorted by; `NaN` where it is not known. */
export function figureOf(trace: StoredSummary, by: Exclude<TraceOrder, 'name'>): number {
  switch (by) {
    case 'start':
      return trace.start || NaN;
    case 'duration':
      return trace.isRunning && !trace.duration ? NaN : trace.duration;
    case 'tokens':
      return (trace.usage && totalTokens(trace.usage)) ?? NaN;
    case 'cost':
      return trace.cost ?? NaN;
    case 'errors':
      return trace.errorCount;
  }
}

/** Made when it is needed: making one is dear. */
let collator: Intl.Collator | undefined;

/** Those of which nothing is known come last either way; those that are alike stay newest first. */
function inOrder(traces: readonly StoredSummary[], by: TraceOrder, isAscending: boolean): readonly StoredSummary[] {
  const sign = isAscending ? 1 : -1;
  const order = Uint32Array.from(traces.keys());
  const starts = Float64Array.from(traces, ({ start }) => start);
  const newest = (one: number, other: number): number => starts[other]! - starts[one]! || one - other;
  if (by === 'name') {
    const { compare } = (collator ??= new Intl.Collator(undefined, { numeric: true }));
    order.sort((one, other) => sign * compare(traces[one]!.name, traces[other]!.name) || newest(one, other));
  } else {
    const figures = Float64Array.from(traces, (trace) => figureOf(trace, by));
    order.sort((one, other) => {
      const [figure, against] = [figures[one]!, figures[other]!];
      if (Number.isNaN(figure) || Number.isNaN(against)) {
        return Number(Number.isNaN(figure)) - Number(Number.isNaN(against)) || newest(one, other);
      }
      return sign * (figure - against) || newest(one, other);
    });
  }
  return Array.from(order, (at) => traces[at]!);
}

function namesOf(trace: StoredSummary, by: TraceGrouping): readonly string[] {
  const { sessionId, userId, tags = [], models = [] } = trace;
  switch (by) {
    case 'session':
      return sessionId === undefined ? [] : [sessionId];
    case 'user':
      return userId === undefined ? [] : [userId];
    case 'tag':
      return tags;
    case 'model':
      return models.map(({ model }) => model);
  }
}

/** In the order in which their first traces come. A trace with several tags or models is in several groups. */
function groupsOf(traces: readonly StoredSummary[], by: TraceGrouping): TraceGroup[] {
  const groups = new Map<string | undefined, StoredSummary[]>();
  for (const trace of traces) {
    const names = new Set<string | undefined>(namesOf(trace, by));
    if (names.size === 0) names.add(undefined);
    for (const name of names) {
      const group = groups.get(name);
      if (group) group.push(trace);
      else groups.set(name, [trace]);
    }
  }
  return Array.from(groups, ([name, inside]) => ({
    name,
    traces: inside,
    errorCount: inside.reduce((sum, { errorCount }) => sum + errorCount, 0),
    tokens: sumOf(inside.map(({ usage }) => usage && totalTokens(usage))),
    cost: sumOf(inside.map(({ cost }) => cost)),
  }));
}

/** Where none is known, neither is the sum. */
const sumOf = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((sum, value) => (value === undefined ? sum : (sum ?? 0) + value), undefined);
