import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import {
  FLAGGED_STATES,
  GRADIENT_RULES,
  gradientTableInSteps,
  rowOrder,
  stateCode,
  type GradientRules,
  type GradientTable,
} from '../../analysis/gradients/index.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { canvasPalette, renderPaletteOf } from '../../internal/canvas-palette.js';
import { MaskingElement } from '../../internal/content-element.js';
import { fitIcon, minusIcon, plusIcon } from '../../internal/icons.js';
import { Printing } from '../../internal/printing.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { base } from '../../internal/styles/base.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { tokens } from '../../internal/styles/tokens.js';
import {
  mayHaveSection,
  unpackArray,
  type Internals,
  type InternalsGradients,
  type ResolvePart,
  type UnpackedArray,
} from '../../internals/index.js';
import type { Span, Trace } from '../../model/index.js';
import { CanvasSizer } from '../llm-timeline/canvas-size.js';
import { renderCourses } from './course-lines.js';
import { GradientPainter, ROW_HEIGHT, STRIP_HEIGHT } from './gradient-painter.js';
import { PALETTE, paletteStyles, readPalette, renderRamp, type GradientPalette } from './gradient-palette.js';
import { cellText, renderStates, rowName, sentenceOf, stepName, type GradientContext } from './gradient-words.js';
import { gradientViewStyles } from './llm-gradient-view.styles.js';
import { formatMagnitude } from './magnitude.js';
import { MapPlace, type Cell, type Shown } from './map-place.js';
import { renderNormTable } from './norm-table.js';

/**
 * The gradients of a training: a row for each layer, a column for each step, coloured by the norm on a logarithmic scale. What
 * vanishes, explodes, is dead or no number is marked by a pattern, and the rule behind it is said. Above it are the loss, the
 * learning rate and the norm over all layers. Steps and rows that are more than pixels are put together: the greatest norm and
 * the worst state are shown. A table and a sentence say the same.
 *
 * Keys: arrows go from cell to cell; `n` and `p` to the next and the previous odd one; `+` and `-` zoom, `0` shows all steps, Shift
 * with left and right moves along the steps.
 *
 * @summary Norms of gradients by layer and step.
 * @csspart toolbar - The buttons and the scale.
 * @csspart chart - The lines and the map.
 * @csspart card - What is known of one cell.
 */
export class LlmGradientView extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, smallTable, canvasPalette, paletteStyles, gradientViewStyles];

  /** The span whose gradients are shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** The trace whose first span with gradients is shown, where no span is given. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** What is shown in place of what a span holds. */
  @property({ attribute: false }) internals: Internals | undefined;

  /** Finds values that are kept elsewhere. */
  @property({ attribute: false }) resolve: ResolvePart | undefined;

  /** The order of the rows: `layers` as they were recorded, `greatest` by the greatest norm. */
  @property() sort: 'layers' | 'greatest' = 'layers';

  /** Whether the parameters of a layer are one row. */
  @property({ type: Boolean }) grouped = false;

  /** When a norm counts as odd, where that is not as usual (`GRADIENT_RULES`). */
  @property({ attribute: false }) rules: Partial<GradientRules> | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  @state() private isTableOpen = false;
  @state() private hasFailed = false;

  readonly #work = new SlicedWork<GradientTable>(this);
  readonly #printing = new Printing(this);
  readonly #sizer = new CanvasSizer(() => this.#paint());
  readonly #place = new MapPlace(this, {
    shown: () => this.#shown,
    scroller: () => this.scroller,
    canvas: () => this.canvas,
    textOf: ({ row, step }) => cellText(this.#context, this.#shown!.table, this.#shown!.order[row]!, step),
  });
  #painter: GradientPainter | undefined;
  #palette: GradientPalette | undefined;
  #gradients: InternalsGradients | undefined;
  /** The first span of the trace that has gradients. */
  #first: Span | undefined;
  #unpacking: Promise<unknown> = Promise.resolve();
  /** The values, where they were packed. */
  #unpacked: UnpackedArray | undefined;
  /** What was worked out of the table. */
  #shown: (Shown & { readonly sort: string }) | undefined;
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizer.follow(undefined);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  /** Once the norms were looked at. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#unpacking;
    await this.#work.done;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    if (changed.has('trace')) this.#first = firstWithGradients(this.trace);
    const gradients = this.#given;
    const before = changed.get('span') as Span | undefined;
    if (
      changed.has('internals') ||
      changed.has('trace') ||
      (changed.has('span') && (before?.id !== this.span?.id || before?.traceId !== this.span?.traceId))
    ) {
      // Of a training that goes on, what a person looks at stays.
      if (!gradients || this.#gradients?.params.join() !== gradients.params.join()) {
        this.#work.forget();
        this.#place.reset();
      }
    }
    const isOther = gradients !== this.#gradients || changed.has('resolve');
    if (isOther || changed.has('grouped') || changed.has('rules')) {
      this.#gradients = gradients;
      if (isOther) this.#unpacked = undefined;
      this.#begin(gradients);
    }
    const { result: table } = this.#work;
    if (!table) this.#shown = undefined;
    else if (this.#shown?.table !== table || this.#shown.sort !== this.sort) {
      const order = rowOrder(table, this.sort === 'greatest' ? 'greatest' : 'layers');
      this.#shown = { table, order, sort: this.sort };
    }
    this.#place.stayInside();
  }

  get #given(): InternalsGradients | undefined {
    if (this.internals) return this.internals.gradients;
    if (this.span) return this.span.internals?.gradients;
    return this.#first?.internals?.gradients;
  }

  #begin(gradients: InternalsGradients | undefined): void {
    this.hasFailed = false;
    if (!gradients) return this.#work.forget();
    const start = (): void =>
      this.#work.start(() =>
        gradientTableInSteps(gradients, {
          rules: { ...GRADIENT_RULES, ...this.rules },
          isGrouped: this.grouped,
          unpacked: this.#unpacked,
        }),
      );
    const { values } = gradients;
    if (Array.isArray(values) || gradients.params.length === 0 || this.#unpacked) return start();
    this.#unpacking = unpackArray(values, this.resolve).then(
      (unpacked) => {
        if (this.#gradients !== gradients) return;
        // What is kept elsewhere is checked when it comes.
        if (unpacked.rows === gradients.steps.length && unpacked.columns === gradients.params.length) {
          this.#unpacked = unpacked;
          start();
        } else this.#fail();
        this.requestUpdate();
      },
      () => {
        if (this.#gradients === gradients) this.#fail();
      },
    );
  }

  #fail(): void {
    this.#work.forget();
    this.hasFailed = true;
  }

  protected override updated(): void {
    this.#sizer.follow(this.canvas ?? undefined);
    this.#paint();
  }

  #paint(): void {
    const { canvas } = this;
    const { size } = this.#sizer;
    if (!canvas || !this.#shown || size.pixelWidth === 0 || size.pixelHeight === 0) return;
    const palette = (this.#palette ??= readPalette(this.renderRoot));
    if (!palette) return;
    if (!this.#painter?.draws(canvas)) this.#painter = new GradientPainter(canvas);
    const { first, rowsInSight: count, range } = this.#place;
    this.#painter.paint({ ...this.#shown, first, count, range, size, palette });
  }

  // --- What is shown -------------------------------------------------------------------------------------------------

  get #context(): GradientContext {
    const { messages, settings } = this;
    return { messages, settings };
  }

  protected override render(): TemplateResult {
    const context = this.#context;
    const shown = this.#shown;
    return html`<div class="frame" aria-busy=${String(this.#work.isWorking)}>
      ${shown ? this.#renderAll(context, shown) : this.#renderNothing(context)}
      ${renderPaletteOf(PALETTE, () => {
        this.#palette = undefined;
        this.#paint();
      })}
    </div>`;
  }

  #renderNothing({ messages }: GradientContext): TemplateResult {
    const words = messages.gradientView;
    if (this.hasFailed) return html`<p class="sentence" role="alert">${words.unreadable}</p>`;
    if (this.#gradients) return html`<p class="quiet" role="status">${messages.findingsWorking}</p>`;
    return html`<p class="sentence">${words.notCaptured}</p>
      <p class="quiet">${words.howTo}</p>`;
  }

  #renderAll(context: GradientContext, { table, order }: Shown): TemplateResult {
    const { messages, settings } = context;
    const words = messages.gradientView;
    const { version } = settings;
    const isTableShown = this.isTableOpen || this.#printing.isOn;
    return html`<p class="sentence">
        ${guard([table, messages, version], () => sentenceOf(context, table))}
        ${table.isEstimated ? words.estimated : ''}
      </p>
      ${this.#renderTools(context, table)}
      ${table.rows.length === 0 ? nothing : this.#renderChart(context, table, order)}
      ${guard([table, messages, version], () => renderStates(context, table))}
      <details ?open=${isTableShown} @toggle=${this.#onToggle}>
        <summary>${words.table}</summary>
        ${
          isTableShown
            ? guard([table, order, messages, version], () => renderNormTable(context, table, order))
            : nothing
        }
      </details>`;
  }

  #renderTools({ messages }: GradientContext, { decades: [low, high] }: GradientTable): TemplateResult {
    const words = messages.gradientView;
    const { isAll, zoomIn, zoomOut, showAll } = this.#place;
    const figure = (power: number): string => formatMagnitude(10 ** power, messages.locale);
    const button = (label: string, icon: TemplateResult, isIdle: boolean, act: () => void): TemplateResult =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        ?disabled=${isIdle}
        @click=${act}
      >
        ${icon}
      </button>`;
    return html`<div class="tools" part="toolbar">
      <label
        >${words.sort}
        <select @change=${(event: Event) => (this.sort = (event.target as HTMLSelectElement).value as 'layers')}>
          ${(['layers', 'greatest'] as const).map(
            (order) => html`<option value=${order} ?selected=${order === this.sort}>${words.orders[order]}</option>`,
          )}
        </select></label
      >
      <label
        ><input
          type="checkbox"
          .checked=${this.grouped}
          @change=${(event: Event) => (this.grouped = (event.target as HTMLInputElement).checked)}
        />${words.group}</label
      >
      <span>
        ${button(words.zoomOut, minusIcon(), isAll, zoomOut)} ${button(words.zoomIn, plusIcon(), false, zoomIn)}
        ${button(words.zoomAll, fitIcon(), isAll, showAll)}
      </span>
      <span class="scale">${words.scale} ${figure(low)} ${renderRamp()} ${figure(high)}</span>
    </div>`;
  }

  #renderChart(context: GradientContext, table: GradientTable, order: readonly number[]): TemplateResult {
    const { messages, settings } = context;
    const words = messages.gradientView;
    const place = this.#place;
    const { range, rowsInSight: rows, first, active, hovered, gestures } = place;
    const shown = hovered ?? active;
    return html`<div class="chart" part="chart">
        ${guard([table, range.from, range.to, messages], () => renderCourses(table, range, messages))}
        <div
          class="scroller"
          role="application"
          tabindex="0"
          aria-label=${words.title}
          aria-describedby="keys"
          .style=${`--height: ${STRIP_HEIGHT + rows * ROW_HEIGHT}; --room: ${(order.length - rows) * ROW_HEIGHT}; --row: ${ROW_HEIGHT}; --strip: ${STRIP_HEIGHT}`}
          @scroll=${place.onScroll}
          @keydown=${place.onKeydown}
          @click=${place.onClick}
        >
          <div class="stage">
            <div class="labels" aria-hidden="true">
              ${guard([table, order, first, active.row, messages, settings.version], () =>
                order
                  .slice(first, first + rows)
                  .map((place, at) => renderLabel(context, table, place, first + at === active.row)),
              )}
            </div>
            <div
              class="plot"
              @pointerdown=${gestures.onPointerDown}
              @pointermove=${gestures.onPointerMove}
              @pointerup=${gestures.onPointerEnd}
              @pointercancel=${gestures.onPointerEnd}
              @pointerleave=${gestures.onPointerLeave}
              @touchmove=${gestures.onTouchMove}
              @wheel=${gestures.onWheel}
            >
              <canvas aria-hidden="true"></canvas>
              ${this.#renderMark(active, 'active')} ${hovered ? this.#renderMark(hovered, 'hovered') : nothing}
            </div>
          </div>
          <div class="room"></div>
        </div>
        <div class="axis" aria-hidden="true">
          <span></span>
          <span class="ends"
            ><span>${words.step(stepName(context, table, range.from))}</span
            ><span>${words.step(stepName(context, table, range.to - 1))}</span></span
          >
        </div>
      </div>
      <p class="card" part="card">${cellText(context, table, order[shown.row]!, shown.step)}</p>
      <p id="keys" class="visually-hidden">${words.keys}</p>
      <div class="visually-hidden" role="status">${place.said}</div>`;
  }

  #renderMark({ row, step }: Cell, name: 'active' | 'hovered'): TemplateResult | typeof nothing {
    const { range, first, rowsInSight } = this.#place;
    const { from, to } = range;
    const at = row - first;
    if (step < from || step >= to || at < 0 || at >= rowsInSight) return nothing;
    const shown = to - from;
    return html`<div
      class="mark ${name}"
      .style=${`--left: ${(step - from) / shown}; --width: ${1 / shown}; --top: ${STRIP_HEIGHT + at * ROW_HEIGHT}`}
    ></div>`;
  }

  readonly #onToggle = (event: Event): void => {
    this.isTableOpen = (event.target as HTMLDetailsElement).open;
  };
}

function firstWithGradients(trace: Trace | undefined): Span | undefined {
  for (const span of trace?.spans ?? []) if (mayHaveSection(span, 'gradients')) return span;
  return undefined;
}

function renderLabel(context: GradientContext, table: GradientTable, place: number, isActive: boolean): TemplateResult {
  const name = rowName(context, table, place);
  const { counts } = table.rows[place]!;
  return html`<div class="label ${isActive ? 'active' : ''}" title=${name}>
    <span class="name"><bdi>${name}</bdi></span>
    ${FLAGGED_STATES.map((flag) => (counts[stateCode(flag)]! > 0 ? html`<span class="swatch ${flag}"></span>` : nothing))}
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-gradient-view': LlmGradientView;
  }
}
