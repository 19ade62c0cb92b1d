import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Messages } from '../../i18n/index.js';
import type { InternalsAttention } from '../../internals/index.js';
import { renderPair, type AttentionTokens } from './attention-parts.js';
import type { MatrixCursor } from './matrix-cursor.js';
import { renderLabels, renderMarks } from './matrix-edges.js';
import type { Matrix } from './matrix.js';

export interface Plot {
  matrix: Matrix;
  of: InternalsAttention;
  tokens: AttentionTokens;
  /** Position of the first token of the output. */
  split: number | undefined;
  cursor: MatrixCursor;
  /** The head, in words. */
  name: string;
  /** CSS pixels of the canvas. */
  size: { width: number; height: number };
  messages: Messages;
  onKeydown(event: KeyboardEvent): void;
  onClick(event: MouseEvent): void;
  onPointer(event: PointerEvent): void;
  release(): void;
}

/** The matrix with the tokens at its edges, and what is known of one pair. */
export function renderPlot(plot: Plot): TemplateResult {
  const { matrix, of, tokens, cursor, messages } = plot;
  const { attentionView: words } = messages;
  const { told: pair, part, isHeld } = cursor;
  // As wide as high cells are, but never a line.
  const ratio = Math.max(0.5, Math.min(8, part.columns / part.rows));
  return html`<div class="plot" part="matrix" .style=${`--ratio: ${ratio}`}>
      <p class="visually-hidden" id="keys">${words.keys}</p>
      <div
        class="stage"
        role="application"
        tabindex="0"
        aria-label=${`${words.title}, ${plot.name}`}
        aria-describedby="keys"
        @keydown=${plot.onKeydown}
        @click=${plot.onClick}
      >
        ${renderLabels(tokens, part, pair, plot.size)}
        <div class="matrix" @pointermove=${plot.onPointer} @pointerleave=${() => cursor.hover(undefined)}>
          <canvas aria-hidden="true"></canvas>
          ${renderMarks(part, pair, isHeld, of, plot.split)}
        </div>
      </div>
    </div>
    <div class="card" part="card">
      ${guard([matrix, tokens, pair.row, pair.column, messages], () => renderPair(matrix, tokens, pair, messages))}
      ${
        isHeld
          ? html`<p class="quiet">
              ${words.locked}
              <button type="button" class="button" @click=${plot.release}>${words.unlock}</button>
            </p>`
          : nothing
      }
    </div>`;
}
