/*
 * Texts are compared whatever their case, by Unicode's simple case folding, as regular expressions with the flags `i` and
 * `u` do it: independent of any language, one character for one character. ß is not ss, and é in two characters is not é in
 * one. The expressions hold nothing but literalPattern characters, so that they cannot go back and forth in a text.
 */

/** Finds a text, whatever its case. */
export const literalPattern = (text: string, flags = ''): RegExp =>
  new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), `iu${flags}`);

/** Whether whole texts match the pieces of a pattern, in time that grows with the text, not with its power. */
export function patternTest(pieces: readonly string[]): (text: string) => boolean {
  const first = literalPattern(pieces[0]!, 'y');
  const last = literalPattern(pieces.at(-1)!, 'y');
  const between = pieces.slice(1, -1).map((piece) => literalPattern(piece, 'g'));
  const firstLength = pieces[0]!.length;
  const lastLength = pieces.at(-1)!.length;
  // Folding keeps the length, so that the last piece has one place only.
  return (text) => {
    if (pieces.length === 1 && text.length !== firstLength) return false;
    if (firstLength > 0) {
      first.lastIndex = 0;
      if (!first.test(text)) return false;
    }
    if (pieces.length === 1) return true;
    let from = firstLength;
    for (const piece of between) {
      piece.lastIndex = from;
      if (!piece.test(text)) return false;
      from = piece.lastIndex;
    }
    const at = text.length - lastLength;
    if (at < from) return false;
    if (lastLength === 0) return true;
    last.lastIndex = at;
    // From within a character of two units an expression begins with the whole of it.
    return last.test(text) && last.lastIndex === text.length;
  };
}
