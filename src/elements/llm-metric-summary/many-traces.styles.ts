import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

/** For many traces; beside those of the figures of one. */
export const manyTracesStyles = css`
  .many {
    height: 100%;
    overflow: auto;
  }
  .totals {
    border-block-end: 1px solid var(--_line);
  }
  .range {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-height: 38px;
    padding: 6px 16px;
    color: var(--_muted);
  }
  .plots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
    gap: 18px 24px;
    padding: 6px 16px 14px;
  }
  .plot {
    min-width: 0;
  }
  .plot-head {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .plot-head .muted {
    margin-inline-start: auto;
    font-size: var(--_font-size-small);
    white-space: nowrap;
  }
  h3 {
    ${cutText}
    margin: 0 0 2px;
    min-width: 0;
    font: inherit;
    font-weight: 600;
  }
  .legend {
    gap: 0 12px;
    min-height: 34px;
    align-content: start;
    font-size: var(--_font-size-small);
  }
  .legend li,
  .totals li {
    min-width: 0;
  }
  .legend li:not(.kinds) {
    align-items: center;
    gap: 5px;
    margin: 0;
    border: 0;
    max-width: 100%;
  }
  .legend b {
    font-weight: 600;
    white-space: nowrap;
  }
  .series-name {
    ${cutText}
    min-width: 0;
  }
  .legend .series-name {
    max-width: 22ch;
    color: var(--_muted);
  }
  .swatch {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: var(--_series);
  }
  .series-0 {
    --_series: var(--_llm);
  }
  .series-1 {
    --_series: var(--_tool);
  }
  .series-2 {
    --_series: var(--_agent);
  }
  .series-3 {
    --_series: var(--_retriever);
  }
  .series-4 {
    --_series: var(--_chain);
  }
  .bad-series {
    --_series: var(--_error);
  }
  .area {
    position: relative;
    height: 100px;
    padding-block-start: 16px;
    border-block-end: 1px solid var(--_line);
    direction: ltr;
    cursor: crosshair;
    touch-action: pan-y;
    user-select: none;
  }
  .area svg {
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  .bar {
    fill: var(--_series);
  }
  .line {
    fill: none;
    stroke: var(--_series);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .marked-time {
    position: absolute;
    inset-block: 0;
    background: color-mix(in srgb, var(--_focus) 16%, transparent);
    border-inline: 1px solid var(--_focus);
    pointer-events: none;
  }
  .most {
    position: absolute;
    top: 0;
    left: 0;
    font-size: var(--_font-size-small);
    line-height: 1.3;
    color: var(--_muted);
    pointer-events: none;
  }
  .table summary {
    width: fit-content;
    padding: 4px 0;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    cursor: pointer;
  }
  .table-frame {
    max-height: 240px;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 12px;
  }
  th,
  td {
    padding: 3px 8px 3px 0;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  th {
    color: var(--_muted);
  }
  th:first-child {
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .link-button {
    min-height: 24px;
    color: var(--_focus);
  }
  .link-button:hover:enabled {
    text-decoration: underline;
  }
  .link-button:disabled {
    color: var(--_muted);
    cursor: default;
  }
  .kinds-of-error {
    display: block;
  }
  .kinds-of-error li:not(.kinds) {
    margin: 0 0 2px;
    border: 0;
  }
  .kinds-of-error button {
    position: relative;
    display: flex;
    gap: 8px;
    align-items: center;
    width: 100%;
    min-width: 0;
    min-height: 26px;
    padding: 2px 8px;
  }
  .kinds-of-error button:hover {
    background: var(--_hover);
  }
  .kinds-of-error b {
    margin-inline-start: auto;
  }
  .kinds-of-error button > :not(.share) {
    position: relative;
  }
  .share {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_error) 18%, transparent);
  }
  .many .error-text {
    color: var(--_error);
  }
  .left-out,
  .many p.muted {
    margin: 0;
    font-size: var(--_font-size-small);
  }
  .left-out {
    padding: 0 16px 12px;
  }
  .nothing {
    margin: 0;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .nothing p {
    margin: 0 0 10px;
  }
  @container llm-metric-summary (max-width: 600px) {
    .legend {
      flex-wrap: wrap;
    }
    .kinds-of-error {
      overflow: hidden;
    }
  }
  @media (forced-colors: active) {
    .swatch,
    .marked-time,
    .share {
      forced-color-adjust: none;
    }
    .series-0 {
      --_series: CanvasText;
    }
    .series-1 {
      --_series: Highlight;
    }
    .series-2 {
      --_series: LinkText;
    }
    .series-3,
    .series-4 {
      --_series: GrayText;
    }
    .bad-series {
      --_series: Highlight;
    }
    .line.series-1 {
      stroke-dasharray: 4 3;
    }
    .line.series-2 {
      stroke-dasharray: 1 4;
    }
  }
  @media print {
    .many {
      height: auto;
      overflow: visible;
    }
    .plot {
      break-inside: avoid;
    }
  }
`;
