import type { PropertyValues, ReactiveController } from 'lit';
import { fetchTrace } from '../../internal/fetch-trace.js';
import { InlineJson } from '../../internal/inline-json.js';
import { LiveClock } from '../../internal/live-clock.js';
import { StoreFollower, type StoredTraces } from '../../internal/stored-traces.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import type { TraceSource } from '../../sources/source.js';
import { LlmTraceErrorEvent, LlmTraceLoadEvent } from '../events/index.js';
import { LiveSource, liveWay } from './live-source.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { LoadState } from './load-state.js';
import { originalOf, reopened } from './share-original.js';
import { TraceLoader, type LoaderHost, type OpenSource } from './trace-loader.js';

/**
 * Where the traces of a view come from: its properties, what it is given by methods, a store, a script inside it. Whichever
 * came last is the one that counts.
 */
export class TraceSources implements ReactiveController {
  readonly #view: LlmTraceView;
  /** The properties whose loads have begun. */
  #taken: { data?: unknown; src?: string | undefined; live?: string | undefined } = {};
  /** The source that is being read, where it can be opened again. */
  #source: OpenSource | undefined;
  /** The source that failed, where it can be opened again. */
  #failed: OpenSource | undefined;
  /** What gives what is being read once more, as it is, and what is shown. */
  #given: (() => Promise<unknown>) | undefined;
  #original: (() => Promise<unknown>) | undefined;
  readonly #loader: TraceLoader;
  readonly #clock: LiveClock;
  readonly #live: LiveSource;
  readonly #follower: StoreFollower;
  readonly #inline: InlineJson;

  constructor(
    view: LlmTraceView,
    shown: Pick<LoaderHost, 'prepare' | 'figures' | 'asksAllSpans' | 'beforeShown' | 'afterShown'>,
  ) {
    this.#view = view;
    this.#loader = new TraceLoader({
      changed: () => view.requestUpdate(),
      ...shown,
      shown: () => {
        this.#source = undefined;
        this.#original = this.#given;
      },
      loaded: (traces) => {
        view.dispatchEvent(new LlmTraceLoadEvent({ traces }));
      },
      failed: (error) => {
        this.#failed = this.#source;
        this.#source = undefined;
        view.dispatchEvent(new LlmTraceErrorEvent({ error }));
      },
    });
    this.#clock = new LiveClock(view);
    this.#live = new LiveSource(view, {
      load: (open) => {
        this.#source = this.#given = undefined;
        return this.#hear(this.#loader.load(open, view.format));
      },
      renew: (input) => this.#hear(this.#loader.renew(input, view.format)),
      append: (input) => this.#hear(this.#loader.append(input, view.format)),
      failed: (error) => this.#loader.fail(error),
    });
    this.#follower = new StoreFollower(view, {
      refresh: (store, isNews) => this.#showStored(store, isNews),
      concerns: (traceIds) => view.traceId === undefined || traceIds.includes(view.traceId),
    });
    this.#inline = new InlineJson(view, (text) => {
      if (view.src === undefined && view.data === undefined) this.#loadQuietly(() => Promise.resolve(text), true);
    });
    view.addController(this);
  }

  /** All traces that were read. */
  get traces(): readonly Trace[] {
    return this.#loader.traces;
  }

  get isLoading(): boolean {
    return this.#loader.isLoading;
  }

  get error(): Error | undefined {
    return this.#loader.error;
  }

  /** Gives what is shown once more, as it was read; `undefined` where that is gone. */
  get original(): (() => Promise<unknown>) | undefined {
    return this.#original;
  }

  /** How the loading stands, and what a person can do about it. */
  get state(): LoadState {
    const { messages, store, source } = this.#view;
    const failed = this.#failed;
    const askAgain = source ? () => void this.#showFrom(source) : store && (() => void this.#follower.refresh());
    return {
      messages,
      progress: this.#loader.progress,
      error: this.error,
      isLoading: this.isLoading,
      emptyHint: this.#emptyHint(),
      tryAgain: failed ? () => this.#loadQuietly(failed, true) : (this.#live.again ?? askAgain),
      dismiss: () => this.#loader.dismissError(),
    };
  }

  /** Milliseconds that a trace has been running; `undefined` where it does not run. */
  runningFor(trace: Trace): number | undefined {
    return this.#clock.durationOf(trace);
  }

  /** That a span has no end yet is no fault while it is known to run. */
  problemsOf(trace: Trace): readonly TraceProblem[] {
    const isLive = this.runningFor(trace) !== undefined;
    return isLive ? trace.problems.filter(({ code }) => code !== 'missing-end') : trace.problems;
  }

  /** For `@slotchange`. */
  readonly onSlotChange = (): void => this.#inline.onSlotChange();

  hostConnected(): void {
    // Leaving the page cut the reading off.
    if (this.#source) this.#loadQuietly(this.#source, true);
    else if (this.#view.source && !this.traces.length) void this.#showFrom(this.#view.source);
  }

  hostDisconnected(): void {
    if (this.#source) this.#loader.abort();
    else {
      // Somebody waits for what was given to load() or append(): being moved in the page does not end it, leaving does.
      queueMicrotask(() => {
        if (!this.#view.isConnected) this.#loader.abort();
      });
    }
  }

  /** Shows another input. */
  async load(input: unknown): Promise<void> {
    this.#takeProperties();
    this.#live.follow(undefined);
    this.#source = undefined;
    this.#given = originalOf(input);
    await this.#loader.load(() => Promise.resolve(input), this.#view.format);
  }

  /** Adds spans to what is shown. */
  async append(input: unknown): Promise<void> {
    this.#takeProperties();
    this.#given = undefined;
    await this.#loader.append(input, this.#view.format);
    this.#clock.hear(this.#view.trace);
  }

  /** Begins what properties of the view ask for. */
  take(changed: PropertyValues): void {
    this.#takeProperties();
    const { store, source, trace, traceId } = this.#view;
    const isOther = changed.has('source') || (changed.has('traceId') && trace?.id !== traceId);
    if (source && isOther) void this.#showFrom(source);
    if (changed.has('store')) this.#follower.follow(store);
    else if (changed.has('traceId') && store && trace?.id !== traceId) void this.#follower.refresh();
  }

  /** Also before a method loads, so that the later one is the one that counts. */
  #takeProperties(): void {
    const { data, src, live } = this.#view;
    const before = this.#taken;
    this.#taken = { data, src, live };
    if (data !== undefined && data !== before.data) {
      const isReadOnce = data instanceof Response || data instanceof ReadableStream;
      this.#loadQuietly(() => Promise.resolve(data), !isReadOnce);
      this.#given = originalOf(data);
    } else if (src !== before.src) {
      if (src !== undefined) this.#loadSrc(src);
      else {
        this.#live.follow(undefined);
        if (this.#source) this.#loader.abort();
        this.#source = undefined;
      }
    } else if (live !== before.live && src !== undefined) {
      if (liveWay(live)) this.#loadSrc(src);
      else this.#live.follow(undefined);
    }
  }

  #loadSrc(src: string): void {
    const { live, timeout, credentials } = this.#view;
    const how = liveWay(live);
    if (how) this.#live.follow({ src, how, timeout, credentials });
    else this.#loadQuietly((signal) => fetchTrace(src, { signal, timeout, credentials }), true);
  }

  /**
   * Nobody waits for a load that a property began: its failure is told by event and on the screen.
   *
   * @param canReopen whether the source can be read a second time
   */
  #loadQuietly(open: OpenSource, canReopen: boolean): void {
    this.#live.follow(undefined);
    this.#source = canReopen ? open : undefined;
    this.#given = canReopen ? reopened(open) : undefined;
    this.#loader.load(open, this.#view.format).catch(() => {});
  }

  /** What comes of a trace that grows shows that it runs; failures are told where they are shown. */
  async #hear(work: Promise<void>): Promise<void> {
    await work.then(
      () => this.#clock.hear(this.#view.trace),
      () => {},
    );
  }

  async #showStored(store: StoredTraces, isNews: boolean): Promise<void> {
    this.#source = this.#given = undefined;
    await this.#loader.show(async () => {
      const trace = await this.#wantedOf(store);
      if (this.#view.store !== store) return this.traces;
      return trace ? [trace] : [];
    });
    if (isNews) this.#clock.hear(this.#view.trace);
  }

  /** Asks a backend for the trace that is wanted, or for its newest. */
  async #showFrom(source: TraceSource): Promise<void> {
    this.#live.follow(undefined);
    this.#source = this.#failed = this.#given = undefined;
    const { traceId } = this.#view;
    await this.#loader.show(async (signal) => {
      const id = traceId ?? (await source.list({}, { signal })).traces[0]?.id;
      const trace = id === undefined ? undefined : await source.trace(id, { signal });
      return trace ? [trace] : [];
    }, false);
  }

  async #wantedOf(store: StoredTraces): Promise<Trace | undefined> {
    const { traceId, trace, selected } = this.#view;
    if (traceId !== undefined) return store.trace(traceId);
    // Whoever reads a span is not taken away from it by a newer trace.
    const isRead = selected !== undefined && trace?.span(selected) !== undefined;
    const same = isRead ? await store.trace(trace.id) : undefined;
    if (same) return same;
    const [newest] = await store.list({ limit: 1 });
    return newest && store.trace(newest.id);
  }

  #emptyHint(): string {
    const { messages, store, source, traceId } = this.#view;
    if (source) return messages.notInSourceHint(source.title);
    if (!store) return messages.emptyHint;
    return traceId === undefined ? messages.emptyStoreHint : messages.notInStoreHint;
  }
}
