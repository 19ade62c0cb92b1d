import type { ListedTrace } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { SourceAccess } from './access.js';
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
  PageRequest,
  SourceOptions,
  SourceRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';

/** What a LangSmith is read with. */
export interface LangSmithOptions extends SourceOptions {
  /** Id of the project whose traces are listed (LangSmith's API calls it a session). */
  projectId: string;
}

const QUERY = 'api/v1/runs/query';
/** Runs that it gives at once. */
const RUNS = 100;
/** What a list shows of a run: inputs and outputs may be long. */
const SELECT = [
  'id',
  'trace_id',
  'name',
  'run_type',
  'start_time',
  'end_time',
  'status',
  'error',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'total_cost',
  'inputs_preview',
  'tags',
  'extra',
];

/**
 * LangSmith: `POST /api/v1/runs/query`, with `x-api-key: {key}` (js/src/client.ts of its SDK, `listRuns`). A trace is the
 * run that has no parent, and the runs below it. It lets no page of another origin read.
 */
export function langSmithSource(options: LangSmithOptions): TraceSource {
  return new LangSmithSource(options);
}

class LangSmithSource implements TraceSource {
  readonly title = 'LangSmith';
  readonly language = 'LangSmith filter';
  readonly filters: ReadonlySet<TraceFilter> = new Set<TraceFilter>([
    'name',
    'status',
    'model',
    'sessionId',
    'tag',
    'from',
    'to',
    'minDuration',
    'maxDuration',
    'native',
  ]);
  readonly #access: SourceAccess;
  readonly #projectId: string;
  readonly #pageSize: number;

  constructor(options: LangSmithOptions) {
    this.#access = new SourceAccess(options, { title: this.title });
    this.#projectId = options.projectId;
    this.#pageSize = Math.min(RUNS, options.pageSize ?? 50);
  }

  async list(query: TraceQuery, { cursor, signal }: PageRequest = {}): Promise<TracePage> {
    const { status, model, from, to } = query;
    const filter = filterOf(query);
    const { runs, next } = await this.#runs({
      signal,
      cursor,
      body: {
        session: [this.#projectId],
        is_root: true,
        limit: this.#pageSize,
        select: SELECT,
        ...(status && { error: true }),
        ...(from !== undefined && { start_time: new Date(from).toISOString() }),
        ...(to !== undefined && { end_time: new Date(to).toISOString() }),
        ...(filter && { filter }),
        ...(model !== undefined && { tree_filter: metadata(['ls_model_name'], model) }),
      },
    });
    return { traces: runs.map(rowOf), cursor: next };
  }

  async trace(id: string, { signal }: SourceRequest = {}): Promise<Trace | undefined> {
    const all: Row[] = [];
    let cursor: string | undefined;
    do {
      const body = { session: [this.#projectId], trace: id, limit: RUNS };
      const { runs, next } = await this.#runs({ signal, cursor, body });
      for (const run of runs) all.push(run);
      cursor = next;
    } while (cursor !== undefined);
    return all.length ? (await this.#access.read(QUERY, { runs: all }, signal, 'langsmith'))[0] : undefined;
  }

  async #runs(question: {
    signal: AbortSignal | undefined;
    cursor: string | undefined;
    body: Readonly<Record<string, unknown>>;
  }): Promise<{ runs: readonly Row[]; next: string | undefined }> {
    const { signal, cursor, body } = question;
    const answer = await this.#access.json(QUERY, {
      signal,
      isNextPage: cursor !== undefined,
      body: { ...body, ...(cursor !== undefined && { cursor }) },
    });
    if (!isRow(answer) || !Array.isArray(answer['runs'])) throw this.#access.unreadable(QUERY);
    return { runs: rowsIn(answer, 'runs'), next: textIn(rowIn(answer, 'cursors'), 'next') };
  }
}

const quoted = (text: string): string => JSON.stringify(text);

const metadata = (keys: readonly string[], value: string): string =>
  `and(in(metadata_key, ${JSON.stringify(keys)}), eq(metadata_value, ${quoted(value)}))`;

function filterOf({ name, sessionId, tag, minDuration, maxDuration, native }: TraceQuery): string {
  const conditions = [
    name !== undefined && `eq(name, ${quoted(name)})`,
    sessionId !== undefined && metadata(['session_id', 'conversation_id', 'thread_id'], sessionId),
    tag !== undefined && `has(tags, ${quoted(tag)})`,
    minDuration !== undefined && `gte(latency, ${minDuration / 1000})`,
    maxDuration !== undefined && `lte(latency, ${maxDuration / 1000})`,
    native?.trim(),
  ].filter(Boolean);
  return conditions.length > 1 ? `and(${conditions.join(', ')})` : (conditions[0] ?? '').toString();
}

function rowOf(run: Row): ListedTrace {
  const start = momentIn(run, 'start_time');
  const end = momentIn(run, 'end_time');
  const status = textIn(run, 'status');
  const isError = status === 'error' || textIn(run, 'error') !== undefined;
  const facts = rowIn(rowIn(run, 'extra'), 'metadata');
  return listedRow({
    id: textIn(run, 'trace_id') ?? textIn(run, 'id') ?? '',
    name: textIn(run, 'name'),
    start,
    duration: start === undefined || end === undefined ? undefined : Math.max(0, end - start),
    status: isError ? 'error' : status === 'success' ? 'ok' : 'unset',
    errorCount: isError ? 1 : 0,
    isRunning: end === undefined,
    usage: usageOf(amountIn(run, 'prompt_tokens'), amountIn(run, 'completion_tokens'), amountIn(run, 'total_tokens')),
    cost: amountIn(run, 'total_cost'),
    sessionId: textIn(facts, 'thread_id') ?? textIn(facts, 'session_id') ?? textIn(facts, 'conversation_id'),
    tags: textsIn(run, 'tags'),
    input: run['inputs_preview'],
  });
}
