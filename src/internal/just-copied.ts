import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { copyText } from './clipboard.js';

/** Milliseconds for which a button says that it did. */
const TOLD_FOR = 1500;

/** Copies texts, and knows for a moment what was copied, so that the button for it can say so. */
export class JustCopied<What> implements ReactiveController {
  /** What was copied. */
  what: What | undefined;
  /** What could not be copied. */
  failed: What | undefined;
  readonly #host: ReactiveControllerHost & Element;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#tell(undefined, undefined);
  }

  async copy(what: What, words: string): Promise<void> {
    const isDone = await copyText(words);
    if (!this.#host.isConnected) return;
    this.#tell(isDone ? what : undefined, isDone ? undefined : what);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(undefined, undefined), TOLD_FOR);
  }

  #tell(what: What | undefined, failed: What | undefined): void {
    if (what === this.what && failed === this.failed) return;
    this.what = what;
    this.failed = failed;
    this.#host.requestUpdate();
  }
}
