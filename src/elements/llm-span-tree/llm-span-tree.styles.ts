import { css } from 'lit';

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
    --_columns: minmax(180px, var(--llm-name-width, 38%)) var(--_time) var(--_tokens) var(--_cost) minmax(120px, 1fr);
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
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    height: var(--_row-height);
    padding-inline: 8px 12px;
    white-space: nowrap;
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
  .rows {
    position: relative;
    height: calc(var(--count) * var(--_row-height));
  }
  .rows .row {
    position: absolute;
    inset-inline: 0;
    top: 0;
    transform: translateY(calc(var(--row) * var(--_row-height)));
    cursor: default;
  }
  .rows .row:hover {
    background: var(--_hover);
  }
  .rows .row[aria-selected='true'] {
    background: var(--_selection);
    box-shadow: inset 2px 0 var(--_focus);
  }
  .scroller:focus-visible {
    outline: none;
  }
  .scroller:focus-visible .row.active {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    height: 100%;
    padding-inline-end: 12px;
    overflow: hidden;
  }
  /* Deep levels do not push the name out of its cell: the guide lines end and a number says the level. */
  .indent {
    flex: none;
    align-self: stretch;
    width: min(calc(var(--depth) * 14px), 40cqi, 50%);
    margin-inline-end: -4px;
    background: repeating-linear-gradient(to right, transparent 0 7px, var(--_line) 7px 8px, transparent 8px 14px);
  }
  :host(:dir(rtl)) .indent {
    background: repeating-linear-gradient(to left, transparent 0 7px, var(--_line) 7px 8px, transparent 8px 14px);
  }
  .level {
    flex: none;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .twisty {
    flex: none;
    display: grid;
    place-items: center;
    width: 16px;
    height: 100%;
    color: var(--_muted);
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
  .label {
    min-width: 6ch;
    overflow: hidden;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
  }
  .model {
    flex: 0 3 auto;
    min-width: 4ch;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_muted);
    unicode-bidi: isolate;
  }
  .error-mark {
    display: flex;
    flex: none;
    align-items: center;
    color: var(--_error);
  }
  .error-mark.inside {
    opacity: 0.75;
    font-size: var(--_font-size-small);
    gap: 3px;
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
    pointer-events: none;
    padding-inline: 8px 12px;
    display: grid;
    grid-template-columns: var(--_columns);
  }
  .grid .lane {
    grid-column: -2;
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
    left: calc(var(--left) * 1%);
    width: max(2px, calc(var(--width) * 1%));
    height: 10px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--_kind);
  }
  /* Spans that only hold others stand back behind those that do something. */
  [data-kind='chain'] .bar,
  [data-kind='span'] .bar {
    top: calc(50% - 3px);
    height: 6px;
  }
  [data-status='error'] .bar {
    background: var(--_error);
  }
  .bar.running {
    mask: linear-gradient(to right, #000 60%, transparent);
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
  .waiting {
    position: absolute;
    inset-block: 0;
    left: 0;
    width: calc(var(--waiting) * 1%);
    background: color-mix(in srgb, var(--_background) 62%, transparent);
  }
  .note {
    position: absolute;
    top: 50%;
    translate: 0 -50%;
    padding-inline: 5px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    white-space: nowrap;
    pointer-events: none;
  }
  .note.after {
    left: calc((var(--left) + var(--width)) * 1%);
  }
  .note.before {
    right: calc((100 - var(--left)) * 1%);
  }

  @container llm-span-tree (max-width: 620px) {
    .scroller {
      --_columns: minmax(140px, var(--llm-name-width, 46%)) var(--_time) minmax(80px, 1fr);
    }
    .tokens,
    .cost {
      display: none;
    }
    .note {
      display: none;
    }
  }
  @container llm-span-tree (max-width: 400px) {
    .scroller {
      --_columns: minmax(0, 1fr) var(--_time) 76px;
    }
    .indent {
      width: min(calc(var(--depth) * 9px), 30cqi, 40%);
      background: none;
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
    .bar {
      border: 1px solid CanvasText;
      background: Highlight;
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
