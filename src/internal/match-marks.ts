import type { MarkedRange, MatchedWords, MatchRevealing, Marking } from './span-matches.js';

/** The name is one of the whole page: all views share it, and each takes away what it has put there. */
const NAME = 'llm-match';
const MOST_MARKS = 2000;
/** Places that are opened on the way to one match: one may hold it and not show it. */
const MOST_OPENED = 8;
/** What nobody reads as a part of the trace. */
const NO_TEXT = 'style, script, button, [role="tablist"], .feedback';

let sheet: CSSStyleSheet | undefined;

/** Each shadow tree has its own rules; those of highlights are not handed down everywhere. */
function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `::highlight(${NAME}) { color: var(--_text); background-color: var(--_mark); }
      @media (forced-colors: active) { ::highlight(${NAME}) { color: MarkText; background-color: Mark; } }`,
    );
  }
  return sheet;
}

/** Absent in browsers that cannot mark texts without changing them. */
const canMark = (): boolean => 'highlights' in CSS && typeof Highlight === 'function';

function sharedHighlight(): Highlight {
  let highlight = CSS.highlights.get(NAME);
  if (!highlight) CSS.highlights.set(NAME, (highlight = new Highlight()));
  return highlight;
}

/**
 * Marks words in the texts of a shadow tree and of those inside it, in the order in which they are read, without touching
 * the nodes: they belong to templates. Follows what changes there.
 */
export class MatchMarks implements Marking {
  readonly #root: ShadowRoot;
  readonly #words: MatchedWords;
  readonly #roots = new Set<ShadowRoot>();
  readonly #observer = new MutationObserver(() => this.#markSoon());
  #ranges: StaticRange[] = [];
  #frame: number | undefined;
  #isToReveal = false;
  #opened = 0;

  constructor(root: ShadowRoot, words: MatchedWords) {
    this.#root = root;
    this.#words = words;
    this.#mark();
  }

  reveal(): void {
    this.#isToReveal = true;
    this.#opened = 0;
    this.#markSoon();
  }

  end(): void {
    this.#observer.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#unmark();
    for (const root of this.#roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    }
    this.#roots.clear();
  }

  #markSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#mark();
      if (this.#isToReveal) this.#reveal();
    });
  }

  #unmark(): void {
    const highlight = canMark() ? CSS.highlights.get(NAME) : undefined;
    for (const range of this.#ranges) highlight?.delete(range);
    if (highlight?.size === 0) CSS.highlights.delete(NAME);
    this.#ranges = [];
  }

  #mark(): void {
    this.#unmark();
    const ranges: StaticRange[] = [];
    for (const node of this.#nodes()) {
      if (!(node instanceof Text)) continue;
      for (const { start, end } of this.#words.rangesIn(node.data)) ranges.push(rangeOf(node, { start, end }));
      if (ranges.length >= MOST_MARKS) break;
    }
    this.#ranges = ranges;
    if (!ranges.length || !canMark()) return;
    const highlight = sharedHighlight();
    for (const range of ranges) highlight.add(range);
  }

  /** Texts and elements, those of a shadow tree in the place of its host. */
  *#nodes(): Generator<Text | Element> {
    const walkers = [this.#walk(this.#root)];
    for (let walker = walkers.at(-1); walker; walker = walkers.at(-1)) {
      const node = walker.nextNode();
      if (!node) walkers.pop();
      else {
        yield node as Text | Element;
        const inner = (node as Partial<Element>).shadowRoot;
        if (inner) walkers.push(this.#walk(inner));
      }
    }
  }

  #walk(root: ShadowRoot): TreeWalker {
    if (!this.#roots.has(root)) {
      this.#roots.add(root);
      if (canMark()) root.adoptedStyleSheets.push(styleSheet());
      this.#observer.observe(root, { childList: true, characterData: true, subtree: true });
    }
    return document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
  }

  /** What is marked comes into sight; where nothing is, an element that leaves something out shows more of it. */
  #reveal(): void {
    const panel = this.#ranges.find(({ startContainer }) => isScrolled(startContainer, this.#root.host));
    const range = panel ?? this.#ranges[0];
    if (panel ?? (this.#opened++ === MOST_OPENED || !this.#hasMore())) this.#isToReveal = false;
    if (!range) return;
    for (const element of ancestorsOf(range.startContainer, this.#root.host)) {
      if (element instanceof HTMLDetailsElement) element.open = true;
    }
    scrollToRange(range, this.#root.host);
  }

  /** Whether an element has shown more of what it has. */
  #hasMore(): boolean {
    for (const node of this.#nodes()) {
      const element = node as Partial<MatchRevealing>;
      if (element.showMatch?.(this.#words)) return true;
    }
    return false;
  }
}

const rangeOf = (node: Text, { start, end }: MarkedRange): StaticRange =>
  new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end });

/** The elements around a node, out of their shadow trees, up to one of them. */
function* ancestorsOf(node: Node, last: Element): Generator<Element> {
  for (let at: Node | null = node; at && at !== last;) {
    at = at.parentNode;
    if (at instanceof ShadowRoot) at = at.host;
    if (at instanceof Element && at !== last) yield at;
  }
}

const canScroll = (element: Element): boolean =>
  element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY);

/** Whether a node is in the part that scrolls: the head, with the name, is always in sight. */
function isScrolled(node: Node, last: Element): boolean {
  for (const element of ancestorsOf(node, last)) if (element.getAttribute('role') === 'tabpanel') return true;
  return false;
}

/** Scrolls what is inside the element, and never the page around it. */
function scrollToRange(staticRange: StaticRange, last: Element): void {
  const range = document.createRange();
  range.setStart(staticRange.startContainer, staticRange.startOffset);
  range.setEnd(staticRange.endContainer, staticRange.endOffset);
  for (const element of ancestorsOf(staticRange.startContainer, last)) {
    if (!canScroll(element)) continue;
    const seen = element.getBoundingClientRect();
    const wanted = range.getBoundingClientRect();
    if (wanted.top >= seen.top && wanted.bottom <= seen.top + element.clientHeight) continue;
    element.scrollTop += wanted.top - seen.top - (element.clientHeight - wanted.height) / 3;
  }
}
