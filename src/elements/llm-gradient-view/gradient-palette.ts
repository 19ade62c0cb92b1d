import { css, html, type TemplateResult } from 'lit';
import { paletteColours, rampPixels } from '../../internal/canvas-palette.js';

/** The colours of the canvas. */
export interface GradientPalette {
  /** From the smallest norm to the greatest, as pixels have them. */
  readonly ramp: Uint32Array;
  readonly error: string;
  readonly text: string;
  readonly background: string;
  readonly line: string;
}

export const PALETTE = ['low', 'middle', 'high', 'error', 'text', 'background', 'line'] as const;

/** Where the middle colour stands. */
const MIDDLE = 0.6;

/** The scale goes in one direction from the background to the text, so that it is one of lightness too, light and dark. */
export const paletteStyles = css`
  :host {
    --_low: color-mix(in oklab, var(--_llm) 10%, var(--_background));
    --_high: color-mix(in oklab, var(--_text) 80%, var(--_llm));
  }
  .palette .low {
    color: var(--_low);
  }
  .palette .middle {
    color: var(--_llm);
  }
  .palette .high {
    color: var(--_high);
  }
  .ramp {
    width: 96px;
    height: 12px;
    border: 1px solid var(--_line);
    background: linear-gradient(to right, var(--_low), var(--_llm) ${MIDDLE * 100}%, var(--_high));
  }
  @media (forced-colors: active) {
    :host {
      --_low: color-mix(in srgb, CanvasText 10%, Canvas);
      --_llm: color-mix(in srgb, CanvasText 46%, Canvas);
      --_high: color-mix(in srgb, CanvasText 70%, Canvas);
    }
    .palette .low {
      color: var(--_low);
    }
    .palette .middle {
      color: var(--_llm);
    }
    .palette .high {
      color: var(--_high);
    }
    .palette .error {
      color: Highlight;
    }
    .ramp {
      forced-color-adjust: none;
    }
  }
`;

/** The scale, from the smallest norm to the greatest. */
export const renderRamp = (): TemplateResult => html`<span class="ramp" aria-hidden="true"></span>`;

export function readPalette(root: ParentNode): GradientPalette | undefined {
  const colours = paletteColours(root);
  if (!colours) return undefined;
  const colour = (name: (typeof PALETTE)[number]): string => colours.get(name)!;
  return {
    ramp: rampPixels([
      [0, colour('low')],
      [MIDDLE, colour('middle')],
      [1, colour('high')],
    ]),
    error: colour('error'),
    text: colour('text'),
    background: colour('background'),
    line: colour('line'),
  };
}
