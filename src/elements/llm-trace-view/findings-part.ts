import { nothing, type TemplateResult } from 'lit';
import type { Findings, Severity } from '../../analysis/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatNumber } from '../../i18n/format.js';
import { errorIcon, findingsIcon, noteIcon, warningIcon } from '../../internal/icons.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LlmFindingsReadyEvent, LlmSpanSelectEvent } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { renderPartFailed } from './trace-views.js';

const SEVERITIES: readonly (readonly [Severity, () => TemplateResult])[] = [
  ['error', errorIcon],
  ['warning', warningIcon],
  ['info', noteIcon],
];

/** The findings of a view: their button, which says how many there are once that is known, and their list. */
export class FindingsPart {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  #isShown = false;
  /** The findings of a trace, once it was looked through. */
  #found: { readonly trace: Trace; readonly findings: Findings } | undefined;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
  }

  /** Forgets the findings of another trace. Those of one that grew are shown until it was looked through again. */
  take(trace: Trace | undefined): void {
    const isLookedThrough = this.#isShown && this.#found?.trace.id === trace?.id;
    if (this.#found?.trace !== trace && !isLookedThrough) this.#found = undefined;
  }

  renderButton(messages: FirstMessages): TemplateResult {
    const found = this.#found?.findings;
    const counts = SEVERITIES.map(([severity, icon]) => {
      const count = found?.findings.filter((finding) => finding.severity === severity).length ?? 0;
      return { severity, icon, count };
    }).filter(({ count }) => count > 0);
    const words = counts.map(({ severity, count }) => messages.severityCount(count, severity)).join(', ');
    const label = found ? `${messages.findingsLabel}: ${words || messages.noFindings}` : messages.findingsLabel;
    return html`<button
      type="button"
      class="button findings-button"
      title=${label}
      aria-expanded=${String(this.#isShown)}
      @click=${this.#turn}
    >
      ${
        counts.length
          ? counts.map(
              ({ severity, icon, count }) =>
                html`<span class="severity" data-severity=${severity} aria-hidden="true"
                  >${icon()}${formatNumber(count, messages.locale)}</span
                >`,
            )
          : findingsIcon()
      }<span class=${counts.length ? 'visually-hidden' : 'words'}>${label}</span>
    </button>`;
  }

  /** @param select what becomes of a span that a person chooses there */
  renderList(trace: Trace, select: (event: LlmSpanSelectEvent) => void): TemplateResult | typeof nothing {
    if (!this.#isShown) return nothing;
    const { messages, settings, prices, selected } = this.#view;
    const isReady = this.#later.want('llm-findings');
    if (this.#later.hasFailed('llm-findings')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-findings
      part="findings"
      .messages=${messages}
      .settings=${settings}
      .trace=${trace}
      .prices=${prices}
      .selected=${selected}
      @llm-span-select=${select}
      @llm-findings-ready=${this.#onReady}
    ></llm-findings>`;
  }

  readonly #turn = (): void => {
    this.#isShown = !this.#isShown;
    this.#view.requestUpdate();
  };

  readonly #onReady = ({ detail: { findings } }: LlmFindingsReadyEvent): void => {
    const { trace } = this.#view;
    this.#found = trace && { trace, findings };
    this.#view.requestUpdate();
  };
}
