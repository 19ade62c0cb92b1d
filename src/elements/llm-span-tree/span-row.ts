import { html, render, type TemplateResult } from 'lit';
import type { PathSegment } from '../../analysis/index.js';
import { formatDuration, type Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon, kindIcon, KIND_SHAPES } from '../../internal/icons.js';
import type { MarkedRange, SpanMatches } from '../../internal/span-matches.js';
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
  /** Ids of the spans that are chosen as examples, while somebody chooses. */
  readonly chosen: ReadonlySet<string> | undefined;
  /** What a search has found, while there is one. */
  readonly matches: SpanMatches | undefined;
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
  isParent: boolean;
  isClosed: boolean;
  /** Errors among the spans that a closed one hides. */
  errorsHidden: number;
}

// Without a space between the tags, and without an element that a style can stand for: each would be in every row.
const blankRow = html`<div class="row" part="row"><span class="name" role="rowheader"><span class="twisty"></span>${kindIcon('span')}<span class="label"></span></span><span role="gridcell" class="number time"></span><span role="gridcell" class="number tokens"></span><span role="gridcell" class="number cost"></span><span role="gridcell" class="lane"></span></div>`; // prettier-ignore
const blankModel = html`<span class="model"></span>`;
const blankBar = html`<span class="bar" part="bar" aria-hidden="true"></span>`;
const blankCritical = html`<span class="critical" part="critical" aria-hidden="true"></span>`;
const blankErrorMark = html`<span class="error-mark">${errorIcon()}<span></span></span>`;

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
  | `data-${'depth' | 'kind' | 'level' | 'note' | 'side' | 'span-id'}`
  | 'class'
  | 'd'
  | 'fill'
  | 'id';

/** Writes an attribute, or takes it away; nothing where it is so already. */
function write(element: Element, name: RowAttribute, value: string | undefined): void {
  if (element.getAttribute(name) === (value ?? null)) return;
  if (value === undefined) element.removeAttribute(name);
  // eslint-disable-next-line no-restricted-syntax -- the names are those of `RowAttribute`
  else element.setAttribute(name, value);
}

/** Letters that are written from right to left, the higher ones by the first half of their pair. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ud802\ud803\ud83a\ud83b\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The text of an element that holds nothing else, kept here too: asking the DOM for it costs as much as writing it. */
class Words {
  readonly #element: Element;
  readonly #node = document.createTextNode('');
  #value = '';
  #isIsolated = false;

  constructor(element: Element) {
    this.#element = element;
    element.append(this.#node);
  }

  write(value: string): void {
    if (value !== this.#value) this.#node.data = this.#value = value;
  }

  /** Writes a text of a trace, what is hidden in it made visible, and some of it marked. */
  writeRevealed(value: string, marked: readonly MarkedRange[] = []): void {
    const shown = revealed(value);
    const isIsolated = RIGHT_TO_LEFT.test(value);
    if (isIsolated !== this.#isIsolated) this.#element.classList.toggle('isolated', (this.#isIsolated = isIsolated));
    if (typeof shown === 'string') {
      if (marked.length) return this.#element.replaceChildren(...markedPieces(shown, marked));
      if (!this.#node.parentNode) this.#element.replaceChildren(this.#node);
      return this.write(shown);
    }
    const holder = document.createElement('span');
    render(shown, holder);
    this.#element.replaceChildren(holder);
  }
}

function markedPieces(value: string, marked: readonly MarkedRange[]): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let at = 0;
  for (const { start, end } of marked) {
    const mark = document.createElement('mark');
    mark.textContent = value.slice(start, end);
    pieces.push(value.slice(at, start), mark);
    at = end;
  }
  return [...pieces, value.slice(at)];
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
  readonly #icon: Element;
  readonly #shape: Element;
  readonly #label: HTMLElement;
  readonly #labelWords: Words;
  readonly #tokensCell: HTMLElement;
  readonly #costCell: HTMLElement;
  readonly #time: Words;
  readonly #tokens: Words;
  readonly #cost: Words;
  readonly #lane: HTMLElement;
  #model: Words | undefined;
  #bar: HTMLElement | undefined;
  #errorMark: HTMLElement | undefined;
  #critical: HTMLElement | undefined;
  /** The piece that has a title, since the mouse was over it. */
  #titled: Element | undefined;
  #look: RowLook | undefined;
  #span: Span | undefined;
  #form: RowForm | undefined;
  #isActive = false;
  #isSelected: boolean | undefined;
  #isParent = false;
  #isClosed = false;
  #isDim = false;
  #isFailed = false;
  #isChosen = false;
  #errorsHidden = 0;
  #row = NaN;
  #top = NaN;

  constructor(isCopy = false) {
    this.#isCopy = isCopy;
    if (isCopy) this.element.classList.add('copy');
    else this.element.setAttribute('role', 'row');
    const [name, time, tokens, cost, lane] = this.element.children as Iterable<Element> as Iterable<HTMLElement>;
    const [twisty, icon, label] = name!.children as Iterable<Element> as Iterable<HTMLElement>;
    this.#name = name!;
    this.#twisty = twisty!;
    this.#icon = icon!;
    this.#shape = icon!.firstElementChild!;
    this.#label = label!;
    this.#labelWords = new Words(label!);
    this.#tokensCell = tokens!;
    this.#costCell = cost!;
    this.#time = new Words(time!);
    this.#tokens = new Words(tokens!);
    this.#cost = new Words(cost!);
    this.#lane = lane!;
  }

  /** The position of the span that is shown. */
  get position(): number | undefined {
    return this.#span?.index;
  }

  show(position: number, look: RowLook, state: RowState, form: RowForm): void {
    this.#showState(position, state);
    const isSame = look === this.#look && position === this.#span?.index && state.isClosed === this.#isClosed;
    if (isSame && state.errorsHidden === this.#errorsHidden && (form === this.#form || form === 'brief')) return;
    this.#look = look;
    this.#form = form;
    this.#span = look.trace.spanAt(position);
    this.#isParent = state.isParent;
    this.#isClosed = state.isClosed;
    this.#errorsHidden = state.errorsHidden;
    this.#takeTitle();
    this.#showBrief(this.#span, look);
    if (form === 'whole') this.#showRest(this.#span, look);
  }

  /** What changes while the span stays the same. */
  #showState(position: number, { top, row, isActive, isSelected }: RowState): void {
    const { element } = this;
    if (top !== this.#top) element.style.transform = `translateY(${top}px)`;
    if (isSelected !== this.#isSelected) {
      if (this.#isCopy) element.classList.toggle('selected', isSelected);
      else write(element, 'aria-selected', String(isSelected));
    }
    if (!this.#isCopy) {
      if (row !== this.#row) write(element, 'aria-rowindex', String(row + 2));
      if (isActive !== this.#isActive) element.classList.toggle('active', isActive);
      // The id is for `aria-activedescendant`.
      if (isActive || this.#isActive) write(element, 'id', isActive ? `row-${position}` : undefined);
    }
    this.#top = top;
    this.#row = row;
    this.#isActive = isActive;
    this.#isSelected = isSelected;
  }

  #showBrief(span: Span, { trace, scale, matches }: RowLook): void {
    const { index } = span;
    if (!this.#isCopy) write(this.element, 'data-span-id', span.id);
    write(this.#name, 'data-depth', String(Math.min(trace.tree.depth[index]!, MOST_INDENTS)));
    const name = this.#readable(span.name);
    this.#labelWords.writeRevealed(name, matches?.words.rangesIn(name));
    const isDim = matches !== undefined && !matches.matches[index];
    if (isDim !== this.#isDim) this.element.classList.toggle('dim', (this.#isDim = isDim));
    this.#placeBar(barOf(span, scale));
  }

  #showRest(span: Span, look: RowLook): void {
    const { element } = this;
    const { messages } = look;
    const { index, kind } = span;
    const { tree } = look.trace;
    const depth = tree.depth[index]!;
    const isParent = this.#isParent;
    const words: SpanWords = {
      name: this.#readable(span.name),
      about: this.#readable(aboutSpan(span)),
      figures: figuresOf(span, messages),
      errorsHidden: this.#errorsHidden,
      critical: this.#showCritical(index, look),
      isChosen: this.#showChosen(span, look),
      isMatch: look.matches?.matches[index] === 1,
    };
    write(element, 'aria-expanded', isParent ? String(!this.#isClosed) : undefined);
    if (!this.#isCopy) {
      const parent = tree.parent[index]!;
      write(element, 'aria-label', spoken(span, words, messages));
      write(element, 'aria-level', String(depth + 1));
      write(element, 'aria-posinset', String(tree.siblingIndex[index]! + 1));
      write(element, 'aria-setsize', String(parent < 0 ? tree.rootCount : tree.childCount[parent]!));
    }
    write(this.#twisty, 'class', isParent ? `twisty ${this.#isClosed ? 'closed' : 'open'}` : 'twisty');
    write(this.#twisty, 'data-level', depth > LEVELS_SHOWN_BY_INDENT ? String(depth) : undefined);
    write(this.#icon, 'data-kind', kind);
    write(this.#lane, 'data-kind', kind);
    const { path, isSolid } = KIND_SHAPES[kind];
    write(this.#shape, 'd', path);
    write(this.#shape, 'fill', isSolid ? 'currentColor' : 'none');
    this.#showErrors(span);
    this.#showModel(words.about);
    this.#time.write(words.figures.time);
    this.#tokens.write(words.figures.tokens);
    this.#cost.write(words.figures.cost);
    this.#describeBar(span, look);
  }

  #showModel(about: string): void {
    if (!about && !this.#model) return;
    if (!this.#model) {
      const element = made(blankModel);
      this.#label.after(element);
      this.#model = new Words(element);
    }
    this.#model.writeRevealed(about);
  }

  /** @returns whether it is chosen */
  #showChosen({ id }: Span, { chosen }: RowLook): boolean {
    const isChosen = chosen?.has(id) ?? false;
    if (isChosen !== this.#isChosen) this.element.classList.toggle('chosen', isChosen);
    this.#isChosen = isChosen;
    return isChosen;
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
    const isFailed = status === 'error';
    if (isFailed !== this.#isFailed) this.element.classList.toggle('failed', (this.#isFailed = isFailed));
    if (!isFailed && count === 0) {
      this.#errorMark?.remove();
      this.#errorMark = undefined;
      return;
    }
    // Before the name, which may leave no room behind it.
    if (!this.#errorMark) this.#label.before((this.#errorMark = made(blankErrorMark)));
    this.#errorMark.classList.toggle('inside', !isFailed);
    const words = this.#errorMark.lastElementChild!;
    words.className = isFailed ? 'visually-hidden' : '';
    words.textContent = isFailed ? this.#look!.messages.errorMark : String(count);
  }

  #placeBar(bar: Bar | undefined): void {
    if (!bar) {
      this.#bar?.remove();
      this.#bar = undefined;
      return;
    }
    if (!this.#bar) this.#lane.prepend((this.#bar = made(blankBar)));
    const { style } = this.#bar;
    // The least width of a bar is in sight at the very end as well.
    style.marginLeft = bar.left > 99 ? `min(${bar.left}%, 100% - 2px)` : `${bar.left}%`;
    style.width = `${bar.width}%`;
  }

  #describeBar(span: Span, { messages, scale, isLive }: RowLook): void {
    const firstToken = firstTokenOf(span, messages);
    write(this.#lane, 'aria-label', barWords(span, firstToken, messages));
    const bar = barOf(span, scale);
    const element = this.#bar;
    if (!bar || !element) return;
    const isWaited = bar.waiting !== undefined;
    const classes = ['bar', isWaited && 'waited', span.isRunning && 'running', span.isRunning && isLive && 'live'];
    write(element, 'class', classes.filter(Boolean).join(' '));
    if (isWaited) element.style.backgroundSize = `${bar.waiting}% 100%, auto`;
    this.#showNote(element, bar, firstToken && messages.firstTokenNote(firstToken));
  }

  #showNote(element: HTMLElement, bar: Bar, note: string): void {
    const side = bar.left + bar.width > NOTE_BEFORE_FROM ? 'before' : 'after';
    const hasRoom = side === 'after' || bar.left > NOTE_BEFORE_UNTIL;
    const isShown = note !== '' && bar.width >= NOTE_FROM_WIDTH && hasRoom;
    write(element, 'data-note', isShown ? note : undefined);
    write(element, 'data-side', isShown ? side : undefined);
  }

  /** Gives the piece under the mouse its title. Most titles are never read, and each costs as much as a text. */
  giveTitle(target: Element): void {
    this.#takeTitle();
    const { messages, trace } = this.#look!;
    const span = this.#span!;
    const { depth, childCount } = trace.tree;
    const inside = childCount[span.index]! > 0 ? messages.withEverythingInside : '';
    const titles: readonly (readonly [Element | undefined, () => string])[] = [
      [this.#label, () => revealedText(this.#readable(span.name))],
      [this.#icon, () => messages.kinds[span.kind]!],
      [this.#twisty, () => (this.#twisty.dataset['level'] ? messages.levels(depth[span.index]!) : '')],
      [this.#tokensCell, () => inside],
      [this.#costCell, () => inside],
      [this.#errorMark, () => this.#errorTitle(span)],
      [this.#bar, () => barWords(span, firstTokenOf(span, messages), messages)],
    ];
    const [piece, titleOf] = titles.find(([element]) => element?.contains(target)) ?? [];
    const title = titleOf?.();
    if (!piece || !title) return;
    // A picture has no title of its own.
    this.#titled = piece === this.#icon ? this.#name : piece;
    this.#titled.setAttribute('title', title);
  }

  #takeTitle(): void {
    this.#titled?.removeAttribute('title');
    this.#titled = undefined;
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
