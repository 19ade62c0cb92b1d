import { css } from 'lit';

export const attentionViewStyles = css`
  :host {
    container: llm-attention-view / inline-size;
    --_bar: var(--_heat);
  }
  .legend {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    font-size: var(--_font-size-small);
  }
  .scale {
    direction: ltr;
  }
  .absent-sample {
    display: inline-block;
    width: 14px;
    height: 10px;
    margin-inline-start: 8px;
    border: 1px solid var(--_line);
    background: repeating-linear-gradient(
      135deg,
      color-mix(in srgb, var(--_muted) 45%, var(--_surface)) 0 1px,
      var(--_surface) 1px 4px
    );
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 236px) minmax(0, 1fr) minmax(0, 270px);
    align-items: start;
    min-height: 0;
  }
  .heads,
  .plot {
    display: grid;
    gap: 6px;
    padding: 8px 14px;
  }
  .heads {
    justify-items: start;
  }
  .heads label {
    max-width: 100%;
  }
  .grid {
    --cell: min(24px, 208px / var(--heads));
    position: relative;
    width: calc(var(--cell) * var(--heads));
    max-width: 100%;
    height: clamp(24px, var(--layers) * min(24px, var(--cell) * 1.5), 320px);
    border: 1px solid var(--_line);
    direction: ltr;
    cursor: default;
  }
  .grid canvas,
  .matrix canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    image-rendering: pixelated;
  }
  .stage {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    width: 100%;
    max-width: var(--llm-attention-size, 620px);
    direction: ltr;
  }
  .matrix {
    position: relative;
    grid-area: 2 / 2;
    aspect-ratio: var(--ratio);
    min-height: 24px;
    overflow: hidden;
    border: 1px solid var(--_line);
    cursor: crosshair;
    touch-action: pan-x pan-y pinch-zoom;
  }
  .edge {
    position: relative;
    font: 11px/14px var(--_font-mono);
    color: var(--_muted);
  }
  .edge.columns {
    grid-area: 1 / 2;
    height: calc(var(--longest) * 1ch + 6px);
    margin-block-end: 3px;
  }
  .edge.rows {
    grid-area: 2 / 1;
    width: calc(var(--longest) * 1ch + 6px);
    margin-inline-end: 5px;
  }
  .label {
    position: absolute;
    white-space: pre;
    unicode-bidi: isolate;
  }
  .rows .label {
    right: 0;
    top: calc(var(--at) * 100%);
    transform: translateY(-50%);
  }
  .columns .label {
    bottom: 0;
    left: calc(var(--at) * 100%);
    writing-mode: vertical-rl;
    transform: translateX(-50%) rotate(180deg);
  }
  .label.active {
    color: var(--_text);
    font-weight: 700;
  }
  .marks {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .split {
    position: absolute;
    border: 0 dashed var(--_focus);
  }
  .split.across {
    inset-inline: 0;
    top: calc(var(--at) * 100%);
    border-block-start-width: 1px;
  }
  .split.down {
    inset-block: 0;
    left: calc(var(--at) * 100%);
    border-inline-start-width: 1px;
  }
  .band {
    position: absolute;
    background: color-mix(in srgb, var(--_focus) 13%, transparent);
  }
  .band.across {
    inset-inline: 0;
    top: calc(var(--top) * 100%);
    height: max(1px, var(--height) * 100%);
  }
  .band.down {
    inset-block: 0;
    left: calc(var(--left) * 100%);
    width: max(1px, var(--width) * 100%);
  }
  .pair {
    position: absolute;
    top: calc(var(--top) * 100%);
    left: calc(var(--left) * 100%);
    width: calc(var(--width) * 100%);
    height: calc(var(--height) * 100%);
    outline: 1px solid var(--_focus);
    pointer-events: none;
  }
  .pair.held {
    outline-width: 2px;
  }
  .card h4 {
    margin: 8px 0 4px;
    font: inherit;
    font-weight: 600;
  }
  .facts dd {
    white-space: pre-wrap;
  }
  @container llm-attention-view (max-width: 900px) {
    .body {
      grid-template-columns: minmax(0, 1fr) minmax(0, 250px);
    }
    .heads {
      grid-column: 1 / -1;
    }
  }
  @container llm-attention-view (max-width: 620px) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .card {
      min-height: 190px;
      border-inline-start: 0;
      border-block-start: 1px solid var(--_line);
    }
  }
  @media (forced-colors: active) {
    .pair,
    .split {
      outline-color: Highlight;
      border-color: Highlight;
    }
    .absent-sample {
      border-color: CanvasText;
      background: repeating-linear-gradient(135deg, GrayText 0 1px, Canvas 1px 4px);
      forced-color-adjust: none;
    }
  }
  @media print {
    .body {
      display: block;
    }
    .stage,
    .card {
      break-inside: avoid;
    }
  }
`;
