import { css } from 'lit';

export const tokenViewStyles = css`
  :host {
    container: llm-token-view / inline-size;
    --_row-height: max(26px, var(--llm-token-row-height, 26px));
    /* One hue from light to strong: told apart by lightness alone, and so by eyes that see no red or green. */
    --_uncertain: var(--llm-uncertain, #d55e00);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--_font-size-small);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0;
    padding: 6px 14px;
    color: var(--_muted);
    font-size: var(--_font-size-small);
  }
  .figures b {
    color: var(--_text);
    font-weight: 600;
  }
  .scroller {
    position: relative;
    flex: 1 1 auto;
    min-height: calc(3 * var(--_row-height));
    max-height: var(--llm-token-list-height, 360px);
    overflow: auto;
    overflow-anchor: none;
    padding-inline: 14px;
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    font-family: var(--_font-mono);
    font-size: 13px;
  }
  .list {
    position: relative;
    height: calc(var(--count) * var(--_row-height));
  }
  .probe {
    position: absolute;
    visibility: hidden;
    height: var(--_row-height);
    white-space: pre;
  }
  .row {
    position: absolute;
    inset-inline: 0;
    top: 0;
    height: var(--_row-height);
    line-height: var(--_row-height);
    white-space: pre;
    unicode-bidi: plaintext;
  }
  .token {
    position: relative;
    padding-block: 3px 4px;
    box-shadow: inset -1px 0 var(--_background);
    text-decoration-skip-ink: none;
    text-underline-offset: 4px;
    cursor: default;
  }
  .prompt {
    color: var(--_muted);
  }
  .step-1 {
    background: color-mix(in oklab, var(--_uncertain) 9%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-decoration-thickness: 1px;
  }
  .step-2 {
    background: color-mix(in oklab, var(--_uncertain) 20%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 1px;
  }
  .step-3 {
    background: color-mix(in oklab, var(--_uncertain) 34%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 2px;
  }
  .step-4 {
    background: color-mix(in oklab, var(--_uncertain) 50%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 3px;
  }
  .step-5 {
    background: color-mix(in oklab, var(--_uncertain) 68%, transparent);
    text-decoration-line: underline;
    text-decoration-style: double;
    text-decoration-thickness: 2px;
  }
  .token.step-1,
  .token.step-2,
  .token.step-3,
  .token.step-4,
  .token.step-5,
  .sample {
    color: var(--_text);
  }
  .sample {
    padding: 2px 4px 4px;
    text-decoration-skip-ink: none;
    text-underline-offset: 3px;
    unicode-bidi: plaintext;
  }
  .token[aria-selected='true'] {
    outline: 2px solid color-mix(in srgb, var(--_focus) 60%, transparent);
    outline-offset: -1px;
  }
  .scroller:focus-visible {
    outline: none;
  }
  .scroller:focus-visible .token.active {
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  .body {
    display: grid;
    flex: 1 1 auto;
    grid-template-columns: minmax(0, 1fr) minmax(0, 290px);
    min-height: 0;
  }
  @container llm-token-view (max-width: 620px) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .card {
      min-height: 170px;
      border-inline-start: 0;
      border-block-start: 1px solid var(--_line);
    }
  }
  .card h4 {
    margin: 0 0 6px;
    font: 600 13px/1.4 var(--_font-mono);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .facts {
    font-size: var(--_font-size-small);
  }
  :host(:dir(rtl)) .facts dd {
    text-align: right;
  }
  .likely {
    grid-template-columns: minmax(48px, 96px) 1fr auto;
    margin-block-start: 8px;
  }
  .chosen .bar {
    background: var(--_uncertain);
  }
  .fields {
    border-block-start: 1px solid var(--_line);
  }
  .fields > summary {
    padding: 6px 14px;
    cursor: pointer;
  }
  .fields button {
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-underline-offset: 2px;
  }
  .how {
    margin: 0;
    padding: 0 14px 10px 32px;
  }
  .how code {
    font-family: var(--_font-mono);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .printed {
    display: none;
  }
  @media (forced-colors: active) {
    .token[aria-selected='true'],
    .scroller:focus-visible .token.active {
      outline-color: Highlight;
    }
    .chosen .bar {
      background: Highlight;
    }
  }
  @media print {
    .scroller,
    .card,
    .pages {
      display: none;
    }
    .printed {
      display: block;
      padding: 6px 14px;
      font: 11px/1.9 var(--_font-mono);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .printed .token {
      print-color-adjust: exact;
    }
  }
`;
