import { type ReactiveControllerHost, type TemplateResult } from 'lit';
import { criticalPathInSteps, type CriticalPath } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import { pathIcon } from '../../internal/icons.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';

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
    if (this.#trace !== trace) this.#work.start(() => criticalPathInSteps((this.#trace = trace)));
    return this.#work.isWorking ? undefined : this.#work.result;
  }

  renderButton(trace: Trace, { criticalPath, leftOutOfPath }: Messages): TemplateResult {
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
