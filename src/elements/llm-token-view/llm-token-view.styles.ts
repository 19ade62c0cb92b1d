import { css } from 'lit';

export const tokenViewStyles = css`
  :host {
    container: llm-token-view / inline-size;
    --_row-height: max(26px, var(--llm-token-row-height, 26px));
    /* One hue from light to strong: told apart by lightness alone, and so by eyes that see no red or green. */
    --_uncertain: var(--llm-uncertain, #d55e00);
  }
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
  .tools select {
    min-height: 26px;
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
  .note {
    margin: 0;
    padding: 6px 14px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .note.wrong {
    color: var(--_warning);
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
    text-decoration: underline dotted 1px;
  }
  .step-2 {
    background: color-mix(in oklab, var(--_uncertain) 20%, transparent);
    text-decoration: underline solid 1px;
  }
  .step-3 {
    background: color-mix(in oklab, var(--_uncertain) 34%, transparent);
    text-decoration: underline solid 2px;
  }
  .step-4 {
    background: color-mix(in oklab, var(--_uncertain) 50%, transparent);
    text-decoration: underline solid 3px;
  }
  .step-5 {
    background: color-mix(in oklab, var(--_uncertain) 68%, transparent);
    text-decoration: underline double 2px;
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
  .card {
    padding: 8px 14px;
    border-inline-start: 1px solid var(--_line);
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
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 10px;
    margin: 0;
    font-size: var(--_font-size-small);
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  :host(:dir(rtl)) .facts dd {
    text-align: right;
  }
  .likely {
    display: grid;
    grid-template-columns: minmax(48px, 96px) 1fr auto;
    gap: 2px 8px;
    margin: 8px 0 0;
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
    background: var(--_llm);
  }
  .chosen .bar {
    background: var(--_uncertain);
  }
  .rest .bar {
    background: repeating-linear-gradient(45deg, var(--_muted) 0 2px, transparent 2px 4px);
  }
  .chosen .words {
    font-weight: 700;
  }
  td .mono {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .fields {
    border-block-start: 1px solid var(--_line);
  }
  .fields > summary {
    padding: 6px 14px;
    cursor: pointer;
  }
  .fields button {
    text-decoration: underline dotted;
    text-underline-offset: 2px;
  }
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 6px 14px;
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
