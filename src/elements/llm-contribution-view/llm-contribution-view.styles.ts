import { css } from 'lit';

export const contributionViewStyles = css`
  :host {
    container: llm-contribution-view / inline-size;
    --_bar: var(--_for);
    /* Orange and blue: told apart by eyes that see no red or green. */
    --_for: var(--llm-for, #d55e00);
    --_against: var(--llm-against, light-dark(#2a78c8, #3f93e6));
  }
  .legend {
    display: inline-flex;
    gap: 8px;
    font-size: var(--_font-size-small);
  }
  section {
    padding: 6px 14px;
  }
  h4 {
    margin: 0 0 4px;
    font: inherit;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .text {
    max-height: var(--llm-contribution-height, 320px);
    overflow: auto;
    padding: 4px 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font: 13px/2.1 var(--_font-mono);
    overflow-wrap: anywhere;
  }
  .flow {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .output {
    max-height: 160px;
  }
  .part,
  .token {
    padding-block: 3px 5px;
    box-shadow: inset -1px 0 var(--_background);
    text-decoration-skip-ink: none;
    text-underline-offset: 4px;
    cursor: default;
  }
  .legend .part {
    padding-inline: 4px;
    text-underline-offset: 3px;
  }
  .for-1 {
    background: color-mix(in oklab, var(--_for) 12%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 1px;
  }
  .against-1 {
    background: color-mix(in oklab, var(--_against) 12%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dashed;
    text-decoration-thickness: 1px;
  }
  .for-2 {
    background: color-mix(in oklab, var(--_for) 24%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 1px;
  }
  .against-2 {
    background: color-mix(in oklab, var(--_against) 24%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dashed;
    text-decoration-thickness: 1px;
  }
  .for-3 {
    background: color-mix(in oklab, var(--_for) 38%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 2px;
  }
  .against-3 {
    background: color-mix(in oklab, var(--_against) 38%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dashed;
    text-decoration-thickness: 2px;
  }
  .for-4 {
    background: color-mix(in oklab, var(--_for) 54%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 3px;
  }
  .against-4 {
    background: color-mix(in oklab, var(--_against) 54%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dashed;
    text-decoration-thickness: 3px;
  }
  .for-5 {
    background: color-mix(in oklab, var(--_for) 70%, transparent);
    text-decoration-line: underline;
    text-decoration-style: solid;
    text-decoration-thickness: 4px;
  }
  .against-5 {
    background: color-mix(in oklab, var(--_against) 70%, transparent);
    text-decoration-line: underline;
    text-decoration-style: dashed;
    text-decoration-thickness: 4px;
  }
  .token {
    cursor: pointer;
  }
  .token[aria-selected='true'] {
    background: var(--_selection);
    outline: 2px solid color-mix(in srgb, var(--_focus) 60%, transparent);
    outline-offset: -1px;
  }
  .text:focus-visible .active {
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 290px);
    align-items: start;
  }
  .facts {
    margin-block-end: 8px;
  }
  .facts dd {
    white-space: pre-wrap;
  }
  .bar.against {
    background: repeating-linear-gradient(90deg, var(--_against) 0 4px, transparent 4px 6px);
  }
  @container llm-contribution-view (max-width: 620px) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .card {
      border-inline-start: 0;
      border-block-start: 1px solid var(--_line);
    }
  }
  @media (forced-colors: active) {
    .token[aria-selected='true'],
    .text:focus-visible .active {
      outline-color: Highlight;
    }
    .bar.against {
      background: repeating-linear-gradient(90deg, CanvasText 0 4px, Canvas 4px 6px);
    }
  }
  @media print {
    .text {
      max-height: none;
    }
    .part {
      print-color-adjust: exact;
    }
  }
`;
