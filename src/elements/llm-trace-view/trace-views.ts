import { html, nothing, type TemplateResult } from 'lit';
import type { CriticalPath, PriceSource } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import type { LlmSpanSelectEvent, TraceViewName } from '../events/index.js';
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
  runningFor: number | undefined;
  selected: string | undefined;
  select: (event: LlmSpanSelectEvent) => void;
  open: () => void;
}

/** The views that are not there at first, by the tag that has to be loaded. */
const LATER: ReadonlyMap<TraceViewName, string> = new Map([
  ['timeline', 'llm-timeline'],
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
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
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
      .runningFor=${context.runningFor}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-timeline>`,

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
  return html`${render('tree')} ${render('timeline')} ${render('graph')} ${render('statistics')}`;
}
