import type { TemplateResult } from 'lit';
import { revealedText } from '../../internal/hidden-characters.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** Traces that can be chosen from the toolbar. `trace-id` reaches the others. */
const MOST_CHOICES = 500;

/** In the toolbar: which of several traces is shown. */
export function renderTraceChoice(view: LlmTraceView, shown: Trace): TemplateResult {
  const { traces, messages, settings } = view;
  const choices = traces.slice(0, MOST_CHOICES);
  if (!choices.includes(shown)) choices.push(shown);
  return html`<select
    class="traces"
    aria-label=${messages.traceLabel}
    @change=${(event: Event) => {
      view.traceId = (event.target as HTMLSelectElement).value;
      view.selected = undefined;
    }}
  >
    ${choices.map(
      (trace) =>
        html`<option value=${trace.id} .selected=${trace === shown}>
          ${messages.traceOption(revealedText(settings.readable(text(trace.name))), trace.spans.length)}
        </option>`,
    )}
  </select>`;
}
