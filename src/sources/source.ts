import type { ListedTrace, TraceMetrics } from '../analysis/index.js';
import type { Trace } from '../model/index.js';

/** What traces of a backend are chosen by. What is absent does not limit them. */
export interface TraceQuery {
  /** A name: of the trace, or of any of its spans where that is what the backend looks at. */
  name?: string;
  /** Only traces in which something failed. */
  status?: 'error';
  /** A model that was called. */
  model?: string;
  /** What sent the spans: `service.name`. */
  service?: string;
  sessionId?: string;
  userId?: string;
  tag?: string;
  /** Traces that began from here… in milliseconds since the epoch. */
  from?: number;
  /** …and before here. */
  to?: number;
  /** Traces that took at least this long, in milliseconds. */
  minDuration?: number;
  /** Traces that took at most this long, in milliseconds. */
  maxDuration?: number;
  /** A query in the backend's own language, passed on as it is (`TraceSource.language`). */
  native?: string;
}

/** A field of a query. */
export type TraceFilter = keyof TraceQuery;

/** Of what a request may be ended by. */
export interface SourceRequest {
  signal?: AbortSignal | undefined;
}

/** Which page of a list is wanted. */
export interface PageRequest extends SourceRequest {
  /** `cursor` of the page before; absent for the first page. */
  cursor?: string | undefined;
}

/** Some of the traces that a query asks for, the newest first where the backend puts them in order. */
export interface TracePage {
  readonly traces: readonly ListedTrace[];
  /** What asks for the page after this one; absent for the last one. It means something to its source only. */
  readonly cursor?: string | undefined;
  /** How many traces the query finds, where the backend counts them. */
  readonly total?: number | undefined;
  /** How far back the list goes, in milliseconds since the epoch, where the query does not say it and the backend wants it. */
  readonly since?: number | undefined;
  /** Why some traces may be missing, as the backend says it: it gave up, or some of its parts did not answer. */
  readonly incomplete?: string | undefined;
}

/** What `summarise` works out. */
export interface SummaryRequest extends SourceRequest {
  /** How many stretches of time there may be at most: 60 where it is absent. */
  buckets?: number;
}

/**
 * A backend that has traces, as views read from it: a page of summaries at a time, and one trace whole. It keeps nothing.
 * Everything that it gives is data of others.
 *
 * All methods reject with a `TraceSourceError`, which says what happened and what to do, and with the signal's reason once
 * that is aborted.
 */
export interface TraceSource {
  /** The backend, as people call it: “Jaeger”. */
  readonly title: string;
  /** Fields of a query that the backend itself filters by. It ignores the others: a view says so. */
  readonly filters: ReadonlySet<TraceFilter>;
  /** The language of `TraceQuery.native`, where the backend has one: “TraceQL”. */
  readonly language?: string | undefined;
  /** The next page of the traces that a query asks for. A trace may come twice, on two pages. */
  list(query: TraceQuery, request?: PageRequest): Promise<TracePage>;
  /** A trace; `undefined` where the backend has none of this id. */
  trace(id: string, request?: SourceRequest): Promise<Trace | undefined>;
  /** Figures of all traces that a query asks for, worked out by the backend. Its buckets hold no `traces`. */
  summarise?(query: TraceQuery, request?: SummaryRequest): Promise<TraceMetrics>;
}

/** Where a backend is, and what opens it. */
export interface SourceOptions {
  /** The backend's address, without the path of its API: `http://localhost:16686`, or `/jaeger` for a relay of the page's own. */
  url: string;
  /** Gives the headers of a request, such as a key. It is asked before each request; what it gives is not kept. */
  headers?: (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies go with a request: `same-origin` where it is absent. */
  credentials?: RequestCredentials | undefined;
  /** Milliseconds without a byte after which a request is given up: 30,000 where it is absent. */
  timeout?: number | undefined;
  /** Traces on a page, within what the backend allows. */
  pageSize?: number | undefined;
}

/** A backend that searches a stretch of time only. */
export interface LookbackOptions extends SourceOptions {
  /** Milliseconds that a list goes back where the query has no `from`: 7 days where it is absent. A page says it (`since`). */
  lookback?: number | undefined;
}
