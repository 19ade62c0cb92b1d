import { css } from 'lit';

/** A header that stays above, the room of all rows, and one row that is only measured. */
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
  .probe {
    position: absolute;
    visibility: hidden;
    height: var(--_row-height);
  }
`;
