import { html, nothing, type TemplateResult } from 'lit';
import type { Continuation } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import { parentIcon } from '../../internal/icons.js';
import type { Message, Span } from '../../model/index.js';

/** Fewer messages are not worth folding. */
const FEWEST_FOLDED = 2;

/** The messages to fold: those that are as in the call before, but not the last one that the model was given. */
export function foldOf(
  conversation: readonly Message[],
  continuation: Continuation | undefined,
): { from: number; to: number } | undefined {
  if (!continuation) return undefined;
  const { from } = continuation;
  const lastGiven = conversation.findLastIndex(({ origin }) => origin === 'input');
  const to = Math.min(continuation.to, lastGiven);
  return to - from >= FEWEST_FOLDED ? { from, to } : undefined;
}

interface ContinuationActions {
  /** Whether the messages are folded; `undefined` where there is nothing to fold. */
  fold: { isOpen: boolean; toggle(): void } | undefined;
  goTo(span: Span): void;
}

/** What a call has in common with the one before, instead of it. */
export function renderContinuation(
  { from, to, left, previous }: Continuation,
  messages: Messages,
  { fold, goTo }: ContinuationActions,
): TemplateResult {
  return html`<li class="continuation">
    <span>
      ${from > 0 ? messages.instructionsChanged : nothing} ${messages.sameAsBefore(to - from, from === 0)}
      ${left > 0 ? messages.notInCall(left) : nothing}
    </span>
    ${
      fold
        ? html`<button type="button" class="go" aria-expanded=${String(fold.isOpen)} @click=${fold.toggle}>
            ${fold.isOpen ? messages.fold : messages.unfold}
          </button>`
        : nothing
    }
    <button type="button" class="go" @click=${() => goTo(previous)}>${parentIcon()}${messages.toCallBefore}</button>
  </li>`;
}
