import { noChange, nothing, type TemplateResult } from 'lit';
import { html } from '../../internal/tight-html.js';
import type { TraceViewName } from '../events/index.js';
import type { ViewContext } from './trace-views.js';

type LaterView = Exclude<TraceViewName, 'tree'>;

const RENDER: Readonly<Record<LaterView, (context: ViewContext) => TemplateResult>> = {
  timeline: (context) =>
    html`<llm-timeline
      id="view-timeline"
      part="timeline"
      exportparts="overview, chart, tip, hidden-note"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-timeline"
      ?hidden=${context.view !== 'timeline'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.trace}
      .found=${context.found}
      .runningFor=${context.runningFor}
      .noise=${context.noise}
      .scale=${context.scale}
      .layout=${context.layout}
      .selected=${context.selected}
      .range=${context.range}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
      @llm-range-change=${context.rangeChanged}
    ></llm-timeline>`,

  steps: (context) =>
    html`<llm-steps
      id="view-steps"
      part="steps"
      exportparts="row, hidden-note"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-steps"
      ?hidden=${context.view !== 'steps'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'steps' ? context.trace : noChange}
      .runningFor=${context.runningFor}
      .noise=${context.noise}
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
      exportparts="row, hidden-note"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-sequence"
      ?hidden=${context.view !== 'sequence'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'sequence' ? context.trace : noChange}
      .noise=${context.noise}
      .selected=${context.selected}
      @llm-span-select=${context.select}
      @llm-span-open=${context.open}
    ></llm-sequence>`,

  table: (context) =>
    html`<llm-span-table
      id="view-table"
      part="table"
      exportparts="row, hidden-note"
      role=${context.hasTabs ? 'tabpanel' : nothing}
      aria-labelledby="tab-table"
      ?hidden=${context.view !== 'table'}
      .messages=${context.messages}
      .settings=${context.settings}
      .trace=${context.view === 'table' ? context.trace : noChange}
      .prices=${context.prices}
      .runningFor=${context.runningFor}
      .noise=${context.noise}
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

/** The views that are not there at first. */
export const renderLaterView = (view: LaterView, context: ViewContext): TemplateResult => RENDER[view](context);
