import { css } from 'lit';

/** What the views of the inside of a model have in common: tools, notes, the card of one place with its facts and bars. */
export const insideModel = css`
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .tools {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
  }
  select {
    min-height: 26px;
    max-width: 100%;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .button:disabled {
    color: var(--_muted);
    cursor: default;
  }
  .button[aria-pressed='true'] {
    background: var(--_selection);
  }
  .quiet,
  .note {
    margin: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .quiet {
    font-size: var(--_font-size-small);
  }
  .note {
    padding: 6px 14px;
  }
  .note.wrong {
    color: var(--_warning);
  }
  .card {
    padding: 8px 14px;
    border-inline-start: 1px solid var(--_line);
  }
  .facts {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 10px;
    margin: 0;
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .likely {
    display: grid;
    grid-template-columns: minmax(48px, 120px) 1fr auto;
    gap: 2px 8px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--_font-size-small);
  }
  .likely li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
  }
  .likely .words {
    overflow: hidden;
    font-family: var(--_font-mono);
    text-overflow: ellipsis;
    white-space: pre;
    unicode-bidi: isolate;
  }
  .likely .rest .words {
    font-family: inherit;
    color: var(--_muted);
  }
  .chosen .words {
    font-weight: 700;
  }
  .track {
    height: 8px;
    border-radius: 2px;
    background: var(--_surface);
  }
  .bar {
    display: block;
    width: calc(var(--share) * 100%);
    min-width: 1px;
    height: 100%;
    border-radius: 2px;
    background: var(--_bar, var(--_llm));
  }
  .rest .bar {
    background: repeating-linear-gradient(45deg, var(--_muted) 0 2px, transparent 2px 4px);
  }
  td .mono {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .rest .bar {
      background: GrayText;
    }
    .track {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    .tools .button,
    .card .button {
      display: none;
    }
    .bar {
      print-color-adjust: exact;
    }
  }
`;
