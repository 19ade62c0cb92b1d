import type { ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
import { amountIn, isRow, listedRow, momentIn, rowIn, rowsIn, textIn, textsIn, type Row } from './listed-row.js';
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

const TRACES = 'api/public/traces';

/**
 * Langfuse, by its public API: `GET /api/public/traces` and `/api/public/traces/{id}`, with
 * `authorization: Basic {base64 of public:secret}` (fern/apis/server/definition/trace.yml).
 *
 * Its pages are numbers, which shift while traces come; so the list goes back in time instead. Inputs are not listed: they
 * may be long. It lets no page of another origin read.
 */
export function langfuseSource(options: LookbackOptions): TraceSource {
  return new LangfuseSource(options);
}

class LangfuseSource implements TraceSource {
  readonly title = 'Langfuse';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'sessionId',
    'userId',
    'tag',
    'from',
    'to',
  ]);
  readonly #access: SourceAccess;
  readonly #pages: TimePages;

  constructor(options: LookbackOptions) {
    this.#access = new SourceAccess(options, { title: this.title });
    // It counts all that there is, so that there is no need to look back less far.
    this.#pages = new TimePages({ pageSize: 50, lookback: Infinity, ...options }, 1);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const window = this.#pages.window(query, cursor);
    if (!window) throw this.#access.unreadable(TRACES, 'The cursor is of another list.');
    const { name, sessionId, userId, tag } = query;
    const answer = await this.#access.json(TRACES, {
      signal,
      search: {
        limit: window.limit,
        name,
        sessionId,
        userId,
        tags: tag,
        fields: 'core,scores,observations,metrics',
        orderBy: 'timestamp.desc',
        fromTimestamp: window.from > 0 ? new Date(window.from).toISOString() : undefined,
        // The end is not asked for itself, and a trace began within its last millisecond.
        toTimestamp: new Date(window.to + 1).toISOString(),
      },
    });
    if (!isRow(answer) || !Array.isArray(answer['data'])) throw this.#access.unreadable(TRACES);
    const found = rowsIn(answer, 'data').map((row) => {
      const trace = rowOf(row);
      return { trace, latest: trace.start };
    });
    return {
      traces: newestFirst(found),
      // Of later pages it is what is left.
      ...(cursor === undefined && { total: amountIn(rowIn(answer, 'meta'), 'totalItems') }),
      ...this.#pages.next(window, found, found.length >= window.limit),
    };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    return (await this.#access.tracesOrNone(`${TRACES}/${encodeURIComponent(id)}`, { signal }, 'langfuse'))[0];
  }
}

function rowOf(row: Row): ListedTrace {
  const latency = amountIn(row, 'latency');
  const observations = row['observations'];
  return listedRow({
    id: textIn(row, 'id') ?? '',
    name: textIn(row, 'name'),
    start: momentIn(row, 'timestamp'),
    // Seconds.
    duration: latency === undefined ? undefined : latency * 1000,
    // Their ids.
    spanCount: Array.isArray(observations) ? observations.length : undefined,
    cost: amountIn(row, 'totalCost'),
    sessionId: textIn(row, 'sessionId'),
    userId: textIn(row, 'userId'),
    tags: textsIn(row, 'tags'),
  });
}
