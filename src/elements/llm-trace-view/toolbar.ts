import { html, nothing, type TemplateResult } from 'lit';
import type { CriticalPath } from '../../analysis/index.js';
import { formatMoment, type Messages } from '../../i18n/index.js';
import { copyText } from '../../internal/clipboard.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { collapseIcon, expandIcon, pathIcon, shareIcon, warningIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import type { TraceViewName } from '../events/index.js';
import { renderChoosing, type ChosenSpans } from './chosen-spans.js';
import { renderFindingsButton, type FindingsState } from './findings-button.js';
import type { HelpPart } from './help-part.js';
import type { SearchPart } from './search-part.js';
import { renderViewTabs } from './view-tabs.js';

/** Traces that can be chosen from the toolbar. `trace-id` reaches the others. */
const MOST_CHOICES = 500;

/** What the toolbar shows, and what its buttons do. */
export interface ToolbarContext {
  trace: Trace;
  problems: readonly TraceProblem[];
  traces: readonly Trace[];
  messages: Messages;
  settings: ViewSettings;
  areProblemsShown: boolean;
  findings: FindingsState;
  search: SearchPart;
  help: HelpPart;
  /** The spans that are chosen as examples. */
  chosen: ChosenSpans;
  /** Opens a file; nothing where the page does not allow it. */
  fileButton: TemplateResult | typeof nothing;
  isShareShown: boolean;
  /** The critical path, while it is marked in the tree. */
  path: CriticalPath | undefined;
  view: TraceViewName;
  chooseView(view: TraceViewName): void;
  chooseTrace(id: string): void;
  showProblems(isShown: boolean): void;
  showPath(isShown: boolean): void;
  showShare(isShown: boolean): void;
  reveal(spanId: string): void;
  expandAll(): void;
  collapseAll(): void;
}

/** Name, time and id of the trace; other traces; problems; the views of its spans; buttons for the tree. */
export function renderToolbar(context: ToolbarContext): TemplateResult {
  const { trace, traces, problems, messages, settings } = context;
  const name = settings.readable(text(trace.name));
  const [state, stateWords] = stateOf(trace, messages);
  return html`<div class="toolbar" part="toolbar">
      <span class="dot ${state}" title=${stateWords}><span class="visually-hidden">${stateWords}</span></span>
      <h2 title=${revealedText(name)}>${revealed(name)}</h2>
      <div class="facts">
        <span>${trace.isRunning ? messages.running : nothing}</span
        ><span class="moment">${trace.start ? formatMoment(trace.start, messages) : nothing}</span
        >${trace.id ? traceId(trace, messages) : nothing}
      </div>
      ${renderFindingsButton(context.findings, messages)}
      <div class="actions">
        ${traces.length > 1 ? traceChoice(context) : nothing} ${problems.length ? problemsButton(context) : nothing}
        ${renderViewTabs(context.view, messages, context.chooseView)} ${context.search.renderButton(messages)}
        ${context.view === 'tree' ? treeButtons(context) : nothing} ${context.fileButton} ${shareButton(context)}
        ${context.help.renderButton(messages)}
      </div>
    </div>
    ${context.areProblemsShown && problems.length ? problemList(context) : nothing}`;
}

function treeButtons({ messages, chosen, path, showPath, expandAll, collapseAll }: ToolbarContext): TemplateResult {
  const { criticalPath, leftOutOfPath } = messages;
  return html`<button
      type="button"
      class="icon-button"
      aria-label=${criticalPath}
      title=${path?.leftOut ? `${criticalPath} (${leftOutOfPath(path.leftOut)})` : criticalPath}
      aria-pressed=${String(path !== undefined)}
      @click=${() => showPath(!path)}
    >
      ${pathIcon()}
    </button>
    ${renderChoosing(chosen, messages)}
    <button
      type="button"
      class="icon-button"
      aria-label=${messages.expandAll}
      title=${messages.expandAll}
      @click=${expandAll}
    >
      ${expandIcon()}
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${messages.collapseAll}
      title=${messages.collapseAll}
      @click=${collapseAll}
    >
      ${collapseIcon()}
    </button>`;
}

/** How the trace ended, for the colour of the dot and in words. */
function stateOf(trace: Trace, messages: Messages): readonly [state: string, words: string] {
  if (trace.isRunning) return ['running', messages.running];
  const errors = errorCount(trace);
  return errors ? ['error', messages.stateErrors(errors)] : ['', messages.stateOk];
}

function shareButton({ messages, isShareShown, showShare }: ToolbarContext): TemplateResult {
  const { share } = messages.share;
  return html`<button
    type="button"
    class="icon-button share-button"
    aria-label=${share}
    title=${share}
    aria-haspopup="menu"
    aria-expanded=${String(isShareShown)}
    @click=${() => showShare(!isShareShown)}
  >
    ${shareIcon()}
  </button>`;
}

const errorCounts = new WeakMap<Trace, number>();

/** Without making spans of the rows, and once: there may be a million. */
function errorCount(trace: Trace): number {
  const known = errorCounts.get(trace);
  if (known !== undefined) return known;
  const { statuses } = trace.table;
  const { length } = trace.spans;
  let count = 0;
  for (let position = 0; position < length; position++) {
    if (statuses[trace.rowAt(position)] === 'error') count++;
  }
  errorCounts.set(trace, count);
  return count;
}

function traceId({ id }: Trace, { copyTraceId }: Messages): TemplateResult {
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

function traceChoice({ trace: shown, traces, messages, settings, chooseTrace }: ToolbarContext): TemplateResult {
  const choices = traces.slice(0, MOST_CHOICES);
  if (!choices.includes(shown)) choices.push(shown);
  return html`<select
    class="traces"
    aria-label=${messages.traceLabel}
    @change=${(event: Event) => chooseTrace((event.target as HTMLSelectElement).value)}
  >
    ${choices.map(
      (trace) =>
        html`<option value=${trace.id} .selected=${trace === shown}>
          ${messages.traceOption(revealedText(settings.readable(text(trace.name))), trace.spans.length)}
        </option>`,
    )}
  </select>`;
}

function problemsButton({ problems, messages, areProblemsShown, showProblems }: ToolbarContext): TemplateResult {
  const label = messages.problems(problems.length);
  return html`<button
    type="button"
    class="button problems-button"
    aria-label=${label}
    aria-expanded=${String(areProblemsShown)}
    @click=${() => showProblems(!areProblemsShown)}
  >
    ${warningIcon()}<span class="words">${label}</span>
  </button>`;
}

/** Findings of one kind that are listed; the others are counted. */
const MOST_ALIKE = 5;

function problemList({ problems, messages, settings, reveal }: ToolbarContext): TemplateResult {
  const kinds = Map.groupBy(problems, ({ code }) => code);
  return html`<ul class="problems" aria-label=${messages.problemsLabel}>
    ${Array.from(kinds.values(), (alike) => {
      const more = alike.length - MOST_ALIKE;
      return html`${alike.slice(0, MOST_ALIKE).map(({ message, spanId }) => {
        const words = revealed(settings.readable(message));
        return spanId === undefined
          ? html`<li>${words}</li>`
          : html`<li><button type="button" @click=${() => reveal(spanId)}>${words}</button></li>`;
      })}
      ${more > 0 ? html`<li class="muted">${messages.moreProblems(more)}</li>` : nothing}`;
    })}
  </ul>`;
}
