import { css, type CSSResult } from 'lit';
import { MOST_INDENTS } from './span-row.js';

/**
 * The indent of each level, up to where it takes all the room that it may. A rule for each: what a browser has worked out
 * for one row holds for all of that depth, which it would not if each row had its own style.
 */
export const indentStyles: readonly CSSResult[] = Array.from({ length: MOST_INDENTS }, (_, at) => {
  const indent = css`min(${at + 1} * var(--_level), var(--_levels))`;
  return css`
    .row .name[data-depth='${at + 1}'] {
      padding-inline-start: ${indent};
      background-size: ${indent} 100%;
    }
  `;
});

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
    --_time: 68px;
    --_tokens: 60px;
    --_cost: 68px;
    --_name: var(--llm-name-width, 38%);
    --_least-name: 180px;
    --_lane: 120px;
    /* The indent of one level, and the most that all of them take. */
    --_level: 14px;
    --_levels: 19cqi;
  }
  /* Minutes and hours are written with two units. */
  .long {
    --_time: 96px;
  }
  /* A column in which nothing stands is not there. */
  .no-tokens {
    --_tokens: 0px;
  }
  .no-cost {
    --_cost: 0px;
  }
  .no-tokens .tokens,
  .no-cost .cost {
    padding: 0;
    visibility: hidden;
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
    flex: 0 0 var(--_time);
  }
  .row > .tokens {
    flex: 0 0 var(--_tokens);
  }
  .row > .cost {
    flex: 0 0 var(--_cost);
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
    height: calc(var(--count) * var(--_row-height));
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
    height: 100%;
    line-height: var(--_row-height);
    padding-inline-end: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* Deep levels do not push the name out of its cell: the guide lines end and a number says the level. */
  .rows .name,
  .copy .name {
    background: repeating-linear-gradient(to right, transparent 0 7px, var(--_line) 7px 8px, transparent 8px 14px)
      left / 0 100% no-repeat;
  }
  :host(:dir(rtl)) .rows .name,
  :host(:dir(rtl)) .copy .name {
    background-image: repeating-linear-gradient(to left, transparent 0 7px, var(--_line) 7px 8px, transparent 8px 14px);
    background-position: right;
  }
  .twisty,
  .kind-icon,
  .error-mark {
    display: inline-block;
    vertical-align: top;
    height: 100%;
    margin-inline-end: 6px;
  }
  .twisty {
    min-width: 16px;
    text-align: center;
    color: var(--_muted);
  }
  .name svg {
    display: inline-block;
    vertical-align: middle;
  }
  .twisty[data-level]::before {
    content: attr(data-level);
    margin-inline-end: 4px;
    font-size: var(--_font-size-small);
  }
  .row:not([aria-expanded]) .twisty svg {
    display: none;
  }
  .row:not([aria-expanded]) .twisty[data-level] {
    padding-inline-end: 16px;
  }
  .twisty svg {
    transition: transform 80ms;
  }
  [aria-expanded='true'] .twisty svg {
    transform: rotate(90deg);
  }
  :host(:dir(rtl)) [aria-expanded='false'] .twisty svg {
    transform: rotate(180deg);
  }
  .twisty:hover {
    color: var(--_text);
  }
  .label,
  .model {
    unicode-bidi: isolate;
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
  [data-status='error'] .label {
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
  /* What the bar shows, in words, is for the ear: it stands beyond what can be seen of the cell. */
  .rows .lane,
  .copy .lane {
    color: var(--_kind);
    overflow: hidden;
    text-indent: 110%;
    white-space: nowrap;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    height: var(--_row-height);
  }
  .grid-line {
    position: absolute;
    inset-block: 0;
    left: calc(var(--at) * 1%);
    width: 1px;
    background: var(--_line);
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
    position: absolute;
    top: calc(50% - 5px);
    min-width: 2px;
    height: 10px;
    border-radius: 2px;
    background: currentColor;
    text-indent: 0;
  }
  /* Spans that only hold others stand back behind those that do something. */
  [data-kind='chain'] .bar,
  [data-kind='span'] .bar {
    top: calc(50% - 3px);
    height: 6px;
  }
  [data-status='error'] .lane {
    color: var(--_error);
  }
  .bar.running {
    background: linear-gradient(to right, currentColor 60%, transparent);
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
    position: absolute;
    inset-inline: 0;
    bottom: 3px;
    height: 3px;
    color: var(--_text);
    pointer-events: none;
  }
  .waiting {
    position: absolute;
    inset-block: 0;
    left: 0;
    border-radius: 2px 0 0 2px;
    background: color-mix(in srgb, var(--_background) 62%, transparent);
  }
  /* When the first token came. It is in the words of the cell as well. */
  .bar::after {
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
  .bar:not([data-note])::after {
    content: none;
  }
  .bar[data-side='after']::after {
    left: 100%;
  }
  .bar[data-side='before']::after {
    right: 100%;
  }

  /* Rows that fly by. The names stay where they are. */
  [data-swift] :is(.rows, .sticky) :is(.twisty, .kind-icon, .model, .error-mark, .waiting, .critical),
  [data-swift] :is(.rows, .sticky) .bar::after {
    display: none;
  }
  [data-swift] .label {
    margin-inline-start: 42px;
  }
  [data-swift] :is(.rows, .sticky) .lane {
    color: var(--_muted);
  }
  [data-swift] :is(.rows, .sticky) .number {
    content-visibility: hidden;
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
    .bar::after {
      display: none;
    }
  }
  @container llm-span-tree (max-width: 400px) {
    .scroller {
      --_level: 9px;
      --_levels: 20cqi;
    }
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
    .tick {
      display: none;
    }
    .row,
    .grid {
      padding-inline: 4px 8px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .twisty svg {
      transition: none;
    }
    .bar.live {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .bar,
    .bar.running {
      border: 1px solid CanvasText;
      background: Highlight;
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
