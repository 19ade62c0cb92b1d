/* eslint-disable no-control-regex -- controls are what this looks for */
import { html, type TemplateResult } from 'lit';
import { HIDDEN, mayHide } from './first-characters.js';
import { TerminalStyle } from './terminal-style.js';

export { mayHide };

/** A stretch of a text: as it is, or characters that nobody would see, with a word for them. */
export type TextPiece = { readonly text: string; readonly hidden?: undefined } | HiddenPiece;

export interface HiddenPiece {
  readonly text: string;
  /** What stands in their place: `U+200B × 3`. */
  readonly hidden: string;
  /** What they are. */
  readonly title: string;
}

/** As people write it; few fonts have its picture. */
const ESCAPE = '\\e';

/** Pieces that become elements; what is hidden behind them is written out as text. */
const MOST_PIECES = 400;

/** A command to a terminal up to its end (ECMA-48 8.3.89), as the one that makes a link (OSC 8). */
const COMMAND = /\x1b\]([^\x07\x1b]{0,4000})(?:\x07|\x1b\\)/;

/** An escape sequence of a terminal (ECMA-48 5.4), a command to it, or a run of characters without a shape. */
const RUNS = new RegExp(`(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]|${COMMAND.source}|(?:${HIDDEN.source})+`, 'gu');

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00ad, 'soft hyphen'],
  [0x034f, 'combining grapheme joiner'],
  [0x061c, 'Arabic letter mark'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2063, 'invisible separator'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0xfeff, 'byte order mark'],
]);

/** Flags that are written with tags: England, Scotland, Wales (Unicode emoji tag sequences). */
const FLAGS: readonly string[] = ['gbeng', 'gbsct', 'gbwls'];

/** Scripts whose letters are joined, or kept apart, by an invisible character between them. */
const JOINING =
  /[\p{M}\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}]$/u;
const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Emoji}]\ufe0f?$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
const BEFORE_SELECTOR = /[\p{Emoji}\p{S}\p{sc=Han}\p{sc=Mong}]$/u;

/** The text in pieces, what is hidden with a word for it. What writing needs is left alone. */
export function* piecesOf(text: string): Generator<TextPiece, void> {
  let end = 0;
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    if (isNeeded(run, text, index)) continue;
    if (index > end) yield { text: text.slice(end, index) };
    yield named(run);
    end = index + run.length;
  }
  if (end < text.length) yield { text: text.slice(end) };
}

/** A text as it is shown: what is hidden in it becomes visible, in place. */
export function revealed(text: string): TemplateResult | string {
  if (!mayHide(text)) return text;
  const content: (TemplateResult | string)[] = [];
  const style = new TerminalStyle();
  const rest: string[] = [];
  for (const piece of piecesOf(text)) {
    const { classes } = style;
    if (content.length >= MOST_PIECES) rest.push(piece.hidden === undefined ? piece.text : `⟨${piece.hidden}⟩`);
    else if (piece.hidden === undefined) {
      content.push(classes ? html`<span class=${classes}>${piece.text}</span>` : piece.text);
    } else {
      // Of a colour, the mark is enough: the colour is seen.
      const shown = style.take(piece.text) ? ESCAPE : piece.hidden;
      content.push(html`<span class="hidden-character" title=${piece.title}>${shown}</span>`);
    }
  }
  return html`${content}${rest.join('')}`;
}

/** The same where only plain text can stand, as in a `title`: a word in brackets for what is hidden. */
export function revealedText(text: string): string {
  if (!mayHide(text)) return text;
  return Array.from(piecesOf(text), ({ hidden, text: piece }) => (hidden === undefined ? piece : `⟨${hidden}⟩`)).join(
    '',
  );
}

function isNeeded(run: string, text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 4), index);
  const after = text.slice(index + run.length, index + run.length + 2);
  if (run === '\ufeff') return index === 0;
  if (run === '\u200c') return JOINING.test(before);
  if (run === '\u200d' || run === '\ufe0f\u200d') {
    return (EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) || (run === '\u200d' && JOINING.test(before));
  }
  // One selector chooses the shape of a character; more of them carry something else.
  if (/^[\ufe00-\ufe0f\u180b-\u180d]$/u.test(run)) return BEFORE_SELECTOR.test(before);
  if (/^[\u{e0100}-\u{e01ef}]$/u.test(run)) return /\p{sc=Han}$/u.test(before);
  return before.endsWith('\u{1f3f4}') && run.endsWith('\u{e007f}') && FLAGS.includes(tagText(run.slice(0, -2)));
}

function named(run: string): HiddenPiece {
  if (/^(?:\x1b\[|\x9b)./.test(run)) {
    const sequence = `${ESCAPE}[${run.replace(/^(?:\x1b\[|\x9b)/, '')}`;
    return { text: run, hidden: sequence, title: `terminal escape sequence ${sequence}` };
  }
  const command = COMMAND.exec(run)?.[1];
  if (command !== undefined) return commanded(run, command);
  const points = Array.from(run, (character) => character.codePointAt(0)!);
  const isTags = points.every((point) => point >= 0xe0000 && point <= 0xe007f);
  if (isTags) {
    const title = `${points.length} Unicode tag characters`;
    return { text: run, hidden: `tags “${tagText(run)}”`, title };
  }
  const words: string[] = [];
  let count = 0;
  points.forEach((point, at) => {
    count++;
    if (points[at + 1] === point) return;
    words.push(count > 1 ? `${mark(point)} × ${count}` : mark(point));
    count = 0;
  });
  const kinds = [...new Set(points)].slice(0, 8).map((point) => `${code(point)} ${NAMES.get(point) ?? ''}`.trim());
  return { text: run, hidden: words.join(' '), title: kinds.join(', ') };
}

/** A command to a terminal. A link's address is shown: a terminal would hide it behind the words of the link. */
function commanded(run: string, command: string): HiddenPiece {
  const [, address] = /^8;[^;]*;(.*)$/s.exec(command) ?? [];
  const words = revealedText(address || command);
  if (address === undefined) return { text: run, hidden: `${ESCAPE}]${words}`, title: 'terminal command' };
  return address
    ? { text: run, hidden: `link ${words}`, title: `terminal link to ${words}` }
    : { text: run, hidden: ESCAPE, title: 'end of a terminal link' };
}

/** What tag characters spell. */
const tagText = (run: string): string =>
  Array.from(run, (character) => character.codePointAt(0)! - 0xe0000)
    .map((letter) => (letter >= 0x20 && letter < 0x7f ? String.fromCharCode(letter) : ''))
    .join('');

const code = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

/** Controls have pictures of their own. */
function mark(point: number): string {
  if (point === 0x1b) return ESCAPE;
  if (point < 0x20) return String.fromCharCode(0x2400 + point);
  return point === 0x7f ? '␡' : code(point);
}
