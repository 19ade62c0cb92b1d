import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatMoment } from '../../i18n/format.js';
import { copyText } from '../../internal/clipboard.js';
import { revealed, revealedText } from '../../internal/first-characters.js';
import {
  collapseIcon,
  displayIcon,
  exampleIcon,
  expandIcon,
  findingsIcon,
  keysIcon,
  pathIcon,
  searchIcon,
  shareIcon,
  warningIcon,
} from '../../internal/first-icons.js';
import { knownErrors } from '../../internal/known-errors.js';
import { isSettled } from '../../internal/settled-trace.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { renderToolButton, type ToolButton, type ToolName } from './tool-button.js';
import type { Tools } from './tools.js';
import type { OpenedViews } from './trace-views.js';
import { canBeArranged, renderRoom, renderViewTabs } from './view-tabs.js';

/** Name, time and id of the trace; other traces; problems; the views of its spans; buttons for the tree. */
export function renderToolbar(
  view: LlmTraceView,
  trace: Trace,
  problems: readonly TraceProblem[],
  views: OpenedViews,
  tools: Tools,
): TemplateResult {
  const { traces, messages, settings, openFiles } = view;
  // What all spans have a say in comes when all were asked.
  const isKnown = isSettled(trace);
  const name = settings.readable(text(trace.nameAtFirst));
  const [state, stateWords] = isKnown ? stateOf(trace, messages) : ['awaited', ''];
  const button = (
    tool: ToolName,
    label: string,
    icon: TemplateResult,
    opens: ToolButton['opens'],
    title = label,
  ): TemplateResult => {
    const known = tools.value?.byName[tool];
    const press = (): void => void tools.press(tool);
    return renderToolButton({
      name: tool,
      label,
      title: known?.title?.(messages) ?? title,
      icon,
      opens,
      isOn: known?.isOn,
      press,
    });
  };
  const { help, share, search, display, chosen } = messages;
  return html`<div class="toolbar" part="toolbar">
      <div class="title">
        <span class="dot ${state}" title=${stateWords}><span class="visually-hidden">${stateWords}</span></span>
        <h2 title=${revealedText(name)}>${revealed(name)}</h2>
        <div class="facts">
          <span>${trace.isRunning ? messages.running : nothing}</span
          ><span class="moment">${trace.start ? formatMoment(trace.start, messages) : nothing}</span
          >${trace.id ? traceId(trace, messages) : nothing}
        </div>
        ${findingsButton(tools, messages)}
      </div>
      <div class="actions">
        ${traces.length > 1 && isKnown && tools.value ? tools.value.renderTraceChoice(trace) : nothing}
        ${problems.length ? problemsButton(tools, problems.length, messages) : nothing}
        ${renderViewTabs(views.name, messages, views.choose)} ${button('search', search.search, searchIcon(), 'field')}
        ${canBeArranged(views.name) ? button('display', display.display, displayIcon(), 'dialog') : renderRoom(1)}
        ${
          views.name === 'tree'
            ? html`${button('path', messages.criticalPath, pathIcon(), 'toggle')}
              ${button('chosen', chosen.start, exampleIcon(), 'toggle')} ${treeButtons(view)}`
            : renderRoom(4)
        }
        ${openFiles ? (tools.value?.files.renderButton() ?? html`<span class="icon-button"></span>`) : nothing}
        ${button('share', share.share, shareIcon(), 'menu')}
        ${button('help', help.title, keysIcon(), 'dialog', `${help.title} (?)`)}
      </div>
    </div>
    ${tools.value?.renderProblems(problems) ?? nothing}`;
}

function treeButtons(view: LlmTraceView): TemplateResult {
  const { expandAll, collapseAll } = view.messages;
  const expand = { name: 'expand', label: expandAll, icon: expandIcon(), press: () => view.expandAll() };
  const collapse = { name: 'collapse', label: collapseAll, icon: collapseIcon(), press: () => view.collapseAll() };
  return html`${renderToolButton(expand)} ${renderToolButton(collapse)}`;
}

/** Says how many there are, once that is known. */
function findingsButton(tools: Tools, messages: FirstMessages): TemplateResult {
  const findings = tools.value?.findings;
  const label = findings?.title(messages) ?? messages.findingsLabel;
  const counts = findings?.renderCounts(messages) ?? [];
  return html`<button
    type="button"
    class="button findings-button"
    title=${label}
    aria-expanded=${String(findings?.isOn ?? false)}
    @click=${() => tools.press('findings')}
  >
    ${counts.length ? counts : findingsIcon()}<span class=${counts.length ? 'visually-hidden' : 'words'}>${label}</span>
  </button>`;
}

function problemsButton(tools: Tools, count: number, messages: FirstMessages): TemplateResult {
  const label = messages.problems(count);
  return html`<button
    type="button"
    class="button problems-button"
    aria-label=${label}
    aria-expanded=${String(tools.value?.problems.isOn ?? false)}
    @click=${() => tools.press('problems')}
  >
    ${warningIcon()}<span class="words">${label}</span>
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
