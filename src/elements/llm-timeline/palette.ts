import { css, html, type TemplateResult } from 'lit';
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

/**
 * A canvas knows no custom properties. Each colour is therefore the `color` of an element that nobody sees, and is read from
 * there. A transition tells when one has changed, for whatever reason: the page's styles, the scheme, forced colours.
 */
export const paletteStyles = css`
  .palette {
    position: absolute;
    width: 0;
    height: 0;
    overflow: hidden;
    visibility: hidden;
    font-size: var(--_font-size-small);
  }
  .palette i {
    color: var(--_kind);
    background-color: var(--_background);
    transition:
      color 1ms,
      background-color 1ms;
  }
  /* Spans that only hold others stand back behind those that do something. */
  .palette [data-kind='chain'],
  .palette [data-kind='span'] {
    color: color-mix(in srgb, var(--_kind) 38%, var(--_background));
    background-color: var(--_text);
  }
  .palette .error {
    color: var(--_error);
  }
  .palette .error-ink,
  .palette .background {
    color: var(--_background);
  }
  .palette .waiting {
    color: color-mix(in srgb, var(--_background) 62%, transparent);
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
      color: Canvas;
    }
    .palette i[data-kind] {
      color: Highlight;
      background-color: HighlightText;
    }
    .palette .error,
    .palette .line,
    .palette .muted {
      color: CanvasText;
    }
  }
`;

export const renderPalette = (onChange: () => void): TemplateResult =>
  html`<div class="palette" aria-hidden="true" @transitionend=${onChange}>
    ${SPAN_KINDS.map((kind) => html`<i data-kind=${kind}></i>`)} ${OTHERS.map((name) => html`<i class=${name}></i>`)}
  </div>`;

export function readPalette(root: ParentNode): Palette | undefined {
  const palette = root.querySelector('.palette');
  if (!palette) return undefined;
  const kinds = Array.from(palette.querySelectorAll('[data-kind]'), (item) => getComputedStyle(item));
  const other = (name: (typeof OTHERS)[number]): string =>
    getComputedStyle(palette.getElementsByClassName(name)[0]!).color;
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
