import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import {
  mermaidOfSequence,
  sequenceOf,
  sequenceText,
  type Sequence,
  type SequenceRow,
  type SequenceRows,
} from '../../analysis/index.js';
import { JustCopied } from '../../internal/just-copied.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { copyIcon, serviceIcon } from '../../internal/icons.js';
import { rollUpsOf } from '../../internal/known-roll-ups.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Span, Trace } from '../../model/index.js';
import { RowListElement, rowWith } from '../row-list-element.js';
import { rowListStyles } from '../row-list-element.styles.js';
import { sequenceStyles } from './llm-sequence.styles.js';
import { lifelineName, renderSequenceRow, type SequenceLook } from './sequence-row.js';

/** Width of a column where the styles do not say another, in px. */
const COLUMN = 168;
/** Milliseconds for which a button says what became of the copy. */

/**
 * Agents, tools, models and retrievers as lifelines, and who called whom, one call after the other. What is repeated is folded
 * with a count. Only the rows in sight are in the DOM; each says in words what it draws, so that the diagram is read as a list.
 *
 * Keys: up and down go from call to call, right and left open and fold what is repeated, Home and End jump, letters find a call by
 * name; Space selects; Enter selects and fires `llm-span-open`.
 *
 * @summary A run as a sequence diagram.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a call.
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person wants to see what is hidden.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a call (Enter).
 * @csspart toolbar - The buttons.
 * @csspart hidden-note - How many spans are hidden.
 * @csspart row - A call or a return.
 * @csspart header - The names of the lifelines.
 */
export class LlmSequence extends RowListElement {
  static override styles = [tokens, base, texts, kindColours, rowListStyles, sequenceStyles];

  protected override readonly headerHeight = 36;

  #sequence: Sequence | undefined;
  #rows: SequenceRows | undefined;
  /** Ids of the first spans of loops that are shown call by call. */
  readonly #open = new Set<string>();
  #column = COLUMN;
  readonly #copied = new JustCopied<'mermaid' | 'text'>(this);

  protected override get rowCount(): number {
    return this.#rows?.count ?? 0;
  }

  protected override spanAt(row: number): Span | undefined {
    return this.#rows && row < this.#rows.count ? this.#rows.at(row).call.span : undefined;
  }

  protected override rowOf(span: Span): number {
    const call = this.#sequence?.around(span) ?? -1;
    return call < 0 ? -1 : this.#rows!.rowOf(call);
  }

  protected override nameAt(row: number): string {
    const { call } = this.#rows!.at(row);
    return this.readableText(call.span.label ?? call.span.name);
  }

  protected override opensOnly(row: number): boolean {
    return this.#rows!.at(row).type === 'loop';
  }

  protected override takeTrace(before: Trace | undefined): void {
    const { trace } = this;
    if (before?.id !== trace?.id) this.#open.clear();
    this.#sequence = trace && sequenceOf(trace, rollUpsOf(trace, undefined), this.hiddenSpans?.bits);
    this.#list();
  }

  #list(): void {
    const sequence = this.#sequence;
    this.#rows = sequence?.rows((first) => this.#open.size > 0 && this.#open.has(sequence.call(first).span.id));
  }

  protected override goInto(row: number): void {
    const item = this.#rows!.at(row);
    if (item.type === 'loop' && !this.#isOpen(item)) this.#toggle(item);
    else this.moveTo(row + 1);
  }

  protected override goOut(row: number): void {
    const item = this.#rows!.at(row);
    if (item.type === 'loop' && this.#isOpen(item)) return this.#toggle(item);
    const { parent } = item.call;
    if (parent >= 0) this.moveTo(this.#rows!.rowOf(parent));
  }

  protected override openInside(row: number): void {
    const item = this.#rows!.at(row);
    if (item.type === 'loop' && !this.#isOpen(item)) this.#toggle(item);
  }

  #isOpen({ call }: SequenceRow): boolean {
    return this.#open.has(call.span.id);
  }

  #toggle({ call }: SequenceRow): void {
    const { id } = call.span;
    if (!this.#open.delete(id)) this.#open.add(id);
    const row = this.active;
    this.changeRows(() => this.#list());
    // The heading of a loop has the span of its first call.
    this.active = row;
  }

  readonly #onClick = ({ target }: MouseEvent): void => {
    const row = rowWith(target);
    if (row === undefined) return;
    const item = this.#rows!.at(row);
    this.active = row;
    if (item.type === 'loop') this.#toggle(item);
    else this.select(row);
  };

  async #copy(what: 'mermaid' | 'text'): Promise<void> {
    const sequence = this.#sequence;
    if (!sequence) return;
    const readable = (name: string): string => this.settings.readable(text(name));
    const words = what === 'mermaid' ? mermaidOfSequence(sequence, readable) : sequenceText(sequence, readable);
    await this.#copied.copy(what, words);
  }

  /** Brings the arrow of a row into sight, beside what is done for its height. */
  #showArrow(row: number): void {
    const { scroller } = this;
    if (!scroller || row >= this.rowCount) return;
    const { from, to } = this.#rows!.at(row).call;
    const half = this.#column / 2;
    const left = (Math.min(from, to) + 1) * this.#column;
    const right = (Math.max(from, to) + 1) * this.#column + 2 * half;
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    // Where both ends have no room, what is called has.
    else if (right > scroller.scrollLeft + scroller.clientWidth) {
      scroller.scrollLeft = Math.min((to + 1) * this.#column, right - scroller.clientWidth);
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('active') || changed.has('selected')) this.#showArrow(this.active);
    // The styles decide how wide a lifeline is, by the room that there is.
    const column = this.renderRoot.querySelector('.head')?.getBoundingClientRect().width ?? 0;
    if (column > 0 && Math.abs(column - this.#column) > 0.5) {
      this.#column = column;
      void this.updateComplete.then(() => this.requestUpdate());
    }
  }

  protected override render(): TemplateResult {
    const { messages, trace, settings } = this;
    const sequence = this.#sequence;
    if (!sequence || sequence.callCount === 0) {
      return html`<div class="frame">
        ${trace ? html`<p class="quiet">${messages.views.sequenceEmpty}</p>` : nothing}
      </div>`;
    }
    // What nobody called was called from the outside.
    const look: SequenceLook = {
      sequence,
      messages,
      settings,
      column: this.#column,
      height: this.window.rowHeight,
      outside: 1,
    };
    const lifelines = sequence.lifelines.length + 1;
    return html`<div class="frame">
      ${this.#renderTools()}
      <p id="keys" hidden>${messages.views.sequenceKeys}</p>
      <div
        class="scroller"
        role="tree"
        tabindex="0"
        aria-label=${messages.views.sequenceOf(this.readableText(trace?.name ?? ''))}
        aria-describedby="keys"
        aria-activedescendant=${this.rowCount === 0 ? nothing : `row-${this.active}`}
        @keydown=${this.onKeydown}
        @click=${this.#onClick}
      >
        <div class="world" role="none" .style=${`--lifelines: ${lifelines}`}>
          <div class="header" part="header" aria-hidden="true">
            ${Array.from({ length: lifelines }, (_, at) => this.#renderHead(at - 1, look))}
          </div>
          <div class="list" role="none" .style=${`--count: ${this.window.heightInRows}`}>
            <div class="probe" aria-hidden="true"></div>
            <div class="rows" role="none">${this.renderRows((row, top) => this.#renderRow(row, top, look))}</div>
          </div>
        </div>
      </div>
      ${this.renderNotPrinted()} ${this.renderHiddenNote()}
    </div>`;
  }

  #renderHead(lifeline: number, look: SequenceLook): TemplateResult {
    const { kind } = look.sequence.lifelines[lifeline] ?? { kind: 'span' as const };
    const name = lifelineName(lifeline, look);
    return html`<span class="head" data-kind=${kind} title=${revealedText(name)}
      >${
        lifeline < 0
          ? nothing
          : html`<span class="kind-icon">${kind === 'service' ? serviceIcon() : kindIcon(kind)}</span>`
      }<span class="words">${revealed(name)}</span></span
    >`;
  }

  #renderRow(row: number, top: number, look: SequenceLook): TemplateResult {
    const item = this.#rows!.at(row);
    const isShown = item.type === 'call' || item.type === 'times';
    const selected = this.selected === undefined ? undefined : this.trace?.span(this.selected);
    return renderSequenceRow(
      item,
      {
        row,
        count: this.rowCount,
        top,
        isActive: row === this.active,
        isSelected: isShown && selected !== undefined && this.rowOf(selected) === row,
        isOpen: this.#isOpen(item),
      },
      look,
    );
  }

  #renderTools(): TemplateResult {
    const { messages } = this;
    const { what: copied, failed } = this.#copied;
    const button = (what: 'mermaid' | 'text', label: string, shortLabel: string): TemplateResult => {
      const told = copied === what ? messages.copied : failed === what ? messages.notCopied : undefined;
      return html`<button
        type="button"
        class="button"
        aria-label=${told ?? label}
        title=${label}
        @click=${() => this.#copy(what)}
      >
        ${copyIcon()}${told ?? shortLabel}
      </button>`;
    };
    return html`<div class="tools" part="toolbar">
      <span class="muted">${messages.graphCallCount(this.#sequence!.callCount)}</span>
      <span class="space"></span>
      ${button('mermaid', messages.graphAsMermaid, messages.graphMermaid)}
      ${button('text', messages.graphAsText, messages.graphText)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-sequence': LlmSequence;
  }
}
