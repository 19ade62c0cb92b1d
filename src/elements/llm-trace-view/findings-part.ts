import { nothing, type TemplateResult } from 'lit';
import type { Findings, Severity } from '../../analysis/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatNumber } from '../../i18n/format.js';
import { errorIcon, warningIcon } from '../../internal/first-icons.js';
import { noteIcon } from '../../internal/icons.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LlmFindingsReadyEvent, LlmSpanSelectEvent } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { Tool } from './tool-button.js';
import { renderPartFailed } from './trace-views.js';

const SEVERITIES: readonly (readonly [Severity, () => TemplateResult])[] = [
  ['error', errorIcon],
  ['warning', warningIcon],
  ['info', noteIcon],
];

/** The findings of a view: how many there are, once that is known, and their list. */
export class FindingsPart implements Tool {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  isOn = false;
  /** The findings of a trace, once it was looked through. */
  #found: { readonly trace: Trace; readonly findings: Findings } | undefined;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
  }

  /** Forgets the findings of another trace. Those of one that grew are shown until it was looked through again. */
  take(trace: Trace | undefined): void {
    const isLookedThrough = this.isOn && this.#found?.trace.id === trace?.id;
    if (this.#found?.trace !== trace && !isLookedThrough) this.#found = undefined;
  }

  /** How many there are of each severity. */
  get #counts(): readonly (readonly [severity: Severity, count: number, icon: () => TemplateResult])[] {
    const findings = this.#found?.findings.findings ?? [];
    return SEVERITIES.map(([severity, icon]) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return [severity, count, icon] as const;
    }).filter(([, count]) => count > 0);
  }

  title(messages: FirstMessages): string {
    if (!this.#found) return messages.findingsLabel;
    const words = this.#counts.map(([severity, count]) => messages.severityCount(count, severity)).join(', ');
    return `${messages.findingsLabel}: ${words || messages.noFindings}`;
  }

  /** In the button; empty where nothing stands out, or it is not known. */
  renderCounts({ locale }: FirstMessages): readonly TemplateResult[] {
    return this.#counts.map(
      ([severity, count, icon]) =>
        html`<span class="severity" data-severity=${severity} aria-hidden="true"
          >${icon()}${formatNumber(count, locale)}</span
        >`,
    );
  }

  press(): void {
    this.isOn = !this.isOn;
    this.#view.requestUpdate();
  }

  /** @param select what becomes of a span that a person chooses there */
  renderList(trace: Trace, select: (event: LlmSpanSelectEvent) => void): TemplateResult | typeof nothing {
    if (!this.isOn) return nothing;
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

  readonly #onReady = ({ detail: { findings } }: LlmFindingsReadyEvent): void => {
    const { trace } = this.#view;
    this.#found = trace && { trace, findings };
    this.#view.requestUpdate();
  };
}
