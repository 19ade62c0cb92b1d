import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatMoment } from '../../i18n/format.js';
import { copyText } from '../../internal/clipboard.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { collapseIcon, expandIcon } from '../../internal/icons.js';
import { knownErrors } from '../../internal/known-errors.js';
import { isSettled } from '../../internal/settled-trace.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import { renderChoosing, type ChosenSpans } from './chosen-spans.js';
import type { DisplayPart } from './display-part.js';
import type { FileDrop } from './file-drop.js';
import type { FindingsPart } from './findings-part.js';
import type { HelpPart } from './help-part.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { PathPart } from './path-part.js';
import type { ProblemsPart } from './problems-part.js';
import type { SearchPart } from './search-part.js';
import type { SharePart } from './share-part.js';
import type { OpenedViews } from './trace-views.js';
import { renderRoom, renderViewTabs } from './view-tabs.js';

/** Traces that can be chosen from the toolbar. `trace-id` reaches the others. */
const MOST_CHOICES = 500;

/** The parts of a view that can be reached from its toolbar. */
export interface ViewParts {
  views: OpenedViews;
  problems: ProblemsPart;
  findings: FindingsPart;
  search: SearchPart;
  path: PathPart;
  display: DisplayPart;
  chosen: ChosenSpans;
  files: FileDrop;
  share: SharePart;
  help: HelpPart;
}

/** Name, time and id of the trace; other traces; problems; the views of its spans; buttons for the tree. */
export function renderToolbar(
  view: LlmTraceView,
  trace: Trace,
  problems: readonly TraceProblem[],
  parts: ViewParts,
): TemplateResult {
  const { traces, messages, settings } = view;
  // What all spans have a say in comes when all were asked.
  const isKnown = isSettled(trace);
  const name = settings.readable(text(trace.nameAtFirst));
  const [state, stateWords] = isKnown ? stateOf(trace, messages) : ['awaited', ''];
  return html`<div class="toolbar" part="toolbar">
      <div class="title">
        <span class="dot ${state}" title=${stateWords}><span class="visually-hidden">${stateWords}</span></span>
        <h2 title=${revealedText(name)}>${revealed(name)}</h2>
        <div class="facts">
          <span>${trace.isRunning ? messages.running : nothing}</span
          ><span class="moment">${trace.start ? formatMoment(trace.start, messages) : nothing}</span
          >${trace.id ? traceId(trace, messages) : nothing}
        </div>
        ${parts.findings.renderButton(messages)}
      </div>
      <div class="actions">
        ${traces.length > 1 && isKnown ? traceChoice(view, trace) : nothing}
        ${parts.problems.renderButton(problems, messages)}
        ${renderViewTabs(parts.views.name, messages, parts.views.choose)} ${parts.search.renderButton(messages)}
        ${parts.display.renderButton(parts.views.name, messages)}
        ${parts.views.name === 'tree' ? treeButtons(view, trace, parts) : renderRoom(4)} ${parts.files.renderButton()}
        ${parts.share.renderButton(messages)} ${parts.help.renderButton(messages)}
      </div>
    </div>
    ${parts.problems.renderList(problems, messages)}`;
}

function treeButtons(view: LlmTraceView, trace: Trace, parts: ViewParts): TemplateResult {
  const { messages } = view;
  return html`${parts.path.renderButton(trace, messages)} ${renderChoosing(parts.chosen, messages)}
    <button
      type="button"
      class="icon-button"
      aria-label=${messages.expandAll}
      title=${messages.expandAll}
      @click=${() => view.expandAll()}
    >
      ${expandIcon()}
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${messages.collapseAll}
      title=${messages.collapseAll}
      @click=${() => view.collapseAll()}
    >
      ${collapseIcon()}
    </button>`;
}

/** How the trace ended, for the colour of the dot and in words. */
function stateOf(trace: Trace, messages: FirstMessages): readonly [state: string, words: string] {
  if (trace.isRunning) return ['running', messages.running];
  const errors = errorCount(trace);
  return errors ? ['error', messages.stateErrors(errors)] : ['', messages.stateOk];
}

const errorCounts = new WeakMap<Trace, number>();

/** Without making spans of the rows, and once: there may be a million. */
function errorCount(trace: Trace): number {
  const known = errorCounts.get(trace);
  if (known !== undefined) return known;
  const { statuses } = trace.table;
  const { length } = trace.spans;
  const inSubtrees = knownErrors(trace);
  let count = 0;
  if (inSubtrees) {
    for (let root = 0; root < length; root += trace.tree.size[root]!) count += inSubtrees[root]!;
  } else {
    for (let position = 0; position < length; position++) {
      if (statuses[trace.rowAt(position)] === 'error') count++;
    }
  }
  errorCounts.set(trace, count);
  return count;
}

function traceId({ id }: Trace, { copyTraceId }: FirstMessages): TemplateResult {
  const beginning = revealedText(id.slice(0, 8));
  return html`<button
    type="button"
    class="trace-id mono"
    title=${`${copyTraceId}: ${revealedText(id)}`}
    aria-label=${`${copyTraceId}: ${beginning}`}
    @click=${() => copyText(id)}
  >
    ${beginning}
  </button>`;
}

function traceChoice(view: LlmTraceView, shown: Trace): TemplateResult {
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
