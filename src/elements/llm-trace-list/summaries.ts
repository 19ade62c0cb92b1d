import type { StoredSummary } from '../../internal/stored-traces.js';
import { previewOf, type Trace } from '../../model/index.js';

const summaries = new WeakMap<Trace, StoredSummary>();

/** What a store would say of a trace that was read. */
export function summaryOf(trace: Trace): StoredSummary {
  let summary = summaries.get(trace);
  if (!summary) summaries.set(trace, (summary = new TraceSummary(trace)));
  return summary;
}

class TraceSummary implements StoredSummary {
  readonly id: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly isRunning: boolean;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly status: StoredSummary['status'];
  readonly usage?: NonNullable<StoredSummary['usage']>;
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
