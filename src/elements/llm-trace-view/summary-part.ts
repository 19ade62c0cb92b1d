import type { TemplateResult } from 'lit';
import { Later } from '../../internal/later.js';
import { isSettled } from '../../internal/settled-trace.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import { hasSums, loadSums } from '../../model/sums.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import type { ElementLoaders } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { renderPartFailed } from './trace-views.js';

const TAG = 'llm-metric-summary';

const figures = new Later(() => import('../llm-metric-summary/figures-of-trace.js'));

/** The figures of the trace. They are loaded when the first rows are there; their place is kept until then. */
export class SummaryPart {
  readonly #view: LlmTraceView;
  readonly #loaders: ElementLoaders;
  #loading: Promise<void> | undefined;
  #hasFailed = false;

  constructor(view: LlmTraceView, loaders: ElementLoaders) {
    this.#view = view;
    this.#loaders = loaders;
  }

  /** Whether what sums up and shows the sums is there. */
  get isReady(): boolean {
    return hasSums() && figures.value !== undefined && customElements.get(TAG) !== undefined;
  }

  /** Loads what sums up and shows the sums; `undefined` where it is there. What could not be loaded is tried again the next time. */
  figures(): Promise<void> | undefined {
    return this.isReady ? undefined : (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      await Promise.all([loadSums(), figures.load(), this.#loaders.get(TAG)?.()]);
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
    this.#loading = undefined;
    this.#view.requestUpdate();
  }

  /** Works the figures out, with chances to rest. */
  *prepare(trace: Trace): Generator<undefined, void> {
    if (!/\bsummary\b/.test(this.#view.hide)) yield* figures.value?.figuresInSteps(trace, this.#view.prices) ?? [];
  }

  /** @param select what becomes of a span that a person chooses there */
  render(trace: Trace, runningFor: number | undefined, select: (event: LlmSpanSelectEvent) => void): TemplateResult {
    const { messages, settings, prices, selected } = this.#view;
    if (this.#hasFailed) return renderPartFailed(messages);
    const isKnown = isSettled(trace);
    return html`<llm-metric-summary
      part="summary"
      class=${isKnown ? '' : 'unsummed'}
      .messages=${messages}
      .settings=${settings}
      .trace=${isKnown ? trace : undefined}
      .prices=${prices}
      .runningFor=${runningFor}
      .selected=${selected}
      @llm-span-select=${select}
    ></llm-metric-summary>`;
  }
}
