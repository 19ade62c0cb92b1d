import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { beginning, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span } from '../../model/index.js';
import { barWords, firstTokenOf } from '../llm-span-tree/span-words.js';

/** No rectangle has room for more characters. */
const MOST_LABEL = 200;
/** Characters of a message in the tip. */
const MOST_MESSAGE = 300;

/** How words are shown. */
interface Wording {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

const timesOf = (span: Span, messages: Messages): string => barWords(span, firstTokenOf(span, messages), messages);

/** What stands in the rectangle of a span. What nobody would see is written out. */
export function labelOf(span: Span, settings: ViewSettings): string {
  const words = [settings.readable(text(span.name)), settings.readable(aboutSpan(span))];
  const label = beginning(revealedText(words.filter(Boolean).join(' ')), MOST_LABEL);
  return span.status === 'error' ? `✕ ${label}` : label;
}

/** What a screen reader says of a span. */
export function spokenSpan(span: Span, { messages, settings }: Wording): string {
  return [
    revealedText(settings.readable(text(span.name))) || messages.noName,
    messages.kinds[span.kind],
    revealedText(settings.readable(aboutSpan(span))),
    span.status === 'error' ? messages.errorMark : '',
    timesOf(span, messages),
  ]
    .filter(Boolean)
    .join(', ');
}

interface TipPlace {
  readonly x: number;
  readonly y: number;
  /** Size of the chart in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Spans in the same column. */
  readonly others: number;
}

/** What is said of the span under the pointer. It stays inside of the chart, on the side where there is more room. */
export function renderTip(span: Span, { messages, settings }: Wording, place: TipPlace): TemplateResult {
  const { x, y, width, height, others } = place;
  const name = settings.readable(text(span.name));
  const about = settings.readable(aboutSpan(span));
  const isError = span.status === 'error';
  const message = isError ? beginning(settings.readable(text(span.statusMessage)), MOST_MESSAGE) : '';
  const across = x > width / 2 ? `right: ${width - x + 12}px; left: auto` : `left: ${x + 12}px`;
  const down = y > height / 2 ? `bottom: ${height - y + 12}px; top: auto` : `top: ${y + 14}px`;
  return html`<div class="tip" part="tip" aria-hidden="true" .style=${`${across}; ${down}`}>
    <p>
      <strong>${name ? revealed(name) : messages.noName}</strong>
      <span class="muted">${messages.kinds[span.kind]!}${about ? html` · ${revealed(about)}` : nothing}</span>
    </p>
    <p>${timesOf(span, messages)}</p>
    ${
      isError
        ? html`<p class="failed">${messages.errorMark}${message ? html`: ${revealed(message)}` : nothing}</p>`
        : nothing
    }
    ${others ? html`<p class="muted">${messages.timelineOthers(others)}</p>` : nothing}
  </div>`;
}
