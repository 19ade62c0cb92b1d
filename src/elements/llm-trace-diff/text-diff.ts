/** Characters of each text that are compared. */
const MOST_COMPARED = 200_000;
/** Longer stretches that differ are compared line by line. */
const MOST_IN_WORDS = 60_000;
/** Words or lines that may differ: the time grows with their square, and the page stands still for it. */
const MOST_EDITS = 1000;
/** Milliseconds after which a comparison is given up in any case. */
const MOST_TIME = 1000;
/** Where less of two texts is the same, words of the one between words of the other cannot be read. */
const LEAST_SAME = 0.2;
/** Texts that are shorter can be read whatever they have in common. */
const SHORT = 80;

/** A stretch of two texts. */
export interface TextPiece {
  readonly kind: 'equal' | 'added' | 'missing';
  readonly text: string;
}

export interface TextDiff {
  readonly pieces: readonly TextPiece[];
  /** What was compared with each other: words, or, of texts that differ much, lines or all of it. */
  readonly by: 'words' | 'lines' | 'whole';
  /** How many characters of a text were compared, where that is not all of it. */
  readonly limit: number | undefined;
}

/** Of a number, or a name, no part stays as it was. */
const isOneWord = (text: string): boolean => text.length <= SHORT && !/\s/.test(text);

const bounds = { maxEditLength: MOST_EDITS, timeout: MOST_TIME };

type Compare = (before: string, after: string) => readonly TextPiece[] | undefined;

/**
 * Compares two texts word by word. Takes a bounded time: what is the same at both ends is not looked at again, and where the
 * rest differs too much it is compared line by line, or shown as a whole.
 *
 * @throws where what compares could not be loaded
 */
export async function diffTexts(before: string, after: string): Promise<TextDiff> {
  const limit = Math.max(before.length, after.length) > MOST_COMPARED ? MOST_COMPARED : undefined;
  const one = before.slice(0, MOST_COMPARED);
  const other = after.slice(0, MOST_COMPARED);
  if (isOneWord(one) && isOneWord(other) && one !== other) {
    return { pieces: joined([piece('missing', one), piece('added', other)]), by: 'words', limit };
  }
  const start = sharedStart(one, other);
  const end = sharedEnd(one.slice(start), other.slice(start));
  const middle = one.slice(start, one.length - end);
  const otherMiddle = other.slice(start, other.length - end);
  const around = (pieces: readonly TextPiece[]): TextPiece[] =>
    joined([piece('equal', one.slice(0, start)), ...pieces, piece('equal', one.slice(one.length - end))]);
  const whole = [piece('missing', middle), piece('added', otherMiddle)];
  if (!middle || !otherMiddle) return { pieces: around(whole), by: 'words', limit };
  const { words, lines } = await comparing();
  const isShort = Math.max(middle.length, otherMiddle.length) <= MOST_IN_WORDS;
  const byWords = isShort ? words(middle, otherMiddle) : undefined;
  if (byWords && isReadable(byWords, middle, otherMiddle)) return { pieces: around(byWords), by: 'words', limit };
  const byLines = lines(middle, otherMiddle);
  if (byLines && isReadable(byLines, middle, otherMiddle)) return { pieces: around(byLines), by: 'lines', limit };
  return { pieces: around(whole), by: 'whole', limit };
}

async function comparing(): Promise<{ words: Compare; lines: Compare }> {
  const { diffLines, diffWordsWithSpace } = await import('diff');
  const pieces = (changes: readonly { value: string; added: boolean; removed: boolean }[] | undefined) =>
    changes?.map(({ value, added, removed }) => piece(added ? 'added' : removed ? 'missing' : 'equal', value));
  return {
    words: (before, after) => pieces(diffWordsWithSpace(before, after, bounds)),
    lines: (before, after) => pieces(diffLines(before, after, bounds)),
  };
}

const piece = (kind: TextPiece['kind'], text: string): TextPiece => ({ kind, text });

/** Characters at the start that both texts have, up to the end of a word. */
function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  if (length === one.length && length === other.length) return length;
  while (length > 0 && !/\s/.test(one[length - 1]!)) length--;
  return length;
}

/** The same at the end, from the start of a word. */
function sharedEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)) {
    length++;
  }
  while (length > 0 && !/\s/.test(one[one.length - length]!)) length--;
  return length;
}

function isReadable(pieces: readonly TextPiece[], before: string, after: string): boolean {
  const longer = Math.max(before.length, after.length);
  if (longer <= SHORT) return true;
  let same = 0;
  for (const { kind, text } of pieces) if (kind === 'equal') same += text.trim().length;
  return same >= longer * LEAST_SAME;
}

/** Pieces with what is missing before what was added. A space alone does not keep two changes apart. */
function joined(pieces: readonly TextPiece[]): TextPiece[] {
  const result: TextPiece[] = [];
  let missing = '';
  let added = '';
  const flush = (): void => {
    if (missing) result.push(piece('missing', missing));
    if (added) result.push(piece('added', added));
    missing = added = '';
  };
  pieces.forEach(({ kind, text }, at) => {
    if (kind === 'missing') missing += text;
    else if (kind === 'added') added += text;
    else if (text !== '') {
      const next = pieces[at + 1];
      const isBetween =
        missing !== '' && added !== '' && next !== undefined && next.kind !== 'equal' && /^ +$/.test(text);
      if (isBetween) {
        missing += text;
        added += text;
        return;
      }
      flush();
      result.push(piece('equal', text));
    }
  });
  flush();
  return result;
}
