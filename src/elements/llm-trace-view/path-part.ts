import type { ReactiveControllerHost } from 'lit';
import { criticalPathInSteps } from '../../analysis/critical-path.js';
import type { CriticalPath } from '../../analysis/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import type { Trace } from '../../model/index.js';
import type { Tool } from './tool-button.js';

/** The critical path of a trace: the path itself while it is marked, once it is known. */
export class PathPart implements Tool {
  readonly #host: ReactiveControllerHost;
  readonly #work: SlicedWork<CriticalPath>;
  #isShown = false;
  /** The trace that the path is of. */
  #trace: Trace | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#work = new SlicedWork(host);
  }

  /** Forgets the path of another trace, and begins with that of this one where it is wanted. */
  take(trace: Trace | undefined): void {
    if (this.#trace !== trace) {
      this.#trace = undefined;
      this.#work.forget();
    }
    if (trace) this.of(trace);
  }

  /** The path, while it is to be marked, once it is known. */
  of(trace: Trace): CriticalPath | undefined {
    if (!this.#isShown) return undefined;
    if (this.#trace !== trace) this.#work.start(() => criticalPathInSteps((this.#trace = trace)));
    return this.#work.isWorking ? undefined : this.#work.result;
  }

  /** Whether it is marked. */
  get isOn(): boolean {
    return this.#path !== undefined;
  }

  get #path(): CriticalPath | undefined {
    return this.#trace && this.of(this.#trace);
  }

  press(): void {
    this.#isShown = !this.isOn;
    this.#host.requestUpdate();
  }

  title({ criticalPath, leftOutOfPath }: FirstMessages): string {
    const leftOut = this.#path?.leftOut;
    return leftOut ? `${criticalPath} (${leftOutOfPath(leftOut)})` : criticalPath;
  }
}
