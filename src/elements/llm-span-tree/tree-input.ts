import type { RowWindow } from '../../internal/row-window.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import type { Span } from '../../model/index.js';
import { LlmSpanOpenEvent, LlmSpansChooseEvent, LlmSpanSelectEvent } from '../events/index.js';
import { stickyAbove } from './drawn-rows.js';
import type { KeptPlace } from './kept-place.js';
import type { LlmSpanTree } from './llm-span-tree.js';
import type { ShownSpans } from './shown-spans.js';

interface TreeInputOptions {
  readonly window: RowWindow;
  readonly kept: KeptPlace;
  shown(): ShownSpans | undefined;
  /** Place that the keys start from. */
  active(): number;
  activate(place: number): void;
  /** Opens or closes places; what is at the top stays there. */
  change(act: (shown: ShownSpans) => void): void;
  placeWith(element: Element): number | undefined;
  isSticky(element: Element): boolean;
}

/** What keys and pointers do in a tree: move, open and close, select, choose. */
export class TreeInput {
  readonly #tree: LlmSpanTree;
  readonly #options: TreeInputOptions;
  readonly #typeAhead: TypeAhead;
  /** Place of the span that was chosen last. */
  #lastChosen: number | undefined;

  constructor(tree: LlmSpanTree, options: TreeInputOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#typeAhead = new TypeAhead(tree);
  }

  /** Places are others now. */
  forgetChosen(): void {
    this.#lastChosen = undefined;
  }

  /** @param target what it was done to: an event forgets that when it is over */
  take(event: MouseEvent | KeyboardEvent, target: Element): void {
    if (event instanceof KeyboardEvent) this.#onKeydown(event);
    else if (event.type === 'click') this.#onClick(event, target);
    else this.#onDoubleClick(target);
  }

  #onKeydown(event: KeyboardEvent): void {
    const shown = this.#options.shown();
    if (!shown?.rows.count) return;
    if (this.#tree.chosen && event.shiftKey && event.key === ' ') {
      event.preventDefault();
      return this.#choose(shown, this.#options.active());
    }
    const action = treeAction(event, {
      pageSize: this.#options.window.pageSize,
      isRightToLeft: this.#tree.matches(':dir(rtl)'),
      isTyping: this.#typeAhead.isTyping,
    });
    if (!action) return;
    event.preventDefault();
    this.#act(action, shown);
  }

  #act(action: TreeAction, shown: ShownSpans): void {
    const { rows, trace } = shown;
    const place = this.#options.active();
    const row = Math.max(0, rows.rowOf(place));
    const isOpen = rows.isParent(place) && !rows.isClosed(place);
    switch (action.type) {
      case 'move':
        return this.#moveTo(shown, row + action.by);
      case 'first':
        return this.#moveTo(shown, 0);
      case 'last':
        return this.#moveTo(shown, rows.count - 1);
      case 'into':
        if (isOpen) return this.#moveTo(shown, row + 1);
        return this.#toggle(place);
      case 'out': {
        if (isOpen) return this.#toggle(place);
        const parent = rows.tree.parent[place]!;
        return parent >= 0 ? this.#moveTo(shown, rows.rowOf(parent)) : undefined;
      }
      case 'select':
      case 'open':
        if (!shown.isSpan(place)) return this.#toggle(place);
        this.#select(shown, place);
        if (action.type === 'open') this.#tree.dispatchEvent(new LlmSpanOpenEvent({ span: shown.spanAt(place) }));
        return undefined;
      case 'expand-subtree':
        return this.#options.change(() => rows.openInside(place));
      case 'find': {
        const nameAt = (at: number): string => trace.table.names[trace.rowAt(shown.positionAt(rows.at(at)))]!;
        const found = this.#typeAhead.find(action.letter, row, rows.count, nameAt);
        return found === undefined ? undefined : this.#moveTo(shown, found);
      }
    }
  }

  #onClick(event: MouseEvent, target: Element): void {
    const place = this.#options.placeWith(target);
    const shown = this.#options.shown();
    if (place === undefined || !shown) return;
    const { rows } = shown;
    const isSticky = this.#options.isSticky(target);
    // The box is drawn by the row itself.
    if (this.#tree.chosen && (event.shiftKey || event.ctrlKey || event.metaKey || target.matches('.row'))) {
      return this.#choose(shown, place, event.shiftKey);
    }
    if (!isSticky && !shown.isSpan(place)) {
      this.#options.activate(place);
      this.#toggle(place);
    } else if (target.closest('.twisty') && rows.isParent(place)) {
      this.#toggle(place);
      // What is closed there would be out of sight.
      if (isSticky) this.#options.kept.holdAt(place, -stickyAbove(shown, rows.rowOf(place), this.#options.window));
    } else if (isSticky) this.#moveTo(shown, rows.rowOf(place));
    else this.#select(shown, place);
  }

  #onDoubleClick(target: Element): void {
    const place = this.#options.placeWith(target);
    // A heading has opened and closed with the two clicks.
    if (place === undefined || !this.#options.shown()?.isSpan(place)) return;
    if (!target.closest('.twisty')) this.#toggle(place);
  }

  #toggle(place: number): void {
    this.#options.change(({ rows }) => rows.toggle(place, rows.isClosed(place)));
  }

  #moveTo(shown: ShownSpans, row: number): void {
    const { rows } = shown;
    const target = Math.min(rows.count - 1, Math.max(0, row));
    this.#select(shown, rows.at(target));
    this.#options.window.scrollTo(target);
  }

  #select(shown: ShownSpans, place: number): void {
    this.#options.activate(place);
    if (!shown.isSpan(place)) return;
    const span = shown.spanAt(place);
    if (this.#tree.selected === span.id) return;
    this.#tree.selected = span.id;
    this.#tree.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  /** Chooses a span, or takes that back; or chooses all rows from the one that was chosen last. */
  #choose(shown: ShownSpans, place: number, isRange = false): void {
    const { rows } = shown;
    const isChosen = isRange || !this.#tree.chosen!.has(shown.spanAt(place).id);
    const from = isRange ? rows.shown(this.#lastChosen ?? this.#options.active()) : place;
    const ends = [place, from].map((at) => rows.rowOf(at));
    const spans: Span[] = [];
    for (let row = Math.min(...ends); row <= Math.max(...ends); row++) {
      if (shown.isSpan(rows.at(row))) spans.push(shown.spanAt(rows.at(row)));
    }
    this.#lastChosen = place;
    // What a browser marks as text between two clicks.
    if (isRange) document.getSelection()?.empty();
    if (spans.length) this.#tree.dispatchEvent(new LlmSpansChooseEvent({ spans, isChosen }));
  }
}
