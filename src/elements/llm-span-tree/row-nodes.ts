import { html, render, type TemplateResult } from 'lit';
import { revealed } from '../../internal/first-characters.js';
import { errorIcon, kindIcon } from '../../internal/first-icons.js';
import type { MarkedRange } from '../../internal/span-matches.js';

// Without a space between the tags, and without an element that a style can stand for: each would be in every row.
export const blankRow = html`<div class="row" part="row"><span class="name" role="rowheader"><span class="twisty"></span>${kindIcon('span')}<span class="label"></span></span><span role="gridcell" class="number time"></span><span role="gridcell" class="number tokens"></span><span role="gridcell" class="number cost"></span><span role="gridcell" class="lane"><span class="bar" part="bar" aria-hidden="true"></span></span></div>`; // prettier-ignore
export const blankModel = html`<span class="model"></span>`;
export const blankCritical = html`<span class="critical" part="critical" aria-hidden="true"></span>`;
export const blankErrorMark = html`<span class="error-mark">${errorIcon()}<span></span></span>`;

export const blankMatchMark = html`<span class="match-mark"></span>`;

const blanks = new WeakMap<TemplateResult, Element>();

/** An element as a template without data describes it. A copy of one costs a tenth of rendering it. */
export function made(template: TemplateResult): HTMLElement {
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
  | `data-${'kind' | 'level' | 'note' | 'side' | 'span-id'}`
  | 'class'
  | 'd'
  | 'fill'
  | 'id';

/** Writes an attribute, or takes it away; nothing where it is so already. */
export function write(element: Element, name: RowAttribute, value: string | undefined): void {
  if (element.getAttribute(name) === (value ?? null)) return;
  if (value === undefined) element.removeAttribute(name);
  // eslint-disable-next-line no-restricted-syntax -- the names are those of `RowAttribute`
  else element.setAttribute(name, value);
}

/** Letters that are written from right to left, the higher ones by the first half of their pair. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ud802\ud803\ud83a\ud83b\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The text of an element that holds nothing else, kept here too: asking the DOM for it costs as much as writing it. */
export class Words {
  readonly #element: Element;
  /** Made with the first text: many have none. */
  #node: Text | undefined;
  #value = '';
  #isIsolated = false;

  constructor(element: Element) {
    this.#element = element;
  }

  write(value: string): void {
    if (value === this.#value) return;
    this.#value = value;
    if (this.#node) this.#node.data = value;
    else this.#element.append((this.#node = document.createTextNode(value)));
  }

  /** Writes a text of a trace, what is hidden in it made visible, and some of it marked. */
  writeRevealed(value: string, marked: readonly MarkedRange[] = []): void {
    const shown = revealed(value);
    const isIsolated = RIGHT_TO_LEFT.test(value);
    if (isIsolated !== this.#isIsolated) this.#element.classList.toggle('isolated', (this.#isIsolated = isIsolated));
    if (typeof shown === 'string') {
      if (marked.length) return this.#element.replaceChildren(...markedPieces(shown, marked));
      const isOther = this.#node?.parentNode !== this.#element && this.#element.firstChild !== null;
      if (isOther) this.#element.replaceChildren(...(this.#node ? [this.#node] : []));
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
