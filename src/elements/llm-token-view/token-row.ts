import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Messages } from '../../i18n/index.js';
import { stepOf, type Measure } from './measures.js';
import type { TokenList } from './token-list.js';
import { cutText } from './token-rows.js';
import { measureText } from './token-words.js';

/** What all rows have in common. */
export interface RowLook {
  readonly list: TokenList;
  readonly measure: Measure | undefined;
  readonly messages: Messages;
  /** Characters of a row. */
  readonly columns: number;
  /** The cell that keys start from. */
  readonly active: number;
  /** The cells that are chosen: the first, and the one behind the last. */
  readonly chosen: readonly [from: number, to: number];
}

/** A row of tokens. Nothing of it is worked out again while it stays as it is. */
export function renderTokenRow(look: RowLook, start: number, end: number, top: number): TemplateResult {
  const { list, measure, messages, columns } = look;
  const active = look.active >= start && look.active < end ? look.active : -1;
  const from = Math.max(start, look.chosen[0]);
  const to = Math.max(from, Math.min(end, look.chosen[1]));
  const tokens = guard([list, measure, messages, columns, start, end, active, from, to], () =>
    Array.from({ length: end - start }, (_, at) => renderToken(look, start + at)),
  );
  // White space is kept in it.
  return html`<div class="row" role="presentation" .style=${`transform: translateY(${top}px)`}>${tokens}</div>`;
}

function renderToken({ list, measure, messages, columns, active, chosen }: RowLook, cell: number): TemplateResult {
  const { tokenView: words } = messages;
  const text = cutText(list.textOf(cell), columns);
  const isPrompt = list.isPrompt(cell);
  const step = measure && stepOf(measure, list, cell);
  const details =
    measure && step !== undefined
      ? `${words.measures[measure.name]} ${measureText(measure, list, cell, messages)}`
      : isPrompt
        ? words.prompt
        : words.output;
  const classes = ['token', step === undefined ? '' : `step-${step}`, isPrompt ? 'prompt' : ''];
  if (cell === active) classes.push('active');
  return html`<span
    class=${classes.join(' ')}
    part="token"
    role="option"
    id=${`token-${cell}`}
    data-cell=${cell}
    aria-selected=${String(cell >= chosen[0] && cell < chosen[1])}
    aria-setsize=${list.count}
    aria-posinset=${cell + 1}
    aria-label=${words.token(text, details)}
    >${text}</span
  >`;
}

/** The cell that an element is of. */
export function cellWith(target: EventTarget | null): number | undefined {
  const token = (target as Element | null)?.closest<HTMLElement>('[data-cell]');
  return token ? Number(token.dataset['cell']) : undefined;
}
