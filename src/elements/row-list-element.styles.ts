import { css } from 'lit';
import { hiddenNoteStyles } from '../internal/hidden-note.js';
import { rowList } from '../internal/styles/row-list.js';

/** Of lists of rows of one height. */
export const rowListStyles = css`
  ${rowList}
  ${hiddenNoteStyles}
  :host {
    /* Rows are only those in sight: the element must have a height of its own. */
    height: 420px;
    min-height: 0;
  }
  .frame {
    display: flex;
    flex-direction: column;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    scroll-padding-block-start: 26px;
  }
  .rows .row {
    position: absolute;
    inset-inline: 0;
    top: 0;
    height: var(--_row-height);
    line-height: var(--_row-height);
    cursor: default;
  }
  .kind-icon,
  .error-mark {
    display: inline-block;
    vertical-align: top;
    height: 100%;
    margin-inline-end: 6px;
  }
  .row svg {
    display: inline-block;
    vertical-align: middle;
  }
  .error-mark,
  .failed {
    color: var(--_error);
  }
  .number {
    text-align: end;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quiet {
    margin: 0;
    padding: 10px 14px;
    color: var(--_muted);
  }
  .not-printed {
    display: none;
  }
  @media (forced-colors: active) {
    .rows .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  /* Nobody scrolls on paper: what is in sight is printed, and how much is not. */
  @media print {
    .not-printed {
      display: block;
      margin: 0;
      padding: 4px 14px;
      color: var(--_muted);
    }
  }
`;
