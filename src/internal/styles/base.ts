import { css } from 'lit';

/**
 * What every element begins with. `.frame` takes back whatever the page's styles hand down (a page may set fonts,
 * spacing or alignment on anything, with `!important`), and sets it anew; the colour scheme is the page's.
 */
export const base = css`
  :host {
    display: block;
    contain: content;
    isolation: isolate;
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  .frame {
    all: initial;
    display: block;
    box-sizing: border-box;
    height: 100%;
    color-scheme: inherit;
    visibility: inherit;
    color: var(--_text);
    background: var(--_background);
    font: var(--_font-size) / 1.45 var(--_font);
    font-variant-numeric: tabular-nums;
    -webkit-text-size-adjust: none;
    text-size-adjust: none;
  }
  /* Not their ::before and ::after: each element would have these worked out, though few have them. */
  .frame * {
    box-sizing: border-box;
  }
  button,
  select,
  input {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  svg {
    flex: none;
    display: block;
  }
  .muted {
    color: var(--_muted);
  }
  .mono {
    font-family: var(--_font-mono);
    font-size: 12px;
  }
  /* In a page that reads from right to left, figures and words that do not keep their own order; rows of cells do not. */
  :host(:dir(rtl)) b,
  :host(:dir(rtl)) dd,
  :host(:dir(rtl)) dt,
  :host(:dir(rtl)) p,
  :host(:dir(rtl)) small,
  :host(:dir(rtl)) span:where(:not([role])),
  :host(:dir(rtl)) .figure,
  :host(:dir(rtl)) .number,
  :host(:dir(rtl)) td {
    unicode-bidi: plaintext;
  }
  /* They stand where the page begins all the same. */
  :host(:dir(rtl)) p,
  :host(:dir(rtl)) small {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 26px;
    padding: 2px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    white-space: nowrap;
  }
  .button:hover {
    background: var(--_hover);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 26px;
    height: 26px;
    border-radius: var(--_radius);
    color: var(--_muted);
  }
  .icon-button:hover {
    color: var(--_text);
    background: var(--_hover);
  }
  /* Paper has nothing to click on. */
  @media print {
    details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
    .icon-button {
      display: none;
    }
  }
`;

/** The colour of a span's kind, as `--_kind`, on whatever carries `data-kind`. */
export const kindColours = css`
  [data-kind] {
    --_kind: var(--_span);
  }
  [data-kind='agent'] {
    --_kind: var(--_agent);
  }
  [data-kind='chain'] {
    --_kind: var(--_chain);
  }
  [data-kind='llm'] {
    --_kind: var(--_llm);
  }
  [data-kind='tool'] {
    --_kind: var(--_tool);
  }
  [data-kind='retriever'] {
    --_kind: var(--_retriever);
  }
  [data-kind='embedding'] {
    --_kind: var(--_embedding);
  }
  [data-kind='reranker'] {
    --_kind: var(--_reranker);
  }
  [data-kind='guardrail'] {
    --_kind: var(--_guardrail);
  }
  [data-kind='evaluator'] {
    --_kind: var(--_evaluator);
  }
  [data-kind='prompt'] {
    --_kind: var(--_prompt);
  }
  .kind-icon {
    color: var(--_kind);
  }
  @media (forced-colors: active) {
    .kind-icon {
      color: CanvasText;
    }
  }
`;
