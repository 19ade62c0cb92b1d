/** Colours of a terminal by their place (ECMA-48 8.3.117): 30 to 37, and the bright ones from 90. */
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const MARKS: ReadonlyMap<number, string> = new Map([
  [1, 'bold'],
  [2, 'faint'],
  [3, 'italic'],
  [4, 'underline'],
  [9, 'strike'],
]);
/** What takes a mark back. 22 ends bold and faint. */
const ENDS: ReadonlyMap<number, readonly string[]> = new Map([
  [22, ['bold', 'faint']],
  [23, ['italic']],
  [24, ['underline']],
  [29, ['strike']],
]);

const SEQUENCE = /^(?:\x1b\[|\x9b)([\d;:]*)m$/; // eslint-disable-line no-control-regex -- the beginning of a sequence

/**
 * How a text looks that was written for a terminal: its colour and marks, as words for classes. What hides text (conceal,
 * colours of the background) is not followed, nor are colours beyond the sixteen.
 */
export class TerminalStyle {
  #colour = '';
  readonly #marks = new Set<string>();

  /** The classes of what follows; empty for none. */
  get classes(): string {
    return [this.#colour, ...this.#marks]
      .filter(Boolean)
      .map((word) => `terminal-${word}`)
      .join(' ');
  }

  /** Takes a sequence; false where it says nothing of colours and marks. */
  take(sequence: string): boolean {
    const found = SEQUENCE.exec(sequence);
    if (!found) return false;
    const codes = found[1]!.split(/[;:]/, 32).map(Number);
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at]!;
      if (code === 38 || code === 48) {
        // A colour by its number, or by its three shares.
        if (code === 38) this.#colour = '';
        at += codes[at + 1] === 5 ? 2 : 4;
      } else this.#follow(code);
    }
    return true;
  }

  #follow(code: number): void {
    const mark = MARKS.get(code);
    if (code === 0) {
      this.#colour = '';
      this.#marks.clear();
    } else if (mark) this.#marks.add(mark);
    else if (code === 39) this.#colour = '';
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) this.#colour = COLOURS[code % 10]!;
    else for (const word of ENDS.get(code) ?? []) this.#marks.delete(word);
  }
}
