import { css } from 'lit';

export const jsonStyles = css`
  :host {
    container: llm-json / inline-size;
  }
  .frame {
    direction: ltr;
    position: relative;
    display: flex;
    flex-direction: column;
    height: auto;
    max-height: 100%;
    background: none;
    font: 12px/20px var(--_font-mono);
  }
  .tools {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    padding-block-end: 4px;
    font: var(--_font-size-small) / 1.45 var(--_font);
  }
  .search {
    flex: 1 1 140px;
    min-width: 0;
    max-width: 260px;
    height: 26px;
    margin-inline-end: 4px;
    padding-inline: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .found {
    padding-inline: 4px;
    color: var(--_muted);
  }
  .space {
    flex: 1;
  }
  .scroller {
    position: relative;
    min-height: 0;
    max-height: var(--llm-json-height, 480px);
    overflow: hidden auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .rows {
    position: relative;
    height: calc(var(--count) * 20px);
  }
  .probe {
    position: absolute;
    visibility: hidden;
    height: 20px;
  }
  .row {
    position: absolute;
    inset-inline: 0;
    top: 0;
    display: flex;
    align-items: center;
    height: 20px;
    padding-inline-end: 8px;
    transform: translateY(calc(var(--row) * 20px));
    border-radius: 3px;
    white-space: pre;
    cursor: default;
  }
  .row:hover {
    background: var(--_hover);
  }
  .scroller:focus-within .row[aria-selected='true'],
  .scroller:focus .row[aria-selected='true'] {
    background: var(--_selection);
  }
  .scroller:focus-visible {
    outline: none;
  }
  .scroller:focus-visible .row[aria-selected='true'] {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  /* Deep levels do not push the value out of sight: guide lines end, and a number says the level. */
  .indent {
    flex: none;
    align-self: stretch;
    width: min(calc(var(--level) * 14px), 30cqi);
    background: repeating-linear-gradient(to right, transparent 0 7px, var(--_line) 7px 8px, transparent 8px 14px);
  }
  .level {
    flex: none;
    padding-inline-end: 4px;
    color: var(--_muted);
  }
  .twisty {
    flex: none;
    display: grid;
    place-items: center;
    width: 16px;
    height: 100%;
    color: var(--_muted);
  }
  [aria-expanded='true'] > .twisty svg {
    transform: rotate(90deg);
  }
  .key {
    flex: none;
    max-width: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_text);
    unicode-bidi: isolate;
  }
  .colon {
    flex: none;
    padding-inline-end: 1ch;
    color: var(--_muted);
  }
  .value {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
  }
  .value.string {
    color: var(--_retriever);
  }
  .value.number,
  .value.boolean {
    color: var(--_llm);
  }
  .value.null,
  .value.object,
  .value.list,
  .value.bytes,
  .index {
    color: var(--_muted);
  }
  .value.line {
    color: inherit;
  }
  .note {
    flex: none;
    padding-inline-start: 1ch;
    font: var(--_font-size-small) / 20px var(--_font);
    color: var(--_muted);
  }
  mark {
    color: inherit;
    background: color-mix(in srgb, var(--_warning) 35%, transparent);
    border-radius: 2px;
  }
  .copy {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    background: var(--_background);
    opacity: 0;
  }
  .frame:hover .copy,
  .copy:focus-visible,
  .copy.done {
    opacity: 1;
  }
  @media (hover: none) {
    .copy {
      opacity: 1;
    }
  }
  @container llm-json (max-width: 380px) {
    .search {
      flex-basis: 100%;
      max-width: none;
      margin-inline-end: 0;
    }
  }
  .not-printed {
    display: none;
    margin: 0;
  }
  /* Nobody scrolls on paper: what is in sight is printed, and how much is not. */
  @media print {
    .tools,
    .copy {
      display: none;
    }
    .scroller {
      overflow: hidden;
    }
    .not-printed {
      display: block;
    }
  }
`;
