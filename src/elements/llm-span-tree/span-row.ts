import type { PathSegment } from '../../analysis/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatDuration } from '../../i18n/format.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealedText } from '../../internal/first-characters.js';
import { KIND_SHAPES } from '../../internal/first-icons.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { text } from '../../internal/text.js';
import type { TimeScale } from '../../internal/time-scale.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span, SpanStatus } from '../../model/index.js';
import { barBetween, barOf, type Bar } from './bar.js';
import type { Heading, HeadingWords } from './heading.js';
import {
  blankCritical,
  blankErrorMark,
  blankMatchMark,
  blankModel,
  blankRow,
  made,
  Words,
  write,
} from './row-nodes.js';
import type { ShownSpans } from './shown-spans.js';
import { barWords, figuresOf, firstTokenOf, insideWords, spoken, type SpanWords } from './span-words.js';
import { treeParts } from './tree-parts.js';

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
  readonly shown: ShownSpans;
  readonly messages: FirstMessages;
  readonly settings: ViewSettings;
  readonly scale: TimeScale;
  /** Whether it is known what spans come to with all that is in them. */
  readonly areSummed: boolean;
  /** Stretches of the critical path by position, where it is shown. */
  readonly critical: ReadonlyMap<number, readonly PathSegment[]> | undefined;
  /** Whether what runs is known to be alive. */
  readonly isLive: boolean;
  /** Ids of the spans that are chosen as examples, while somebody chooses. */
  readonly chosen: ReadonlySet<string> | undefined;
  /** What a search has found, while there is one. */
  readonly matches: SpanMatches | undefined;
}

/**
 * `brief` is a row that nobody can read because it flies by: its name and its bar, and all else when it comes to rest. `seen` is all
 * that the eye sees; what a screen reader says of it comes once it is painted.
 */
export type RowForm = 'whole' | 'seen' | 'brief';

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
  /** Matches of a search among them. */
  matchesHidden: number;
  /** Which of its siblings that are shown it is, from 1, and how many there are. */
  placeInSet: number;
  setSize: number;
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
  readonly #bar: HTMLElement;
  #errorMark: HTMLElement | undefined;
  #critical: HTMLElement | undefined;
  /** The piece that has a title, since the mouse was over it. */
  #titled: Element | undefined;
  #matchMark: HTMLElement | undefined;
  #look: RowLook | undefined;
  #place: number | undefined;
  /** Of a heading, the first of the spans that it stands for. */
  #span: Span | undefined;
  #heading: Heading | undefined;
  #form: RowForm | undefined;
  /** What a screen reader says of the row, and of its bar. */
  #said: (() => readonly [row: string, bar: string]) | undefined;
  #isActive = false;
  #isSelected: boolean | undefined;
  #isParent = false;
  #isClosed = false;
  #isDim = false;
  #isFailed = false;
  #isHeading = false;
  #isChosen = false;
  #errorsHidden = 0;
  #matchesHidden = 0;
  #placeInSet = NaN;
  #setSize = NaN;
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
    this.#bar = lane!.firstElementChild as HTMLElement;
  }

  /** What is shown. */
  get place(): number | undefined {
    return this.#place;
  }

  show(place: number, look: RowLook, state: RowState, form: RowForm): void {
    this.#showState(place, state);
    if (form === 'whole') this.#showSet(state);
    const { isClosed, errorsHidden, matchesHidden } = state;
    const isSame = look === this.#look && place === this.#place && isClosed === this.#isClosed;
    const isAsFull = errorsHidden === this.#errorsHidden && matchesHidden === this.#matchesHidden;
    if (isSame && isAsFull) {
      if (form === this.#form || form === 'brief' || this.#form === 'whole') return;
      if (this.#form === 'seen') {
        this.#form = form;
        return this.#say(place, look);
      }
    }
    this.#look = look;
    this.#form = form;
    this.#place = place;
    this.#span = look.shown.spanAt(place);
    this.#heading = look.shown.headingAt(place);
    this.#isParent = state.isParent;
    this.#isClosed = isClosed;
    this.#errorsHidden = errorsHidden;
    this.#matchesHidden = matchesHidden;
    this.#takeTitle();
    this.#showBrief(place, this.#span, look);
    if (form !== 'brief') this.#showRest(place, this.#span, look);
    if (form === 'whole') this.#say(place, look);
  }

  /** Stands where it will show something: less is to do when that comes. */
  standReady(row: number, top: number): void {
    this.#showState(-1, { row, top, isActive: false, isSelected: false });
  }

  /** What changes while the span stays the same. */
  #showState(
    place: number,
    { top, row, isActive, isSelected }: Pick<RowState, 'top' | 'row' | 'isActive' | 'isSelected'>,
  ): void {
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
      if (isActive || this.#isActive) write(element, 'id', isActive ? `row-${place}` : undefined);
    }
    this.#top = top;
    this.#row = row;
    this.#isActive = isActive;
    this.#isSelected = isSelected;
  }

  /** A filter changes it while the span stays the same. */
  #showSet({ placeInSet, setSize }: RowState): void {
    if (this.#isCopy) return;
    if (placeInSet !== this.#placeInSet) write(this.element, 'aria-posinset', String(placeInSet));
    if (setSize !== this.#setSize) write(this.element, 'aria-setsize', String(setSize));
    this.#placeInSet = placeInSet;
    this.#setSize = setSize;
  }

  #showBrief(place: number, span: Span, { shown, scale, matches, messages }: RowLook): void {
    const { index } = span;
    const heading = this.#heading;
    if (!this.#isCopy) write(this.element, 'data-span-id', heading ? undefined : span.id);
    const depth = Math.min(shown.tree.depth[place]!, MOST_INDENTS);
    write(this.#name, 'class', depth > 0 ? `name depth-${depth}` : 'name');
    const name = heading?.type === 'missing' ? messages.display.parentMissing : this.#readable(span.name);
    this.#labelWords.writeRevealed(name, heading ? [] : matches?.words.rangesIn(name));
    const isDim = matches !== undefined && (heading !== undefined || !matches.matches[index]);
    if (isDim !== this.#isDim) this.element.classList.toggle('dim', (this.#isDim = isDim));
    this.#placeBar(heading ? barOfHeading(heading, scale) : barOf(span, scale));
  }

  #showRest(place: number, span: Span, look: RowLook): void {
    const { element } = this;
    const { shown } = look;
    const depth = shown.tree.depth[place]!;
    const isParent = this.#isParent;
    const heading = this.#heading;
    write(this.#twisty, 'class', isParent ? `twisty ${this.#isClosed ? 'closed' : 'open'}` : 'twisty');
    write(this.#twisty, 'data-level', depth > LEVELS_SHOWN_BY_INDENT ? String(depth) : undefined);
    const kind = heading?.type === 'missing' ? 'span' : span.kind;
    write(this.#icon, 'data-kind', kind);
    write(this.#bar, 'data-kind', kind);
    const { path, isSolid } = KIND_SHAPES[kind];
    write(this.#shape, 'd', path);
    write(this.#shape, 'fill', isSolid ? 'currentColor' : 'none');
    if ((heading !== undefined) !== this.#isHeading) {
      element.classList.toggle('heading', (this.#isHeading = heading !== undefined));
    }
    this.#showErrors(heading ? 'unset' : span.status);
    this.#showMatches();
    if (heading) this.#showHeading(heading, span, look);
    else this.#showSpan(span, look);
  }

  #showSpan(span: Span, look: RowLook): void {
    const { messages, matches } = look;
    const words: SpanWords = {
      name: this.#readable(span.name),
      about: this.#readable(aboutSpan(span)),
      figures: figuresOf(span, messages, look.areSummed),
      errorsHidden: this.#errorsHidden,
      matchesHidden: this.#matchesHidden,
      critical: this.#showCritical(span.index, look),
      isChosen: this.#showChosen(span, look),
      isMatch: matches?.matches[span.index] === 1,
    };
    this.#showWords(words);
    const firstToken = firstTokenOf(span, messages);
    this.#said = () => [spoken(span, words, messages), barWords(span, firstToken, messages)];
    this.#showBar(span, firstToken, look);
  }

  #showHeading(heading: Heading, span: Span, look: RowLook): void {
    const { messages } = look;
    const words = this.#headingWords(heading, span, look);
    this.#showCritical(-1, look);
    if (this.#isChosen) this.element.classList.toggle('chosen', (this.#isChosen = false));
    this.#showWords(words);
    this.#said = () => [words.spoken, words.bar || messages.barTextUnknown];
    write(this.#bar, 'class', heading.isRunning ? 'bar together running' : 'bar together');
    this.#showNote(this.#bar, { left: 0, width: 0, waiting: undefined }, '');
  }

  /** What a screen reader says. Nothing of a copy is read. */
  #say(place: number, { shown }: RowLook): void {
    if (this.#isCopy) return;
    const { element } = this;
    const [row, bar] = this.#said!();
    write(element, 'aria-expanded', this.#isParent ? String(!this.#isClosed) : undefined);
    write(element, 'aria-level', String(shown.tree.depth[place]! + 1));
    write(element, 'aria-label', row);
    write(this.#lane, 'aria-label', bar);
  }

  #headingWords(heading: Heading, span: Span, { messages }: RowLook): HeadingWords {
    const inside = insideWords(this.#errorsHidden, this.#matchesHidden, messages);
    return treeParts.value!.headingWords(heading, span, this.#readable(span.name), inside, messages);
  }

  #showWords({ about, figures }: Pick<SpanWords, 'about' | 'figures'>): void {
    this.#showModel(about);
    this.#time.write(figures.time);
    this.#tokens.write(figures.tokens);
    this.#cost.write(figures.cost);
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
    const { stretchesImage, timeOf } = treeParts.value!;
    this.#critical.style.backgroundImage = stretchesImage(stretches, scale);
    return formatDuration(timeOf(stretches), messages.locale);
  }

  #showMatches(): void {
    const count = this.#matchesHidden;
    if (count === 0) {
      this.#matchMark?.remove();
      this.#matchMark = undefined;
      return;
    }
    if (!this.#matchMark) this.#label.before((this.#matchMark = made(blankMatchMark)));
    this.#matchMark.textContent = String(count);
  }

  #showErrors(status: SpanStatus): void {
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
    if (!bar) return this.#bar.remove();
    if (!this.#bar.parentNode) this.#lane.prepend(this.#bar);
    const { style } = this.#bar;
    // The least width of a bar is in sight at the very end as well.
    style.marginLeft = bar.left > 99 ? `min(${bar.left}%, 100% - 2px)` : `${bar.left}%`;
    style.width = `${bar.width}%`;
  }

  #showBar(span: Span, firstToken: string, { messages, scale, isLive }: RowLook): void {
    const bar = barOf(span, scale);
    const element = this.#bar;
    if (!bar) return;
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
    const { messages, shown } = this.#look!;
    const span = this.#span!;
    const place = this.#place!;
    const heading = this.#heading;
    const words = heading && this.#headingWords(heading, span, this.#look!);
    const inside = shown.tree.childCount[place]! > 0 ? messages.withEverythingInside : '';
    const titles: readonly (readonly [Element | undefined, () => string])[] = [
      [this.#label, () => words?.spoken ?? revealedText(this.#readable(span.name))],
      [this.#icon, () => messages.kinds[span.kind]!],
      [this.#twisty, () => (this.#twisty.dataset['level'] ? messages.levels(shown.tree.depth[place]!) : '')],
      [this.#tokensCell, () => inside],
      [this.#costCell, () => inside],
      [this.#errorMark, () => this.#errorTitle(span)],
      [this.#matchMark, () => messages.display.matchesInside(this.#matchesHidden)],
      [this.#bar, () => words?.bar ?? barWords(span, firstTokenOf(span, messages), messages)],
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
    if (status !== 'error' || this.#heading) return messages.errorsInside(this.#errorsHidden);
    return revealedText(this.#readable(statusMessage)) || messages.errorMark;
  }

  /** What may be shown of a text of the trace. */
  #readable(value: unknown): string {
    return this.#look!.settings.readable(text(value));
  }
}

function barOfHeading({ start, end, isRunning }: Heading, scale: TimeScale): Bar | undefined {
  if (Number.isNaN(start)) return undefined;
  return barBetween(start, isRunning ? scale.start + scale.duration : end, scale);
}
