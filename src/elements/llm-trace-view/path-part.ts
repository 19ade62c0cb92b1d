import { type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CriticalPath } from '../../analysis/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { pathIcon } from '../../internal/icons.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import { laterParts } from './later-parts.js';

/** The critical path of a trace: its button, and the path itself while it is marked, once it is known. */
export class PathPart {
  readonly #host: ReactiveControllerHost;
  readonly #work: SlicedWork<CriticalPath>;
  #isShown = false;
  /** The trace that the path is of. */
  #trace: Trace | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#work = new SlicedWork(host);
  }

  /** Forgets the path of another trace. */
  take(trace: Trace | undefined): void {
    if (this.#trace === trace) return;
    this.#trace = undefined;
    this.#work.forget();
  }

  /** The path, while it is to be marked, once it is known. */
  of(trace: Trace): CriticalPath | undefined {
    if (!this.#isShown) return undefined;
    const parts = laterParts.value;
    if (!parts) {
      void this.#load();
      return undefined;
    }
    if (this.#trace !== trace) this.#work.start(() => parts.criticalPathInSteps((this.#trace = trace)));
    return this.#work.isWorking ? undefined : this.#work.result;
  }

  async #load(): Promise<void> {
    try {
      await laterParts.load();
      this.#host.requestUpdate();
    } catch {
      // The button is as it was: a person can try again.
      this.#isShown = false;
    }
  }

  renderButton(trace: Trace, { criticalPath, leftOutOfPath }: FirstMessages): TemplateResult {
    const path = this.of(trace);
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${criticalPath}
      title=${path?.leftOut ? `${criticalPath} (${leftOutOfPath(path.leftOut)})` : criticalPath}
      aria-pressed=${String(path !== undefined)}
      @click=${() => {
        this.#isShown = !path;
        this.#host.requestUpdate();
      }}
    >
      ${pathIcon()}
    </button>`;
  }
}
