import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const listStyles = css`
  :host {
    container: llm-trace-list / inline-size;
    /* Rows are only those in sight: the element must have a height of its own. */
    height: 420px;
    min-height: 0;
  }
  .frame {
    display: flex;
    flex-direction: column;
  }
  .toolbar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 6px 10px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }
  .toolbar input,
  .toolbar select {
    min-height: 26px;
    padding: 2px 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .toolbar input {
    flex: 1 1 120px;
    min-width: 0;
  }
  .toolbar select {
    flex: 0 1 auto;
    min-width: 0;
  }
  .toolbar ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .news:empty {
    display: none;
  }
  .scroller {
    position: relative;
    flex: 1 1 0;
    min-height: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    --_trace-height: max(34px, var(--llm-row-height, 34px));
    --_columns: minmax(0, 1fr) 150px 84px 56px 68px 44px;
  }
  /* What there is to say instead stands above it. It is measured all the same. */
  .empty {
    visibility: hidden;
  }
  .no-cost {
    --_columns: minmax(0, 1fr) 150px 84px 56px 0 44px;
  }
  .no-cost .cost {
    visibility: hidden;
  }
  .with-preview {
    --_trace-height: 48px;
  }
  .row {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    column-gap: 10px;
    padding-inline: 12px;
  }
  .header {
    position: sticky;
    top: 0;
    z-index: 1;
    height: 26px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .header button {
    min-height: 24px;
    white-space: nowrap;
  }
  .header button:hover,
  .header [aria-sort$='ending'] {
    color: var(--_text);
  }
  .list {
    position: relative;
    height: calc(var(--count) * var(--_trace-height));
  }
  .probe {
    position: absolute;
    width: 0;
    height: var(--_trace-height);
    visibility: hidden;
  }
  .list .row {
    position: absolute;
    inset-inline: 0;
    height: var(--_trace-height);
    overflow: hidden;
    border-block-end: 1px solid var(--_line);
    cursor: pointer;
  }
  .list .row:hover {
    background: var(--_hover);
  }
  .group {
    color: var(--_muted);
    background: var(--_surface);
  }
  .group .name {
    color: var(--_text);
    font-weight: 600;
  }
  [aria-level='2'] {
    padding-inline-start: 28px;
  }
  .list .row[aria-selected='true'] {
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
  /* A colour in the frames of an animation would stay that of the scheme in which it began. */
  .marked {
    isolation: isolate;
  }
  .marked::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: -1;
    background: var(--_selection);
    opacity: 0;
    animation: llm-marked 2s ease-out;
  }
  @keyframes llm-marked {
    from {
      opacity: 1;
    }
  }
  .what {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: 10px;
    min-width: 0;
  }
  .group .what {
    display: flex;
    column-gap: 8px;
    white-space: nowrap;
  }
  .line {
    display: flex;
    gap: 8px;
    min-width: 0;
    white-space: nowrap;
  }
  .name {
    ${cutText}
    min-width: 0;
    font-weight: 500;
  }
  .preview {
    ${cutText}
    grid-column: 2;
    font-size: 12px;
    color: var(--_muted);
  }
  .twisty svg {
    transition: transform 80ms;
  }
  [aria-expanded='true'] .twisty svg {
    transform: rotate(90deg);
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_retriever);
  }
  .dot.error {
    background: var(--_error);
  }
  .dot.running {
    background: none;
    border: 2px solid var(--_focus);
  }
  .dot.live {
    animation: llm-running 900ms ease-in-out infinite alternate;
  }
  @keyframes llm-running {
    to {
      opacity: 0.35;
    }
  }
  .figure {
    color: var(--_muted);
    white-space: nowrap;
    text-align: end;
  }
  .error-text {
    color: var(--_error);
  }
  .if-narrow {
    display: none;
  }
  .nothing {
    flex: none;
    margin: 0;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .nothing p {
    margin: 0 0 10px;
  }
  @media (prefers-reduced-motion: reduce) {
    .dot.live,
    .twisty svg {
      animation: none;
      transition: none;
    }
    .marked::after {
      animation-timing-function: step-end;
    }
  }
  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .dot.error {
      border-radius: 0;
    }
    .marked {
      outline: 1px dashed Highlight;
      outline-offset: -3px;
    }
    .list .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  /* Figures that have no room can be sorted by, and are on the trace itself. */
  @container llm-trace-list (max-width: 560px) {
    .header,
    .tokens,
    .cost,
    .errors {
      display: none;
    }
    .scroller,
    .no-cost {
      --_trace-height: 48px;
      --_columns: minmax(0, 1fr) auto;
    }
    .if-narrow {
      display: inline;
    }
    .what {
      grid-row: 1 / 3;
    }
    .list .row {
      grid-template-rows: 1fr 1fr;
    }
    .duration {
      grid-column: 2;
      grid-row: 1;
      align-self: end;
    }
    .moment {
      grid-column: 2;
      grid-row: 2;
      align-self: start;
      font-size: var(--_font-size-small);
    }
    .group .figure {
      display: none;
    }
  }
`;
