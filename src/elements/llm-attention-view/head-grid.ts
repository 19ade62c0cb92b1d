import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { AttentionHeads, FigureName } from './attention-heads.js';
import { figuresOf, figureText, headText } from './attention-parts.js';
import { HeatCanvas } from './heat-canvas.js';
import type { HeatColours } from './heat-colours.js';
import { paintHeat } from './heat-map.js';
import { pairAt, type Pair } from './matrix-part.js';
import { greatestOf, type HeadPool, type Matrix } from './matrix.js';

interface GridHost {
  canvas(): HTMLCanvasElement | null;
  colours(): HeatColours | undefined;
  choose(layer: number, head: number | HeadPool): void;
}

/** What is chosen in the grid. */
export interface GridChoice {
  readonly layer: number;
  readonly head: number | HeadPool;
  readonly measure: FigureName;
}

const ARROWS: ReadonlyMap<string, readonly [layers: number, heads: number]> = new Map([
  ['ArrowDown', [1, 0]],
  ['ArrowUp', [-1, 0]],
  ['ArrowRight', [0, 1]],
  ['ArrowLeft', [0, -1]],
]);

/** Layers and heads, each as one figure of it: drawn without any matrix where the figures are stated. */
export class HeadGrid {
  readonly #update: () => void;
  readonly #host: GridHost;
  readonly #heat: HeatCanvas;
  #heads: AttentionHeads | undefined;
  #choice: GridChoice | undefined;
  #made: readonly unknown[] = [];
  #figures: Matrix | undefined;
  #hovered: Pair | undefined;

  constructor(element: ReactiveControllerHost, host: GridHost) {
    this.#update = () => element.requestUpdate();
    this.#host = host;
    this.#heat = new HeatCanvas(element, host.canvas, (canvas, size) => {
      const colours = host.colours();
      const figures = this.#figures;
      if (!figures || !colours) return;
      const part = { row: 0, rows: figures.rows, column: 0, columns: figures.columns };
      paintHeat(canvas, size, figures, part, { end: greatestOf(figures), scale: 'linear', colours });
    });
  }

  /** Draws it where it is another, or more is known. */
  show(heads: AttentionHeads, measure: FigureName, version: number): void {
    const made = [heads, measure, version];
    if (made.some((part, at) => part !== this.#made[at])) {
      this.#made = made;
      const { layers, heads: numbers } = heads;
      const { length } = numbers;
      const values = Float32Array.from(
        { length: layers.length * length },
        (_, at) => heads.figure(measure, layers[Math.floor(at / length)]!, numbers[at % length]!) ?? NaN,
      );
      this.#figures = { values, rows: layers.length, columns: length };
    }
    this.#heat.show(this.#figures, this.#host.colours());
  }

  render(
    heads: AttentionHeads,
    choice: GridChoice,
    messages: Messages,
    setMeasure: (measure: FigureName) => void,
  ): TemplateResult {
    const words = messages.attentionView;
    this.#heads = heads;
    this.#choice = choice;
    const { layers, heads: numbers } = heads;
    const { layer, head, measure } = choice;
    const hovered = this.#hovered && numbers[this.#hovered.column] !== undefined ? this.#hovered : undefined;
    const [shownLayer, shownHead] = hovered ? [layers[hovered.row]!, numbers[hovered.column]!] : [layer, head];
    const figure = typeof shownHead === 'number' ? heads.figure(measure, shownLayer, shownHead) : undefined;
    const top = layers.indexOf(layer) / layers.length;
    const isOne = typeof head === 'number';
    const left = isOne ? numbers.indexOf(head) / numbers.length : 0;
    return html`<div class="heads" part="grid">
      <label
        >${words.headsBy}
        <select @change=${(event: Event) => setMeasure((event.target as HTMLSelectElement).value as FigureName)}>
          ${figuresOf(heads).map(
            (name) => html`<option value=${name} ?selected=${name === measure}>${words.figures[name]}</option>`,
          )}
        </select></label
      >
      <p class="visually-hidden" id="grid-keys">${words.gridKeys}</p>
      <div
        class="grid"
        role="application"
        tabindex="0"
        aria-label=${`${words.heads}: ${headText(layer, head, messages)}`}
        aria-describedby="grid-keys"
        .style=${`--layers: ${layers.length}; --heads: ${numbers.length}`}
        @keydown=${this.#onKeydown}
        @click=${this.#onClick}
        @pointermove=${this.#onPointer}
        @pointerleave=${() => this.#hover(undefined)}
      >
        <canvas aria-hidden="true"></canvas>
        <span
          class="pair held"
          .style=${`--top: ${top}; --left: ${left}; --height: ${1 / layers.length}; --width: ${isOne ? 1 / numbers.length : 1}`}
        ></span>
      </div>
      <p class="quiet">
        ${headText(shownLayer, shownHead, messages)}${
          typeof shownHead === 'number' ? `: ${words.figures[measure]} ${figureText(measure, figure, messages)}` : ''
        }
      </p>
    </div>`;
  }

  #pairBelow(event: MouseEvent): Pair | undefined {
    const box = this.#host.canvas()?.getBoundingClientRect();
    const figures = this.#figures;
    return (
      box &&
      figures &&
      pairAt({ row: 0, rows: figures.rows, column: 0, columns: figures.columns }, box, event.clientX, event.clientY)
    );
  }

  #hover(pair: Pair | undefined): void {
    if (pair?.row === this.#hovered?.row && pair?.column === this.#hovered?.column) return;
    this.#hovered = pair;
    this.#update();
  }

  readonly #onPointer = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#hover(this.#pairBelow(event));
  };

  readonly #onClick = (event: MouseEvent): void => {
    const pair = this.#pairBelow(event);
    if (pair) this.#host.choose(this.#heads!.layers[pair.row]!, this.#heads!.heads[pair.column]!);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const arrow = event.altKey || event.ctrlKey || event.metaKey ? undefined : ARROWS.get(event.key);
    if (!arrow) return;
    event.preventDefault();
    const { layers, heads } = this.#heads!;
    const { layer, head } = this.#choice!;
    const moved = (all: readonly number[], at: number, by: number): number =>
      all[Math.max(0, Math.min(all.length - 1, at + by))]!;
    this.#hovered = undefined;
    this.#host.choose(
      moved(layers, layers.indexOf(layer), arrow[0]),
      typeof head === 'number' || arrow[1] !== 0
        ? moved(heads, typeof head === 'number' ? heads.indexOf(head) : -1, arrow[1])
        : head,
    );
  };
}
