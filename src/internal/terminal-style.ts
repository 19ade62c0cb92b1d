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

/** Shares of red, green and blue in the colours from 16 to 231 (xterm's 256 colours). */
const SHARES = [0, 95, 135, 175, 215, 255];
/** Shares that are closer together than this are a grey. */
const GREY = 40;

/**
 * How a text looks that was written for a terminal: its colour and marks, as words for classes. Of the many colours the
 * nearest of the eight is taken, and none for a grey, so that no text has the colour of what is behind it. What hides text
 * (conceal, colours of the background) is not followed.
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
    const parts = found[1]!.split(';', 32);
    for (let at = 0; at < parts.length; at++) {
      // What belongs together may stand behind colons, or be parts of its own: `38:5:196`, `38;5;196`.
      const isWhole = parts[at]!.includes(':');
      const [code = 0, ...more] = parts[at]!.split(':', 8).map(Number);
      if (code === 38 || code === 48) {
        const given = isWhole ? more : parts.slice(at + 1, at + 5).map(Number);
        if (code === 38)
          this.#colour = given[0] === 5 ? numbered(given[1]) : nearest(isWhole ? given.slice(-3) : given.slice(1));
        if (!isWhole) at += given[0] === 5 ? 2 : 4;
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

/** The colour behind one of the 256 numbers. */
function numbered(number = 0): string {
  if (number < 16) return COLOURS[number % 8] ?? '';
  // Behind the colours are greys.
  if (number > 231) return '';
  const place = number - 16;
  return nearest([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((share) => SHARES[share] ?? 0));
}

/** The colour of the eight that has its shares of red, green and blue where these are large; none for a grey. */
function nearest(shares: readonly number[]): string {
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  if (!(most - least >= GREY)) return '';
  const middle = (least + most) / 2;
  return COLOURS[shares.reduce((sum, share, at) => sum + (share > middle ? 1 << at : 0), 0)] ?? '';
}
