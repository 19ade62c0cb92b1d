import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { runConversation, type ConversationProgress, type RunConversation } from '../../analysis/index.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Trace } from '../../model/index.js';

/** Milliseconds between two times at which what was read so far is shown: to show it takes longer than to read on. */
const PAUSE = 300;

/**
 * Reads the conversation of a trace in short stretches, while the host is on the page. What was read is shown at once; of a
 * trace that grew, what was read before stays until all was read again.
 */
export class ConversationReading implements ReactiveController {
  /** What is known so far. */
  conversation: RunConversation | undefined;
  /** How far the reading has come; `undefined` where all is read. */
  progress: { readonly done: number; readonly all: number } | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #changed: () => void;
  #wanted: Trace | undefined;
  #abort: AbortController | undefined;

  /** @param changed called when more is known */
  constructor(host: ReactiveControllerHost, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  read(trace: Trace | undefined): void {
    const isSame = trace !== undefined && trace.id === this.#wanted?.id;
    this.#wanted = trace;
    if (!isSame) {
      this.#end();
      this.conversation = this.progress = undefined;
    }
    // What is being read of the same trace comes to its end first: one that grows and grows would never be read else.
    if (trace && !this.#abort) void this.#run(trace);
  }

  hostConnected(): void {
    if (this.#wanted && this.progress && !this.#abort) void this.#run(this.#wanted);
  }

  hostDisconnected(): void {
    this.#end();
  }

  #end(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #run(trace: Trace): Promise<void> {
    const abort = (this.#abort = new AbortController());
    const isFirst = this.conversation === undefined;
    let latest: ConversationProgress | undefined;
    let shownAt = -Infinity;
    const show = (): void => {
      const now = performance.now();
      if (!latest || abort.signal.aborted || now - shownAt < PAUSE) return;
      shownAt = now;
      this.progress = { done: latest.done, all: latest.all };
      if (isFirst) {
        this.conversation = latest.conversation;
        this.#changed();
      }
      this.#host.requestUpdate();
    };
    this.progress = { done: 0, all: 0 };
    let read: RunConversation | undefined;
    const work = function* (): Generator<ConversationProgress | undefined, void> {
      read = yield* runConversation(trace, yield* rollUpsInSteps(trace, undefined));
    };
    const isOver = await runInSlices(work(), {
      take: (progress) => (latest = progress),
      rested: show,
      signal: abort.signal,
    });
    if (!isOver || abort.signal.aborted) return;
    this.#abort = undefined;
    this.progress = undefined;
    this.conversation = read;
    this.#changed();
    this.#host.requestUpdate();
    if (this.#wanted && this.#wanted !== trace) void this.#run(this.#wanted);
  }
}
