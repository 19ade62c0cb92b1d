import { listedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
import { latestIn } from './latest-in.js';
import { isRow, textsIn } from './listed-row.js';
import type {
  LookbackOptions,
  PageRequest,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';
import { newestFirst, TimePages, type FoundTrace, type TimeWindow } from './time-pages.js';

/** Services that are asked where a query names none: Jaeger finds traces of one service only. */
const MOST_SERVICES = 30;
const MICROS_PER_MILLI = 1000;

/**
 * Jaeger, by the API of its own interface: `GET /api/traces` and `/api/traces/{id}` at the port of the interface (16686),
 * in Jaeger 1 and 2 alike (cmd/query/app/query_parser.go). VictoriaTraces answers the same below `/select/jaeger`.
 *
 * It lists whole traces, so a page costs as much as its traces. It has no pages: the list goes back in time. Where a query
 * names no service, all services are asked. A model is looked for in the tag `gen_ai.request.model`, a status in `error`.
 *
 * What is lost of what was sent by OTLP: times below a microsecond, and lists among attributes, which are their JSON text. It
 * adds attributes of its own.
 */
export function jaegerSource(options: LookbackOptions): TraceSource {
  return new JaegerSource(options);
}

class JaegerSource implements TraceSource {
  readonly title = 'Jaeger';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'model',
    'service',
    'from',
    'to',
    'minDuration',
    'maxDuration',
  ]);
  readonly #access: SourceAccess;
  readonly #pages: TimePages;

  constructor(options: LookbackOptions) {
    this.#access = new SourceAccess(options, {
      title: this.title,
      setting: 'extensions.jaeger_query.http.cors.allowed_origins (Jaeger 1: --query.additional-headers)',
    });
    this.#pages = new TimePages(options, MICROS_PER_MILLI);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const window = this.#pages.window(query, cursor);
    if (!window) throw this.#access.unreadable('api/traces', 'The cursor is of another list.');
    const services = query.service === undefined ? await this.#services(signal) : [query.service];
    const asked = services.slice(0, MOST_SERVICES);
    const found = await Promise.all(asked.map((service) => this.#find(query, service, window, signal)));
    // Of a service that has more, nothing is known before its oldest: that comes with the next page.
    const isFull = found.some((traces) => traces.length >= window.limit);
    const known = found
      .filter(({ length }) => length >= window.limit)
      .reduce((most, traces) => Math.max(most, Math.min(...traces.map(({ latest }) => latest))), 0);
    const traces = distinct(found.flat()).filter(({ latest }) => !isFull || latest >= known);
    return {
      traces: newestFirst(traces),
      since: this.#pages.since(query, window),
      ...(services.length > asked.length && {
        incomplete: `Only ${asked.length} of ${services.length} services were asked.`,
      }),
      ...this.#pages.next(window, traces, isFull),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const traces = await this.#access.tracesOrNone(`api/traces/${encodeURIComponent(id)}`, { signal }, 'jaeger');
    return traces[0];
  }

  async #services(signal: AbortSignal | undefined): Promise<readonly string[]> {
    const answer = await this.#access.json('api/services', { signal });
    // Of none it says `null`.
    if (!isRow(answer) || (answer['data'] !== null && !Array.isArray(answer['data']))) {
      throw this.#access.unreadable('api/services');
    }
    return textsIn(answer, 'data');
  }

  async #find(
    { name, status, model, minDuration, maxDuration }: TraceQuery,
    service: string,
    { from, to, limit }: TimeWindow,
    signal: AbortSignal | undefined,
  ): Promise<FoundTrace[]> {
    const tags = {
      ...(status !== undefined && { error: 'true' }),
      ...(model !== undefined && { 'gen_ai.request.model': model }),
    };
    const answer = await this.#access.json('api/traces', {
      signal,
      search: {
        service,
        operation: name,
        start: from,
        end: to,
        limit,
        minDuration: minDuration === undefined ? undefined : `${minDuration}ms`,
        maxDuration: maxDuration === undefined ? undefined : `${maxDuration}ms`,
        tags: Object.keys(tags).length ? JSON.stringify(tags) : undefined,
      },
    });
    if (!isRow(answer) || !Array.isArray(answer['data'])) throw this.#access.unreadable('api/traces');
    const traces = await this.#access.read('api/traces', answer, signal, 'jaeger');
    return traces.map((trace) => ({ trace: listedTrace(trace), latest: latestIn(trace) }));
  }
}

function distinct(found: readonly FoundTrace[]): FoundTrace[] {
  return [...new Map(found.map((one) => [one.trace.id, one])).values()];
}
