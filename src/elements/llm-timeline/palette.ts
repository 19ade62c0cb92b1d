import { css, html, type TemplateResult } from 'lit';
import { canvasPalette, paletteColours, renderPaletteOf } from '../../internal/canvas-palette.js';
import { SPAN_KINDS } from '../../model/index.js';

/** The colours of a canvas, as CSS computes them. */
export interface Palette {
  /** A fill for each of `SPAN_KINDS`, and what is written on it. */
  readonly fills: readonly string[];
  readonly inks: readonly string[];
  readonly error: string;
  readonly errorInk: string;
  /** Lies over the time before the first token. */
  readonly waiting: string;
  readonly background: string;
  readonly surface: string;
  readonly line: string;
  readonly muted: string;
  /** CSS families. */
  readonly font: string;
  /** In px. */
  readonly fontSize: number;
}

const OTHERS = ['error', 'error-ink', 'waiting', 'background', 'surface', 'line', 'muted'] as const;

/** What the timeline has of its own. */
const ownStyles = css`
  .palette [data-kind] {
    color: var(--_kind);
    background-color: var(--_background);
  }
  /* Spans that only hold others stand back behind those that do something. */
  .palette [data-kind='chain'],
  .palette [data-kind='span'] {
    color: color-mix(in srgb, var(--_kind) 38%, var(--_background));
    background-color: var(--_text);
  }
  .palette .error-ink {
    color: var(--_background);
  }
  .palette .waiting {
    color: color-mix(in srgb, var(--_background) 62%, transparent);
  }
  @media (forced-colors: active) {
    .palette .error-ink,
    .palette .waiting {
      color: Canvas;
    }
    .palette [data-kind] {
      color: Highlight;
      background-color: HighlightText;
    }
  }
`;

export const paletteStyles = [canvasPalette, ownStyles];

export const renderPalette = (onChange: () => void): TemplateResult =>
  renderPaletteOf(
    OTHERS,
    onChange,
    SPAN_KINDS.map((kind) => html`<i data-kind=${kind}></i>`),
  );

export function readPalette(root: ParentNode): Palette | undefined {
  const palette = root.querySelector('.palette');
  if (!palette) return undefined;
  const kinds = Array.from(palette.querySelectorAll('[data-kind]'), (item) => getComputedStyle(item));
  const colours = paletteColours(root);
  if (!colours) return undefined;
  const other = (name: (typeof OTHERS)[number]): string => colours.get(name)!;
  const { fontFamily, fontSize } = getComputedStyle(palette);
  return {
    fills: kinds.map(({ color }) => color),
    inks: kinds.map(({ backgroundColor }) => backgroundColor),
    error: other('error'),
    errorInk: other('error-ink'),
    waiting: other('waiting'),
    background: other('background'),
    surface: other('surface'),
    line: other('line'),
    muted: other('muted'),
    font: fontFamily,
    fontSize: parseFloat(fontSize) || 11,
  };
}
