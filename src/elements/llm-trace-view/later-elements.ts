import type { ReactiveControllerHost } from 'lit';

/** What registers an element, by its tag. */
export type ElementLoaders = ReadonlyMap<string, () => Promise<unknown>>;

/** Loads elements when they are first shown. Until then they are tags that show nothing, and keep what they are given. */
export class LaterElements {
  readonly #host: ReactiveControllerHost;
  readonly #loaders: ElementLoaders;
  readonly #begun = new Set<string>();
  readonly #failed = new Set<string>();

  constructor(host: ReactiveControllerHost, loaders: ElementLoaders) {
    this.#host = host;
    this.#loaders = loaders;
  }

  /** Begins to load an element, unless that was done. One that failed before is tried again. */
  want(tag: string): void {
    if (this.#begun.has(tag)) return;
    this.#begun.add(tag);
    this.#failed.delete(tag);
    this.#loaders
      .get(tag)?.()
      .catch(() => {
        this.#begun.delete(tag);
        this.#failed.add(tag);
        this.#host.requestUpdate();
      });
  }

  hasFailed(tag: string): boolean {
    return this.#failed.has(tag);
  }
}
