import { css } from 'lit';

export const gradientViewStyles = css`
  .frame {
    position: relative;
    padding-block-end: 10px;
    overflow: hidden;
  }
  .sentence,
  .quiet {
    margin: 0;
    padding: 8px 14px 0;
    overflow-wrap: anywhere;
  }
  .quiet {
    padding-block-start: 4px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 8px 14px 4px;
  }
  .tools label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  select {
    min-height: 26px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .scale {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    direction: ltr;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .chart {
    direction: ltr;
    padding: 4px 14px 0;
    --labels: clamp(72px, 26%, 200px);
  }
  .course,
  .axis {
    display: grid;
    grid-template-columns: var(--labels) minmax(0, 1fr);
    column-gap: 8px;
  }
  .course {
    position: relative;
    align-items: center;
    height: 36px;
  }
  .course .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .course small {
    display: block;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .course svg {
    width: 100%;
    height: 34px;
    border-block-end: 1px solid var(--_line);
  }
  .course path {
    fill: none;
    stroke: var(--_llm);
    stroke-width: 1.5px;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }
  .course .ticks {
    stroke: var(--_error);
    stroke-width: 2px;
  }
  .course .ends {
    position: absolute;
    inset-block: 1px;
    right: 0;
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    padding: 0 3px;
    background: color-mix(in srgb, var(--_background) 70%, transparent);
    font-size: 10px;
    line-height: 1.3;
    text-align: end;
    color: var(--_muted);
    pointer-events: none;
  }
  .scroller {
    position: relative;
    height: calc(var(--height) * 1px);
    margin-block-start: 4px;
    overflow: hidden auto;
  }
  .stage {
    position: sticky;
    top: 0;
    display: grid;
    grid-template-columns: var(--labels) minmax(0, 1fr);
    column-gap: 8px;
    height: calc(var(--height) * 1px);
  }
  .room {
    height: calc(var(--room) * 1px);
  }
  .labels {
    padding-block-start: calc(var(--strip) * 1px);
    overflow: hidden;
  }
  .label {
    display: flex;
    gap: 4px;
    height: calc(var(--row) * 1px);
    line-height: calc(var(--row) * 1px);
    font-size: var(--_font-size-small);
    white-space: nowrap;
  }
  .label .name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    direction: rtl;
    text-align: left;
    unicode-bidi: plaintext;
  }
  .label.active .name {
    font-weight: 600;
  }
  .plot {
    position: relative;
    touch-action: pan-y;
    user-select: none;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .mark {
    position: absolute;
    left: calc(var(--left) * 100%);
    top: calc(var(--top) * 1px);
    width: max(3px, calc(var(--width) * 100%));
    height: calc(var(--row) * 1px);
    border: 1px solid var(--_background);
    outline: 2px solid var(--_text);
    pointer-events: none;
  }
  .scroller:not(:focus) .mark.active,
  .mark.hovered {
    outline-width: 1px;
  }
  .axis {
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .axis .ends {
    display: flex;
    justify-content: space-between;
  }
  .card {
    min-height: 2.9em;
    margin: 0;
    padding: 4px 14px;
    overflow-wrap: anywhere;
  }
  .states {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 0;
    padding: 4px 14px 0;
    list-style: none;
    font-size: var(--_font-size-small);
  }
  .swatch {
    display: inline-block;
    flex: none;
    width: 12px;
    height: 12px;
    margin-inline-end: 5px;
    border: 1px solid var(--_line);
    vertical-align: -2px;
  }
  .label .swatch {
    align-self: center;
    margin: 0;
  }
  .swatch.nan {
    background:
      repeating-linear-gradient(45deg, var(--_background) 0 1px, transparent 1px 5px),
      repeating-linear-gradient(-45deg, var(--_background) 0 1px, transparent 1px 5px), var(--_error);
  }
  .swatch.exploding {
    background: repeating-linear-gradient(-45deg, var(--_error) 0 2px, var(--_background) 2px 5px);
  }
  .swatch.vanishing {
    background: repeating-linear-gradient(45deg, var(--_text) 0 1px, var(--_background) 1px 4px);
  }
  .swatch.dead {
    background: linear-gradient(var(--_background) 40%, var(--_text) 40% 60%, var(--_background) 60%);
  }
  .swatch.missing {
    background: linear-gradient(var(--_background) 45%, var(--_line) 45% 55%, var(--_background) 55%);
  }
  details {
    padding: 6px 14px 0;
  }
  summary {
    cursor: pointer;
  }
  tbody th {
    overflow-wrap: anywhere;
    min-width: 90px;
  }
  @media (forced-colors: active) {
    .swatch {
      forced-color-adjust: none;
    }
    .swatch {
      --_background: Canvas;
      --_text: CanvasText;
      --_error: Highlight;
      border-color: CanvasText;
    }
    .course path {
      stroke: CanvasText;
    }
    .course .ticks {
      stroke: Highlight;
    }
  }
  @media print {
    .tools > :not(.scale) {
      display: none;
    }
    canvas,
    .swatch,
    .ramp {
      print-color-adjust: exact;
    }
  }
`;
