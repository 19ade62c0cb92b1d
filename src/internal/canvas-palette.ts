import { css, html, type TemplateResult } from 'lit';

/**
 * A canvas knows no custom properties. Each colour is therefore the `color` of an element that nobody sees, and is read from
 * there. A transition tells when one has changed, for whatever reason: the page's styles, the scheme, forced colours. A view
 * adds colours of its own by styles for `.palette .name`.
 */
export const canvasPalette = css`
  .palette {
    position: absolute;
    width: 0;
    height: 0;
    overflow: hidden;
    visibility: hidden;
    font-size: var(--_font-size-small);
  }
  .palette i {
    transition:
      color 1ms,
      background-color 1ms;
  }
  .palette .error {
    color: var(--_error);
  }
  .palette .text {
    color: var(--_text);
  }
  .palette .background {
    color: var(--_background);
  }
  .palette .surface {
    color: var(--_surface);
  }
  .palette .line {
    color: var(--_line);
  }
  .palette .muted {
    color: var(--_muted);
  }
  @media (forced-colors: active) {
    .palette i {
      forced-color-adjust: none;
    }
    .palette .background,
    .palette .surface {
      color: Canvas;
    }
    .palette .error,
    .palette .text,
    .palette .line,
    .palette .muted {
      color: CanvasText;
    }
  }
`;

/**
 * @param names classes of the colours
 * @param others colours that are told otherwise
 */
export const renderPaletteOf = (
  names: readonly string[],
  onChange: () => void,
  others: readonly TemplateResult[] = [],
): TemplateResult =>
  html`<div class="palette" aria-hidden="true" @transitionend=${onChange}>
    ${others} ${names.map((name) => html`<i class=${name}></i>`)}
  </div>`;

/** The colours by their names, as CSS computes them; `undefined` before they are rendered. */
export function paletteColours(root: ParentNode): ReadonlyMap<string, string> | undefined {
  const items = root.querySelectorAll<HTMLElement>('.palette i[class]');
  if (items.length === 0) return undefined;
  return new Map(Array.from(items, (item) => [item.className, getComputedStyle(item).color]));
}

/** Colours from stop to stop (their places from 0 to 1), as the 32 bits that pixels of an image have. */
export function rampPixels(stops: readonly (readonly [place: number, colour: string])[], count = 256): Uint32Array {
  const canvas = document.createElement('canvas');
  canvas.width = count;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const ramp = context.createLinearGradient(0, 0, count, 0);
  for (const [place, colour] of stops) ramp.addColorStop(place, colour);
  context.fillStyle = ramp;
  context.fillRect(0, 0, count, 1);
  return new Uint32Array(context.getImageData(0, 0, count, 1).data.buffer);
}
