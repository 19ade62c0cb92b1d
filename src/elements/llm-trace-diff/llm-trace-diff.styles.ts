import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';
import { rowList } from '../../internal/styles/row-list.js';

export const diffStyles = css`
  ${rowList}
  :host {
    container: llm-trace-diff / inline-size;
    /* Rows are only those in sight: the element must have a height of its own. */
    height: 560px;
    min-height: 0;
    --_added: var(--_retriever);
    --_missing: var(--_error);
    --_changed: var(--_warning);
    --_moved: var(--_llm);
  }
  .frame {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  [data-change='added'] {
    --_change: var(--_added);
  }
  [data-change='missing'] {
    --_change: var(--_missing);
  }
  [data-change='changed'] {
    --_change: var(--_changed);
  }
  [data-change='moved'],
  [data-change='renamed'] {
    --_change: var(--_moved);
  }
  [data-change='equal'] {
    --_change: var(--_muted);
  }

  .toolbar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 20px;
    padding: 8px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .sums {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    gap: 6px 24px;
    min-width: 0;
    margin: 0;
  }
  .sums dt {
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .sums dd {
    margin: 0;
    white-space: nowrap;
  }
  .sums .names {
    display: grid;
    grid-template-columns: auto minmax(0, 34ch);
    column-gap: 8px;
    align-items: baseline;
    min-width: 0;
  }
  .sums .trace {
    ${cutText}
  }
  .sums strong {
    font-weight: 600;
  }
  .count {
    display: inline-block;
    margin-inline-end: 10px;
    white-space: nowrap;
  }
  .mark {
    color: var(--_change);
    font-weight: 600;
  }
  .buttons {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .buttons label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 26px;
    margin-inline-end: 6px;
    white-space: nowrap;
  }
  .buttons :disabled {
    opacity: 0.45;
    cursor: default;
  }
  .status {
    flex: none;
    margin: 0;
    padding: 4px 14px;
    color: var(--_muted);
  }
  .status:empty {
    padding: 0;
  }
  .hint {
    flex: none;
    padding: 4px 14px;
    border-block-start: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
  }

  .panes {
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .scroller {
    position: relative;
    flex: 1 1 0;
    min-width: 0;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    --_time-width: 76px;
    --_tokens-width: 74px;
    --_cost-width: 94px;
    --_change-width: 26%;
  }
  .split .scroller {
    flex: 0 0 calc(var(--share) * 100%);
  }
  .row {
    display: flex;
    align-items: center;
    height: var(--_row-height);
    padding-inline: 8px 12px;
    white-space: nowrap;
  }
  .rows .row {
    position: absolute;
    inset-inline: 0;
    top: calc(var(--row) * var(--_row-height));
    contain: strict;
    cursor: default;
  }
  .row > .name {
    display: flex;
    flex: 1 1 0;
    align-items: center;
    gap: 6px;
    min-width: 120px;
    overflow: hidden;
    padding-inline-end: 10px;
  }
  .rows .name {
    padding-inline-start: calc(var(--depth) * 14px);
  }
  .name > :is(.twisty, .kind-icon, .mark) {
    flex: none;
  }
  .name .twisty {
    width: 14px;
    color: var(--_muted);
  }
  .name .mark {
    width: 12px;
    text-align: center;
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
  .label,
  .former,
  .row .about {
    ${cutText}
  }
  .label {
    flex: 0 1 auto;
  }
  .former,
  .row .about {
    flex: 0 1 auto;
    color: var(--_muted);
  }
  [data-change='missing'] .label {
    text-decoration: line-through;
    text-decoration-color: var(--_missing);
  }
  .row > .change {
    flex: 0 1 var(--_change-width);
    min-width: 90px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .rows .change {
    color: var(--_change);
  }
  .inside {
    margin-inline-start: 6px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .inside:first-child {
    margin: 0;
  }
  .number {
    flex: none;
    overflow: hidden;
    text-align: end;
    padding-inline-start: 8px;
    text-overflow: ellipsis;
    color: var(--_muted);
  }
  .number.time {
    width: var(--_time-width);
  }
  .number.tokens {
    width: var(--_tokens-width);
  }
  .number.cost {
    width: var(--_cost-width);
  }
  .no-tokens .tokens,
  .no-cost .cost {
    display: none;
  }
  .rows .number.told {
    color: var(--_text);
  }

  @container llm-trace-diff (max-width: 820px) {
    .panes {
      flex-direction: column;
    }
    .divider {
      width: auto;
      height: 1px;
      cursor: row-resize;
    }
    .divider::after {
      inset-block: -4px;
      inset-inline: 0;
    }
  }
  @container llm-trace-diff (max-width: 560px) {
    .row .tokens,
    .row .cost {
      display: none;
    }
    .toolbar {
      gap: 4px 12px;
      padding-inline: 10px;
    }
    .sums {
      gap: 2px 14px;
    }
    .sums dd {
      white-space: normal;
    }
    .sums .names {
      grid-template-columns: auto minmax(0, 1fr);
      width: 100%;
    }
    .sums .trace {
      white-space: nowrap;
    }
    .row {
      padding-inline: 4px 8px;
    }
    .rows .name {
      padding-inline-start: calc(var(--depth) * 8px);
    }
    .row > .change {
      flex: 0 1 26%;
      min-width: 56px;
    }
    .scroller {
      --_time-width: 80px;
    }
    .row .about {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .twisty svg {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .rows .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media print {
    .frame,
    .scroller,
    .detail {
      height: auto;
      overflow: visible;
    }
    .panes {
      flex-direction: column;
    }
    .buttons,
    .close,
    .divider {
      display: none;
    }
  }
`;
