import { html, nothing, type TemplateResult } from 'lit';
import type { InternalsAttention } from '../../internals/index.js';
import type { AttentionTokens } from './attention-parts.js';
import type { Part } from './heat-map.js';
import { everySo, type Pair } from './matrix-part.js';

/** CSS pixels that a label takes across its text. */
const LABEL = 14;
const LONGEST = 12;
const LEAST = 5;

/** The tokens at the edges, as many as there is room for; those of the pair always. */
export function renderLabels(
  tokens: AttentionTokens,
  part: Part,
  pair: Pair,
  { width, height }: { width: number; height: number },
): TemplateResult {
  const columns = placed(part.column, part.columns, pair.column, width);
  const rows = placed(part.row, part.rows, pair.row, height);
  return html`${renderEdge('columns', columns, (at) => tokens.column(at, LONGEST))}
  ${renderEdge('rows', rows, (at) => tokens.row(at, LONGEST))}`;
}

/** As wide as its longest label, and never less than a few signs: it must not jump from pair to pair. */
function renderEdge(name: string, labels: readonly Label[], textOf: (at: number) => string): TemplateResult {
  const texts = labels.map(({ at }) => textOf(at));
  const longest = texts.reduce((most, { length }) => Math.max(most, length), LEAST);
  return html`<div class=${`edge ${name}`} aria-hidden="true" .style=${`--longest: ${longest}`}>
    ${labels.map(
      ({ isActive, place }, at) =>
        html`<span class=${isActive ? 'label active' : 'label'} .style=${`--at: ${place}`}
          ><bdi>${texts[at]!}</bdi></span
        >`,
    )}
  </div>`;
}

interface Label {
  readonly at: number;
  readonly isActive: boolean;
  readonly place: number;
}

function placed(first: number, count: number, active: number, pixels: number): Label[] {
  const room = Math.floor(pixels / LABEL);
  const apart = room > 0 ? count / room : count;
  const shown = everySo(count, room)
    .map((at) => first + at)
    .filter((at) => at !== active && Math.abs(at - active) >= apart);
  if (active >= first && active < first + count) shown.push(active);
  return shown.map((at) => ({ at, isActive: at === active, place: (at - first + 0.5) / count }));
}

/** What lies over the drawing: the pair with its row and column, and where the output begins. */
export function renderMarks(
  part: Part,
  { row, column }: Pair,
  isHeld: boolean,
  { q, k }: Pick<InternalsAttention, 'q' | 'k'>,
  split: number | undefined,
): TemplateResult {
  const top = (row - part.row) / part.rows;
  const left = (column - part.column) / part.columns;
  const isIn = top >= 0 && top < 1 && left >= 0 && left < 1;
  const line = (name: string, at: number, first: number, count: number): TemplateResult | typeof nothing =>
    at > first && at < first + count
      ? html`<span class=${`split ${name}`} .style=${`--at: ${(at - first) / count}`}></span>`
      : nothing;
  const style = `--top: ${top}; --left: ${left}; --height: ${1 / part.rows}; --width: ${1 / part.columns}`;
  return html`<div class="marks" aria-hidden="true">
    ${
      split === undefined
        ? nothing
        : html`${line('across', split - q[0], part.row, part.rows)}${line('down', split - k[0], part.column, part.columns)}`
    }
    ${
      isIn
        ? html`<span class="band across" .style=${style}></span><span class="band down" .style=${style}></span>
            <span class=${isHeld ? 'pair held' : 'pair'} .style=${style}></span>`
        : nothing
    }
  </div>`;
}
