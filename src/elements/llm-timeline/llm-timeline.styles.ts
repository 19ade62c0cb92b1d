import { css } from 'lit';

export const timelineStyles = css`
  :host {
    /* Lanes are only those in sight: the element must have a height of its own. */
    height: 420px;
    min-height: 0;
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    padding: 4px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    direction: ltr;
  }
  .map {
    position: relative;
    flex: 1;
    min-width: 0;
    height: 44px;
    overflow: hidden;
    cursor: crosshair;
    touch-action: pan-y;
    user-select: none;
  }
  .map.grip-move {
    cursor: grab;
  }
  .map.grip-start,
  .map.grip-end {
    cursor: ew-resize;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .shade {
    position: absolute;
    inset-block: 0;
    background: color-mix(in srgb, var(--_surface) 72%, transparent);
  }
  .shade.before {
    left: 0;
    width: calc(var(--from) * 100%);
  }
  .shade.after {
    right: 0;
    width: calc((1 - var(--to)) * 100%);
  }
  .window {
    position: absolute;
    inset-block: 0;
    left: calc(var(--from) * 100%);
    width: max(2px, calc((var(--to) - var(--from)) * 100%));
    border: solid var(--_focus);
    border-width: 0 2px;
  }
  .buttons {
    display: flex;
    flex: none;
  }

  .scroller {
    position: relative;
    flex: 1;
    min-height: 0;
    container-type: size;
    overflow: hidden auto;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    direction: ltr;
    touch-action: pan-y;
    user-select: none;
    cursor: default;
  }
  .stage {
    position: sticky;
    top: 0;
    height: 100cqh;
    overflow: hidden;
  }
  .room {
    height: calc(var(--room) * 1px);
  }
  .marks {
    position: absolute;
    inset: 24px 0 0;
    overflow: hidden;
    pointer-events: none;
  }
  .mark {
    position: absolute;
    left: calc(var(--left) * 1px);
    top: calc(var(--top) * 1px);
    width: max(3px, calc(var(--width) * 1px));
    height: 20px;
  }
  .mark.hovered {
    outline: 1px solid var(--_text);
    outline-offset: -1px;
  }
  .mark.selected {
    outline: 2px solid var(--_text);
    box-shadow: inset 0 0 0 2px var(--_background);
  }
  .scroller:focus-visible .mark.selected {
    outline-color: var(--_focus);
  }
  .tip {
    position: absolute;
    left: 0;
    top: 0;
    z-index: 2;
    max-width: min(420px, 100% - 16px);
    padding: 6px 9px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    box-shadow: 0 4px 14px rgb(0 0 0 / 18%);
    pointer-events: none;
    overflow-wrap: anywhere;
  }
  .tip strong {
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .tip p {
    margin: 0;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    line-clamp: 4;
  }
  .tip .failed {
    color: var(--_error);
  }

  .legend {
    display: flex;
    flex: none;
    align-items: center;
    /* Before it is known what it says: the chart must not change its size then. */
    height: 25px;
    gap: 2px 14px;
    padding: 4px 10px;
    overflow: hidden;
    border-block-start: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    white-space: nowrap;
  }
  .legend .kind {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .legend .swatch {
    width: 9px;
    height: 9px;
    border-radius: 2px;
    background: var(--_kind);
  }
  .legend [data-kind='chain'] .swatch,
  .legend [data-kind='span'] .swatch {
    background: color-mix(in srgb, var(--_kind) 38%, var(--_background));
  }
  .legend .failed {
    background: repeating-linear-gradient(135deg, var(--_error) 0 2px, transparent 2px 4px);
  }
  .legend .note {
    flex: none;
    margin-inline-start: auto;
    font-style: italic;
  }
  .legend .note + .untimed {
    margin-inline-start: 0;
  }
  .legend .untimed {
    margin-inline-start: auto;
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
  @media (forced-colors: active) {
    .legend .swatch {
      forced-color-adjust: none;
      background: Highlight;
    }
    .mark.selected {
      outline-color: CanvasText;
    }
  }
`;
