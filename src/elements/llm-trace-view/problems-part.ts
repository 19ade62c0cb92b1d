import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { problemText } from '../../i18n/fault-text.js';
import { revealed } from '../../internal/hidden-characters.js';
import { html } from '../../internal/tight-html.js';
import type { TraceProblem } from '../../model/index.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { Tool } from './tool-button.js';

/** Problems of one kind that are listed; the others are counted. */
const MOST_ALIKE = 5;

/** The list of what is odd about a trace. */
export class ProblemsPart implements Tool {
  readonly #view: LlmTraceView;
  isOn = false;

  constructor(view: LlmTraceView) {
    this.#view = view;
  }

  press(): void {
    this.isOn = !this.isOn;
    this.#view.requestUpdate();
  }

  renderList(problems: readonly TraceProblem[], messages: FirstMessages): TemplateResult | typeof nothing {
    if (!this.isOn || !problems.length) return nothing;
    const kinds = Map.groupBy(problems, ({ code }) => code);
    return html`<ul class="problems" aria-label=${messages.problemsLabel}>
      ${Array.from(kinds.values(), (alike) => {
        const more = alike.length - MOST_ALIKE;
        return html`${alike.slice(0, MOST_ALIKE).map((problem) => this.#renderItem(problem))}
        ${more > 0 ? html`<li class="muted">${messages.moreProblems(more)}</li>` : nothing}`;
      })}
    </ul>`;
  }

  #renderItem(problem: TraceProblem): TemplateResult {
    const { messages, settings } = this.#view;
    const { spanId } = problem;
    const words = revealed(settings.readable(problemText(problem, messages)));
    return spanId === undefined
      ? html`<li>${words}</li>`
      : html`<li><button type="button" @click=${() => this.#view.reveal(spanId)}>${words}</button></li>`;
  }
}
