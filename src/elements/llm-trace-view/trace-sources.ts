import type { PropertyValues, ReactiveController } from 'lit';
import { fetchTrace } from '../../internal/fetch-trace.js';
import { InlineJson } from '../../internal/inline-json.js';
import { Later } from '../../internal/later.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import { LlmTraceErrorEvent, LlmTraceLoadEvent } from '../events/index.js';
import type { GrowingSources } from './growing-sources.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { LoadState } from './load-state.js';
import { TraceLoader, type LoaderHost, type OpenSource } from './trace-loader.js';

const growingSources = new Later(() => import('./growing-sources.js'));

/** What was given to be read: a value, or what opens one. */
export type Given = { readonly input: unknown } | { readonly open: OpenSource };

/** What the attribute `live` asks for: `events`, milliseconds, or nothing. */
function liveWay(value: string | undefined): 'events' | number | undefined {
  if (value === 'events') return value;
  const wait = Number(value);
  return value && Number.isFinite(wait) && wait > 0 ? wait : undefined;
}

/**
 * Where the traces of a view come from: its properties, what it is given by methods, a store, a script inside it. Whichever
 * came last is the one that counts. What follows traces that grow, or asks those who keep them, is loaded when it is wanted.
 */
export class TraceSources implements ReactiveController {
  readonly #view: LlmTraceView;
  /** The properties whose loads have begun. */
  #taken: { data?: unknown; src?: string | undefined; live?: string | undefined } = {};
  /** The source that is being read, where it can be opened again. */
  #source: OpenSource | undefined;
  /** The source that failed, where it can be opened again. */
  #failed: OpenSource | undefined;
  /** What is being read, and what is shown. */
  #given: Given | undefined;
  #original: Given | undefined;
  #growing: GrowingSources | undefined;
  /** Counts what was begun: what waits to be loaded is not begun any more when something else was. */
  #turn = 0;
  /** How many wait for it to be loaded. */
  #waiting = 0;
  readonly #loader: TraceLoader;
  readonly #inline: InlineJson;

  constructor(
    view: LlmTraceView,
    shown: Pick<LoaderHost, 'hasFigures' | 'figures' | 'prepare' | 'asksAllSpans' | 'beforeShown' | 'afterShown'>,
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
    return this.#loader.isLoading || this.#waiting > 0;
  }

  get error(): Error | undefined {
    return this.#loader.error;
  }

  /** What is shown, as it was given; `undefined` where that is gone. */
  get original(): Given | undefined {
    return this.#original;
  }

  /** How the loading stands, and what a person can do about it. */
  get state(): LoadState {
    const { messages, store, source } = this.#view;
    const failed = this.#failed;
    const askAgain =
      (source ?? store) &&
      (() => void this.#ask((growing) => (source ? void growing.showFrom(source) : growing.refresh())));
    return {
      messages,
      progress: this.#loader.progress,
      error: this.error,
      isLoading: this.isLoading,
      isReading: this.#loader.isReading,
      emptyHint: this.#emptyHint(),
      tryAgain: failed ? () => this.#loadQuietly(failed, true) : (this.#growing?.again ?? askAgain),
      dismiss: () => this.#loader.dismissError(),
    };
  }

  /** Milliseconds that a trace has been running; `undefined` where it does not run. */
  runningFor(trace: Trace): number | undefined {
    return this.#growing?.runningFor(trace);
  }

  /** That a span has no end yet is no fault while it is known to run. */
  problemsOf(trace: Trace): readonly TraceProblem[] {
    const isLive = this.runningFor(trace) !== undefined;
    return isLive ? trace.problems.filter(({ code }) => code !== 'missing-end') : trace.problems;
  }

  /** For `@slotchange`. */
  readonly onSlotChange = (): void => this.#inline.onSlotChange();

  hostConnected(): void {
    const { source } = this.#view;
    // Leaving the page cut the reading off.
    if (this.#source) this.#loadQuietly(this.#source, true);
    else if (source && !this.traces.length) void this.#ask((growing) => void growing.showFrom(source));
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
    this.#begin({ input });
    await this.#loader.load(() => Promise.resolve(input), this.#view.format);
  }

  /** Adds spans to what is shown. */
  async append(input: unknown): Promise<void> {
    this.#takeProperties();
    this.#given = undefined;
    const { era } = this.#loader;
    const growing = this.#growing ?? (await this.#grow());
    await growing.append(input, era);
  }

  /** Begins what properties of the view ask for. */
  take(changed: PropertyValues): void {
    this.#takeProperties();
    const { store, source, trace, traceId } = this.#view;
    const isOther = changed.has('source') || (changed.has('traceId') && trace?.id !== traceId);
    if (source && isOther) void this.#ask((growing) => void growing.showFrom(source));
    if (changed.has('store')) {
      if (store) void this.#ask((growing) => growing.followStore());
      else this.#growing?.followStore();
    } else if (changed.has('traceId') && store && trace?.id !== traceId) void this.#ask((growing) => growing.refresh());
  }

  /** Also before a method loads, so that the later one is the one that counts. */
  #takeProperties(): void {
    const { data, src, live } = this.#view;
    const before = this.#taken;
    this.#taken = { data, src, live };
    if (data !== undefined && data !== before.data) {
      const isReadOnce = data instanceof Response || data instanceof ReadableStream;
      this.#loadQuietly(() => Promise.resolve(data), !isReadOnce);
      this.#given = { input: data };
    } else if (src !== before.src) {
      if (src !== undefined) this.#loadSrc(src);
      else {
        this.#turn++;
        this.#growing?.follow(undefined);
        if (this.#source) this.#loader.abort();
        this.#source = undefined;
      }
    } else if (live !== before.live && src !== undefined) {
      if (liveWay(live)) this.#loadSrc(src);
      else this.#growing?.follow(undefined);
    }
  }

  #loadSrc(src: string): void {
    const { live, timeout, credentials } = this.#view;
    const how = liveWay(live);
    if (how) void this.#ask((growing) => growing.follow({ src, how, timeout, credentials }));
    else this.#loadQuietly((signal) => fetchTrace(src, { signal, timeout, credentials }), true);
  }

  /** Something else is read from now on, which cannot be opened again. */
  #begin(given?: Given): void {
    this.#turn++;
    this.#growing?.follow(undefined);
    this.#source = undefined;
    this.#given = given;
  }

  /**
   * Nobody waits for a load that a property began: its failure is told by event and on the screen.
   *
   * @param canReopen whether the source can be read a second time
   */
  #loadQuietly(open: OpenSource, canReopen: boolean): void {
    this.#begin(canReopen ? { open } : undefined);
    this.#source = canReopen ? open : undefined;
    this.#loader.load(open, this.#view.format).catch(() => {});
  }

  async #grow(): Promise<GrowingSources> {
    try {
      const { GrowingSources } = await growingSources.load();
      return (this.#growing ??= new GrowingSources(this.#view, this.#loader, () => {
        this.#source = this.#failed = this.#given = undefined;
      }));
    } catch (error) {
      this.#loader.fail(error);
      throw error;
    }
  }

  /** Does what needs it: at once where it is there, else when it is, unless something else was begun meanwhile. */
  async #ask(act: (growing: GrowingSources) => void): Promise<void> {
    const turn = ++this.#turn;
    if (this.#growing) return act(this.#growing);
    this.#waiting++;
    try {
      const growing = await this.#grow();
      if (turn === this.#turn) act(growing);
    } catch {
      // Told on the screen.
    }
    this.#waiting--;
    this.#view.requestUpdate();
  }

  #emptyHint(): string {
    const { messages, store, source, traceId } = this.#view;
    if (source) return messages.notInSourceHint(source.title);
    if (!store) return messages.emptyHint;
    return traceId === undefined ? messages.emptyStoreHint : messages.notInStoreHint;
  }
}
