import { css } from 'lit';

/** Of what the buttons of the toolbar open, what takes files in, and what is put on paper. */
export const toolStyles = css`
  llm-search-field {
    flex: none;
  }
  llm-findings {
    flex: none;
    max-height: 40%;
    overflow: auto;
    border-block-end: 1px solid var(--_line);
  }
  .traces {
    max-width: 260px;
    min-width: 0;
    min-height: 26px;
    padding: 2px 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    text-overflow: ellipsis;
  }
  @container llm-trace-view (max-width: 560px) {
    .traces {
      max-width: 130px;
    }
  }
  .findings-button .severity {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .findings-button [data-severity='error'] {
    color: var(--_error);
  }
  .findings-button [data-severity='warning'] {
    color: var(--_warning);
  }
  .problems {
    flex: none;
    max-height: 40%;
    margin: 0;
    padding: 8px 14px;
    overflow: auto;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    list-style: none;
  }
  .problems li {
    padding-block: 2px;
    overflow-wrap: anywhere;
  }
  .problems button:hover {
    color: var(--_focus);
  }
  .banner {
    display: flex;
    flex: none;
    align-items: start;
    gap: 8px 12px;
    flex-wrap: wrap;
    padding: 8px 14px;
    border-block-end: 1px solid var(--_line);
    background: var(--_error-surface);
  }
  .error-words {
    flex: 1 1 240px;
  }
  .banner p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .banner .error-text {
    color: var(--_error);
    font-weight: 600;
  }
  @container llm-trace-view (max-width: 760px) {
    .divider {
      width: auto;
      height: 1px;
      cursor: row-resize;
    }
    .divider::after {
      inset-block: -6px;
      inset-inline: 0;
    }
  }
  llm-display-menu,
  llm-share-menu {
    position: absolute;
    z-index: 5;
    inset-block-start: 44px;
    inset-inline-end: 8px;
    width: min(360px, 100% - 16px);
    max-height: calc(100% - 52px);
  }
  llm-display-menu {
    width: min(320px, 100% - 16px);
  }
  .open-files {
    position: relative;
    cursor: pointer;
  }
  .open-files:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  .empty-files {
    display: flex;
    flex: none;
    justify-content: center;
    padding: 12px;
  }
  .drop-target {
    position: absolute;
    z-index: 6;
    inset: 8px;
    display: grid;
    place-content: center;
    padding: 16px;
    border: 2px dashed var(--_focus);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_background) 88%, transparent);
    text-align: center;
    /* The pointer stays over what it was over. */
    pointer-events: none;
  }
  .printed {
    display: none;
  }
  @media print {
    .divider {
      display: none;
    }
    :host,
    :host([theme]) {
      color-scheme: light !important;
    }
    .frame {
      border: 0;
      overflow: visible;
    }
    .printed {
      display: table;
      width: 100%;
      border-collapse: collapse;
      font-size: 9pt;
    }
    p.printed {
      display: block;
    }
    .printed th,
    .printed td {
      padding-block: 2px;
      padding-inline-end: 8px;
      border-block-end: 1px solid var(--_line);
      text-align: -webkit-match-parent;
      text-align: match-parent;
      overflow-wrap: anywhere;
    }
    .printed :is(th, td):not(:first-child) {
      width: 1%;
      white-space: nowrap;
      text-align: end;
    }
    .printed tr {
      break-inside: avoid;
    }
    .panes {
      order: 1;
    }
    /* The table above has all the rows, of which these are some. */
    .panes > :not(llm-span-detail) {
      display: none;
    }
  }
`;
