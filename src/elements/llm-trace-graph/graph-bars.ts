import { html, nothing, type TemplateResult } from 'lit';
import type { CallGraph, GraphStep } from '../../analysis/index.js';
import { formatDuration } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { copyIcon, fitIcon, minusIcon, nextIcon, plusIcon, previousIcon } from '../../internal/icons.js';
import type { JustCopied } from '../../internal/just-copied.js';
import { callerName, nameOf, type Wording } from './graph-words.js';

/** What the nodes of a graph are: what agents call, services, or the former call by call. */
export type GraphMode = 'calls' | 'services' | 'steps';
export const GRAPH_MODES: readonly GraphMode[] = ['calls', 'steps', 'services'];

/** What can be copied of the graph. */
export type GraphText = 'mermaid' | 'text';

interface Tools {
  readonly mode: GraphMode;
  readonly isTable: boolean;
  readonly canCopy: boolean;
  readonly copied: JustCopied<GraphText>;
  chooseMode(mode: GraphMode): void;
  showTable(isTable: boolean): void;
  copy(what: GraphText): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

const iconButton = (label: string, icon: TemplateResult, act: () => void, isIdle = false): TemplateResult =>
  html`<button type="button" class="icon-button" aria-label=${label} title=${label} ?disabled=${isIdle} @click=${act}>
    ${icon}
  </button>`;

/** Above the graph: what it shows, how, and ways to take it along. */
export function renderTools(tools: Tools, { messages }: Wording): TemplateResult {
  const { mode, isTable, copied, canCopy } = tools;
  const copyButton = (what: GraphText, label: string, shortLabel: string): TemplateResult => {
    const told = copied.what === what ? messages.copied : copied.failed === what ? messages.notCopied : undefined;
    return html`<button
      type="button"
      class="button"
      aria-label=${told ?? label}
      title=${label}
      ?disabled=${!canCopy}
      @click=${() => tools.copy(what)}
    >
      ${copyIcon()}${told ?? shortLabel}
    </button>`;
  };
  return html`<div class="tools" part="toolbar">
    <div class="modes" role="group" aria-label=${messages.graphModeLabel}>
      ${GRAPH_MODES.map(
        (one) =>
          html`<button
            type="button"
            class="button"
            aria-pressed=${String(one === mode)}
            @click=${() => tools.chooseMode(one)}
          >
            ${messages.graphModes[one]}
          </button>`,
      )}
    </div>
    <button type="button" class="button" aria-pressed=${String(isTable)} @click=${() => tools.showTable(!isTable)}>
      ${messages.graphTable}
    </button>
    <span class="space"></span>
    ${copyButton('mermaid', messages.graphAsMermaid, messages.graphMermaid)}
    ${copyButton('text', messages.graphAsText, messages.graphText)}
    ${
      isTable
        ? nothing
        : html`<span class="zoom"
            >${iconButton(messages.zoomOut, minusIcon(), tools.zoomOut)}${iconButton(
              messages.zoomIn,
              plusIcon(),
              tools.zoomIn,
            )}${iconButton(messages.graphFit, fitIcon(), tools.fit)}</span
          >`
    }
  </div>`;
}

interface Stepper {
  readonly graph: CallGraph;
  /** Places of the calls that are gone through, in `graph.steps`. */
  readonly calls: readonly number[];
  /** Place of the selected call in `graph.steps`. */
  readonly at: number | undefined;
  readonly slowest: number | undefined;
  readonly failed: number | undefined;
  /** Which of how many, in words. */
  place(place: number | undefined, count: number): string;
  go(call: number): void;
}

/** Below the graph: from call to call, and to those that are asked for most. */
export function renderStepper(stepper: Stepper, wording: Wording): TemplateResult {
  const { graph, calls, at, slowest, failed, go } = stepper;
  const { messages } = wording;
  const previous = at === undefined ? undefined : calls.findLast((call) => call < at);
  const next = calls.find((call) => at === undefined || call > at);
  const isAmong = at !== undefined && calls.includes(at);
  const leap = (label: string, call: number | undefined): TemplateResult | typeof nothing =>
    call === undefined
      ? nothing
      : html`<button type="button" class="button" ?disabled=${call === at} @click=${() => go(call)}>${label}</button>`;
  const to = (call: number | undefined) => (): void => {
    if (call !== undefined) go(call);
  };
  return html`<div class="stepper" part="stepper">
    ${iconButton(messages.graphPreviousCall, previousIcon(), to(previous), previous === undefined)}
    ${iconButton(messages.graphNextCall, nextIcon(), to(next), next === undefined)}
    <p aria-live="polite">
      <strong>${stepper.place(isAmong ? calls.indexOf(at) + 1 : undefined, calls.length)}</strong>
      ${isAmong ? renderCall(graph.steps[at]!, graph, wording) : nothing}
    </p>
    <span class="space"></span>
    ${leap(messages.graphSlowestCall, slowest)} ${leap(messages.graphFailedCall, failed)}
  </div>`;
}

/** One call: who, whom, how long, and whether it failed. */
function renderCall({ edge, start, end, status }: GraphStep, graph: CallGraph, wording: Wording): TemplateResult {
  const { messages } = wording;
  const { from, to } = graph.edges[edge]!;
  return html`<span class="call"
    ><bdi>${revealed(callerName(from, graph, wording))}</bdi> →
    <bdi>${revealed(nameOf(graph.nodes[to]!, wording))}</bdi> ·
    ${end === undefined ? messages.running : formatDuration(end - start, messages.locale)}
    ${status === 'error' ? html`<span class="errors">✕ ${messages.errorMark}</span>` : nothing}</span
  >`;
}
