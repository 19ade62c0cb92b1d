import { css, type CSSResult } from 'lit';
import { MOST_INDENTS } from '../elements/llm-span-tree/span-row.js';
import { kindColours } from '../internal/styles/base.js';
import { tokens } from '../internal/styles/tokens.js';

const indents = Array.from({ length: MOST_INDENTS }, (_, at) => at + 1).reduce(
  (rules, depth) => css`
    ${rules}
    .served [data-depth='${depth}'] {
      padding-inline-start: ${8 + depth * 14}px;
    }
  `,
  css``,
);

/**
 * As the elements look. What was served lies over the view, which comes to be behind it while the trace is read: so nothing moves, and
 * nobody hears both. It goes with this sheet (`ServedForm`). Selectors outweigh those of the view, whose sheets come later.
 */
const served: CSSResult = css`
  :host {
    display: block;
    contain: content;
    box-sizing: border-box;
    height: 640px;
    min-height: 200px;
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
  :host(:not([hidden])) > .frame {
    visibility: hidden;
  }
  .served {
    all: initial;
    position: absolute;
    inset: 0;
    z-index: 1;
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    border: 1px solid var(--_line);
    border-radius: var(--llm-view-radius, 8px);
    overflow: hidden;
    color-scheme: inherit;
    visibility: inherit;
    color: var(--_text);
    background: var(--_background);
    font: var(--_font-size) / 1.45 var(--_font);
    font-variant-numeric: tabular-nums;
  }
  .served .title {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-width: 0;
    padding: 10px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .served h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .served small,
  .served .note,
  .served .about,
  .served td:not(:nth-child(2)) {
    color: var(--_muted);
  }
  .served small {
    font-size: var(--_font-size-small);
  }
  .served .summary {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px 24px;
    margin: 0;
    padding: 7px 14px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    list-style: none;
  }
  .served .summary small {
    display: block;
  }
  .served b {
    font-size: 15px;
    font-weight: 600;
  }
  .served .bad,
  .served .failed bdi:first-of-type {
    color: var(--_error);
  }
  .served .note {
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .served .kinds {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
  }
  .served .kind {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .served svg {
    display: inline-block;
    vertical-align: -2px;
    color: var(--_kind);
  }
  .served .rows {
    position: relative;
    flex: 1 1 auto;
    min-height: 0;
    overflow: auto;
  }
  .served .rows:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  .served table {
    width: 100%;
    border-collapse: collapse;
  }
  .served :is(th, td) {
    position: relative;
    height: var(--_row-height);
    padding: 0 8px;
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  .served th[scope='row'],
  .served th:first-child {
    text-align: start;
  }
  .served th[scope='row'] {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .served thead th {
    height: 26px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
  }
  .served .lane {
    width: 40%;
    text-align: start;
    direction: ltr;
  }
  .served .lane svg {
    display: block;
    width: 100%;
    height: 10px;
    overflow: visible;
    fill: currentColor;
    stroke: currentColor;
  }
  .served .failed .lane svg {
    color: var(--_error);
  }
  .served .rows p {
    margin: 8px 14px;
    color: var(--_muted);
  }
  .served .hidden-character {
    color: var(--_warning);
  }
  .served .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  ${indents}
  @media (max-width: 600px) {
    .served .lane,
    .served :is(th, td):nth-child(3),
    .served :is(th, td):nth-child(4) {
      display: none;
    }
  }
  @media print {
    :host {
      height: auto !important;
    }
    .served {
      position: static;
    }
    .served .rows {
      overflow: visible;
    }
  }
`;

/** In one line, and without what only people read who change it. */
export const servedStyles = [tokens, kindColours, served]
  .map(({ cssText }) => cssText)
  .join('')
  .replace(/\/\*[^]*?\*\//g, '')
  .replace(/\s+/g, ' ');
