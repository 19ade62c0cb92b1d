import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from './conversation.js';

/** What a person can do with a turn. */
export interface TurnActions {
  /** Shows the trace, with one of its spans where one is given. */
  showTrace(traceId: string, spanId?: string): void;
  judge(turn: Turn, isHelpful: boolean): void;
  ask(question: string): void;
}

export interface TurnContext {
  actions: TurnActions;
  /** Whether its trace is shown. */
  isShown: boolean;
  /** What has come so far, where it is being answered on this page. */
  current: { text: string; news: string } | undefined;
}

/** What a person may begin with. */
const EXAMPLES = [
  'Where is order 1042, and may I return it?',
  'What time is it in Oslo and in Tokyo?',
  'How much was order 1042 in total?',
  'Is order 9999 on its way?',
  'Tell me a long story',
  'Answer with an error',
];

export const emptyConversation = ({ ask }: TurnActions): TemplateResult => html`
  <div class="empty">
    <p>Ask the assistant of a small outdoor shop. Beside it you see what it does, while it does it.</p>
    <ul aria-label="Examples">
      ${EXAMPLES.map(
        (question) => html`<li><button type="button" @click=${() => ask(question)}>${question}</button></li>`,
      )}
    </ul>
  </div>
`;

/** A question with its answer. */
export function turnTemplate(turn: Turn, { actions, isShown, current }: TurnContext): TemplateResult {
  const answer = current?.text || turn.answer;
  return html`<article class=${isShown ? 'shown' : ''} aria-label=${turn.question}>
    <p class="question">${turn.question}</p>
    <div class="answer" aria-busy=${String(current !== undefined)}>
      ${turn.tools.length ? toolButtons(turn, actions) : nothing} ${answer ? html`<p>${answer}</p>` : nothing}
      ${current && !answer ? html`<p class="muted">${current.news}</p>` : nothing}
      ${turn.isRunning && !current ? html`<p class="muted">${UNANSWERED}</p>` : nothing}
      ${turn.wasStopped ? html`<p class="muted">You stopped it here.</p>` : nothing}
      ${
        turn.error === undefined
          ? nothing
          : html`<p class="error">${turn.error}</p>
              <p><button type="button" @click=${() => actions.ask(turn.question)}>Try again</button></p>`
      }
    </div>
    <footer>
      <button
        type="button"
        class="quiet"
        aria-pressed=${String(isShown)}
        @click=${() => actions.showTrace(turn.traceId)}
      >
        Trace${figures(turn)}
      </button>
      ${turn.isRunning ? nothing : thumbs(turn, actions)}
    </footer>
  </article>`;
}

const UNANSWERED = 'Not answered: the page was left, or another tab is still at it.';

const toolButtons = ({ tools, traceId }: Turn, { showTrace }: TurnActions): TemplateResult =>
  html`<p class="tools">
    ${tools.map(
      ({ spanId, name, hasFailed }) =>
        html`<button type="button" class=${hasFailed ? 'failed' : ''} @click=${() => showTrace(traceId, spanId)}>
          ${name}${hasFailed ? ' failed' : ''}
        </button>`,
    )}
  </p>`;

const figures = ({ duration, tokens }: Turn): string =>
  [
    duration !== undefined && ` · ${(duration / 1000).toFixed(1)} s`,
    tokens !== undefined && ` · ${tokens.toLocaleString('en')} tokens`,
  ]
    .filter(Boolean)
    .join('');

const THUMBS = [
  { isHelpful: true, name: 'Helpful' },
  { isHelpful: false, name: 'Not helpful' },
];

const thumbs = (turn: Turn, { judge }: TurnActions): TemplateResult[] =>
  THUMBS.map(
    ({ isHelpful, name }) =>
      html`<button
        type="button"
        class="quiet thumb ${isHelpful ? 'up' : 'down'}"
        aria-label=${name}
        title=${name}
        aria-pressed=${String(turn.isHelpful === isHelpful)}
        @click=${() => judge(turn, isHelpful)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M2 7h2.5v6.5H2zM4.5 7 8 2c1 0 1.7.7 1.5 1.8L9 6.5h3.6c.9 0 1.5.8 1.3 1.7l-.9 4c-.2.8-.8 1.3-1.6 1.3H4.5"
          />
        </svg>
      </button>`,
  );
