/** The lines of a text, long ones broken: where each begins. A text of 50 MB is one array of numbers. */
export class TextLines {
  readonly text: string;
  readonly #starts: Uint32Array;
  readonly count: number;

  /** @param columns characters of a line at the most */
  constructor(text: string, columns: number) {
    this.text = text;
    let starts = new Uint32Array(64);
    let count = 0;
    const begin = (at: number): void => {
      if (count === starts.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(starts);
        starts = longer;
      }
      starts[count++] = at;
    };
    for (let at = 0; ;) {
      const next = text.indexOf('\n', at);
      const end = next < 0 ? text.length : next;
      begin(at);
      for (let piece = at; end - piece > columns;) {
        piece = breakBefore(text, piece, piece + columns);
        begin(piece);
      }
      if (next < 0) break;
      at = next + 1;
    }
    this.#starts = starts.subarray(0, count);
    this.count = count;
  }

  at(line: number): string {
    const end = line + 1 < this.count ? this.#starts[line + 1]! : this.text.length;
    return this.text.slice(this.#starts[line], end).replace(/\r?\n$/, '');
  }
}

/** Where a line that begins at `start` is best broken: behind a space, else before `limit`, never inside a character. */
function breakBefore(text: string, start: number, limit: number): number {
  const space = text.lastIndexOf(' ', limit - 1);
  if (space > start + (limit - start) / 2) return space + 1;
  const unit = text.charCodeAt(limit);
  return unit >= 0xdc00 && unit <= 0xdfff && limit - 1 > start ? limit - 1 : limit;
}
