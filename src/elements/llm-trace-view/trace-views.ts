import { html, noChange, nothing, type TemplateResult } from 'lit';
import type { CriticalPath, PriceSource } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import type { LlmSpansChooseEvent, LlmSpanSelectEvent, TraceViewName } from '../events/index.js';
import type { LaterElements } from './later-elements.js';

/** What the views are given. */
export interface ViewContext {
  /** The one that is shown. */
  view: TraceViewName;
  /** Whether there are tabs that the views can be the panels of. */
  hasTabs: boolean;
  messages: Messages;
  settings: ViewSettings;
  trace: Trace;
  prices: PriceSource | undefined;
  /** The critical path, where it is to be marked. */
  path: CriticalPath | undefined;
  /** Ids of the spans that are chosen as examples, while a person chooses. */
  chosen: ReadonlySet<string> | undefined;
  /** What a search has found in the trace. */
  found: SpanMatches | undefined;
  runningFor: number | undefined;
  selected: string | undefined;
  select: (event: LlmSpanSelectEvent) => void;
  open: () => void;
  choose: (event: LlmSpansChooseEvent) => void;
}

/** The views that are not there at first, by the tag that has to be loaded. */
const LATER: ReadonlyMap<TraceViewName, string> = new Map([
  ['timeline', 'llm-timeline'],
  ['steps', 'llm-steps'],
  ['conversation', 'llm-conversation'],
  ['sequence', 'llm-sequence'],
  ['table', 'llm-span-table'],
  ['graph', 'llm-trace-graph'],
  ['statistics', 'llm-statistics'],
]);

const RENDER: Readonly<Record<TraceViewName, (context: ViewContext) => TemplateResult>> = {
  tree: (context) =>
    html`<llm-span-tree
      id="view-tree"
      part="tree"
      exportparts="row, bar, critical"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-tree"
      ?hidden=${context.view !== 'tree'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.trace}
      .critical=${context.path}
      .chosen=${context.chosen}
      .found=${context.found}
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
      @llm-spans-choose=${context.choose}
    ></llm-span-tree>`,

  timeline: (context) =>
    html`<llm-timeline
      id="view-timeline"
      part="timeline"
      exportparts="overview, chart, tip"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-timeline"
      ?hidden=${context.view !== 'timeline'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.trace}
      .found=${context.found}
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-timeline>`,

  steps: (context) =>
    html`<llm-steps
      id="view-steps"
      part="steps"
      exportparts="row"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-steps"
      ?hidden=${context.view !== 'steps'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'steps' ? context.trace : noChange}
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-steps>`,

  conversation: (context) =>
    html`<llm-conversation
      id="view-conversation"
      part="conversation"
      exportparts="message"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-conversation"
      ?hidden=${context.view !== 'conversation'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'conversation' ? context.trace : noChange}
      .selected=${context.selected}
      @llm-span-select=${context.select}
    ></llm-conversation>`,

  sequence: (context) =>
    html`<llm-sequence
      id="view-sequence"
      part="sequence"
      exportparts="row"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-sequence"
      ?hidden=${context.view !== 'sequence'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'sequence' ? context.trace : noChange}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-sequence>`,

  table: (context) =>
    html`<llm-span-table
      id="view-table"
      part="table"
      exportparts="row"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-table"
      ?hidden=${context.view !== 'table'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'table' ? context.trace : noChange}
      .prices=${context.prices}
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-span-table>`,

  graph: (context) =>
    html`<llm-trace-graph
      id="view-graph"
      part="graph"
      exportparts="drawing, node, edge, stepper"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-graph"
      ?hidden=${context.view !== 'graph'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.trace}
      .selected=${context.selected}
      @llm-span-select=${context.select}
    ></llm-trace-graph>`,

  statistics: (context) =>
    html`<llm-statistics
      id="view-statistics"
      part="statistics"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-statistics"
      ?hidden=${context.view !== 'statistics'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'statistics' ? context.trace : undefined}
      .prices=${context.prices}
      @llm-span-select=${context.select}
    ></llm-statistics>`,
};

/** In place of a part that could not be loaded. */
export const renderPartFailed = (messages: Messages): TemplateResult =>
  html`<p class="part-failed" role="alert">${messages.partFailed}</p>`;

/** The views that were opened. Each is made when it is first wanted, and keeps its place while another one is shown. */
export function renderViews(
  opened: ReadonlySet<TraceViewName>,
  later: LaterElements,
  context: ViewContext,
): TemplateResult {
  const render = (view: TraceViewName): TemplateResult | typeof nothing => {
    if (!opened.has(view)) return nothing;
    const tag = LATER.get(view);
    if (tag !== undefined) {
      later.want(tag);
      if (later.hasFailed(tag)) return view === context.view ? renderPartFailed(context.messages) : nothing;
    }
    return RENDER[view](context);
  };
  return html`${(Object.keys(RENDER) as TraceViewName[]).map(render)}`;
}
