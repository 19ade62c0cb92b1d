import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../i18n/whole-words.js';
import { MaskingElement } from '../internal/content-element.js';
import { revealedText } from '../internal/hidden-characters.js';
import { renderHiddenNote } from '../internal/hidden-note.js';
import { optionalText } from '../internal/optional-text.js';
import { RowWindow } from '../internal/row-window.js';
import { hiddenSpans, type HiddenSpans, type SpanNoise } from '../internal/span-noise.js';
import { text } from '../internal/text.js';
import { treeAction, type TreeAction } from '../internal/tree-keys.js';
import { TypeAhead } from '../internal/type-ahead.js';
import type { Span, Trace } from '../model/index.js';
import { LlmNoiseChangeEvent, LlmSpanOpenEvent, LlmSpanSelectEvent } from './events/index.js';

/**
 * What elements have in common that show a trace as a long list of rows of one height: only those in sight are in the DOM, one
 * is active, keys move, a span is selected.
 */
export abstract class RowListElement extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** Spans that are hidden. */
  @property({ attribute: false }) noise: SpanNoise | undefined;

  @query('.scroller') protected scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  /** The trace whose rows there are: while another one is taken, still the one before. */
  protected shown: Trace | undefined;

  /** Row that the keys start from. */
  @state() protected active = 0;

  /** Row that is to be brought into sight once it is rendered. */
  #toReveal: number | undefined;
  /** What was at the top before the trace grew, and how much of it was scrolled away, in rows. */
  #held: { row: number; cut: number } | undefined;
  readonly #typeAhead = new TypeAhead(this);
  protected readonly window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.rowCount,
    headerHeight: () => this.headerHeight,
    changed: () => {
      if (this.#place() !== this.#rendered) this.requestUpdate();
    },
  });
  /** Which rows were rendered, and how high. */
  #rendered = '';

  /** Height of what stands above the rows and stays in sight, in px. */
  protected abstract readonly headerHeight: number;
  protected abstract readonly rowCount: number;
  /** The span that a row stands for. */
  protected abstract spanAt(row: number): Span | undefined;
  /** The row of a span, or of what stands for it; -1 for none. What hides it is opened where `isWanted`. */
  protected abstract rowOf(span: Span, isWanted: boolean): number;
  /** What letters that are typed find. */
  protected abstract nameAt(row: number): string;
  /** Another trace is shown, or the same one that grew. */
  protected abstract takeTrace(before: Trace | undefined): void;
  /** A key goes into a row, or out of it. */
  protected abstract goInto(row: number): void;
  protected abstract goOut(row: number): void;

  /** Opens everything below a row. */
  protected abstract openInside(row: number): void;
  /** Whether a row is opened and closed, and selects nothing. */
  protected abstract opensOnly(row: number): boolean;

  /** Selects a span and brings it into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    const span = this.trace?.span(spanId);
    if (!span) return;
    this.selected = spanId;
    this.#show(span);
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('trace') as Trace | undefined;
    const isOther = changed.has('trace') && before?.id !== this.trace?.id;
    if (changed.has('trace')) this.#takeTrace(before, isOther);
    else if (changed.has('noise')) this.#takeTrace(this.trace, false);
    if (changed.has('selected') || isOther) {
      const span = this.selected === undefined ? undefined : this.trace?.span(this.selected);
      // What a person chose here is in sight; what the page chose may not be.
      if (span && this.spanAt(this.active) !== span) this.#show(span);
    }
    this.active = Math.max(0, Math.min(this.active, this.rowCount - 1));
    if (this.#held) this.window.holdAt(this.#held.row + this.#held.cut);
    else this.window.refresh();
    this.#held = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const row = this.#toReveal;
    if (row === undefined) return;
    this.#toReveal = undefined;
    // The list is as high as it will be; other rows in sight are another update.
    void this.updateComplete.then(() => this.window.scrollTo(row, 'center'));
  }

  /** Changes which rows there are. What is active stays so, and what is at the top stays there. */
  protected changeRows(change: () => void): void {
    this.#keep(change);
    this.requestUpdate();
  }

  #takeTrace(before: Trace | undefined, isOther: boolean): void {
    const take = (): void => {
      this.shown = this.trace;
      this.takeTrace(before);
    };
    if (!isOther) return this.#keep(take);
    take();
    this.active = 0;
    this.#toReveal = this.scroller ? 0 : undefined;
  }

  #keep(change: () => void): void {
    const above = this.window.rowsAbove;
    const first = Math.floor(above);
    const active = this.#keyOf(this.active);
    const top = above > 0 ? this.#keyOf(first) : undefined;
    change();
    this.active = Math.max(0, this.#find(active));
    const row = top ? this.#find(top) : -1;
    if (row >= 0) this.#held = { row, cut: above - first };
  }

  #place(): string {
    const { first, end, shift, rowHeight } = this.window;
    return `${first} ${end} ${shift} ${rowHeight}`;
  }

  /** A row by the span that it stands for. */
  #keyOf(row: number): { id: string | undefined; row: number } {
    return { id: row < this.rowCount ? this.spanAt(row)?.id : undefined, row };
  }

  #find({ id, row }: { id: string | undefined; row: number }): number {
    const at = Math.min(row, this.rowCount - 1);
    if (id === undefined || this.spanAt(at)?.id === id) return at;
    const span = this.trace?.span(id);
    return span ? this.rowOf(span, false) : -1;
  }

  #show(span: Span): void {
    const row = this.rowOf(span, true);
    if (row < 0) return;
    this.active = row;
    this.#toReveal = row;
  }

  /** Brings a row into sight after the next rendering. */
  protected revealRow(row: number): void {
    this.#toReveal = row;
    this.requestUpdate();
  }

  protected select(row: number): void {
    this.active = row;
    const span = this.spanAt(row);
    if (!span || this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  protected moveTo(row: number): void {
    const target = Math.min(this.rowCount - 1, Math.max(0, row));
    if (this.opensOnly(target)) this.active = target;
    else this.select(target);
    this.window.scrollTo(target);
  }

  protected readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.target !== this.scroller || this.rowCount === 0) return;
    const action = treeAction(event, {
      pageSize: this.window.pageSize,
      isRightToLeft: this.matches(':dir(rtl)'),
      isTyping: this.#typeAhead.isTyping,
    });
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  };

  #act(action: TreeAction): void {
    const row = this.active;
    switch (action.type) {
      case 'move':
        return this.moveTo(row + action.by);
      case 'first':
        return this.moveTo(0);
      case 'last':
        return this.moveTo(this.rowCount - 1);
      case 'into':
        return this.goInto(row);
      case 'out':
        return this.goOut(row);
      case 'select':
      case 'open': {
        if (this.opensOnly(row)) return this.goInto(row);
        this.select(row);
        const span = this.spanAt(row);
        /** @internal */
        if (span && action.type === 'open') this.dispatchEvent(new LlmSpanOpenEvent({ span }));
        return undefined;
      }
      case 'expand-subtree':
        return this.openInside(row);
      case 'find': {
        const found = this.#typeAhead.find(action.letter, row, this.rowCount, (at) => this.nameAt(at));
        return found === undefined ? undefined : this.moveTo(found);
      }
    }
  }

  /** The rows in sight, and the active one wherever it is: it must not vanish under a reader's focus. */
  protected renderRows(render: (row: number, top: number) => TemplateResult): TemplateResult[] {
    const { first, end, rowHeight } = this.window;
    const { active, rowCount } = this;
    this.#rendered = this.#place();
    const rows: TemplateResult[] = [];
    const show = (row: number): void => {
      rows.push(render(row, this.window.placeOf(row) * rowHeight));
    };
    if (active < first && active < rowCount) show(active);
    for (let row = first; row < Math.min(end, rowCount); row++) show(row);
    if (active >= end && active < rowCount) show(active);
    return rows;
  }

  /** For paper, on which nobody scrolls. */
  protected renderNotPrinted(): TemplateResult | typeof nothing {
    const more = this.rowCount - this.window.pageSize - 1;
    return more > 0 ? html`<p class="not-printed">${this.messages.rowsNotPrinted(more)}</p>` : nothing;
  }

  protected get hiddenSpans(): HiddenSpans | undefined {
    return this.trace && hiddenSpans(this.trace, this.noise);
  }

  protected renderHiddenNote(): TemplateResult | typeof nothing {
    return renderHiddenNote(this.hiddenSpans?.count ?? 0, this.messages, () => {
      this.noise = undefined;
      /** @internal */
      this.dispatchEvent(new LlmNoiseChangeEvent({ noise: undefined }));
      this.focus();
    });
  }

  /** A name of the trace as plain text. */
  protected readableText(name: unknown): string {
    return revealedText(this.settings.readable(text(name)));
  }
}

/** The row that an element is in. */
export function rowWith(target: EventTarget | null): number | undefined {
  const row = (target as Element | null)?.closest<HTMLElement>('[data-row]');
  return row ? Number(row.dataset['row']) : undefined;
}
