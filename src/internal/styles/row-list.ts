import { css } from 'lit';

/** A header that stays above, the room of all rows, what chosen and active ones look like, and one row that is only measured. */
export const rowList = css`
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
  .probe {
    position: absolute;
    visibility: hidden;
    height: var(--_row-height);
  }
`;
