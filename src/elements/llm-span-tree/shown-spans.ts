import { GROUP, SPAN, type ArrangedTree } from '../../internal/arrangement.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { knownErrors } from '../../internal/known-errors.js';
import { errorsBefore, TreeRows, type RowFilter } from '../../internal/tree-rows.js';
import type { Span, SpanTree, Trace } from '../../model/index.js';
import type { Heading } from './heading.js';
import { treeParts } from './tree-parts.js';

/** Of each place, which of its siblings it is, from 0, and how many children it has; and how many roots there are. */
interface Siblings {
  readonly index: Uint32Array;
  readonly count: Uint32Array;
  readonly roots: number;
}

/**
 * The spans of a trace as a tree shows them. A place is a number from 0 in that tree; `rows` knows which of them have a row. Where
 * nothing is hidden or put together, a place is the position of its span in the trace, and nothing is kept.
 */
export class ShownSpans {
  readonly trace: Trace;
  readonly tree: SpanTree;
  readonly rows: TreeRows;
  readonly #arranged: ArrangedTree | undefined;
  readonly #headings = new Map<number, Heading>();
  #found: SpanMatches | undefined;
  /** What was found, by place. */
  #filter: RowFilter | undefined;
  /** Worked out when something closed may hide errors, or matches. */
  #errorsBefore: Uint32Array | undefined;
  #matchesBefore: Uint32Array | undefined;
  /** Places among siblings, and how many there are, while a filter hides some: by place. */
  #siblings: Siblings | undefined;

  /**
   * @param arranged how they are shown, where that is not as they are
   * @param before the same trace, maybe before it grew, as it was shown: what was open stays open
   */
  constructor(trace: Trace, arranged: ArrangedTree | undefined, before?: ShownSpans) {
    this.trace = trace;
    this.#arranged = arranged;
    this.tree = this.#arranged?.tree ?? trace.tree;
    this.rows = new TreeRows(this.tree);
    if (before) this.rows.closeAs(before.rows, (place) => this.placeLike(before, place));
    this.#closeGroups(before);
  }

  /** Groups are closed at first. */
  #closeGroups(before: ShownSpans | undefined): void {
    const arranged = this.#arranged;
    const groups: number[] = [];
    for (let place = arranged ? arranged.marks.indexOf(GROUP) : -1; place >= 0;) {
      if (before?.placeLike(this, place) === undefined) groups.push(place);
      place = arranged!.marks.indexOf(GROUP, place + 1);
    }
    if (groups.length) this.rows.close(groups);
  }

  isSpan(place: number): boolean {
    return !this.#arranged || this.#arranged.marks[place] === SPAN;
  }

  /** The span at a place; where none stands there, the first of those that are put together. */
  spanAt(place: number): Span {
    return this.trace.spanAt(this.positionAt(place));
  }

  positionAt(place: number): number {
    return this.#arranged ? this.tree.nodes[place]! : place;
  }

  /** The place of a span by its position; -1 where it is hidden. */
  placeOf(position: number): number {
    const place = this.nearestTo(position);
    return place >= 0 && this.positionAt(place) === position ? place : -1;
  }

  /** The same, of a hidden span that of the nearest one around it; -1 where there is none. */
  nearestTo(position: number): number {
    return this.#arranged ? (this.#arranged.places[position] ?? -1) : position;
  }

  /** The place here that stands for what another one stood for: by the id of the span. */
  placeLike(other: ShownSpans, place: number): number | undefined {
    const { trace } = this;
    const position = other.positionAt(place);
    const here = trace === other.trace ? position : trace.span(other.trace.idAt(position))?.index;
    const span = here === undefined ? -1 : this.placeOf(here);
    if (span < 0) return undefined;
    const mark = other.#arranged?.marks[place] ?? SPAN;
    if (mark === SPAN) return span;
    const above = this.tree.parent[span]!;
    return above >= 0 && this.#arranged?.marks[above] === mark ? above : undefined;
  }

  /** The same, or of what is not shown here what is shown around it; -1 for none. */
  nearestLike(other: ShownSpans, place: number): number {
    const like = this.placeLike(other, place);
    if (like !== undefined) return like;
    const position = other.positionAt(place);
    const here = this.trace === other.trace ? position : this.trace.span(other.trace.idAt(position))?.index;
    return here === undefined ? -1 : this.nearestTo(here);
  }

  /** What stands at a place that is no span. */
  headingAt(place: number): Heading | undefined {
    if (this.isSpan(place)) return undefined;
    let heading = this.#headings.get(place);
    if (!heading) this.#headings.set(place, (heading = treeParts.value!.headingAt(this.trace, this.#arranged!, place)));
    return heading;
  }

  // --- A search -------------------------------------------------------------------------------------------------------

  /** Takes what a search has found in this trace; hides the rest if it is to be hidden. */
  filter(found: SpanMatches | undefined): void {
    this.#found = found;
    this.#filter = undefined;
    this.#matchesBefore = this.#siblings = undefined;
    this.rows.filter(found?.isHiding ? this.#byPlace(found) : undefined);
  }

  /** Shows a place that is closed away or filtered out, and what it is inside of. */
  openAbove(place: number): void {
    this.rows.openAbove(place);
    this.#siblings = undefined;
  }

  #byPlace(found: SpanMatches): RowFilter {
    if (!this.#arranged) return found;
    if (this.#filter) return this.#filter;
    const { parent } = this.tree;
    const matches = new Uint8Array(parent.length);
    const ancestors = new Uint8Array(parent.length);
    for (let position = found.matches.indexOf(1); position >= 0; position = found.matches.indexOf(1, position + 1)) {
      const place = this.nearestTo(position);
      if (place >= 0) matches[place] = 1;
    }
    // Children stand behind their parents.
    for (let place = matches.length - 1; place > 0; place--) {
      const above = parent[place]!;
      if (above >= 0 && (matches[place] || ancestors[place])) ancestors[above] = 1;
    }
    return (this.#filter = { matches, ancestors });
  }

  // --- What a row says ------------------------------------------------------------------------------------------------

  /** How many errors a closed place hides. */
  errorsHidden(place: number): number {
    const { trace } = this;
    if (!this.rows.isClosed(place)) return 0;
    const { statuses } = trace.table;
    const isError = (at: number): boolean => this.isSpan(at) && statuses[trace.rowAt(this.positionAt(at))] === 'error';
    if (isError(place)) return 0;
    const known = this.tree === trace.tree ? knownErrors(trace) : undefined;
    if (known) return known[place]!;
    this.#errorsBefore ??= errorsBefore(this.tree, isError);
    return this.#errorsBefore[place + this.tree.size[place]!]! - this.#errorsBefore[place]!;
  }

  /** How many matches a closed place hides. */
  matchesHidden(place: number): number {
    if (!this.#found || !this.rows.isClosed(place)) return 0;
    const { matches } = this.#byPlace(this.#found);
    this.#matchesBefore ??= errorsBefore(this.tree, (at) => matches[at] === 1);
    return this.#matchesBefore[place + this.tree.size[place]!]! - this.#matchesBefore[place + 1]!;
  }

  /** How many siblings a place has that are shown, itself included. */
  setSize(place: number): number {
    const above = this.tree.parent[place]!;
    if (!this.rows.isFiltered) return above < 0 ? this.tree.rootCount : this.tree.childCount[above]!;
    const siblings = this.#countSiblings();
    return above < 0 ? siblings.roots : siblings.count[above]!;
  }

  /** Which of them it is, from 1. */
  placeInSet(place: number): number {
    const { index } = this.rows.isFiltered ? this.#countSiblings() : { index: this.tree.siblingIndex };
    return index[place]! + 1;
  }

  #countSiblings(): Siblings {
    if (this.#siblings) return this.#siblings;
    const { parent } = this.tree;
    const index = new Uint32Array(parent.length);
    const count = new Uint32Array(parent.length);
    let roots = 0;
    for (let place = 0; place < parent.length; place++) {
      if (!this.rows.isKept(place)) continue;
      const above = parent[place]!;
      index[place] = above < 0 ? roots++ : count[above]!++;
    }
    return (this.#siblings = { index, count, roots });
  }
}
