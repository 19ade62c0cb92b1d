import { html, render, type TemplateResult } from 'lit';
import type { PathSegment } from '../../analysis/index.js';
import { formatDuration, type Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { chevronIcon, errorIcon, kindIcon, KIND_SHAPES } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { TimeScale } from '../../internal/time-scale.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span, Trace } from '../../model/index.js';
import { barOf, type Bar } from './bar.js';
import { stretchesImage, timeOf } from './critical-stretches.js';
import { barWords, figuresOf, firstTokenOf, spoken, type SpanWords } from './span-words.js';

/** Deeper than this, the indent says little and a number is shown as well. */
const LEVELS_SHOWN_BY_INDENT = 12;
/** Deeper than this, nothing is indented further: see the styles. */
export const MOST_INDENTS = 24;
/** The first token is worth a note where its span takes a noticeable part of the lane, in percent. */
const NOTE_FROM_WIDTH = 3;
/** A bar that ends further on leaves no room for the note behind it, in percent. */
const NOTE_BEFORE_FROM = 86;
/** A bar that begins earlier leaves no room for the note before it either, in percent. */
const NOTE_BEFORE_UNTIL = 30;

/** What all rows have in common. Another object where any of it is another. */
export interface RowLook {
  readonly trace: Trace;
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly scale: TimeScale;
  /** Stretches of the critical path by position, where it is shown. */
  readonly critical: ReadonlyMap<number, readonly PathSegment[]> | undefined;
  /** Whether what runs is known to be alive. */
  readonly isLive: boolean;
}

/** `brief` is a row that nobody can read because it flies by: its name and its bar, and all else when it comes to rest. */
export type RowForm = 'whole' | 'brief';

/** What a row is to know beside its span. */
export interface RowState {
  /** Place among the rows that are shown. */
  row: number;
  /** How far down it stands in the element that holds the rows, in px. */
  top: number;
  isActive: boolean;
  isSelected: boolean;
  isClosed: boolean;
  /** Errors among the spans that a closed one hides. */
  errorsHidden: number;
}

// Without a space between the tags: each would be a node in every row.
const blankRow = html`<div class="row" part="row"><span class="name" role="rowheader"><span class="twisty"></span><span class="kind-icon">${kindIcon('span')}</span><span class="label"></span><span class="model"></span></span><span role="gridcell" class="number time"></span><span role="gridcell" class="number tokens"></span><span role="gridcell" class="number cost"></span><span role="gridcell" class="lane"></span></div>`; // prettier-ignore
const blankBar = html`<span class="bar" part="bar" aria-hidden="true"></span>`;
const blankWaiting = html`<span class="waiting"></span>`;
const blankCritical = html`<span class="critical" part="critical" aria-hidden="true"></span>`;
const blankErrorMark = html`<span class="error-mark">${errorIcon()}</span>`;
const blankChevron = chevronIcon();

const blanks = new WeakMap<TemplateResult, Element>();

/** An element as a template without data describes it. A copy of one costs a tenth of rendering it. */
function made(template: TemplateResult): HTMLElement {
  let blank = blanks.get(template);
  if (!blank) {
    const holder = document.createElement('div');
    render(template, holder);
    blank = holder.firstElementChild!;
    for (const mark of commentsIn(blank)) mark.remove();
    blanks.set(template, blank);
  }
  return blank.cloneNode(true) as HTMLElement;
}

function commentsIn(root: Node): Comment[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode as Comment);
  return comments;
}

/** The attributes that a row writes: none of them is code, or loads anything. */
type RowAttribute =
  | `aria-${'expanded' | 'label' | 'level' | 'posinset' | 'rowindex' | 'selected' | 'setsize'}`
  | `data-${'depth' | 'kind' | 'level' | 'note' | 'position' | 'side' | 'span-id' | 'status'}`
  | 'class'
  | 'd'
  | 'fill';

/** Writes an attribute, or takes it away; nothing where it is so already. */
function write(element: Element, name: RowAttribute, value: string | undefined): void {
  if (element.getAttribute(name) === (value ?? null)) return;
  if (value === undefined) element.removeAttribute(name);
  // eslint-disable-next-line no-restricted-syntax -- the names are those of `RowAttribute`
  else element.setAttribute(name, value);
}

/** Writes the text of an element that holds no other node. */
function writeText(element: Element, value: string): void {
  const node = element.firstChild;
  if (node instanceof Text && node === element.lastChild) {
    if (node.data !== value) node.data = value;
  } else if (node || value) element.textContent = value;
}

/** Writes a text of a trace, what is hidden in it made visible. */
function writeRevealed(element: Element, value: string): void {
  const shown = revealed(value);
  if (typeof shown === 'string') return writeText(element, shown);
  const holder = document.createElement('span');
  render(shown, holder);
  element.replaceChildren(holder);
}

/**
 * A row of the treegrid, which shows one span after another: the nodes stay, and only what differs is written. Written by
 * hand: the rows are the one place where every node counts, at each step of the wheel.
 */
export class SpanRow {
  readonly element = made(blankRow);
  /** A copy is there for the eye only: no row, no id. */
  readonly #isCopy: boolean;
  readonly #name: HTMLElement;
  readonly #twisty: HTMLElement;
  readonly #kind: HTMLElement;
  readonly #shape: Element;
  readonly #label: HTMLElement;
  readonly #about: HTMLElement;
  readonly #time: HTMLElement;
  readonly #tokens: HTMLElement;
  readonly #cost: HTMLElement;
  readonly #lane: HTMLElement;
  #bar: HTMLElement | undefined;
  #waiting: HTMLElement | undefined;
  #errorMark: HTMLElement | undefined;
  #critical: HTMLElement | undefined;
  /** The piece that has a title, since the mouse was over it. */
  #titled: Element | undefined;
  #look: RowLook | undefined;
  #span: Span | undefined;
  #form: RowForm | undefined;
  #isClosed = false;
  #errorsHidden = 0;
  #top = NaN;

  constructor(isCopy = false) {
    this.#isCopy = isCopy;
    if (isCopy) this.element.classList.add('copy');
    else this.element.setAttribute('role', 'row');
    const [name, time, tokens, cost, lane] = this.element.children as Iterable<Element> as Iterable<HTMLElement>;
    const [twisty, kind, label, about] = name!.children as Iterable<Element> as Iterable<HTMLElement>;
    this.#name = name!;
    this.#twisty = twisty!;
    this.#kind = kind!;
    this.#shape = kind!.firstElementChild!.firstElementChild!;
    this.#label = label!;
    this.#about = about!;
    this.#time = time!;
    this.#tokens = tokens!;
    this.#cost = cost!;
    this.#lane = lane!;
  }

  show(position: number, look: RowLook, state: RowState, form: RowForm): void {
    const { element } = this;
    if (state.top !== this.#top) {
      element.style.transform = `translateY(${state.top}px)`;
      this.#top = state.top;
    }
    if (!this.#isCopy) {
      write(element, 'aria-rowindex', String(state.row + 2));
      write(element, 'aria-selected', String(state.isSelected));
      element.classList.toggle('active', state.isActive);
    } else element.classList.toggle('selected', state.isSelected);
    const isSame = look === this.#look && position === this.#span?.index && state.isClosed === this.#isClosed;
    if (isSame && state.errorsHidden === this.#errorsHidden && (form === this.#form || form === 'brief')) return;
    this.#look = look;
    this.#form = form;
    this.#span = look.trace.spanAt(position);
    this.#isClosed = state.isClosed;
    this.#errorsHidden = state.errorsHidden;
    this.#titled?.removeAttribute('title');
    this.#titled = undefined;
    this.#showBrief(this.#span, look);
    if (form === 'whole') this.#showRest(this.#span, look);
  }

  #showBrief(span: Span, { trace, scale }: RowLook): void {
    const { element } = this;
    const { index } = span;
    write(element, 'data-position', String(index));
    if (!this.#isCopy) {
      element.id = `row-${index}`;
      write(element, 'data-span-id', span.id);
    }
    write(this.#name, 'data-depth', String(Math.min(trace.tree.depth[index]!, MOST_INDENTS)));
    writeRevealed(this.#label, this.#readable(span.name));
    this.#placeBar(barOf(span, scale));
  }

  #showRest(span: Span, look: RowLook): void {
    const { element } = this;
    const { messages } = look;
    const { index, kind } = span;
    const { tree } = look.trace;
    const depth = tree.depth[index]!;
    const isParent = tree.childCount[index]! > 0;
    const words: SpanWords = {
      name: this.#readable(span.name),
      about: this.#readable(aboutSpan(span)),
      figures: figuresOf(span, messages),
      errorsHidden: this.#errorsHidden,
      critical: this.#showCritical(index, look),
    };
    write(element, 'data-status', span.status);
    write(element, 'aria-expanded', isParent ? String(!this.#isClosed) : undefined);
    if (!this.#isCopy) {
      const parent = tree.parent[index]!;
      write(element, 'aria-label', spoken(span, words, messages));
      write(element, 'aria-level', String(depth + 1));
      write(element, 'aria-posinset', String(tree.siblingIndex[index]! + 1));
      write(element, 'aria-setsize', String(parent < 0 ? tree.rootCount : tree.childCount[parent]!));
    }
    write(this.#twisty, 'data-level', depth > LEVELS_SHOWN_BY_INDENT ? String(depth) : undefined);
    if (isParent && !this.#twisty.firstChild) this.#twisty.append(made(blankChevron));
    write(this.#kind, 'data-kind', kind);
    write(this.#lane, 'data-kind', kind);
    const { path, isSolid } = KIND_SHAPES[kind];
    write(this.#shape, 'd', path);
    write(this.#shape, 'fill', isSolid ? 'currentColor' : 'none');
    writeRevealed(this.#about, words.about);
    this.#showErrors(span);
    writeText(this.#time, words.figures.time);
    writeText(this.#tokens, words.figures.tokens);
    writeText(this.#cost, words.figures.cost);
    this.#describeBar(span, look);
  }

  /** @returns how long the span is on the critical path, in words */
  #showCritical(position: number, { critical, messages, scale }: RowLook): string {
    const stretches = critical?.get(position);
    if (!stretches) {
      this.#critical?.remove();
      this.#critical = undefined;
      return '';
    }
    if (!this.#critical) this.#lane.append((this.#critical = made(blankCritical)));
    this.#critical.style.backgroundImage = stretchesImage(stretches, scale);
    return formatDuration(timeOf(stretches), messages.locale);
  }

  #showErrors({ status }: Span): void {
    const count = this.#errorsHidden;
    if (status !== 'error' && count === 0) {
      this.#errorMark?.remove();
      this.#errorMark = undefined;
      return;
    }
    const isInside = status !== 'error';
    // Before the name, which may leave no room behind it.
    if (!this.#errorMark) this.#label.before((this.#errorMark = made(blankErrorMark)));
    this.#errorMark.classList.toggle('inside', isInside);
    let words = this.#errorMark.querySelector('span');
    if (!words) this.#errorMark.append((words = document.createElement('span')));
    words.className = isInside ? '' : 'visually-hidden';
    writeText(words, isInside ? String(count) : this.#look!.messages.errorMark);
  }

  #placeBar(bar: Bar | undefined): void {
    if (!bar) {
      this.#bar?.remove();
      this.#bar = this.#waiting = undefined;
      return;
    }
    if (!this.#bar) this.#lane.append((this.#bar = made(blankBar)));
    const { style } = this.#bar;
    // The least width of a bar is in sight at the very end as well.
    style.left = bar.left > 99 ? `min(${bar.left}%, 100% - 2px)` : `${bar.left}%`;
    style.width = `${bar.width}%`;
  }

  #describeBar(span: Span, { messages, scale, isLive }: RowLook): void {
    const firstToken = firstTokenOf(span, messages);
    const said = barWords(span, firstToken, messages);
    // The words come first, as they are what a screen reader is to find.
    const first = this.#lane.firstChild;
    if (first instanceof Text) first.data = said;
    else this.#lane.prepend(said);
    const bar = barOf(span, scale);
    if (!bar || !this.#bar) return;
    write(this.#bar, 'class', span.isRunning ? (isLive ? 'bar running live' : 'bar running') : 'bar');
    this.#showWaiting(this.#bar, bar, firstToken && messages.firstTokenNote(firstToken));
  }

  #showWaiting(element: HTMLElement, bar: Bar, note: string): void {
    if (bar.waiting === undefined) {
      if (this.#waiting) this.#waiting.hidden = true;
    } else {
      if (!this.#waiting) element.append((this.#waiting = made(blankWaiting)));
      this.#waiting.hidden = false;
      this.#waiting.style.width = `${bar.waiting}%`;
    }
    const side = bar.left + bar.width > NOTE_BEFORE_FROM ? 'before' : 'after';
    const hasRoom = side === 'after' || bar.left > NOTE_BEFORE_UNTIL;
    const isShown = note !== '' && bar.width >= NOTE_FROM_WIDTH && hasRoom;
    write(element, 'data-note', isShown ? note : undefined);
    write(element, 'data-side', isShown ? side : undefined);
  }

  /** Gives the piece under the mouse its title. Most titles are never read, and each costs as much as a text. */
  giveTitle(target: Element): void {
    const { messages, trace } = this.#look!;
    const span = this.#span!;
    const { depth, childCount } = trace.tree;
    const isParent = childCount[span.index]! > 0;
    const name = revealedText(this.#readable(span.name));
    const titles: readonly (readonly [Element | undefined, string])[] = [
      [this.#label, name],
      [this.#kind, messages.kinds[span.kind]!],
      [this.#twisty, this.#twisty.dataset['level'] ? messages.levels(depth[span.index]!) : ''],
      [this.#tokens, isParent ? messages.withEverythingInside : ''],
      [this.#cost, isParent ? messages.withEverythingInside : ''],
      [this.#errorMark, this.#errorTitle(span)],
      [this.#bar, barWords(span, firstTokenOf(span, messages), messages)],
    ];
    const [piece, title] = titles.find(([element]) => element?.contains(target)) ?? [];
    if (!piece || !title) return;
    this.#titled?.removeAttribute('title');
    this.#titled = piece;
    piece.setAttribute('title', title);
  }

  #errorTitle({ status, statusMessage = '' }: Span): string {
    const { messages } = this.#look!;
    if (status !== 'error') return messages.errorsInside(this.#errorsHidden);
    return revealedText(this.#readable(statusMessage)) || messages.errorMark;
  }

  /** What may be shown of a text of the trace. */
  #readable(value: unknown): string {
    return this.#look!.settings.readable(text(value));
  }
}
