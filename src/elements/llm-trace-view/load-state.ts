import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatBytes, formatNumber } from '../../i18n/format.js';
import { readingErrorText } from '../../i18n/fault-text.js';
import { html } from '../../internal/tight-html.js';

/** How the loading of a trace stands, and what a person can do about it. */
export interface LoadState {
  messages: FirstMessages;
  isLoading: boolean;
  /** Whether something is read that is not shown yet. */
  isReading: boolean;
  progress: { done: number; total?: number; unit: 'bytes' | 'spans' } | undefined;
  error: Error | undefined;
  /** Where a trace is to come from, where there is none. */
  emptyHint: string;
  /** Absent where what failed cannot be asked for again. */
  tryAgain: (() => void) | undefined;
  dismiss: () => void;
}

/** A line at the top, as long as something is read. */
export function renderProgress({ isReading, progress }: LoadState): TemplateResult | typeof nothing {
  if (!isReading) return nothing;
  const share = progress?.total ? progress.done / progress.total : undefined;
  return html`<div
    class="progress ${share === undefined ? 'unknown' : ''}"
    aria-hidden="true"
    .style=${`--done: ${share ?? 0}`}
  >
    <span></span>
  </div>`;
}

/** What stands in the place of a trace: that one is read, why it could not be, or that there is none. */
export function renderLoadState(state: LoadState): TemplateResult {
  const { messages, error, progress } = state;
  if (state.isLoading) {
    const said = !progress
      ? messages.loading
      : progress.unit === 'bytes'
        ? messages.loadingProgress(formatBytes(progress.done, messages.locale))
        : messages.loadingSpans(formatNumber(progress.done, messages.locale));
    return html`<div class="state" role="status">
      <p>${said}</p>
    </div>`;
  }
  if (error) {
    return html`<div class="state" role="alert">
      <p><strong>${messages.errorTitle}</strong></p>
      ${errorWords(error, messages)} ${tryAgainButton(state)}
    </div>`;
  }
  return html`<div class="state">
    <p><strong>${messages.emptyTitle}</strong></p>
    <p class="muted">${state.emptyHint}</p>
  </div>`;
}

/** Over a trace that is still shown because the next one could not be read. */
export function renderErrorBanner(state: LoadState): TemplateResult | typeof nothing {
  const { messages, error } = state;
  if (!error) return nothing;
  return html`<div class="banner" role="alert">
    <div class="error-words">
      <p><span class="error-text">${messages.errorTitle}.</span> ${messages.errorKeepsOld}</p>
      ${errorWords(error, messages)}
    </div>
    ${tryAgainButton(state)}
    <button type="button" class="button" @click=${state.dismiss}>${messages.dismiss}</button>
  </div>`;
}

/** Readers tell what they saw in English; other languages say before it what that means. */
function errorWords(error: Error, messages: FirstMessages): TemplateResult {
  const words = readingErrorText(error, messages);
  return html`${words === undefined ? nothing : html`<p>${words}</p>`}
    <p lang="en" class=${words === undefined ? '' : 'muted'}>${error.message}</p>`;
}

const tryAgainButton = ({ messages, tryAgain }: LoadState): TemplateResult | typeof nothing =>
  tryAgain ? html`<button type="button" class="button" @click=${tryAgain}>${messages.tryAgain}</button>` : nothing;
