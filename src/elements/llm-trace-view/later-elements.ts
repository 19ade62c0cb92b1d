import type { ReactiveControllerHost } from 'lit';
import { hasDetails, loadDetails } from '../../formats/details.js';
import type { Later } from '../../internal/later.js';

/** What registers an element, by its tag. */
export type ElementLoaders = ReadonlyMap<string, () => Promise<unknown>>;

/** Loads elements when they are first shown. Until then they are tags that show nothing, and keep what they are given. */
export class LaterElements {
  readonly #host: ReactiveControllerHost;
  readonly #loaders: ElementLoaders;
  readonly #needed: Later<unknown> | undefined;
  readonly #begun = new Map<string, Promise<void>>();
  readonly #failed = new Set<string>();

  /** @param needed what else has to be there before one of them is rendered */
  constructor(host: ReactiveControllerHost, loaders: ElementLoaders, needed?: Later<unknown>) {
    this.#host = host;
    this.#loaders = loaders;
    this.#needed = needed;
  }

  get #isReady(): boolean {
    return hasDetails() && (!this.#needed || this.#needed.value !== undefined);
  }

  /**
   * Begins to load an element, unless that was done, and what reads the details of spans. One that failed before is tried again.
   *
   * @returns whether the element may be rendered: what reads details is there, in case the page has registered it long ago
   */
  want(tag: string): boolean {
    if (!this.#begun.has(tag)) void this.load(tag);
    return this.#isReady;
  }

  /** As `want`. Settles when the element is there, or has failed. */
  load(tag: string): Promise<void> {
    let loading = this.#begun.get(tag);
    if (!loading) this.#begun.set(tag, (loading = this.#load(tag)));
    return loading;
  }

  async #load(tag: string): Promise<void> {
    this.#failed.delete(tag);
    try {
      await Promise.all([loadDetails(), this.#needed?.load(), this.#loaders.get(tag)?.()]);
    } catch {
      this.#begun.delete(tag);
      this.#failed.add(tag);
    }
    this.#host.requestUpdate();
  }

  /** Whether nothing has to be waited for. */
  has(tag: string): boolean {
    return this.#isReady && customElements.get(tag) !== undefined;
  }

  hasFailed(tag: string): boolean {
    return this.#failed.has(tag);
  }
}
