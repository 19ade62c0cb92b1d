const ELLIPSIS = '…';
/** Characters whose widths are kept. */
const MOST_KEPT = 5000;

/**
 * Cuts texts to a width. Characters are measured one by one, and each of them once: a text is cut anew in every frame, always
 * elsewhere.
 */
export class FittedText {
  readonly #widths = new Map<string, number>();
  #measure: (text: string) => number = () => 0;

  /** To be called when the font has changed. */
  reset(measure: (text: string) => number): void {
    this.#widths.clear();
    this.#measure = measure;
  }

  /** The text, or its beginning with an ellipsis; empty where not even that has room. */
  fit(text: string, room: number): string {
    const rest = room - this.#widthOf(ELLIPSIS);
    let width = 0;
    let end = 0;
    let cut = 0;
    for (const character of text) {
      width += this.#widthOf(character);
      end += character.length;
      if (width <= rest) cut = end;
      else if (width > room) return cut ? text.slice(0, cut) + ELLIPSIS : '';
    }
    return text;
  }

  #widthOf(character: string): number {
    let width = this.#widths.get(character);
    if (width === undefined) {
      if (this.#widths.size >= MOST_KEPT) this.#widths.clear();
      this.#widths.set(character, (width = this.#measure(character)));
    }
    return width;
  }
}
