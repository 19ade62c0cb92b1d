import { css } from 'lit';

/** Tables that say in words what is drawn, each in a `.box` that scrolls sideways. */
export const smallTable = css`
  .box {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_font-size-small);
  }
  th,
  td {
    padding: 3px 8px;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }
  th {
    font-weight: 500;
  }
  thead th {
    color: var(--_muted);
  }
  td.number,
  th.number {
    text-align: end;
    white-space: nowrap;
  }
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 6px 14px;
  }
  @media print {
    .pages {
      display: none;
    }
  }
`;
