import { css } from 'lit';
import { paletteColours, rampPixels } from '../../internal/canvas-palette.js';

/** The colours of a canvas, as the 32 bits of a pixel. */
export interface HeatColours {
  /** From nothing to the most: 256. */
  readonly steps: Uint32Array;
  /** What is not there, and the lines on it. */
  readonly absent: number;
  readonly hatch: number;
}

const STOPS = ['stop-0', 'stop-25', 'stop-50', 'stop-75', 'stop-100'] as const;

/** The classes of the colours. */
export const HEAT_PALETTE: readonly string[] = [...STOPS, 'surface', 'hatch'];

/** One hue from light to strong, so that lightness alone tells values apart. */
export const heatColourStyles = css`
  :host {
    --_heat: var(--llm-heat, light-dark(#5b1a8b, #ffc24b));
  }
  .palette .stop-0 {
    color: var(--_background);
  }
  .palette .stop-25 {
    color: color-mix(in oklab, var(--_heat) 25%, var(--_background));
  }
  .palette .stop-50 {
    color: color-mix(in oklab, var(--_heat) 50%, var(--_background));
  }
  .palette .stop-75 {
    color: color-mix(in oklab, var(--_heat) 75%, var(--_background));
  }
  .palette .stop-100 {
    color: var(--_heat);
  }
  .palette .hatch {
    color: color-mix(in srgb, var(--_muted) 35%, var(--_surface));
  }
  .ramp {
    display: inline-block;
    width: 72px;
    height: 10px;
    border: 1px solid var(--_line);
    background: linear-gradient(to right in oklab, var(--_background), var(--_heat));
  }
  @media (forced-colors: active) {
    :host {
      --_heat: CanvasText;
      --_background: Canvas;
      --_surface: Canvas;
    }
    .palette .hatch {
      color: GrayText;
    }
    .ramp {
      forced-color-adjust: none;
    }
  }
`;

export function readHeatColours(root: ParentNode): HeatColours | undefined {
  const colours = paletteColours(root);
  if (!colours) return undefined;
  const pixel = (name: string): number => rampPixels([[0, colours.get(name)!]], 1)[0]!;
  return {
    steps: rampPixels(STOPS.map((name, at) => [at / (STOPS.length - 1), colours.get(name)!])),
    absent: pixel('surface'),
    hatch: pixel('hatch'),
  };
}
