import { listedTrace, type ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { isMissing, SourceAccess } from './access.js';
import { amountIn, isRow, rowsIn, textIn, usageOf } from './listed-row.js';
import type {
  PageRequest,
  SourceOptions,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';

/** What a Phoenix is read with. */
export interface PhoenixOptions extends SourceOptions {
  /** Name or id of the project: `default` where it is absent. */
  project?: string | undefined;
}

/** Spans that Phoenix gives at once. */
const SPANS = 1000;

/**
 * Arize Phoenix, by its REST API: `GET /v1/projects/{project}/traces` (from 13.15 on; filters need 20) and `…/spans`
 * (src/phoenix/server/api/routers/v1). A status and a duration are asked for in its language of filters.
 *
 * What is lost of what was sent by OTLP, with OpenInference's attributes: times below a microsecond, the name of the service,
 * and the object of metadata, of which each value is an attribute. It adds attributes of its own.
 */
export function phoenixSource(options: PhoenixOptions): TraceSource {
  return new PhoenixSource(options);
}

class PhoenixSource implements TraceSource {
  readonly title = 'Arize Phoenix';
  readonly language = 'Phoenix filter';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'status',
    'sessionId',
    'from',
    'to',
    'minDuration',
    'maxDuration',
    'native',
  ]);
  readonly #access: SourceAccess;
  readonly #project: string;
  readonly #pageSize: number;

  constructor(options: PhoenixOptions) {
    this.#access = new SourceAccess(options, { title: this.title, setting: 'PHOENIX_ALLOWED_ORIGINS' });
    this.#project = `v1/projects/${encodeURIComponent(options.project ?? 'default')}`;
    this.#pageSize = Math.min(1000, options.pageSize ?? 50);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const { status, sessionId, from, to, minDuration, maxDuration, native } = query;
    const filters = [
      status && 'error_count > 0',
      minDuration !== undefined && `latency_ms >= ${minDuration}`,
      maxDuration !== undefined && `latency_ms <= ${maxDuration}`,
      native?.trim() && `(${native.trim()})`,
    ].filter(Boolean);
    const path = `${this.#project}/traces`;
    const answer = await this.#access.json(path, {
      signal,
      isNextPage: cursor !== undefined,
      search: {
        limit: this.#pageSize,
        // The name of a trace is that of its first span.
        include_spans: true,
        cursor,
        session_identifier: sessionId,
        start_time: from === undefined ? undefined : new Date(from).toISOString(),
        end_time: to === undefined ? undefined : new Date(to).toISOString(),
        filter: filters.join(' and ') || undefined,
      },
    });
    if (!isRow(answer) || !Array.isArray(answer['data'])) throw this.#access.unreadable(path);
    const rows = rowsIn(answer, 'data');
    const traces = rows.length ? await this.#access.read(path, answer, signal, 'phoenix') : [];
    const read = new Map(traces.map((trace) => [trace.id, listedTrace(trace)]));
    return {
      traces: rows.flatMap((row): ListedTrace[] => {
        const trace = read.get(textIn(row, 'trace_id') ?? '');
        if (!trace) return [];
        // It counts 0 where no span states any.
        const isCounted = amountIn(row, 'token_count_total') !== 0;
        const [input, output] = [amountIn(row, 'token_count_prompt'), amountIn(row, 'token_count_completion')];
        const usage = isCounted ? usageOf(input, output) : undefined;
        return [{ ...trace, preview: undefined, ...(usage && { usage }) }];
      }),
      cursor: textIn(answer, 'next_cursor'),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const path = `${this.#project}/spans`;
    const pages: unknown[] = [];
    let cursor: string | undefined;
    try {
      do {
        const page = await this.#access.json(path, { signal, search: { trace_id: id, limit: SPANS, cursor } });
        if (!isRow(page) || !Array.isArray(page['data'])) throw this.#access.unreadable(path);
        if (page['data'].length) pages.push(page);
        cursor = textIn(page, 'next_cursor');
      } while (cursor !== undefined);
    } catch (error) {
      if (isMissing(error) && pages.length === 0) return undefined;
      throw error;
    }
    return pages.length ? (await this.#access.read(path, pages, signal, 'phoenix'))[0] : undefined;
  }
}
