import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import {
  questionsInSteps,
  stepOutline,
  stepsOf,
  type Question,
  type StepOutline,
  type Steps,
} from '../../analysis/index.js';
import { rollUpsOf } from '../../internal/known-roll-ups.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { runInSlices } from '../../internal/time-slices.js';
import { errorsBefore, TreeRows } from '../../internal/tree-rows.js';
import type { Span, Trace } from '../../model/index.js';
import { RowListElement, rowWith } from '../row-list-element.js';
import { rowListStyles } from '../row-list-element.styles.js';
import { stepsStyles } from './llm-steps.styles.js';
import { StepPreviews } from './step-previews.js';
import { renderStep } from './step-row.js';

/** A minute and more is written with two units. */
const LONG = 60_000;

/**
 * A run as the steps of its agents, one line each: what a user asked, each turn of a model with what it said, the tools that it
 * called with their arguments and results, agents inside agents. What frameworks do is folded, with a count. Only the rows in
 * sight are in the DOM, and only their payloads are read.
 *
 * Keys: arrows move, open and close; Home, End, Page Up and Page Down jump; `*` opens everything below a row; letters find the
 * next step by name; Space selects; Enter selects and fires `llm-span-open`.
 *
 * @summary The turns of agents, one line each.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a step.
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person wants to see what is hidden.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a step (Enter).
 * @csspart hidden-note - How many spans are hidden.
 * @csspart row - A row.
 * @csspart header - The row of column names.
 * @cssprop [--llm-row-height=28px] - Height of a row; 24px at least, so that it can be hit.
 */
export class LlmSteps extends RowListElement {
  static override styles = [tokens, base, texts, kindColours, rowListStyles, stepsStyles];

  /** Milliseconds that a running trace has taken by now, where somebody counts them. */
  @property({ attribute: false }) runningFor: number | undefined;

  protected override readonly headerHeight = 26;

  #outline: StepOutline | undefined;
  #steps: Steps | undefined;
  #rows: TreeRows | undefined;
  /** Worked out when something closed may hide errors. */
  #errorsBefore: Uint32Array | undefined;
  readonly #previews = new StepPreviews(this);
  #reading: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reading?.abort();
    this.#reading = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.trace && this.#steps) this.#readQuestions(this.trace);
  }

  /** Opens every row that has others inside. */
  expandAll(): void {
    this.changeRows(() => this.#rows?.openAll());
  }

  /** Leaves the outermost rows. */
  collapseAll(): void {
    this.changeRows(() => this.#rows?.closeAll());
  }

  protected override get rowCount(): number {
    return this.#rows?.count ?? 0;
  }

  protected override spanAt(row: number): Span | undefined {
    return this.shown?.spanAt(this.#steps!.positionAt(this.#rows!.at(row)));
  }

  protected override rowOf(span: Span, isWanted: boolean): number {
    if (!this.#steps || !this.#rows) return -1;
    const at = this.#steps.rowOf(span.index);
    if (isWanted) this.#rows.openAbove(at);
    return this.#rows.rowOf(this.#rows.shown(at));
  }

  protected override nameAt(row: number): string {
    const span = this.spanAt(row)!;
    return this.readableText(span.label ?? span.name);
  }

  protected override opensOnly(row: number): boolean {
    return this.#steps!.typeAt(this.#rows!.at(row)) === 'fold';
  }

  protected override takeTrace(before: Trace | undefined): void {
    const { trace } = this;
    this.#reading?.abort();
    this.#previews.forget();
    if (!trace) {
      this.#steps = this.#rows = this.#outline = undefined;
      return;
    }
    const isSame = before?.id === trace.id;
    // Of a trace that grew, what was asked before is known; what is new comes when it was read.
    const known = isSame ? (this.#steps?.questions ?? []) : [];
    const moved = known.flatMap((question) => {
      const span = trace.span(before!.idAt(question.position));
      return span ? [{ ...question, position: span.index }] : [];
    });
    const outline = (this.#outline = stepOutline(trace, rollUpsOf(trace, undefined), this.hiddenSpans?.bits));
    const asked = new Set(outline.asked);
    const still = moved.filter(({ position }) => asked.has(position));
    this.#arrange(
      trace,
      still.toSorted((one, other) => one.position - other.position),
    );
    this.#readQuestions(trace);
  }

  /** Makes the rows. What was open and closed stays so, and folds are closed at first. */
  #arrange(trace: Trace, questions: readonly Question[]): void {
    const before = this.#steps;
    const rows = this.#rows;
    const steps = stepsOf(this.#outline!, questions);
    this.#steps = steps;
    this.#errorsBefore = undefined;
    this.#rows = new TreeRows(steps.tree);
    const wasClosed = new Set<string>();
    const wasOpen = new Set<string>();
    if (rows && before?.trace.id === trace.id) {
      for (let row = 0; row < before.tree.nodes.length; row++) {
        if (rows.isClosed(row)) wasClosed.add(keyOf(before, row));
        else if (before.typeAt(row) === 'fold') wasOpen.add(keyOf(before, row));
      }
    }
    const closed: number[] = [];
    for (let row = 0; row < steps.tree.nodes.length; row++) {
      if (!this.#rows.isParent(row)) continue;
      const isFold = steps.typeAt(row) === 'fold' && steps.areThere;
      const isClosed = isFold
        ? wasOpen.size === 0 || !wasOpen.has(keyOf(steps, row))
        : wasClosed.size > 0 && wasClosed.has(keyOf(steps, row));
      if (isClosed) closed.push(row);
    }
    this.#rows.close(closed);
  }

  #readQuestions(trace: Trace): void {
    const reading = (this.#reading = new AbortController());
    const outline = this.#outline!;
    let questions: readonly Question[] = [];
    const work = function* (): Generator<undefined, void> {
      questions = yield* questionsInSteps(outline);
    };
    void runInSlices(work(), { take: () => {}, signal: reading.signal }).then((isOver) => {
      if (!isOver || reading.signal.aborted || this.trace !== trace) return;
      const known = this.#steps?.questions ?? [];
      const isSame = known.length === questions.length && known.every(({ text }, at) => text === questions[at]!.text);
      if (!isSame) this.changeRows(() => this.#arrange(trace, questions));
    });
  }

  protected override goInto(row: number): void {
    const rows = this.#rows!;
    const at = rows.at(row);
    if (!rows.isParent(at)) return;
    if (rows.isClosed(at)) this.#toggle(row);
    else this.moveTo(row + 1);
  }

  protected override goOut(row: number): void {
    const rows = this.#rows!;
    const at = rows.at(row);
    if (rows.isParent(at) && !rows.isClosed(at)) return this.#toggle(row);
    const parent = rows.tree.parent[at]!;
    if (parent >= 0) this.moveTo(rows.rowOf(parent));
  }

  protected override openInside(row: number): void {
    this.changeRows(() => this.#rows!.openInside(this.#rows!.at(row)));
  }

  #toggle(row: number): void {
    const at = this.#rows!.at(row);
    this.changeRows(() => this.#rows!.toggle(at, this.#rows!.isClosed(at)));
  }

  readonly #onClick = ({ target }: MouseEvent): void => {
    const row = rowWith(target);
    if (row === undefined) return;
    const isTwisty = (target as Element).closest('.twisty') && this.#rows!.isParent(this.#rows!.at(row));
    const type = this.#steps!.typeAt(this.#rows!.at(row));
    this.active = row;
    if (isTwisty || type === 'fold') this.#toggle(row);
    else this.select(row);
  };

  readonly #onDoubleClick = ({ target }: MouseEvent): void => {
    const row = rowWith(target);
    if (row !== undefined && !(target as Element).closest('.twisty, .fold')) this.#toggle(row);
  };

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#previews.begin();
  }

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const steps = this.#steps;
    return html`<div class="frame">
      ${steps && !steps.areThere ? html`<p class="quiet">${messages.views.noSteps}</p>` : nothing}
      <div
        class="scroller ${this.#columns(trace)}"
        role="treegrid"
        tabindex="0"
        aria-label=${messages.views.stepsOf(this.readableText(trace?.name ?? ''))}
        aria-rowcount=${this.rowCount + 1}
        aria-activedescendant=${this.rowCount === 0 ? nothing : `row-${this.active}`}
        @keydown=${this.onKeydown}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
      >
        <div class="row header" part="header" role="row" aria-rowindex="1">
          <span role="columnheader">${messages.views.step}</span>
          <span role="columnheader" class="number time">${messages.columnTime}</span>
          <span role="columnheader" class="number tokens">${messages.columnTokens}</span>
          <span role="columnheader" class="number cost">${messages.columnCost}</span>
        </div>
        <div class="list" .style=${`--count: ${this.window.heightInRows}`} role="none">
          <div class="probe" aria-hidden="true"></div>
          <div class="rows" role="rowgroup">
            ${steps ? this.renderRows((row, top) => this.#renderRow(steps, row, top)) : nothing}
          </div>
        </div>
      </div>
      ${this.renderNotPrinted()} ${this.renderHiddenNote()}
    </div>`;
  }

  #renderRow(steps: Steps, place: number, top: number): TemplateResult {
    const { messages, settings } = this;
    const row = this.#rows!.at(place);
    const type = steps.typeAt(row);
    const span = steps.trace.spanAt(steps.positionAt(row));
    return renderStep({
      steps,
      messages,
      settings,
      row,
      place,
      top,
      isActive: place === this.active,
      isSelected: type !== 'question' && type !== 'fold' && span.id === this.selected,
      isClosed: this.#rows!.isClosed(row),
      errorsHidden: this.#errorsHidden(steps, row),
      preview: type === 'turn' || type === 'step' ? this.#previews.of(span) : undefined,
    });
  }

  /** Classes that say how much room the columns of figures need. */
  #columns(trace: Trace | undefined): string {
    const classes = [];
    if (!trace?.usage) classes.push('no-tokens');
    if (trace?.cost === undefined) classes.push('no-cost');
    if (trace && Math.max(trace.duration, this.runningFor ?? 0) >= LONG) classes.push('long');
    return classes.join(' ');
  }

  /** How many errors something closed hides. */
  #errorsHidden(steps: Steps, row: number): number {
    if (!this.#rows!.isClosed(row)) return 0;
    const { trace, tree } = steps;
    const isError = (at: number): boolean => {
      const type = steps.typeAt(at);
      if (type === 'question' || type === 'fold') return false;
      return trace.table.statuses[trace.rowAt(steps.positionAt(at))] === 'error';
    };
    if (isError(row)) return 0;
    this.#errorsBefore ??= errorsBefore(tree, isError);
    return this.#errorsBefore[row + tree.size[row]!]! - this.#errorsBefore[row]!;
  }
}

/** Tells a row again in a trace that grew. */
const keyOf = (steps: Steps, row: number): string => {
  const type = steps.typeAt(row);
  const id = steps.trace.idAt(steps.positionAt(row));
  return type === 'fold' || type === 'question' ? `${type} ${id}` : ` ${id}`;
};

declare global {
  interface HTMLElementTagNameMap {
    'llm-steps': LlmSteps;
  }
}
