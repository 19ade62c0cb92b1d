import type { ReactiveControllerHost } from 'lit';
import type { Internals, ResolvePart } from '../../internals/index.js';
import { Contributions } from './contributions.js';

/** Unpacks what the methods say. */
export class UnpackedContributions {
  /** Method by method; nothing for one that has no place here. */
  all: readonly (Contributions | undefined)[] = [];
  failures: readonly string[] = [];
  done: Promise<unknown> = Promise.resolve();
  readonly #host: ReactiveControllerHost;
  #of: Internals | undefined;
  #resolve: ResolvePart | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  want(of: Internals | undefined, resolve: ResolvePart | undefined): void {
    if (of === this.#of && resolve === this.#resolve) return;
    this.#of = of;
    this.#resolve = resolve;
    this.all = this.failures = [];
    if (of?.attribution) this.done = this.#unpack(of, resolve);
  }

  async #unpack(of: Internals, resolve: ResolvePart | undefined): Promise<void> {
    const failures: string[] = [];
    const all: (Contributions | undefined)[] = [];
    for (const method of of.attribution!) {
      all.push(
        await Contributions.of(method, of, resolve).catch((error: unknown) => {
          failures.push(String(error));
          return undefined;
        }),
      );
    }
    if (this.#of !== of) return;
    this.all = all;
    this.failures = failures;
    this.#host.requestUpdate();
  }
}
