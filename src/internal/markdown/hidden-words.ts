const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Finds out how much of a text does not come to its reader's eye: every word of the source must be among what is shown. Marks are
 * not counted, so that what Markdown uses them for is no finding.
 */
export class HiddenWords {
  readonly #missing = new Map<string, number>();

  /** A piece of the source, its references to characters (`&eacute;`) resolved. */
  add(source: string): void {
    this.#count(source, 1);
  }

  /** What is shown. */
  show(text: string): void {
    this.#count(text, -1);
  }

  /** Characters of the words that are not shown. */
  get characters(): number {
    let characters = 0;
    for (const [word, count] of this.#missing) if (count > 0) characters += word.length * count;
    return characters;
  }

  #count(text: string, by: number): void {
    for (const [word] of text.matchAll(WORD)) this.#missing.set(word, (this.#missing.get(word) ?? 0) + by);
  }
}
