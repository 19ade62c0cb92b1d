import type { RecordedSpan } from '../model/index.js';
import { Clock } from './clock.js';
import { inTime } from './in-time.js';
import { Masker, type MaskHook } from './masking.js';
import { isShort, safeValue } from './safe-value.js';
import type { SpanOptions } from './span-facts.js';
import type { FlushResult, SpanSink } from './span-sink.js';
import { SpanStarter } from './span-starter.js';
import type { TracerOptions } from './tracer.js';
import { TracerSpan } from './tracer-span.js';

/** What a tracer has done so far. */
export interface TracerStatus {
  /** Failures inside the tracer, of its hooks and of its sinks, that the application did not see. */
  failures: number;
  /** Secrets that were found. */
  masked: number;
  /** Spans that have begun and not ended. */
  open: number;
  /** What spans were told after their end, and is not recorded. */
  tooLate: number;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Fields of a span that hold what was said. */
const CONTENT = /^(?:input|output|messages|(?:inputD|d)ocuments|prompt)$/;

/** Everything that may be personal, and more: until what knows better is loaded, such texts are left out as a whole. */
const MAYBE_PERSONAL = /@|(?:\d\D{0,2}){4}|(?:[\da-f]*:){2}/i;

/** Begins roots, and takes spans to their sinks: copies, masks, and keeps its own failures from the application. */
export class Recorder extends SpanStarter {
  readonly clock = new Clock();
  readonly status: TracerStatus = { failures: 0, masked: 0, open: 0, tooLate: 0 };
  readonly options: TracerOptions;
  /** What every root has that is not told otherwise. */
  readonly root: object;
  readonly #sinks: readonly SpanSink[];
  readonly #masker = new Masker(this.status);
  readonly #hook: MaskHook | undefined;
  readonly #late = new Set<Promise<unknown>>();

  constructor({ store, exporters = [], ...options }: TracerOptions) {
    super();
    const { content, mask, sessionId, userId, tags, metadata } = options;
    this.options = options;
    this.root = { sessionId, userId, tags, metadata };
    this.#sinks = store ? [store, ...exporters] : exporters;
    this.#hook = mask && ((value, path) => this.#ruled(mask, value, path));
    if (content === 'masked') {
      this.#masker.personal = (text) => (MAYBE_PERSONAL.test(text) ? '[masked]' : text);
      this.late(async () => {
        this.#masker.personal = (await import('../redaction/mask-personal.js')).maskPersonal;
      });
    }
  }

  start(name: string, options?: SpanOptions): TracerSpan {
    return new TracerSpan(this, name, options);
  }

  /** Whether a trace that begins in this page is recorded. */
  isSampled(name: string, options: SpanOptions): boolean {
    const { sample = 1 } = this.options;
    let decision = true;
    this.guard(() => {
      decision = typeof sample === 'function' ? sample(name, options) : !(Math.random() >= sample);
    });
    return decision;
  }

  /** A copy of a value that is safe to keep; `undefined` where the field is not to be recorded. */
  copy(field: string, value: unknown): unknown {
    if (value === undefined || (this.options.content === 'none' && CONTENT.test(field))) return undefined;
    return safeValue(value, field, this.#masker, this.#hook);
  }

  /** Attributes with copies of others added. Most are plain, and need no more than a look. */
  withAttributes(before: Attributes | undefined, given: object): Attributes {
    const added: Record<string, unknown> = { ...given };
    const odd: [string, unknown][] = [];
    for (const name of Object.keys(added)) {
      const value = added[name];
      if (this.#hook || !this.#masker.isPlainName(name)) {
        odd.push([name, value]);
        delete added[name];
      } else if (isShort(value)) {
        const text = this.#masker.text(value);
        if (text !== value) added[name] = text;
      } else if (value === undefined) delete added[name];
      else if (typeof value !== 'boolean' && !(Number.isFinite(value) && !Object.is(value, -0))) {
        added[name] = safeValue(value, name, this.#masker);
      }
    }
    if (odd.length) Object.assign(added, this.copy('attributes', Object.fromEntries(odd)));
    return before ? { ...before, ...added } : added;
  }

  /** A copy of a value for those who look into it before it is recorded. */
  snapshot(value: unknown): unknown {
    return safeValue(value, '', this.#masker);
  }

  /** Texts that are always there: names, status messages. */
  text(field: string, value: unknown): string {
    const copy = safeValue(value, field, this.#masker, this.#hook);
    return typeof copy === 'string' ? copy : JSON.stringify(copy);
  }

  started(span: RecordedSpan): void {
    for (const sink of this.#sinks) this.guard(() => sink.started(span));
  }

  ended(span: RecordedSpan): void {
    for (const sink of this.#sinks) this.guard(() => sink.ended(span));
  }

  /** Runs what has to be done before a span can end. A flush waits for it. */
  late(work: () => Promise<void>, done?: () => void): void {
    const running = work()
      .catch(() => this.status.failures++)
      .then(() => {
        this.#late.delete(running);
        done?.();
      });
    this.#late.add(running);
  }

  async flush(): Promise<FlushResult> {
    await inTime(Promise.all(this.#late)).catch(() => this.status.failures++);
    const results = await Promise.allSettled(this.#sinks.map(async (sink) => inTime(sink.flush())));
    for (const { status } of results) if (status === 'rejected') this.status.failures++;
    // The first sink is the store: what it says is what counts. The others are waited for.
    const [first] = results;
    return first?.status === 'fulfilled' ? first.value : { stored: 0, dropped: 0 };
  }

  /** Runs the tracer's own code: whatever it throws is counted and stays here. */
  guard(work: () => void): void {
    try {
      work();
    } catch {
      this.status.failures++;
    }
  }

  /** What a rule of the page makes of a value. Nobody waits for one that gives a promise. */
  #ruled(mask: MaskHook, value: unknown, path: string): unknown {
    let result: unknown = '[dropped: the masking rule failed]';
    this.guard(() => {
      const ruled = mask(value, path);
      if (!(ruled instanceof Promise)) result = ruled;
      else {
        ruled.catch(() => {});
        this.status.failures++;
      }
    });
    return result;
  }
}
