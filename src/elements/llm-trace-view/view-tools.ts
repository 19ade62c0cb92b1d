import { adoptStyles, type TemplateResult } from 'lit';
import { divider } from '../../internal/styles/divider.js';
import { texts } from '../../internal/styles/texts.js';
import { html } from '../../internal/tight-html.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import { ChosenSpans, renderChosenSpans } from './chosen-spans.js';
import { DisplayPart } from './display-part.js';
import { FileDrop } from './file-drop.js';
import { FindingsPart } from './findings-part.js';
import { HelpPart } from './help-part.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { PathPart } from './path-part.js';
import { ProblemsPart } from './problems-part.js';
import { SearchPart } from './search-part.js';
import { SharePart } from './share-part.js';
import type { Tool, ToolName } from './tool-button.js';
import type { Given } from './trace-sources.js';
import { renderTraceChoice } from './trace-choice.js';
import { toolStyles } from './view-tools.styles.js';

/** What is behind the buttons of the toolbar, and what they open. */
export class ViewTools {
  readonly problems: ProblemsPart;
  readonly findings: FindingsPart;
  readonly search: SearchPart;
  readonly path: PathPart;
  readonly display: DisplayPart;
  readonly chosen: ChosenSpans;
  readonly files: FileDrop;
  readonly share: SharePart;
  readonly help: HelpPart;
  /** By the name of the button. */
  readonly byName: Readonly<Record<ToolName, Tool>>;
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
    const { elementStyles } = view.constructor as typeof LlmTraceView;
    adoptStyles(view.renderRoot as ShadowRoot, [...elementStyles, texts, divider, toolStyles]);
    this.problems = new ProblemsPart(view);
    this.findings = new FindingsPart(view, later);
    this.search = new SearchPart(view, later);
    this.path = new PathPart(view);
    this.display = new DisplayPart(view, later);
    this.chosen = new ChosenSpans(view);
    this.files = new FileDrop(view);
    this.share = new SharePart(view, later);
    this.help = new HelpPart(view, later);
    const { problems, findings, search, path, display, chosen, share, help } = this;
    this.byName = { problems, findings, search, path, display: display.button, chosen, share: share.button, help };
  }

  /** What is shown from now on. */
  take(trace: Trace | undefined): void {
    this.findings.take(trace);
    this.path.take(trace);
  }

  renderTraceChoice(trace: Trace): TemplateResult {
    return renderTraceChoice(this.#view, trace);
  }

  renderProblems(problems: readonly TraceProblem[]): ReturnType<ProblemsPart['renderList']> {
    return this.problems.renderList(problems, this.#view.messages);
  }

  /**
   * The field of the search and the menus, above the figures.
   *
   * @param hasToolbar whether there is a place for them; a query that the page gives holds without it
   */
  renderMenus(
    trace: Trace,
    hasToolbar: boolean,
    {
      original,
      match,
      leave,
    }: {
      /** What the trace was read from. */
      original: Given | undefined;
      /** What becomes of a match that a person goes to. */
      match: (event: LlmSpanSelectEvent) => void;
      /** Gives the focus to the spans. */
      leave: () => void;
    },
    view: Parameters<DisplayPart['renderMenu']>[0],
  ): TemplateResult {
    const field = this.search.renderField(trace, hasToolbar, match, leave);
    if (!hasToolbar) return html`${field}`;
    return html`${field} ${this.share.renderMenu(trace, original)} ${this.display.renderMenu(view, trace)}`;
  }

  renderChosen(): ReturnType<typeof renderChosenSpans> {
    return renderChosenSpans(this.chosen, this.#later, this.#view);
  }
}
