import { html, type TemplateResult } from 'lit';
import type { Findings, Severity } from '../../analysis/index.js';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { errorIcon, findingsIcon, noteIcon, warningIcon } from '../../internal/icons.js';

const SEVERITIES: readonly (readonly [Severity, () => TemplateResult])[] = [
  ['error', errorIcon],
  ['warning', warningIcon],
  ['info', noteIcon],
];

/** What the toolbar knows of the findings. */
export interface FindingsState {
  isShown: boolean;
  /** Absent until the trace was looked through. */
  found: Findings | undefined;
  show(isShown: boolean): void;
}

/** Opens the findings, and says how many there are once that is known. */
export function renderFindingsButton({ isShown, found, show }: FindingsState, messages: Messages): TemplateResult {
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
    aria-expanded=${String(isShown)}
    @click=${() => show(!isShown)}
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
