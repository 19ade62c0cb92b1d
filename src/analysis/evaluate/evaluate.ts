import type { Score, Span, Trace } from '../../model/index.js';
import { EvaluationCase } from './evaluation-case.js';
import type { Evaluator, Verdict, Verdicts } from './evaluator.js';

/** A score and the span that it is of. Plain data: a worker can post it. */
export interface SpanScore {
  traceId: string;
  spanId: string;
  score: Score;
}

/** An evaluator that failed on a span. */
export interface EvaluationFailure {
  traceId: string;
  spanId: string;
  /** The name of the evaluator. */
  evaluator: string;
  /** What it threw. */
  error: unknown;
}

/** What `evaluate` found. */
export interface Evaluation {
  /** In the order of the spans, and of the evaluators for a span. */
  scores: SpanScore[];
  failures: EvaluationFailure[];
  /** How often an evaluator had nothing to say of a span that it is for: no answer, no expected answer, no label. */
  withoutVerdict: number;
  /** Whether it was ended before everything was judged. What was judged by then is here. */
  isAborted: boolean;
}

export interface EvaluateOptions {
  /** What should have come out of a span, where the page knows it. */
  expected?: (span: Span) => unknown;
  /** Which spans are judged. All where not said otherwise. */
  spans?: (span: Span) => boolean;
  /** How many evaluators are waited for at once. 4 where not said otherwise. */
  concurrency?: number;
  signal?: AbortSignal;
  /** How many of all pairs of span and evaluator are done. Told between two slices of work. */
  onProgress?: (done: number, total: number) => void;
}

/** Milliseconds of work between two rests, in which a page draws and answers. */
const SLICE = 12;

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Judges spans. Each evaluator is on its own: one that throws, or never answers, costs its own scores only. The page is not
 * blocked for longer than one evaluator takes for one span. Ends early by `signal`, with what there is.
 */
export async function evaluate(
  traces: Trace | Iterable<Trace>,
  evaluators: readonly Evaluator[],
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const run = new EvaluationRun(options);
  const all = Symbol.iterator in traces ? [...traces] : [traces];
  const total = all.reduce((sum, { spans }) => sum + spans.length, 0) * evaluators.length;
  let sliceEnd = performance.now() + SLICE;
  let last = -1;
  const tell = (): void => {
    if (run.done !== last) options.onProgress?.((last = run.done), total);
  };
  walk: for (const trace of all) {
    for (const span of trace.spans) {
      const subject = run.caseOf(span, evaluators);
      for (const evaluator of evaluators) {
        while (run.isFull && !run.isAborted) await run.change();
        if (run.isAborted) break walk;
        run.judge(evaluator, span, subject);
        if (performance.now() < sliceEnd) continue;
        tell();
        await rest();
        sliceEnd = performance.now() + SLICE;
      }
    }
  }
  while (run.waiting > 0 && !run.isAborted) {
    tell();
    await run.change();
  }
  if (!run.isAborted) tell();
  return run.result();
}

/** What is known while spans are judged. */
class EvaluationRun {
  waiting = 0;
  done = 0;
  readonly #options: EvaluateOptions;
  readonly #signal: AbortSignal;
  readonly #most: number;
  readonly #scores: { order: number; scores: SpanScore[] }[] = [];
  readonly #failures: { order: number; failure: EvaluationFailure }[] = [];
  #withoutVerdict = 0;
  #begun = 0;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(options: EvaluateOptions) {
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#most = Math.max(1, options.concurrency ?? 4);
    this.#signal.addEventListener('abort', this.#changed);
  }

  get isAborted(): boolean {
    return this.#signal.aborted;
  }

  get isFull(): boolean {
    return this.waiting >= this.#most;
  }

  /** Resolves when an evaluator that was waited for is done, or nobody wants to wait any longer. */
  change(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** The case of a span; `undefined` where nobody judges it. */
  caseOf(span: Span, evaluators: readonly Evaluator[]): EvaluationCase | undefined {
    const { spans, expected } = this.#options;
    try {
      return spans?.(span) === false ? undefined : new EvaluationCase(span, expected?.(span), this.#signal);
    } catch (error) {
      // What the page asks of a span fails for every evaluator alike.
      for (const { name } of evaluators) this.#fail(this.#begun, name, span, error);
      return undefined;
    }
  }

  judge(evaluator: Evaluator, span: Span, subject: EvaluationCase | undefined): void {
    const order = this.#begun++;
    const fail = (error: unknown): void => this.#fail(order, evaluator.name, span, error);
    try {
      const verdicts = subject && evaluator.isFor(span) ? evaluator.judge(subject) : [];
      if (!isPromise(verdicts)) this.#take(order, evaluator, span, verdicts);
      else {
        this.waiting++;
        void verdicts
          .then((given) => this.#take(order, evaluator, span, given))
          .catch(fail)
          .finally(() => {
            this.waiting--;
            this.done++;
            this.#changed();
          });
        return;
      }
    } catch (error) {
      fail(error);
    }
    this.done++;
  }

  result(): Evaluation {
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#changed);
    // Those that were waited for came in any order.
    return {
      scores: this.#scores.sort((one, other) => one.order - other.order).flatMap(({ scores }) => scores),
      failures: this.#failures.sort((one, other) => one.order - other.order).map(({ failure }) => failure),
      withoutVerdict: this.#withoutVerdict,
      isAborted: this.isAborted,
    };
  }

  readonly #changed = (): void => this.#wake?.();

  #fail(order: number, evaluator: string, { traceId, id }: Span, error: unknown): void {
    if (this.#isOver) return;
    this.#failures.push({ order, failure: { traceId, spanId: id, evaluator, error } });
  }

  #take(order: number, { name, source }: Evaluator, { traceId, id }: Span, verdicts: Verdicts): void {
    if (this.#isOver) return;
    if (verdicts === undefined) {
      this.#withoutVerdict++;
      return;
    }
    const given: readonly Verdict[] = 'length' in verdicts ? verdicts : [verdicts];
    if (given.length === 0) return;
    const scores = given.map((verdict) => ({
      traceId,
      spanId: id,
      score: { source, ...checked(verdict), name: verdict.name ?? name },
    }));
    this.#scores.push({ order, scores });
  }
}

const isPromise = (value: Verdicts | Promise<Verdicts>): value is Promise<Verdicts> =>
  typeof (value as { then?: unknown } | undefined)?.then === 'function';

/** @throws {TypeError} for what is no score: it could not be written down */
function checked({ value, label, explanation }: Verdict): Omit<Score, 'name'> {
  if (value !== undefined && !['number', 'string', 'boolean'].includes(typeof value)) {
    throw new TypeError(`The value of a score is a number, a text or a truth, not ${typeof value}.`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`The value of a score is ${value}.`);
  return {
    ...(value !== undefined && { value }),
    ...(label !== undefined && { label }),
    ...(explanation !== undefined && { explanation }),
  };
}
