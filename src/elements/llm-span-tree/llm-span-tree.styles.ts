import { css, type CSSResult } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';
import { MOST_INDENTS } from './span-row.js';

/**
 * The indent of each level, up to where it takes all the room that it may: `level` px each, `most` percent of a row. By a class: of
 * rules that ask for a class, engines try only those that fit.
 */
const indents = (level: number, most: number): CSSResult =>
  Array.from({ length: MOST_INDENTS }, (_, at) => at + 1).reduce(
    (rules, depth) => css`
      ${rules}
      .name.depth-${depth} {
        padding-inline-start: min(${depth * level}px, ${most}%);
      }
    `,
    css``,
  );

/** One line of a chevron, from corner to corner. */
const line = (corner: CSSResult): CSSResult =>
  css`linear-gradient(to ${corner}, transparent calc(50% - 1px), currentColor calc(50% - 0.4px) calc(50% + 0.4px), transparent calc(50% + 1px))`;

export const treeStyles = css`
  :host {
    container: llm-span-tree / inline-size;
    /* Rows are only those in sight: the element must have a height of its own. */
    height: 420px;
    min-height: 0;
  }
  .scroller {
    position: relative;
    height: 100%;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    /* A row that is brought into sight stays clear of the header. */
    scroll-padding-block-start: 26px;
    --_name: var(--llm-name-width, 38%);
    --_least-name: 180px;
    --_lane: 120px;
    --_waited: color-mix(in srgb, var(--_background) 62%, transparent);
  }
  .frame {
    position: relative;
  }
  .noted .scroller {
    height: calc(100% - 28px);
  }
  .row {
    display: flex;
    align-items: center;
    height: var(--_row-height);
    padding-inline: 8px 12px;
    white-space: nowrap;
  }
  .row > :first-child {
    flex: 0 1 var(--_name);
    min-width: var(--_least-name);
  }
  .row > .time {
    flex: 0 0 68px;
  }
  .row > .tokens {
    flex: 0 0 60px;
  }
  .row > .cost {
    flex: 0 0 88px;
  }
  /* Minutes and hours are written with two units. A property that is inherited would have all that is in the rows worked out anew. */
  .long .row > .time {
    flex-basis: 96px;
  }
  /* A column in which nothing stands is not there. */
  .no-tokens .row > .tokens,
  .no-cost .row > .cost {
    display: none;
  }
  .row > .lane {
    flex: 1 1 0;
    min-width: var(--_lane);
  }
  .header {
    position: sticky;
    top: 0;
    z-index: 2;
    height: 26px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .list {
    position: relative;
  }
  /* As high as one row, so that rows have a height without a rule that is to be worked out for each. */
  .rows,
  .sticky {
    inset-inline: 0;
    top: 0;
    height: var(--_row-height);
  }
  .rows {
    position: absolute;
  }
  /*
   * Rows that stand ready for a trace: there is nothing in them to be seen, so that they need not be hidden. That they are shown would have
   * all that is inside worked out anew.
   */
  .rows[aria-hidden] {
    visibility: visible;
  }
  .rows[aria-hidden] .row:hover {
    background: none;
  }
  .name > svg:not([data-kind]),
  .bar:not([data-kind]) {
    visibility: hidden;
  }
  /* A row that changes is nobody else's concern: nothing outside of it is laid out anew. */
  .rows .row,
  .copy {
    position: absolute;
    inset-inline: 0;
    top: 0;
    height: 100%;
    contain: strict;
    cursor: default;
  }
  /* Nor is a cell the concern of the others in its row. */
  .rows .row > *,
  .copy > * {
    height: 100%;
    line-height: var(--_row-height);
    contain: size layout;
  }
  .rows .row:hover,
  .copy:hover {
    background: var(--_hover);
  }
  .rows .row[aria-selected='true'],
  .copy.selected {
    background: var(--_selection);
    box-shadow: inset 2px 0 var(--_focus);
  }
  /* Takes no room, and lies on the first rows. */
  .sticky {
    position: sticky;
    top: 26px;
    z-index: 1;
    margin-block-end: calc(-1 * var(--_row-height));
  }
  .copy {
    background: var(--_background);
  }
  /* The innermost. */
  .copy:first-child {
    border-block-end: 1px solid var(--_line);
  }
  .scroller:focus-visible {
    outline: none;
  }
  .scroller:focus-visible .row.active {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }

  .name {
    padding-inline-end: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /*
   * Deep levels do not push the name out of its cell: the guide lines end and a number says the level. They are drawn from
   * where the name begins towards its edge, so that this is one style for all levels. What is worked out for one row holds
   * for others as well: that is why what depends on the level is a rule for each, in units that depend on nothing else.
   */
  .rows .name,
  .copy .name {
    background: repeating-linear-gradient(to left, transparent 0 6px, var(--_line) 6px 7px, transparent 7px 14px) 200%
      0 / 200% 100% no-repeat content-box border-box;
  }
  :host(:dir(rtl)) .rows .name,
  :host(:dir(rtl)) .copy .name {
    background-image: repeating-linear-gradient(
      to right,
      transparent 0 6px,
      var(--_line) 6px 7px,
      transparent 7px 14px
    );
    background-position: -100% 0;
  }
  ${indents(14, 19)}
  .twisty,
  .error-mark {
    display: inline-block;
    vertical-align: top;
    height: 100%;
    margin-inline-end: 6px;
  }
  .name svg {
    display: inline-block;
    vertical-align: middle;
  }
  .name > svg {
    margin-inline-end: 6px;
    overflow: visible;
    color: var(--_kind);
  }
  /* The chevron is painted: two elements less in each row. */
  .twisty {
    min-width: 16px;
    padding-inline-end: 16px;
    color: var(--_muted);
    background: 0 0 / 4.5px 4.5px no-repeat;
  }
  .twisty.closed,
  .twisty.open {
    background-image: ${line(css`top right`)}, ${line(css`bottom right`)};
  }
  .twisty.closed {
    background-position:
      right 6px top calc(50% - 2.25px),
      right 6px top calc(50% + 1.25px);
  }
  .twisty.open {
    background-position:
      right 8px top calc(50% - 0.5px),
      right 4.5px top calc(50% - 0.5px);
  }
  :host(:dir(rtl)) .twisty.closed {
    background-position:
      left 6px top calc(50% + 1.25px),
      left 6px top calc(50% - 2.25px);
  }
  :host(:dir(rtl)) .twisty.open {
    background-position:
      left 4.5px top calc(50% - 0.5px),
      left 8px top calc(50% - 0.5px);
  }
  .twisty[data-level]::before {
    content: attr(data-level);
    margin-inline-end: 4px;
    font-size: var(--_font-size-small);
  }
  .twisty:hover {
    color: var(--_text);
  }
  /* An isolate costs as much as the text that is in it: where all runs in one direction, there is nothing to isolate. */
  .isolated {
    unicode-bidi: isolate;
  }
  /* From right to left each text is cut for itself: names in Latin letters run the other way. */
  :host(:dir(rtl)) .rows .name,
  :host(:dir(rtl)) .copy .name {
    display: flex;
  }
  :host(:dir(rtl)) .name > * {
    flex: none;
  }
  :host(:dir(rtl)) .name > svg {
    align-self: center;
  }
  :host(:dir(rtl)) .rows .label,
  :host(:dir(rtl)) .copy .label,
  :host(:dir(rtl)) .model {
    ${cutText}
    flex: 0 1 auto;
  }
  /* Gives way before the name does. */
  :host(:dir(rtl)) .model {
    flex-shrink: 9999;
  }
  /* What spans are put together in is no span itself. */
  .heading .label {
    font-weight: 500;
  }
  .heading .time {
    font-weight: 400;
  }
  .model {
    margin-inline-start: 6px;
    color: var(--_muted);
  }
  .error-mark {
    color: var(--_error);
  }
  .error-mark.inside {
    opacity: 0.75;
    font-size: var(--_font-size-small);
  }
  .failed .label {
    color: var(--_error);
  }
  .number {
    padding-inline-end: 10px;
    text-align: end;
    color: var(--_muted);
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .number.time {
    color: var(--_text);
    font-weight: 500;
  }

  .lane {
    position: relative;
    height: 100%;
    direction: ltr;
  }
  .rows .lane,
  .copy .lane {
    position: static;
    padding-top: calc(var(--_row-height) / 2 - 5px);
  }
  .probe {
    position: absolute;
    visibility: hidden;
    height: var(--_row-height);
  }
  .grid {
    position: absolute;
    inset: 0;
    height: 100%;
    pointer-events: none;
  }
  .tick {
    position: absolute;
    top: 50%;
    left: calc(var(--at) * 1%);
    translate: 4px -50%;
  }
  .bar {
    display: block;
    min-width: 2px;
    height: 10px;
    border-radius: 2px;
    color: var(--_kind);
    background: currentColor;
  }
  /* Spans that only hold others stand back behind those that do something. */
  .bar[data-kind='chain'],
  .bar[data-kind='span'] {
    height: 6px;
    margin-top: 2px;
  }
  /* From the first to the last of several. */
  .bar.together {
    opacity: 0.45;
  }
  .failed .bar {
    color: var(--_error);
  }
  /* Until the first token. */
  .bar.waited {
    background-image: linear-gradient(var(--_waited), var(--_waited));
    background-repeat: no-repeat;
  }
  .bar.running {
    background:
      linear-gradient(var(--_waited), var(--_waited)) 0 / 0 no-repeat,
      linear-gradient(to right, currentColor 60%, transparent);
    border-end-end-radius: 0;
    border-start-end-radius: 0;
  }
  .bar.live {
    animation: llm-live 900ms ease-in-out infinite alternate;
  }
  @keyframes llm-live {
    to {
      opacity: 0.55;
    }
  }
  .critical {
    display: block;
    height: 3px;
    margin-top: calc(var(--_row-height) / 2 - 11px);
    color: var(--_text);
    pointer-events: none;
  }
  [data-kind='chain'] + .critical,
  [data-kind='span'] + .critical {
    margin-top: calc(var(--_row-height) / 2 - 9px);
  }
  /* When the first token came. It is in the words of the cell as well. */
  .bar[data-note] {
    position: relative;
  }
  .bar[data-note]::after {
    content: attr(data-note);
    content: attr(data-note) / '';
    position: absolute;
    top: 50%;
    translate: 0 -50%;
    padding-inline: 5px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    pointer-events: none;
  }
  .bar[data-side='after']::after {
    left: 100%;
  }
  .bar[data-side='before']::after {
    right: 100%;
  }

  /* Rows that fly by. The names stay where they are. */
  [data-swift] :is(.rows, .sticky) :is(.twisty, svg, .model, .error-mark, .match-mark, .critical),
  [data-swift] :is(.rows, .sticky) .bar::after {
    display: none;
  }
  [data-swift] :is(.rows, .sticky) .bar {
    background-image: none;
  }
  [data-swift] .label {
    margin-inline-start: 42px;
  }
  [data-swift] :is(.rows, .sticky) .bar {
    color: var(--_muted);
  }
  [data-swift] :is(.rows, .sticky) .number {
    visibility: hidden;
  }

  @container llm-span-tree (max-width: 620px) {
    .scroller {
      --_name: var(--llm-name-width, 46%);
      --_least-name: 140px;
      --_lane: 80px;
    }
    .tokens,
    .cost {
      display: none;
    }
    .bar[data-note]::after {
      display: none;
    }
  }
  @container llm-span-tree (max-width: 400px) {
    ${indents(9, 20)}
    .row > :first-child {
      flex: 1;
      min-width: 0;
    }
    .row > .lane {
      flex: 0 0 76px;
      min-width: 0;
    }
    .rows .name,
    .copy .name {
      background-image: none;
    }
    .tick,
    .break > span {
      display: none;
    }
    .row,
    .grid {
      padding-inline: 4px 8px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar.live {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .twisty,
    .name > svg {
      color: CanvasText;
      forced-color-adjust: none;
    }
    .bar,
    .bar.running {
      border: 1px solid CanvasText;
      background-color: Highlight;
      forced-color-adjust: none;
    }
    .critical {
      color: CanvasText;
      forced-color-adjust: none;
    }
    .rows .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media print {
    .scroller {
      height: auto;
      overflow: visible;
    }
  }
`;
