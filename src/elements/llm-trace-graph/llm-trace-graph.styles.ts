import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';
import { LABEL_SIZE, NODE_SIZE } from './graph-layout.js';

export const graphStyles = css`
  :host {
    container: llm-trace-graph / inline-size;
    /* The drawing scrolls: the element must have a height of its own. */
    height: 420px;
    min-height: 0;
  }
  .frame {
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  .tools,
  .stepper {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 4px 8px;
    background: var(--_surface);
  }
  .tools {
    border-block-end: 1px solid var(--_line);
  }
  .stepper {
    min-height: 35px;
    border-block-start: 1px solid var(--_line);
  }
  .modes,
  .zoom {
    display: flex;
  }
  .modes .button {
    border-radius: 0;
    margin-inline-start: -1px;
  }
  .modes .button:first-child {
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
    margin-inline-start: 0;
  }
  .modes .button:last-child {
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }
  .button[aria-pressed='true'] {
    position: relative;
    color: var(--_focus);
    background: var(--_selection);
    border-color: var(--_focus);
  }
  .button:disabled,
  .icon-button:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .space {
    flex: 1;
  }
  .stepper p {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .errors {
    color: var(--_error);
    white-space: nowrap;
  }
  .note {
    flex: none;
    margin: 0;
    padding: 5px 12px;
    border-block-end: 1px solid var(--_line);
    color: var(--_warning);
  }
  .empty {
    display: grid;
    flex: 1;
    place-content: center;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
  }

  .scroller {
    display: grid;
    flex: 1;
    min-height: 0;
    overflow: auto;
    place-content: safe center;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    /* Callers are on the left on every page. */
    direction: ltr;
    touch-action: pan-x pan-y;
    user-select: none;
    cursor: grab;
  }
  .scroller:active {
    cursor: grabbing;
  }
  .plane {
    position: relative;
    transform-origin: 0 0;
  }
  .lines {
    position: absolute;
    inset: 0;
    color: color-mix(in srgb, var(--_muted) 62%, var(--_background));
  }
  .start {
    fill: var(--_muted);
  }
  .line {
    fill: none;
    stroke: currentColor;
  }
  .head {
    fill: currentColor;
  }
  .edge.failed {
    color: var(--_error);
  }
  .edge.failed .line {
    stroke-dasharray: 6 3;
  }
  .edge.called {
    color: var(--_focus);
  }
  .edge.called .line {
    stroke-width: 3;
  }
  /* What stands back. Words keep a contrast that can be read. */
  .edge.back {
    opacity: 0.3;
  }
  .label.back {
    visibility: hidden;
  }
  .node,
  .label {
    position: absolute;
    translate: -50% -50%;
  }
  .node {
    display: flex;
    flex-direction: column;
    justify-content: center;
    width: ${NODE_SIZE.width}px;
    height: ${NODE_SIZE.height}px;
    padding: 4px 10px;
    border: 1px solid var(--_kind);
    border-inline-start-width: 4px;
    border-radius: var(--_radius);
    background: var(--_background);
    line-height: 1.35;
  }
  .node:hover,
  .label:hover {
    background: var(--_hover);
  }
  .node.back {
    border-color: var(--_line);
    color: var(--_muted);
  }
  .node.back .kind-icon {
    color: inherit;
  }
  .node.called,
  .node.chosen {
    background: var(--_selection);
    box-shadow: 0 0 0 2px var(--_focus);
  }
  .node .name {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
  }
  .words {
    ${cutText}
    min-width: 0;
  }
  .figures {
    display: flex;
    /* Before errors, all else is cut. */
    gap: 6px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .figures .errors {
    flex: none;
  }
  .label {
    max-width: ${LABEL_SIZE.width}px;
    min-height: ${LABEL_SIZE.height}px;
    padding: 1px 6px;
    border-radius: 10px;
    background: var(--_background);
  }
  .label.called {
    background: var(--_selection);
  }
  .label.called .figures {
    color: var(--_focus);
  }

  .table {
    flex: 1;
    min-height: 0;
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    ${cutText}
    max-width: 220px;
    padding: 4px 10px;
    border-block-end: 1px solid var(--_line);
  }
  th {
    position: sticky;
    top: 0;
    background: var(--_surface);
    font-size: var(--_font-size-small);
    font-weight: 500;
    color: var(--_muted);
  }
  .number {
    text-align: end;
  }
  tr[aria-current] {
    background: var(--_selection);
  }
  .callee {
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    min-height: 24px;
    border-radius: 3px;
  }
  .callee:hover .words {
    text-decoration: underline;
  }
  .more {
    margin: 8px 10px;
  }

  @container llm-trace-graph (max-width: 520px) {
    .tools .space {
      flex-basis: 100%;
    }
    .zoom {
      margin-inline-start: auto;
    }
  }
  @media (forced-colors: active) {
    .lines,
    .edge.failed {
      color: CanvasText;
    }
    .edge.called,
    .label.called .figures {
      color: Highlight;
    }
    .node.called,
    .node.chosen {
      outline: 3px solid Highlight;
    }
    .button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
    tr[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media print {
    :host {
      height: auto;
    }
    .tools,
    .stepper {
      display: none;
    }
    .scroller,
    .table,
    .frame {
      overflow: visible;
    }
  }
`;
