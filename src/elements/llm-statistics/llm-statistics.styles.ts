import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const statisticsStyles = css`
  :host {
    container: llm-statistics / inline-size;
  }
  .frame {
    overflow: auto;
  }
  .groups {
    position: sticky;
    inset-inline-start: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    width: fit-content;
    padding: 8px 14px;
  }
  .groups button {
    min-height: 26px;
    padding: 2px 10px;
    border-radius: var(--_radius);
    color: var(--_muted);
  }
  .groups button:hover {
    background: var(--_hover);
  }
  .groups button[aria-pressed='true'] {
    background: var(--_selection);
    color: var(--_text);
    font-weight: 500;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    white-space: nowrap;
  }
  th,
  td {
    padding: 3px 8px;
    border-block-end: 1px solid var(--_line);
    text-align: end;
    font-weight: 400;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_font-size-small);
  }
  thead button {
    min-height: 24px;
    padding-inline: 2px;
  }
  thead button:hover {
    color: var(--_text);
  }
  [aria-sort='ascending'],
  [aria-sort='descending'] {
    color: var(--_text);
  }
  [aria-sort='ascending'] button::after {
    content: ' ↑';
    content: ' ↑' / '';
  }
  [aria-sort='descending'] button::after {
    content: ' ↓';
    content: ' ↓' / '';
  }
  .name {
    padding-inline-start: 14px;
    text-align: start;
  }
  tbody .name {
    max-width: 34cqi;
  }
  tbody tr {
    position: relative;
  }
  tbody tr:hover {
    background: var(--_hover);
  }
  .go {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    max-width: 100%;
  }
  /* All of the row is the button. */
  .go::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .go:focus-visible {
    outline: none;
  }
  .go:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  .words {
    ${cutText}
  }
  .untimed {
    display: block;
    padding-inline-start: 20px;
    font-size: var(--_font-size-small);
  }
  .bad {
    color: var(--_error);
    font-weight: 500;
  }
  .plot {
    width: 22cqi;
    min-width: 90px;
    padding-inline: 8px 14px;
    text-align: start;
    direction: ltr;
  }
  .spread {
    position: relative;
    display: block;
    height: 10px;
    color: var(--_kind);
  }
  /* Up to the median, and on to the 99th percentile; a tick stands at the 95th. */
  .spread::before,
  .spread::after {
    content: '';
    position: absolute;
    border-radius: 2px;
  }
  .spread::before {
    inset-block: 0;
    left: 0;
    width: calc(var(--p99) * 100%);
    min-width: 2px;
    background: linear-gradient(currentColor, currentColor) 0 / calc(var(--p50) / max(var(--p99), 1e-9) * 100%)
      no-repeat color-mix(in srgb, currentColor 32%, transparent);
  }
  .spread::after {
    inset-block: -1px;
    left: calc(var(--p95) * 100% - 1px);
    width: 2px;
    background: currentColor;
  }
  .quiet {
    margin: 0;
    padding: 8px 14px;
    color: var(--_muted);
  }
  .more {
    margin: 8px 14px;
  }
  @container llm-statistics (max-width: 700px) {
    .plot,
    .p99 {
      display: none;
    }
  }
  @container llm-statistics (max-width: 560px) {
    .p95,
    .cost,
    .tokens {
      display: none;
    }
    th,
    td {
      padding-inline: 5px;
    }
    .name {
      padding-inline-start: 10px;
    }
    tbody .name {
      max-width: 28cqi;
    }
    .groups {
      padding-inline: 10px;
    }
  }
  .stages {
    padding: 8px 14px;
  }
  .stages > summary {
    cursor: pointer;
  }
  @media (forced-colors: active) {
    .groups button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
    .spread::before {
      box-sizing: border-box;
      border: 1px solid CanvasText;
      background: Highlight;
      forced-color-adjust: none;
    }
    .spread::after {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
  @media print {
    .frame {
      height: auto;
      overflow: visible;
    }
    .more {
      display: none;
    }
  }
`;
