import { listedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
import { latestIn } from './latest-in.js';
import type {
  LookbackOptions,
  PageRequest,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';
import { newestFirst, TimePages } from './time-pages.js';

const MICROS_PER_MILLI = 1000;

/**
 * Zipkin, by version 2 of its API: `GET /api/v2/traces` and `/api/v2/trace/{id}` (openzipkin/zipkin-api, zipkin-api.yaml).
 *
 * It lists whole traces, so a page costs as much as its traces. It has no pages: the list goes back in time. A model is
 * looked for in the tag `gen_ai.request.model`, a status in `error`; a name is one of a span, in small letters.
 *
 * What is lost of what a collector sent: times below a microsecond, the kinds of attributes, which are all texts, and links.
 */
export function zipkinSource(options: LookbackOptions): TraceSource {
  return new ZipkinSource(options);
}

class ZipkinSource implements TraceSource {
  readonly title = 'Zipkin';
  readonly language = 'annotationQuery';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'model',
    'service',
    'from',
    'to',
    'minDuration',
    'maxDuration',
    'native',
  ]);
  readonly #access: SourceAccess;
  readonly #pages: TimePages;

  constructor(options: LookbackOptions) {
    this.#access = new SourceAccess(options, { title: this.title, setting: 'zipkin.query.allowed-origins' });
    this.#pages = new TimePages(options, 1);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const path = 'api/v2/traces';
    const window = this.#pages.window(query, cursor);
    if (!window) throw this.#access.unreadable(path, 'The cursor is of another list.');
    const { name, status, model, service, minDuration, maxDuration, native } = query;
    const tags = [status && 'error', model && `gen_ai.request.model=${model}`, native];
    // The end counts itself, and a span began within its last millisecond.
    const endTs = window.to + 1;
    const answer = await this.#access.json(path, {
      signal,
      search: {
        serviceName: service,
        spanName: name?.toLowerCase(),
        annotationQuery: tags.filter(Boolean).join(' and ') || undefined,
        minDuration: minDuration === undefined ? undefined : Math.max(1, Math.round(minDuration * MICROS_PER_MILLI)),
        maxDuration: maxDuration === undefined ? undefined : Math.round(maxDuration * MICROS_PER_MILLI),
        endTs,
        lookback: Math.max(1, endTs - window.from),
        limit: window.limit,
      },
    });
    if (!Array.isArray(answer)) throw this.#access.unreadable(path);
    const traces = await this.#access.read(path, answer, signal, 'zipkin');
    const found = traces.map((trace) => ({ trace: listedTrace(trace), latest: latestIn(trace) }));
    return {
      traces: newestFirst(found),
      ...this.#pages.next(window, found, traces.length >= window.limit),
      since: this.#pages.since(query, window),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const traces = await this.#access.tracesOrNone(`api/v2/trace/${encodeURIComponent(id)}`, { signal }, 'zipkin');
    return traces[0];
  }
}
