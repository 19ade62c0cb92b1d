import { css } from 'lit';

export const sourceViewStyles = css`
  .frame {
    overflow: auto;
    padding-block-end: 10px;
    container-type: inline-size;
  }
  .sentence,
  .quiet {
    margin: 0;
    padding: 8px 14px 0;
  }
  .quiet {
    padding-block-start: 4px;
    color: var(--_muted);
  }
  .honest {
    max-width: 90ch;
  }
  code {
    font-family: var(--_font-mono);
    font-size: 12px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .methods {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 8px 14px 0;
  }
  .methods [aria-pressed='true'] {
    border-color: var(--_focus);
    background: var(--_selection);
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 10px 14px;
  }
  @container (min-width: 720px) {
    .panes {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
    .answer:only-child,
    .side:only-child {
      grid-column: 1 / -1;
    }
  }
  .answer {
    position: relative;
    align-self: start;
    max-height: 420px;
    overflow: auto;
    padding: 8px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .text {
    line-height: 1.75;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .text > *,
  blockquote > * {
    white-space: pre-wrap;
  }
  mark {
    padding-block: 2px;
    border-radius: 2px;
    color: var(--_text);
    background: color-mix(in srgb, var(--_retriever) 10%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-decoration-thickness: 1px;
    text-decoration-color: var(--_retriever);
    text-underline-offset: 3px;
    cursor: pointer;
  }
  mark[data-relevance='low'] {
    background: color-mix(in srgb, var(--_retriever) 6%, transparent);
  }
  mark[data-relevance='medium'] {
    background: color-mix(in srgb, var(--_retriever) 16%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 1px;
    text-decoration-color: var(--_retriever);
  }
  mark[data-relevance='high'] {
    background: color-mix(in srgb, var(--_retriever) 28%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 2px;
    text-decoration-color: var(--_retriever);
  }
  mark.overlap {
    text-decoration-style: double;
  }
  mark.chosen {
    background: var(--_mark);
    outline: 1px solid var(--_focus);
  }
  mark:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .side {
    min-width: 0;
  }
  .chosen-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-height: 28px;
    margin: 0;
    color: var(--_muted);
  }
  .chosen-line .button {
    color: var(--_text);
  }
  h5 {
    margin: 8px 0 4px;
    font: 600 var(--_font-size) / 1.4 var(--_font);
  }
  .documents {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .document {
    min-width: 0;
    padding: 6px 10px;
    border: 1px solid var(--_line);
    border-inline-start: 6px solid color-mix(in srgb, var(--_retriever) 35%, transparent);
    border-radius: var(--_radius);
  }
  .document[data-relevance='high'] {
    border-inline-start-color: var(--_retriever);
  }
  .document[data-relevance='medium'] {
    border-inline-start-style: double;
    border-inline-start-color: var(--_retriever);
  }
  .document[data-relevance='low'] {
    border-inline-start-style: dotted;
  }
  .document.chosen {
    background: var(--_selection);
  }
  .document .name {
    font-weight: 600;
    overflow-wrap: anywhere;
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-underline-offset: 2px;
    unicode-bidi: plaintext;
  }
  .facts {
    margin: 2px 0 0;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  blockquote {
    margin: 6px 0 0;
    padding-inline-start: 8px;
    border-inline-start: 2px solid var(--_line);
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .match {
    font-weight: 600;
    background: var(--_mark);
  }
  summary {
    padding-block: 4px;
    cursor: pointer;
  }
  .table {
    padding-inline: 14px;
  }
  th,
  td {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    mark {
      forced-color-adjust: none;
      color: CanvasText;
      background: Canvas;
      text-decoration-color: CanvasText;
    }
    mark.chosen {
      color: HighlightText;
      background: Highlight;
    }
    .match {
      text-decoration: underline;
    }
    .document.chosen {
      outline: 2px solid Highlight;
    }
  }
  @media print {
    .answer {
      max-height: none;
      overflow: visible;
    }
    .methods,
    .chosen-line .button {
      display: none;
    }
  }
`;
