import { html, nothing, type TemplateResult } from 'lit';
import type { PriceSource, SpanPair } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { chevronIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { differenceText, isTelling, sidesOf, type Figure } from './figures.js';

/** Levels that are moved in; a number says those behind. */
const MOST_INDENT = 12;

export const FIGURES: readonly Figure[] = ['time', 'tokens', 'cost'];

/** A sign of its own for each change, for who does not see its colour. */
export const MARKS: Readonly<Record<SpanPair['change'], string>> = {
  added: '+',
  missing: '−',
  moved: '↷',
  renamed: '✎',
  changed: '≠',
  equal: '',
};

/** What a row is to know beside its pair. */
export interface DiffRowState {
  /** Place among the rows, from 0. */
  readonly row: number;
  /** Where it stands in the element that holds the rows, in rows. */
  readonly place: number;
  readonly depth: number;
  readonly siblings: number;
  readonly siblingIndex: number;
  /** Absent for a span that holds none. */
  readonly isOpen: boolean | undefined;
  readonly changesInside: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly prices: PriceSource | undefined;
}

interface Look {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** What became of a span, in words: “renamed: output”. `isShort` leaves out “changed”, which the mark says. */
export function changeWords({ change, differences }: SpanPair, { diff }: Messages, isShort = false): string {
  if (change === 'equal') return '';
  const isSaid = change === 'renamed' ? 'name' : change === 'moved' ? 'place' : '';
  const more = differences
    .filter((difference) => difference !== isSaid)
    .map((difference) => diff.differences[difference])
    .join(', ');
  return [change === 'changed' && isShort ? '' : diff.changes[change], more].filter(Boolean).join(': ');
}

/** The name of a pair, as it may be shown. */
export function nameOf({ before, after }: Pick<SpanPair, 'before' | 'after'>, { messages, settings }: Look): string {
  return settings.readable(text((after ?? before)?.name)) || messages.noName;
}

/** What it was called, where that is another name. */
export function formerName({ before, after }: SpanPair, { settings }: Look): string {
  return before && after && before.name !== after.name ? settings.readable(text(before.name)) : '';
}

export function renderDiffRow(pair: SpanPair, state: DiffRowState, look: Look): TemplateResult {
  const { messages } = look;
  const { diff } = messages;
  const span = (pair.after ?? pair.before)!;
  const name = nameOf(pair, look);
  const former = formerName(pair, look);
  const about = look.settings.readable(text(aboutSpan(span)));
  const words = changeWords(pair, messages);
  const inside = state.changesInside ? diff.changesInside(state.changesInside) : '';
  const figures = FIGURES.map((figure) => {
    const sides = sidesOf(figure, pair, state.prices);
    return { figure, words: differenceText(figure, sides, messages), isTold: isTelling(figure, sides) };
  });
  const labels = { time: diff.columnTime, tokens: diff.columnTokens, cost: diff.columnCost };
  const spoken = [
    revealedText(name),
    messages.kinds[span.kind]!,
    former && diff.was(revealedText(former)),
    words || diff.changes.equal,
    inside,
    ...figures.map((figure) => figure.words && `${labels[figure.figure]} ${figure.words}`),
  ]
    .filter(Boolean)
    .join(', ');
  return html`<div
    class="row ${state.isActive ? 'active' : ''}"
    part="row"
    role="row"
    id="row-${state.row}"
    aria-label=${spoken}
    aria-level=${state.depth + 1}
    aria-setsize=${state.siblings}
    aria-posinset=${state.siblingIndex + 1}
    aria-expanded=${state.isOpen === undefined ? nothing : String(state.isOpen)}
    aria-selected=${String(state.isSelected)}
    aria-rowindex=${state.row + 2}
    data-row=${state.row}
    data-change=${pair.change}
    data-span-id=${span.id}
    .style=${`--row: ${state.place}; --depth: ${Math.min(state.depth, MOST_INDENT)}`}
  >
    <span class="name" role="rowheader">
      <span class="twisty">${state.isOpen === undefined ? nothing : chevronIcon()}</span>
      <span class="mark" aria-hidden="true">${MARKS[pair.change]}</span>
      <span class="kind-icon" data-kind=${span.kind} title=${messages.kinds[span.kind]!}>${kindIcon(span.kind)}</span>
      <span class="label" title=${revealedText(name)}>${revealed(name)}</span>
      ${former ? html`<span class="former">${diff.was(revealedText(former))}</span>` : nothing}
      ${about ? html`<span class="about">${revealed(about)}</span>` : nothing}
    </span>
    <span class="change" role="gridcell" title=${words}
      >${changeWords(pair, messages, true)}${inside ? html`<span class="inside">${inside}</span>` : nothing}</span
    >
    ${figures.map(
      ({ figure, words: difference, isTold }) =>
        html`<span class="number ${figure} ${isTold ? 'told' : ''}" role="gridcell">${difference}</span>`,
    )}
  </div>`;
}
