import { html, nothing, type TemplateResult } from 'lit';
import { failureOf, foldedStack, retryEvents, tryOf, type CallFailure } from '../../analysis/index.js';
import { formatDuration, type Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { parentIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { Span } from '../../model/index.js';
import { shown, textBlock } from './tabs/parts.js';
import type { TabContext } from './tabs/tab.js';

/** Exceptions that are in the DOM; the events tab has them all. */
const MOST_EXCEPTIONS = 20;

/** Why a span failed, and which try of its call it is: above every tab. */
export function renderErrors(context: TabContext): TemplateResult | typeof nothing {
  const { messages, span } = context;
  const { exceptions, statusMessage } = span;
  const isSaid = exceptions.some((exception) => exception.message === statusMessage);
  const hasStatus = span.status === 'error' && (!exceptions.length || (statusMessage !== undefined && !isSaid));
  const tries = renderTries(context);
  if (!hasStatus && !exceptions.length) {
    return tries.length ? html`<div class="callout quiet">${tries}</div>` : nothing;
  }
  const more = exceptions.length - MOST_EXCEPTIONS;
  return html`<div class="callout" role="group" aria-label=${messages.exception}>
    ${tries}
    ${hasStatus ? html`<strong>${shown(context, statusMessage ?? '') || messages.exception}</strong>` : nothing}
    ${exceptions.slice(0, MOST_EXCEPTIONS).map(
      ({ type, message, stacktrace }) => html`
        <div>
          <strong>${type === undefined ? messages.exception : shown(context, type)}</strong
          >${message ? html` <span class="scalar">${shown(context, message)}</span>` : nothing}
        </div>
        ${stacktrace ? renderStack(context, stacktrace) : nothing}
      `,
    )}
    ${more > 0 ? html`<p class="muted">${messages.moreNotShown(more)}</p>` : nothing}
  </div>`;
}

/** What the server said, and the ways to the tries before and after. */
function renderTries(context: TabContext): TemplateResult[] {
  const { messages, select, span } = context;
  const { locale } = messages;
  const failure = failureOf(span);
  const tried = tryOf(span);
  const words: (TemplateResult | string)[] = [];
  if (failure) words.push(...failureWords(failure, messages));
  if (failure?.askedToWait !== undefined) {
    words.push(messages.askedToWait(formatDuration(failure.askedToWait, locale)));
  }
  const lines: TemplateResult[] = [];
  if (tried) {
    const { next, number, previous } = tried;
    words.push(messages.nthTry(number));
    if (next && span.end !== undefined) {
      const after = formatDuration(next.start - span.end, locale);
      words.push(way(messages.triedAgain(after, otherModel(next, context)), () => select(next)));
    } else if (!next && span.status === 'error' && number > 1) words.push(messages.gaveUp(number));
    if (previous) {
      const label = messages.tryBefore(statusText(previous, messages), otherModel(previous, context));
      words.push(way(label, () => select(previous)));
    }
  }
  if (words.length) {
    lines.push(html`<p class="tries">${words.map((word, place) => html`${place ? ' · ' : ''}${word}`)}</p>`);
  }
  const inside = retryEvents(span);
  if (inside.length) {
    const reason = inside.find((event) => event.reason !== undefined)?.reason;
    lines.push(
      html`<p class="tries">
        ${messages.retriesInside(inside.length)}${reason === undefined ? '' : html`: ${shown(context, reason)}`}
      </p>`,
    );
  }
  return lines;
}

/** The model of another try, where it is not the same. */
const otherModel = ({ model }: Span, { span, settings }: TabContext): string | undefined =>
  model === undefined || model === span.model ? undefined : revealedText(settings.readable(text(model)));

const failureWords = ({ isRateLimit, status }: CallFailure, messages: Messages): string[] => [
  ...(status === undefined ? [] : [String(status)]),
  ...(isRateLimit ? [messages.rateLimit] : []),
];

const statusText = (span: Span, messages: Messages): string => {
  const failure = failureOf(span);
  return failure ? failureWords(failure, messages).join(', ') : '';
};

const way = (label: string, go: () => void): TemplateResult =>
  html`<button type="button" class="go" @click=${go}>${parentIcon()}${label}</button>`;

/** A stack trace, what is others' code in it and what repeats itself folded. */
function renderStack(context: TabContext, stack: string): TemplateResult {
  const { messages } = context;
  const pieces = foldedStack(stack);
  return html`<details>
    <summary>${messages.stacktrace}</summary>
    ${
      pieces.some(({ fold }) => fold)
        ? html`<div class="stack">
              ${pieces.map(({ count, fold, text }) => {
                const lines = textBlock(context, text, true);
                if (!fold) return lines;
                const label = fold === 'library' ? messages.libraryFrames(count) : messages.framesRepeated(count);
                return html`<details>
                  <summary>${label}</summary>
                  ${lines}
                </details>`;
              })}
            </div>
            <details>
              <summary>${messages.wholeStack}</summary>
              ${textBlock(context, stack, true)}
            </details>`
        : textBlock(context, stack, true)
    }
  </details>`;
}
