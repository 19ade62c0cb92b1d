import { nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CriticalPath, PriceSource } from '../../analysis/index.js';
import { hasDetails } from '../../formats/details.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import type { TimeRange } from '../../internal/flame-range.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import type { SpanNoise } from '../../internal/span-noise.js';
import { html } from '../../internal/tight-html.js';
import type { TimeScaleName } from '../../internal/time-map.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import {
  LlmViewChangeEvent,
  type LlmRangeChangeEvent,
  type LlmSpansChooseEvent,
  type LlmSpanSelectEvent,
  type SpanDisplay,
  type TimelineLayout,
  type TraceViewName,
} from '../events/index.js';
import type { LlmSpanTree } from '../llm-span-tree/llm-span-tree.js';
import type { LaterElements } from './later-elements.js';
import { laterParts } from './later-parts.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { knownView } from './view-tabs.js';

/** What the views are given. */
export interface ViewContext {
  /** The one that is shown. */
  view: TraceViewName;
  /** Whether there are tabs that the views can be the panels of. */
  hasTabs: boolean;
  messages: FirstMessages;
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
  /** The stretch of time that the timeline shows, and what becomes of another one. */
  range: TimeRange | undefined;
  rangeChanged: (event: LlmRangeChangeEvent) => void;
  /** Which spans are hidden, and how the others are shown. */
  noise: SpanNoise | undefined;
  grouped: boolean;
  scale: TimeScaleName;
  layout: TimelineLayout;
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

const renderTree = (context: ViewContext): TemplateResult =>
  html`<llm-span-tree
    id="view-tree"
    part="tree"
    exportparts="row, bar, critical, hidden-note"
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
    .noise=${context.noise}
    .grouped=${context.grouped}
    .scale=${context.scale}
    .selected=${context.selected}
    @llm-span-select=${context.select}
    @llm-span-open=${context.open}
    @llm-spans-choose=${context.choose}
  ></llm-span-tree>`;

/** In place of a part that could not be loaded. */
export const renderPartFailed = (messages: FirstMessages): TemplateResult =>
  html`<p class="part-failed" role="alert">${messages.partFailed}</p>`;

/**
 * The view that suits the shape of a trace: nothing but calls of models that are over, all of whose parents are there, are a
 * conversation, if the first one has messages; any other trace is a tree.
 */
export function defaultViewOf(trace: Trace): TraceViewName {
  return hasOnlyCalls(trace) && hasDetails() && trace.spanAt(0).messages.length > 0 ? 'conversation' : 'tree';
}

/** Whether a trace is nothing but calls of models that are over, all of whose parents are there. */
export function hasOnlyCalls(trace: Trace): boolean {
  const { table, spans } = trace;
  if (spans.length === 0 || trace.isRunning) return false;
  for (let position = 0; position < spans.length; position++) {
    const row = trace.rowAt(position);
    const isCall = table.kindAt(row) === 'llm';
    if (!isCall || (trace.tree.parent[position]! < 0 && table.namesParent(row))) return false;
  }
  return true;
}

/** The views of a trace. Each is made when it is first wanted, and keeps its place while another one is shown. */
export class OpenedViews {
  readonly #host: LlmTraceView;
  readonly #later: LaterElements;
  readonly #opened = new Set<TraceViewName>();
  /** Id of the trace that was shown last. */
  #traceId: string | undefined;
  /** The one that is shown where the page names none. */
  #default: TraceViewName = 'tree';
  /** The one that was shown before. */
  #before: TraceViewName | undefined;
  /** Whether another one is shown now than before the last change. */
  isOther = false;

  constructor(host: LlmTraceView, later: LaterElements) {
    this.#host = host;
    this.#later = later;
  }

  /** The name of the one that is shown. */
  get name(): TraceViewName {
    const { view } = this.#host;
    return view === undefined ? this.#default : knownView(view);
  }

  /** Whether outlines are all that the view shows which the page asks for. */
  get isOutline(): boolean {
    return knownView(this.#host.view ?? 'tree') === 'tree';
  }

  /** The element that shows the spans. */
  get shown(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(`#view-${this.name}`);
  }

  /** A person chose another one. */
  readonly choose = (name: TraceViewName): void => {
    if (name === this.name) return;
    this.#host.view = name;
    this.#host.dispatchEvent(new LlmViewChangeEvent({ view: name }));
  };

  /** A stretch of time is one of a trace. One that is set before a trace is there, or together with it, holds. */
  take(trace: Trace | undefined, changed: PropertyValues): void {
    const isOther = this.#traceId !== undefined && this.#traceId !== trace?.id;
    if (isOther && !changed.has('range')) this.#host.range = undefined;
    // A trace that grows is not taken away from who reads it.
    if (trace && trace.id !== this.#traceId) {
      this.#default = defaultViewOf(trace);
      // What stood ready for it is another one.
      if (this.#traceId === undefined && this.name !== 'tree') this.#opened.clear();
    }
    this.#traceId = trace?.id;
    this.isOther = this.#before !== undefined && this.#before !== this.name;
    this.#before = trace && this.name;
  }

  focus(): void {
    this.shown?.focus();
  }

  /** Brings a span into sight, in a view that has a place for each. */
  reveal(spanId: string): void {
    const shown: (HTMLElement & Partial<Pick<LlmSpanTree, 'reveal'>>) | null = this.shown;
    shown?.reveal?.(spanId);
  }

  render(context: Omit<ViewContext, 'view' | 'range' | 'rangeChanged' | 'noise' | keyof SpanDisplay>): TemplateResult {
    const { name } = this;
    const { range, noise, grouped, scale, layout } = this.#host;
    const display = { noise, grouped, scale, layout };
    this.#opened.add(name);
    const render = (view: TraceViewName): TemplateResult | typeof nothing => {
      const tag = LATER.get(view);
      if (tag !== undefined) {
        const isReady = this.#later.want(tag);
        if (this.#later.hasFailed(tag)) return view === name ? renderPartFailed(context.messages) : nothing;
        if (!isReady) return nothing;
      }
      const given = { ...context, ...display, view: name, range, rangeChanged: this.#onRange };
      return view === 'tree' ? renderTree(given) : laterParts.value!.renderLaterView(view, given);
    };
    // In the order in which they were opened: each keeps its place.
    return html`${Array.from(this.#opened, render)}`;
  }

  readonly #onRange = ({ detail: { range } }: LlmRangeChangeEvent): void => {
    this.#host.range = range;
  };
}
