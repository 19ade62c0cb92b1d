import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const sequenceStyles = css`
  :host {
    container: llm-sequence / inline-size;
    --_row-height: max(40px, var(--llm-row-height, 40px));
    --_column: 168px;
  }
  .tools {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
    font-size: var(--_font-size-small);
  }
  .space {
    flex: 1;
  }
  /* From the caller at the left to what is called at the right, whatever the writing. */
  .scroller,
  .world {
    direction: ltr;
  }
  .world {
    position: relative;
    width: calc(var(--lifelines) * var(--_column));
    min-width: 100%;
  }
  .header {
    display: flex;
    height: 36px;
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 6px;
    width: var(--_column);
    padding-inline: 8px;
    color: var(--_text);
    font-size: var(--_font-size);
  }
  .head .words {
    ${cutText}
  }
  .head .kind-icon {
    height: auto;
    margin: 0;
  }
  .list {
    background: repeating-linear-gradient(
      to right,
      transparent 0 calc(var(--_column) / 2 - 0.5px),
      var(--_line) calc(var(--_column) / 2 - 0.5px) calc(var(--_column) / 2 + 0.5px),
      transparent calc(var(--_column) / 2 + 0.5px) var(--_column)
    );
    background-size: calc(var(--lifelines) * var(--_column)) 100%;
    background-repeat: no-repeat;
  }
  .rows .row {
    line-height: 1.2;
  }
  .rows .row:hover {
    background: color-mix(in srgb, var(--_hover) 70%, transparent);
  }
  .rows .row[aria-selected='true'] {
    background: color-mix(in srgb, var(--_selection) 80%, transparent);
  }
  .drawing {
    position: absolute;
    inset: 0;
    overflow: visible;
    pointer-events: none;
  }
  .row .drawing {
    display: block;
  }
  .arrow {
    fill: none;
    stroke: var(--_text);
    stroke-width: 1.3;
  }
  .return .arrow {
    stroke: var(--_muted);
    stroke-dasharray: 5 4;
  }
  .point {
    fill: var(--_text);
  }
  .return .point {
    fill: var(--_muted);
  }
  .bar {
    fill: color-mix(in srgb, var(--_kind) 55%, var(--_background));
  }
  .error .arrow {
    stroke: var(--_error);
  }
  .error .point {
    fill: var(--_error);
  }
  .label {
    position: absolute;
    top: 4px;
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: 340px;
    padding-inline: 4px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_background) 82%, transparent);
    white-space: nowrap;
  }
  .label .words {
    ${cutText}
  }
  .label .figures {
    flex: none;
    color: var(--_muted);
    font-size: var(--_font-size-small);
  }
  .return .words {
    color: var(--_muted);
  }
  .loop .label {
    top: 8px;
    gap: 4px;
    height: 24px;
    padding-inline-end: 8px;
    border: 1px dashed var(--_line);
    background: var(--_surface);
  }
  .loop .twisty svg {
    display: block;
    transition: rotate 80ms;
  }
  .loop[aria-expanded='true'] .twisty svg {
    rotate: 90deg;
  }
  @container llm-sequence (max-width: 560px) {
    .world,
    .head,
    .list {
      --_column: 128px;
    }
    .label {
      max-width: 240px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .loop .twisty svg {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .arrow {
      stroke: CanvasText;
    }
    .point,
    .bar {
      fill: CanvasText;
      forced-color-adjust: none;
    }
    .list {
      border-inline-start: 1px solid CanvasText;
    }
  }
  @media print {
    .tools {
      display: none;
    }
  }
`;
