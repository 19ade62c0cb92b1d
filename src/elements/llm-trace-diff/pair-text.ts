import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { beginning } from '../../internal/text.js';
import type { ComparedText, PairContent } from './pair-content.js';
import type { TextPiece } from './text-diff.js';

/** A stretch that is the same is folded from this length on; so much of it stays at both ends. */
const FOLDED_FROM = 500;
const KEPT = 120;
/** So much is shown of a stretch that differs, until a person asks for all of it. */
const MOST_SHOWN = 6000;
/** Texts that can be read beside each other; of shorter ones, the words that differ are seen at a glance. */
const LONG = 300;

/** What texts are shown with. */
export interface TextLook {
  readonly messages: Messages;
  readonly isBeside: boolean;
  /** Stretches that a person has unfolded. */
  readonly unfolded: ReadonlySet<TextPiece>;
  unfold(piece: TextPiece): void;
}

/** What differs between two texts. */
export function renderText(item: ComparedText, look: TextLook): TemplateResult {
  const { diff: words, locale } = look.messages;
  const { diff, isFailed } = item;
  if (isFailed) {
    return html`<p class="note">${words.notLoaded}</p>
      ${renderPieces(
        [
          { kind: 'missing', text: item.before },
          { kind: 'added', text: item.after },
        ],
        look,
        item,
      )}`;
  }
  if (!diff) return html`<p class="muted">${words.comparing}</p>`;
  const note = diff.by === 'lines' ? words.byLines : diff.by === 'whole' ? words.asWhole : '';
  return html`${note && item.change === 'changed' ? html`<p class="note">${note}</p>` : nothing}
  ${diff.limit === undefined ? nothing : html`<p class="note">${words.onlyBeginning(formatNumber(diff.limit, locale))}</p>`}
  ${look.isBeside && isLong(item) ? renderBeside(diff.pieces, look) : renderPieces(diff.pieces, look, item)}`;
}

/** A text that is changed, and so long that both are better read beside each other. */
const isLong = ({ change, before, after }: ComparedText): boolean =>
  change === 'changed' && Math.max(before.length, after.length) >= LONG;

/** Whether any text of two spans is so long. */
export const hasLong = ({ messages, payloads, parameters, tools }: PairContent): boolean =>
  [messages, payloads, parameters, tools].some((list) => list.some(isLong));

interface Line {
  readonly before: TextPiece[];
  readonly after: TextPiece[];
}

/**
 * Both texts in stretches that lie beside each other: lines that hold a change, and what is the same between them, so that
 * this is at one height.
 */
function linesOf(pieces: readonly TextPiece[]): Line[] {
  let line: Line = { before: [], after: [] };
  const lines = [line];
  const begin = (): void => {
    if (line.before.length || line.after.length) lines.push((line = { before: [], after: [] }));
  };
  const addBoth = (piece: TextPiece): void => {
    if (piece.text === '') return;
    line.before.push(piece);
    line.after.push(piece);
  };
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'missing') line.before.push(piece);
    else if (piece.kind === 'added') line.after.push(piece);
    else {
      const { text } = piece;
      const end = isSame(line) ? 0 : text.indexOf('\n') + 1;
      const next = at === pieces.length - 1 ? end : Math.max(end, text.lastIndexOf('\n') + 1);
      addBoth(stretchOf(piece, 0, end));
      if (end > 0) begin();
      addBoth(stretchOf(piece, end, next));
      if (next > end) begin();
      addBoth(stretchOf(piece, next, text.length));
    }
  }
  return lines;
}

/** Stretches that are made of a piece, by their ends: what a person unfolded is known by the piece. */
const stretches = new WeakMap<TextPiece, Map<string, TextPiece>>();

function stretchOf(piece: TextPiece, start: number, end: number): TextPiece {
  if (start === 0 && end === piece.text.length) return piece;
  let known = stretches.get(piece);
  if (!known) stretches.set(piece, (known = new Map<string, TextPiece>()));
  const ends = `${start} ${end}`;
  let stretch = known.get(ends);
  if (!stretch) known.set(ends, (stretch = { kind: piece.kind, text: piece.text.slice(start, end) }));
  return stretch;
}

const isSame = ({ before, after }: Line): boolean => [...before, ...after].every(({ kind }) => kind === 'equal');

function renderBeside(pieces: readonly TextPiece[], look: TextLook): TemplateResult {
  const { diff } = look.messages;
  const side = (name: 'before' | 'after', line: Line): TemplateResult =>
    html`<td><pre class="text" part="text">${line[name].map((piece) => renderPiece(piece, look))}</pre></td>`;
  return html`<table class="beside">
    <thead>
      <tr>
        <th scope="col">${diff.before}</th>
        <th scope="col">${diff.after}</th>
      </tr>
    </thead>
    <tbody>
      ${linesOf(pieces).map(
        (line) =>
          html`<tr class=${isSame(line) ? 'same' : ''}>
            ${side('before', line)}${side('after', line)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Pieces that are made here anew each time are known by what they are of. */
const madePieces = new WeakMap<ComparedText, readonly TextPiece[]>();

export function renderPieces(pieces: readonly TextPiece[], look: TextLook, item: ComparedText): TemplateResult {
  let known = pieces;
  if (item.diff?.pieces !== pieces) {
    known = madePieces.get(item) ?? pieces;
    madePieces.set(item, known);
  }
  return html`<pre class="text" part="text">${known.map((piece) => renderPiece(piece, look))}</pre>`;
}

function renderPiece(piece: TextPiece, look: TextLook): TemplateResult | string {
  const { diff } = look.messages;
  const isFolded = !look.unfolded.has(piece);
  if (piece.kind === 'equal') {
    if (!isFolded || piece.text.length < FOLDED_FROM) return html`${revealed(piece.text)}`;
    const start = beginning(piece.text, KEPT);
    const end = piece.text.slice(-KEPT).replace(/^[\udc00-\udfff]/, '');
    const folded = piece.text.length - start.length - end.length;
    return html`${revealed(start)}${unfolding(piece, folded, look)}${revealed(end)}`;
  }
  const shown = isFolded ? beginning(piece.text, MOST_SHOWN) : piece.text;
  const left = piece.text.length - shown.length;
  const more = left > 0 ? unfolding(piece, left, look) : nothing;
  return piece.kind === 'added'
    ? html`<ins><span class="visually-hidden">${diff.textAdded} </span>${revealed(shown)}${more}</ins>`
    : html`<del><span class="visually-hidden">${diff.textMissing} </span>${revealed(shown)}${more}</del>`;
}

const unfolding = (piece: TextPiece, characters: number, { messages, unfold }: TextLook): TemplateResult =>
  html`<button type="button" class="unfold" @click=${() => unfold(piece)}>
    ${messages.diff.charactersFolded(formatNumber(characters, messages.locale))}
  </button>`;
