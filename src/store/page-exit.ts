/**
 * Tells when the page may be going away: hidden, frozen, or left. `pagehide` reaches the window only, whatever some
 * libraries believe; `visibilitychange` is the last event that is sure to come on phones. Workers have none of them.
 */
export class PageExit {
  readonly #leaving: () => void;
  #stop: AbortController | undefined;

  constructor(leaving: () => void) {
    this.#leaving = leaving;
  }

  start(): void {
    if (this.#stop || typeof document !== 'object' || typeof window !== 'object') return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    window.addEventListener('pagehide', this.#leaving, { signal });
    document.addEventListener('freeze', this.#leaving, { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'hidden') this.#leaving();
      },
      { signal },
    );
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }
}
