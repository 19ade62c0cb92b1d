import { css } from 'lit';

export const helpSheetStyles = css`
  :host {
    display: contents;
  }
  dialog {
    box-sizing: border-box;
    width: min(760px, 100vw - 24px);
    max-height: calc(100dvh - 24px);
    padding: 16px 20px 20px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
    font: var(--_font-size) / 1.45 var(--_font);
    overflow: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.35);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  h2,
  h3 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  h2 {
    font-size: 1.15em;
  }
  .places {
    columns: 300px 2;
    column-gap: 32px;
  }
  section {
    break-inside: avoid;
    padding-block-start: 14px;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(96px, max-content) 1fr;
    gap: 4px 12px;
    margin: 6px 0 0;
  }
  dl > div {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: baseline;
  }
  dt {
    max-width: 150px;
  }
  dd {
    margin: 0;
  }
  .chord {
    white-space: nowrap;
  }
  kbd {
    display: inline-block;
    min-width: 20px;
    padding: 1px 5px;
    margin-block: 1px;
    border: 1px solid var(--_line);
    border-radius: 4px;
    background: var(--_surface);
    font: inherit;
    font-size: var(--_font-size-small);
    text-align: center;
  }
  @media print {
    dialog {
      display: none;
    }
  }
`;
