import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { maskedInternals, type Internals, type ResolvePart } from '../../internals/index.js';
import { canvasPalette, renderPaletteOf } from '../../internal/canvas-palette.js';
import { MaskingElement } from '../../internal/content-element.js';
import { base } from '../../internal/styles/base.js';
import { insideModel } from '../../internal/styles/inside-model.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { tokens as tokenStyles } from '../../internal/styles/tokens.js';
import type { Span } from '../../model/index.js';
import type { TokenRange } from '../events/index.js';
import { renderProblems } from '../llm-token-view/empty.js';
import { TokenChoice } from '../llm-token-view/token-choice.js';
import { AttentionHeads, type FigureName } from './attention-heads.js';
import { attentionAction, neighbour, type AttentionAction } from './attention-keys.js';
import { AttentionTokens, figuresOf, headText, looksText, pairText, renderNoMatrix } from './attention-parts.js';
import { renderHeadsTable, renderLooksTable } from './attention-table.js';
import { renderTools } from './attention-tools.js';
import { HeadGrid } from './head-grid.js';
import { HeatCanvas } from './heat-canvas.js';
import { HEAT_PALETTE, heatColourStyles, readHeatColours, type HeatColours } from './heat-colours.js';
import { paintHeat, type HeatScale } from './heat-map.js';
import { attentionViewStyles } from './llm-attention-view.styles.js';
import { MatrixCursor } from './matrix-cursor.js';
import { pairAt, type Pair } from './matrix-part.js';
import { renderPlot } from './matrix-plot.js';
import type { HeadPool } from './matrix.js';
import { ShownMatrix } from './shown-matrix.js';

/**
 * Where the heads of a model looked: a grid of layers and heads, and the matrix of one of them, from each token that looks (rows) to
 * the tokens that it looks at (columns). One matrix is unpacked at a time. A pair is told of under the pointer, held by a click, and
 * gone to by keys. What was not captured is hatched, never drawn as zero; a table has the same as text.
 *
 * Keys: arrows go from pair to pair, Page Up and Page Down by ten rows; `l` and `h` to the next layer and head, with Shift back; `s`
 * hides the first token; `+` and `-` zoom; Enter holds a pair, Escape lets go.
 *
 * @summary Attention of layers and heads.
 * @fires {LlmTokenSelectEvent} llm-token-select - A person chose the token that looks.
 * @csspart toolbar - What is shown, and how.
 * @csspart grid - Layers and heads.
 * @csspart matrix - The matrix of a head, with the tokens at its edges.
 * @csspart card - What is known of one pair.
 * @cssprop --llm-heat - The strongest colour of a heat map.
 * @cssprop --llm-attention-size - The greatest width of the matrix.
 */
export class LlmAttentionView extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [
    tokenStyles,
    base,
    smallTable,
    insideModel,
    canvasPalette,
    heatColourStyles,
    attentionViewStyles,
  ];

  /** The span whose attention is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** What is shown in place of what the span holds. */
  @property({ attribute: false }) internals: Internals | undefined;

  /** Finds parts that are kept elsewhere. */
  @property({ attribute: false }) resolve: ResolvePart | undefined;

  /** The layer that is shown; without one, the first that was captured. */
  @property({ type: Number }) layer: number | undefined;

  /** The head that is shown, or `mean` or `max` of all of the layer. */
  @property() head: number | HeadPool | undefined;

  /** What the grid is coloured by: `sink`, `prev` or `entropy`. */
  @property() measure: FigureName = 'sink';

  /** Whether the first token is left out, which heads without anything to do look at. */
  @property({ type: Boolean, attribute: 'hide-sink' }) hideSink = false;

  /** `linear`, or `log`: from a thousandth of the greatest value. */
  @property() scale: HeatScale = 'linear';

  /** The tokens that are chosen. */
  @property({ attribute: false }) selected: TokenRange | undefined;

  @query('.matrix canvas') private canvas!: HTMLCanvasElement | null;
  @query('.stage') private stage!: HTMLElement | null;

  /** Which of the records. */
  @state() private record = 0;
  @state() private isTable = false;
  @state() private page = 0;
  @state() private headPage = 0;
  /** What a screen reader is told: where the keys led. */
  @state() private said = '';

  #heads: AttentionHeads | undefined;
  #tokens: AttentionTokens | undefined;
  #made: readonly unknown[] = [];
  #colours: HeatColours | undefined;
  readonly #choice = new TokenChoice(this);
  readonly #shown = new ShownMatrix(this);
  readonly #cursor = new MatrixCursor(() => this.requestUpdate());
  readonly #heat = new HeatCanvas(
    this,
    () => this.canvas,
    (canvas, size) => {
      const { matrix, end } = this.#shown;
      const colours = (this.#colours ??= readHeatColours(this.renderRoot));
      if (matrix && colours) paintHeat(canvas, size, matrix, this.#cursor.part, { end, scale: this.scale, colours });
    },
  );
  readonly #grid = new HeadGrid(this, {
    canvas: () => this.renderRoot.querySelector<HTMLCanvasElement>('.grid canvas'),
    colours: () => (this.#colours ??= readHeatColours(this.renderRoot)),
    choose: (layer, head) => this.#showHead(layer, head),
  });

  /** Once the matrix is unpacked. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#shown.done;
    return super.getUpdateComplete();
  }

  override focus(options?: FocusOptions): void {
    this.stage?.focus(options);
  }

  get #held(): Internals | undefined {
    return this.internals ?? this.span?.internals;
  }

  get #layer(): number {
    const heads = this.#heads!;
    return this.layer !== undefined && heads.layers.includes(this.layer) ? this.layer : (heads.first ?? 0);
  }

  get #head(): number | HeadPool {
    if (this.head === 'mean' || this.head === 'max') return this.head;
    const { heads } = this.#heads!;
    const wanted = Number.parseInt(String(this.head), 10);
    return heads.includes(wanted)
      ? wanted
      : (heads.find((head) => this.#heads!.has(this.#layer, head)) ?? heads[0] ?? 0);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('span') as Span | undefined;
    if (
      (changed.has('span') && (before?.id !== this.span?.id || before?.traceId !== this.span?.traceId)) ||
      changed.has('internals')
    ) {
      this.record = 0;
      if (!changed.has('selected')) this.selected = undefined;
    }
    if (changed.has('theme')) this.#colours = undefined;
    this.#takeRecord();
    const heads = this.#heads;
    if (!heads) return this.#shown.want(undefined);
    if (changed.has('selected') && this.#choice.isByPage() && this.selected) {
      const row = this.selected.start - heads.of.q[0];
      if (row >= 0 && row < heads.rows) this.#cursor.goToRow(row);
    }
    this.#shown.want({ heads, layer: this.#layer, head: this.#head, hidesSink: this.hideSink });
    this.#cursor.meet(this.#shown.matrix);
  }

  /** Other heads only where the record is another, or other texts are masked. */
  #takeRecord(): void {
    const { settings, resolve } = this;
    const held = this.#held;
    const records = held?.attention ?? [];
    const of = records[this.record] ?? records[0];
    const made = [held, of, resolve, settings.version];
    if (made.every((part, at) => part === this.#made[at]) && this.#made.length > 0) return;
    const isOther = this.#made[1] !== of;
    this.#made = made;
    const { masking } = settings;
    const shown = held && masking ? maskedInternals(held, (text) => masking(text, '')) : held;
    this.#tokens = of && new AttentionTokens(shown?.tokens?.text ?? [], of);
    this.#heads =
      of && of.q[1] > of.q[0] && of.k[1] > of.k[0] ? new AttentionHeads(of, held?.model, resolve) : undefined;
    if (!isOther) return;
    this.page = this.headPage = 0;
    const heads = this.#heads;
    // The first token of the output, where that is among them.
    if (of && heads) this.#cursor.enter(heads.rows, heads.columns, (held?.tokens?.split ?? 0) - of.q[0]);
  }

  protected override updated(): void {
    const heads = this.#heads;
    if (!heads) return;
    const { row, rows, column, columns } = this.#cursor.part;
    const colours = (this.#colours ??= readHeatColours(this.renderRoot));
    this.#heat.show(this.#shown.matrix, this.scale, colours, row, rows, column, columns);
    this.#grid.show(heads, this.#measure, this.#shown.version);
  }

  get #measure(): FigureName {
    const names = figuresOf(this.#heads!);
    return names.find((name) => name === this.measure) ?? names[0]!;
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    const words = messages.attentionView;
    const heads = this.#heads;
    const problems = renderProblems(this.internals ? [] : (this.span?.internalsProblems ?? []), messages);
    if (!heads) {
      return html`<div class="frame">
        ${problems}
        <p class="note">${words.notCaptured} ${words.howTo}</p>
      </div>`;
    }
    const tokens = this.#tokens!;
    return html`<div class="frame" aria-busy=${String(this.#shown.isWorking)}>
      ${renderTools({
        heads,
        records: this.#held!.attention!,
        record: Math.min(this.record, this.#held!.attention!.length - 1),
        layer: this.#layer,
        head: this.#head,
        hideSink: this.hideSink,
        scale: this.scale,
        zoom: this.#cursor.zoom,
        mostZoom: this.#cursor.mostZoom,
        greatest: this.#shown.greatest,
        end: this.#shown.end,
        isTable: this.isTable,
        messages,
        change: (changes) => Object.assign(this, changes),
        zoomBy: (by) => this.#act({ type: 'zoom', by }),
      })}
      ${problems}
      <p class="note">
        ${words.sentence(headText(this.#layer, this.#head, messages), heads.rows, heads.columns)}
        ${this.hideSink ? words.sinkHidden : nothing} ${heads.isSparse(this.#layer) ? words.notKept : nothing}
        ${words.notExplanation}
      </p>
      ${this.isTable ? this.#renderTables(heads, tokens) : this.#renderDrawing(heads, tokens)}
      ${renderPaletteOf(HEAT_PALETTE, () => {
        this.#colours = undefined;
        this.requestUpdate();
      })}
    </div>`;
  }

  #renderTables(heads: AttentionHeads, tokens: AttentionTokens): TemplateResult {
    const { matrix, version } = this.#shown;
    const { messages } = this;
    return html`${
      matrix
        ? guard([matrix, tokens, this.page, messages], () =>
            renderLooksTable(matrix, tokens, this.page, messages, (page) => (this.page = page)),
          )
        : renderNoMatrix(heads, this.#shown, messages)
    }
    ${guard([heads, version, this.headPage, messages], () =>
      renderHeadsTable(heads, this.headPage, messages, (page) => (this.headPage = page)),
    )}`;
  }

  #renderDrawing(heads: AttentionHeads, tokens: AttentionTokens): TemplateResult {
    const { messages } = this;
    const { matrix } = this.#shown;
    const choice = { layer: this.#layer, head: this.#head, measure: this.#measure };
    return html`<div class="body">
        ${this.#grid.render(heads, choice, messages, (measure) => (this.measure = measure))}
        ${
          matrix
            ? renderPlot({
                matrix,
                of: heads.of,
                tokens,
                split: this.#held?.tokens?.split,
                cursor: this.#cursor,
                name: headText(this.#layer, this.#head, messages),
                size: this.#heat,
                messages,
                onKeydown: this.#onKeydown,
                onClick: this.#onClick,
                onPointer: this.#onPointer,
                release: this.#release,
              })
            : html`<div class="plot">${renderNoMatrix(heads, this.#shown, messages)}</div>`
        }
      </div>
      <div class="visually-hidden" role="status">${this.said}</div>`;
  }

  // --- What a person does --------------------------------------------------------------------------------------------

  #pairBelow(event: MouseEvent): Pair | undefined {
    const box = this.canvas?.getBoundingClientRect();
    return box && pairAt(this.#cursor.part, box, event.clientX, event.clientY);
  }

  readonly #onPointer = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#cursor.hover(this.#pairBelow(event));
  };

  readonly #onClick = (event: MouseEvent): void => {
    const pair = this.#pairBelow(event);
    if (!pair) return;
    const { active, isHeld } = this.#cursor;
    if (isHeld && active.row === pair.row && active.column === pair.column) return this.#release();
    this.#cursor.moveTo(pair);
    this.#hold();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const action = attentionAction(event);
    if (!action || event.target !== this.stage) return;
    event.preventDefault();
    this.#cursor.hover(undefined);
    this.#act(action);
  };

  #act(action: AttentionAction): void {
    const heads = this.#heads;
    if (!heads) return;
    const cursor = this.#cursor;
    const { active } = cursor;
    switch (action.type) {
      case 'move':
        cursor.moveTo({ row: active.row + action.rows, column: active.column + action.columns });
        if (cursor.isHeld) this.#selectRow();
        return this.#say(pairText);
      case 'first':
      case 'last':
        cursor.moveTo({ ...active, column: action.type === 'first' ? 0 : heads.columns - 1 });
        return this.#say(pairText);
      case 'layer':
        return this.#showHead(neighbour(heads.layers, this.#layer, action.by), this.#head);
      case 'head': {
        const head = this.#head;
        return this.#showHead(this.#layer, neighbour(heads.heads, typeof head === 'number' ? head : -1, action.by));
      }
      case 'zoom':
        return cursor.zoomBy(action.by);
      case 'sink':
        this.hideSink = !this.hideSink;
        return;
      case 'hold':
        this.#hold();
        return this.#say(looksText);
      case 'release':
        return this.#release();
    }
  }

  #showHead(layer: number, head: number | HeadPool): void {
    this.layer = layer;
    this.head = head;
    this.said = headText(layer, head, this.messages);
  }

  /** What the matrix says where the keys led. */
  #say(text: typeof pairText): void {
    const { matrix } = this.#shown;
    if (matrix) this.said = text(matrix, this.#tokens!, this.#cursor.active, this.messages);
  }

  #hold(): void {
    this.#cursor.isHeld = true;
    this.requestUpdate();
    this.#selectRow();
  }

  #selectRow(): void {
    const start = this.#heads!.of.q[0] + this.#cursor.active.row;
    this.#choice.make({ start, end: start + 1 });
  }

  readonly #release = (): void => {
    this.#cursor.isHeld = false;
    this.requestUpdate();
    this.#choice.make(undefined);
    this.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-attention-view': LlmAttentionView;
  }
}
