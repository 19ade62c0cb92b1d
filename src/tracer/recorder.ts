import type { RecordedSpan } from '../model/index.js';
import { Clock } from './clock.js';
import { Masker, type MaskHook } from './masking.js';
import { safeValue } from './safe-value.js';
import type { FlushResult, SpanSink } from './span-sink.js';

export interface RecorderOptions {
  sinks: readonly SpanSink[];
  /**
   * How much of what was said is recorded. `full`: all of it, without secrets. `masked`: also without e-mail addresses,
   * card numbers and the like. `none`: nothing that went in or came out.
   */
  content: 'full' | 'masked' | 'none';
  mask?: MaskHook | undefined;
}

/** Fields of a span that hold what was said. */
const CONTENT = new Set(['input', 'output', 'messages', 'documents', 'inputDocuments', 'prompt']);

/** The tracer's way to its sinks: copies, masks, and keeps its own failures from the application. */
export class Recorder {
  readonly clock = new Clock();
  /** Failures inside the tracer that the application did not see. */
  failures = 0;
  readonly #sinks: readonly SpanSink[];
  readonly #content: RecorderOptions['content'];
  readonly #masker: Masker;
  readonly #late = new Set<Promise<void>>();

  constructor({ sinks, content, mask }: RecorderOptions) {
    this.#sinks = sinks;
    this.#content = content;
    this.#masker = new Masker({ personal: content === 'masked', mask });
  }

  get masked(): number {
    return this.#masker.masked;
  }

  /** A copy of a value that is safe to keep; `undefined` where the field is not to be recorded. */
  copy(field: string, value: unknown): unknown {
    if (value === undefined || (this.#content === 'none' && CONTENT.has(field))) return undefined;
    return this.#masker.mask(safeValue(value), field);
  }

  /** Texts that are always there: names, status messages. */
  text(value: unknown): string {
    const copy = safeValue(value);
    return this.#masker.text(typeof copy === 'string' ? copy : JSON.stringify(copy));
  }

  started(span: RecordedSpan): void {
    for (const sink of this.#sinks) this.guard(() => sink.started(span));
  }

  ended(span: RecordedSpan): void {
    for (const sink of this.#sinks) this.guard(() => sink.ended(span));
  }

  /** Runs what has to be done before a span can end. A flush waits for it. */
  late(work: () => Promise<void>, done: () => void): void {
    const running: Promise<void> = work()
      .catch(() => {
        this.failures++;
      })
      .then(() => {
        this.#late.delete(running);
        done();
      });
    this.#late.add(running);
  }

  async flush(): Promise<FlushResult> {
    await Promise.all(this.#late);
    const result: FlushResult = { stored: 0, dropped: 0 };
    // The first sink is the store: what it says is what counts. The others are waited for.
    const results = await Promise.allSettled(this.#sinks.map((sink) => sink.flush()));
    const [first] = results;
    if (first?.status === 'fulfilled') Object.assign(result, first.value);
    this.failures += results.filter(({ status }) => status === 'rejected').length;
    return result;
  }

  /** Runs the tracer's own code: whatever it throws is counted and stays here. */
  guard(work: () => void): void {
    try {
      work();
    } catch {
      this.failures++;
    }
  }
}
