import { previewOf, type Score, type Trace, type Usage } from '../model/index.js';

/** What a list shows of a trace: what a store or a backend knows of it before it is read. */
export interface ListedTrace {
  id: string;
  name: string;
  /** Milliseconds since the epoch. */
  start: number;
  /** Milliseconds. */
  duration: number;
  /** 0 where it is not known. */
  spanCount: number;
  status: 'ok' | 'error' | 'unset';
  errorCount: number;
  isRunning: boolean;
  usage?: Usage;
  /** US dollars. */
  cost?: number;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  /** The beginning of what the root was given, in one line. */
  preview?: string | undefined;
  /** Models that were called, and what their calls came to. */
  models?: readonly { model: string; calls?: number; tokens?: number; cost?: number }[];
  /** Milliseconds, of calls that state it. */
  timesToFirstToken?: readonly number[];
  /** What failed, each kind once: a class of exceptions. */
  errorTypes?: readonly string[];
  /** Judgements of its spans. */
  scores?: readonly Score[];
}

const listed = new WeakMap<Trace, ListedTrace>();

/** What a list shows of a trace that was read. */
export function listedTrace(trace: Trace): ListedTrace {
  let summary = listed.get(trace);
  if (!summary) listed.set(trace, (summary = new SummaryOfTrace(trace)));
  return summary;
}

class SummaryOfTrace implements ListedTrace {
  readonly id: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly isRunning: boolean;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly status: ListedTrace['status'];
  readonly usage?: NonNullable<ListedTrace['usage']>;
  readonly cost?: number;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly tags: readonly string[];
  readonly models: readonly { model: string }[];
  readonly #trace: Trace;
  #preview: string | undefined;
  #isPreviewRead = false;

  constructor(trace: Trace) {
    const { usage, cost, sessionId, userId, table } = trace;
    this.#trace = trace;
    this.id = trace.id;
    this.name = trace.name;
    this.start = trace.start;
    this.duration = trace.duration;
    this.isRunning = trace.isRunning;
    this.spanCount = trace.spans.length;
    this.status = trace.spans.at(0)?.status ?? 'unset';
    this.tags = trace.tags;
    const models = new Set<string>();
    let errorCount = 0;
    for (const row of trace.rows) {
      if (table.statuses[row] === 'error') errorCount++;
      const model = table.models[row];
      if (model !== undefined) models.add(model);
    }
    this.errorCount = errorCount;
    this.models = Array.from(models, (model) => ({ model }));
    if (usage) this.usage = usage;
    if (cost !== undefined) this.cost = cost;
    if (sessionId !== undefined) this.sessionId = sessionId;
    if (userId !== undefined) this.userId = userId;
  }

  /** Read when it is shown: it is a detail of a span. */
  get preview(): string | undefined {
    if (!this.#isPreviewRead) this.#preview = previewOf(this.#trace.spans.at(0)?.input);
    this.#isPreviewRead = true;
    return this.#preview;
  }
}
