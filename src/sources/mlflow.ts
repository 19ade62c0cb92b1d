import type { ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { isMissing, SourceAccess } from './access.js';
import { amountIn, isRow, listedRow, momentIn, rowIn, rowsIn, textIn, usageOf, type Row } from './listed-row.js';
import type {
  PageRequest,
  SourceOptions,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';

/** What an MLflow is read with. */
export interface MlflowOptions extends SourceOptions {
  /** Ids of the experiments whose traces are listed: `0`, the default one, where it is absent. */
  experiments?: readonly string[] | undefined;
}

const SEARCH = 'api/3.0/mlflow/traces/search';
const GET = 'api/3.0/mlflow/traces/get';

/**
 * MLflow 3, by its REST API: `POST /api/3.0/mlflow/traces/search` and `GET /api/3.0/mlflow/traces/get`, which servers with a
 * database behind them answer (mlflow/server/handlers.py). Conditions are put into the language of its search.
 *
 * What is lost of what was sent by OTLP: the name of the service, the cost of a model whose price it knows, and in lists the
 * name of the trace. It puts `tr-` before ids of traces, and adds attributes of its own.
 */
export function mlflowSource(options: MlflowOptions): TraceSource {
  return new MlflowSource(options);
}

class MlflowSource implements TraceSource {
  readonly title = 'MLflow';
  readonly language = 'MLflow filter';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'sessionId',
    'userId',
    'from',
    'to',
    'minDuration',
    'maxDuration',
    'native',
  ]);
  readonly #access: SourceAccess;
  readonly #locations: readonly unknown[];
  readonly #pageSize: number;

  constructor(options: MlflowOptions) {
    this.#access = new SourceAccess(options, { title: this.title, setting: '--cors-allowed-origins' });
    this.#locations = (options.experiments ?? ['0']).map((id) => ({
      type: 'MLFLOW_EXPERIMENT',
      mlflow_experiment: { experiment_id: id },
    }));
    this.#pageSize = Math.min(500, options.pageSize ?? 50);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const answer = await this.#access.json(SEARCH, {
      signal,
      isNextPage: cursor !== undefined,
      body: {
        locations: this.#locations,
        filter: filterOf(query),
        max_results: this.#pageSize,
        order_by: ['timestamp_ms DESC'],
        ...(cursor !== undefined && { page_token: cursor }),
      },
    });
    // Of an empty list it leaves out the field.
    if (!isRow(answer) || (answer['traces'] !== undefined && !Array.isArray(answer['traces']))) {
      throw this.#access.unreadable(SEARCH);
    }
    return { traces: rowsIn(answer, 'traces').map(rowOf), cursor: textIn(answer, 'next_page_token') };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    try {
      const search = { trace_id: id, allow_partial: true };
      return (await this.#access.traces(GET, { signal, search }, 'mlflow'))[0];
    } catch (error) {
      // Where the request itself is unknown, the answer is no JSON with a code.
      if (isMissing(error) && (error as { answer?: string }).answer !== undefined) return undefined;
      throw error;
    }
  }
}

function filterOf({ name, status, sessionId, userId, from, to, minDuration, maxDuration, native }: TraceQuery): string {
  return [
    name !== undefined && `trace.name ILIKE ${quoted(`%${name}%`)}`,
    status && "trace.status = 'ERROR'",
    sessionId !== undefined && `metadata.\`mlflow.trace.session\` LIKE ${quoted(sessionId)}`,
    userId !== undefined && `metadata.\`mlflow.trace.user\` LIKE ${quoted(userId)}`,
    from !== undefined && `trace.timestamp_ms >= ${Math.floor(from)}`,
    to !== undefined && `trace.timestamp_ms < ${Math.ceil(to)}`,
    minDuration !== undefined && `trace.execution_time_ms >= ${Math.floor(minDuration)}`,
    maxDuration !== undefined && `trace.execution_time_ms <= ${Math.ceil(maxDuration)}`,
    native?.trim(),
  ]
    .filter(Boolean)
    .join(' AND ');
}

/** Its language has no escapes: a text that holds one quotation mark stands in the other; of both, one is any character. */
const quoted = (text: string): string => (text.includes("'") ? `"${text.replaceAll('"', '_')}"` : `'${text}'`);

function rowOf(row: Row): ListedTrace {
  const metadata = rowIn(row, 'trace_metadata');
  const tags = rowIn(row, 'tags');
  const tokens = jsonIn(metadata, 'mlflow.trace.tokenUsage');
  const sizes = jsonIn(metadata, 'mlflow.trace.sizeStats');
  const state = textIn(row, 'state');
  return listedRow({
    id: textIn(row, 'trace_id') ?? '',
    name: textIn(tags, 'mlflow.traceName') ?? textIn(metadata, 'mlflow.traceName'),
    start: momentIn(row, 'request_time'),
    duration: amountIn(row, 'execution_duration_ms') ?? secondsIn(row, 'execution_duration'),
    spanCount: amountIn(sizes, 'num_spans'),
    status: state === 'ERROR' ? 'error' : state === 'OK' ? 'ok' : 'unset',
    errorCount: state === 'ERROR' ? 1 : 0,
    isRunning: state === 'IN_PROGRESS',
    usage: usageOf(
      amountIn(tokens, 'input_tokens'),
      amountIn(tokens, 'output_tokens'),
      amountIn(tokens, 'total_tokens'),
    ),
    cost: amountIn(jsonIn(metadata, 'mlflow.trace.cost'), 'total_cost'),
    sessionId: textIn(metadata, 'mlflow.trace.session'),
    userId: textIn(metadata, 'mlflow.trace.user'),
    input: row['request_preview'],
  });
}

/** Milliseconds of a duration as protobuf writes it: `1.5s`. */
function secondsIn(row: Row, name: string): number | undefined {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(textIn(row, name) ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** What stands as JSON in a text. */
function jsonIn(row: Row, name: string): Row {
  try {
    const value: unknown = JSON.parse(textIn(row, name) ?? '{}');
    return isRow(value) ? value : {};
  } catch {
    return {};
  }
}
