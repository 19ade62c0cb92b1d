import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { TimeRange } from '../../internal/flame-range.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { hiddenNoteStyles, renderHiddenNote } from '../../internal/hidden-note.js';
import { optionalText } from '../../internal/optional-text.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { hiddenSpans, type HiddenSpans, type SpanNoise } from '../../internal/span-noise.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { timeMapOf, type TimeScaleName } from '../../internal/time-map.js';
import type { Trace } from '../../model/index.js';
import { LlmNoiseChangeEvent, LlmRangeChangeEvent, type TimelineLayout } from '../events/index.js';
import { breaksOf, ticksOf } from './axis.js';
import { CanvasSizer } from './canvas-size.js';
import { FlamePainter } from './flame-painter.js';
import { AXIS_HEIGHT, type FlameView } from './flame-view.js';
import { firstTokenAt, flameOf, type Flame } from './flame.js';
import { FoundEntries } from './found-entries.js';
import { Gestures } from './gestures.js';
import { hitAt, type Hit } from './hit.js';
import { LabelCache } from './label-cache.js';
import { LaneScroll } from './lane-scroll.js';
import { timelineStyles } from './llm-timeline.styles.js';
import { Overview } from './overview.js';
import { paletteStyles, readPalette, renderPalette, type Palette } from './palette.js';
import { SeenRange } from './seen-range.js';
import { renderTip } from './span-words.js';
import { TimelineInput } from './timeline-input.js';
import { renderButtons, renderLegend, renderMark } from './timeline-parts.js';

/** CSS pixels between two ticks. */
const TICK_DISTANCE = 110;

/**
 * The spans of a trace on a zoomable time axis, as a flame chart with the roots on top: what runs at the same time lies one below
 * the other. Or as an icicle, in which a span is as wide as it took long, beside its siblings and inside its parent. Above it, an
 * overview of the whole, in which a range can be drawn.
 *
 * Keys: arrows go to the parent, the first child, the span before and the next one; `+`, `-` and `0` zoom; Shift with an arrow
 * moves; `f` fits the selected span; Enter selects and fires `llm-span-open`. Pointers drag, pinch, and with Ctrl or ⌘ the wheel
 * zooms. The tree (`llm-span-tree`) tells the same in rows, for whoever does not see a drawing.
 *
 * @summary The zoomable timeline: flame chart and overview.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person wants to see what is hidden.
 * @fires {LlmRangeChangeEvent} llm-range-change - A person zoomed or moved, or a span was brought into sight (not in an icicle, whose width is no time).
 * @csspart overview - The whole trace, small.
 * @csspart chart - The flame chart.
 * @csspart hidden-note - How many spans are hidden.
 * @csspart tip - What is said of the span under the pointer.
 */
export class LlmTimeline extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, paletteStyles, hiddenNoteStyles, timelineStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** What a search has found: all else is dimmed. What it found in another trace means nothing. */
  @property({ attribute: false }) found: SpanMatches | undefined;

  /** Spans that are hidden; what is inside them moves up. */
  @property({ attribute: false }) noise: SpanNoise | undefined;

  /** What decides where spans lie: `time` (a flame chart) or `icicle` (as wide as they took long, inside their parent). */
  @property() layout: TimelineLayout = 'time';

  /**
   * How time is drawn in a flame chart: `time`, `compact` (idle stretches cut short) or `sequence` (a step from each start or end
   * to the next).
   */
  @property() scale: TimeScaleName = 'time';

  /** Milliseconds that a running trace has taken by now, where somebody counts them: bars of what runs reach there. */
  @property({ attribute: false }) runningFor: number | undefined;

  /** What is seen, in milliseconds from the start of the trace; `undefined` for all of it. */
  @property({ attribute: false }) range: TimeRange | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.stage') private stage!: HTMLElement | null;
  @query('.stage canvas') private canvas!: HTMLCanvasElement | null;
  @query('.map canvas') private mapCanvas!: HTMLCanvasElement | null;

  @state() private hovered: Hit | undefined;
  /** What a screen reader is told: where the keys led. */
  @state() private said = '';

  #flame: Flame | undefined;
  #palette: Palette | undefined;
  #painter: FlamePainter | undefined;
  /** Position that is to be brought into sight once the size is known. */
  #toReveal: number | undefined;
  readonly #found = new FoundEntries();
  #frame: number | undefined;
  #resizeFrame: number | undefined;
  readonly #labels = new LabelCache();
  readonly #seen = new SeenRange({
    flame: () => this.#flame,
    now: () => Math.max(this.trace?.duration ?? 0, this.runningFor ?? 0),
    range: () => this.range,
    take: (range) => {
      this.range = range;
      this.hovered = undefined;
      /** @internal */
      this.dispatchEvent(new LlmRangeChangeEvent({ range }));
    },
    changed: () => {
      this.hovered = undefined;
      this.requestUpdate();
    },
  });
  readonly #chart = new CanvasSizer(() => this.#onResize());
  readonly #lanes = new LaneScroll({
    scroller: () => this.scroller,
    laneCount: () => this.#flame?.layout.laneCount ?? 0,
    viewHeight: () => this.#chart.size.height,
  });
  readonly #overview = new Overview({
    seen: () => this.#seen.seen,
    whole: () => this.#seen.whole,
    show: (range) => this.#seen.show(range),
    resized: () => this.#paintSoon(),
    changed: () => this.requestUpdate(),
  });
  readonly #gestures = new Gestures({
    drag: (x, y) => {
      this.#pan(-x);
      this.#lanes.drag(y);
    },
    zoom: (factor, x) => {
      const { left, width } = this.canvas!.getBoundingClientRect();
      this.#seen.zoom(factor, (x - left) / Math.max(1, width));
    },
    pan: (x) => this.#pan(x),
    hover: (at) => (this.hovered = at && this.#spanAt(at.x, at.y)),
  });
  readonly #input = new TimelineInput(this, {
    seen: this.#seen,
    hidden: () => this.#hidden,
    spanAt: (x, y) => this.#spanAt(x, y),
    hasDragged: () => this.#gestures.hasDragged,
    isTipShown: () => this.hovered !== undefined,
    hideTip: () => (this.hovered = undefined),
    reveal: (position) => {
      this.#toReveal = position;
      this.requestUpdate();
    },
    say: (words) => (this.said = words),
  });

  /** Selects a span and brings it into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    const span = this.trace?.span(spanId);
    if (!span) return;
    this.selected = spanId;
    this.#input.active = span.index;
    this.#toReveal = span.index;
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chart.follow(undefined);
    this.#overview.follow(undefined);
    for (const frame of [this.#frame, this.#resizeFrame]) if (frame !== undefined) cancelAnimationFrame(frame);
    this.#frame = this.#resizeFrame = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // After a move in the page nothing is rendered anew, so nothing else would follow the sizes again.
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('trace') as Trace | undefined;
    const isOther = changed.has('trace') && before?.id !== this.trace?.id;
    if (['trace', 'noise', 'scale', 'layout'].some((name) => changed.has(name))) {
      this.#flame = undefined;
      this.hovered = undefined;
    }
    if (changed.has('trace')) {
      if (isOther && !changed.has('range')) this.range = undefined;
      this.#input.takeTrace(before, this.trace);
    }
    // A trace that only grew is not moved back to what is selected in it.
    if (changed.has('selected') || isOther) {
      const span = this.selected === undefined ? undefined : this.trace?.span(this.selected);
      // What a person chose here is in sight; what the page chose may not be.
      if (span && span.index !== this.#input.active) {
        this.#input.active = span.index;
        // A range that comes with it says what is to be seen.
        if (!changed.has('range')) this.#toReveal = span.index;
      }
    }
    if (changed.has('theme')) this.#palette = undefined;
    if (changed.has('layout') || isOther) this.#seen.forgetIcicle();
    this.#layOut();
    if (this.#canReveal && this.#toReveal !== undefined) {
      this.#toReveal = this.#seen.drawnAround(this.#toReveal, this.trace!.tree);
      this.#seen.reach(this.#toReveal);
    }
  }

  protected override updated(changed: PropertyValues): void {
    // But for a drag, anything may have changed the words.
    if (changed.size === 0 || changed.has('trace') || changed.has('settings') || changed.has('content'))
      this.#labels.clear();
    const { canvas, mapCanvas } = this;
    this.#chart.follow(canvas ?? undefined);
    this.#overview.follow(mapCanvas ?? undefined);
    this.#scrollToLane();
    // What is said of a span lies over the drawing.
    if (changed.size === 0 || [...changed.keys()].some((name) => name !== 'hovered' && name !== 'said'))
      this.#paintSoon();
  }

  #onResize(): void {
    this.#layOut();
    this.#paint();
    // Not at once: what is rendered may change the size, and an observer must not be told in its own turn.
    this.#resizeFrame ??= requestAnimationFrame(() => {
      this.#resizeFrame = undefined;
      this.requestUpdate();
    });
  }

  /** Where nobody sees it, a trace that grows is not laid out again and again. */
  #layOut(): void {
    const { trace, layout, scale } = this;
    if (this.#flame || !trace || this.#chart.size.pixelWidth === 0) return;
    this.#flame = flameOf(trace, { layout, map: timeMapOf(trace, scale), hidden: this.#hidden });
  }

  get #hidden(): HiddenSpans | undefined {
    return this.trace && hiddenSpans(this.trace, this.noise);
  }

  /** Draws with the next frame, once. */
  #paintSoon(): void {
    if (this.#frame !== undefined || !this.isConnected) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #paint(): void {
    const flame = this.#flame;
    const { canvas, mapCanvas, trace, found } = this;
    const { size } = this.#chart;
    if (!flame || !trace || !canvas || size.pixelWidth === 0 || size.pixelHeight === 0) return;
    const palette = (this.#palette ??= readPalette(this.renderRoot));
    if (!palette) return;
    if (!this.#painter || !this.#painter.draws(canvas)) this.#painter = new FlamePainter(canvas);
    const view = this.#view!;
    const { locale } = this.messages;
    this.#painter.paint({
      ...view,
      palette,
      foundBefore: this.#found.countedIn(flame, found?.trace === trace ? found : undefined),
      ticks: ticksOf(view.range, Math.max(2, Math.floor(size.width / TICK_DISTANCE)), locale, flame.map),
      breaks: breaksOf(view.range, locale, flame.map),
      labelOf: (position) => this.#labels.labelOf(trace, position, this.settings),
      firstTokenAt: (position) => firstTokenAt(flame, trace, position),
    });
    if (mapCanvas) this.#overview.paint(mapCanvas, { flame, palette, duration: this.#seen.whole.end });
  }

  /** Moves by CSS pixels; returns whether it could. */
  #pan(x: number): boolean {
    return this.#seen.pan(x / Math.max(1, this.#chart.size.width));
  }

  /** Whether the span that is to be brought into sight can be: hidden, or not laid out, nothing has a place. */
  get #canReveal(): boolean {
    return this.#flame !== undefined && this.#chart.size.height > AXIS_HEIGHT;
  }

  /** Scrolls to its lane. */
  #scrollToLane(): void {
    const position = this.#toReveal;
    if (position === undefined || !this.#canReveal) return;
    this.#toReveal = undefined;
    if (this.#seen.boxOf(position)) this.#lanes.reveal(this.#flame!.layout.lanes[position]!);
  }

  get #view(): FlameView | undefined {
    const flame = this.#flame;
    const { seen: range, now } = this.#seen;
    return flame && { flame, size: this.#chart.size, range, now, scrolled: this.#lanes.scrolled };
  }

  /** What is drawn at a place of the page. */
  #spanAt(x: number, y: number): Hit | undefined {
    const view = this.#view;
    const box = this.stage?.getBoundingClientRect();
    return view && box && hitAt(view, x - box.left, y - box.top);
  }

  readonly #onScroll = (): void => {
    this.hovered = undefined;
    this.requestUpdate();
  };

  readonly #showAll = (): void => {
    this.noise = undefined;
    /** @internal */
    this.dispatchEvent(new LlmNoiseChangeEvent({ noise: undefined }));
    this.focus();
  };

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const isEmpty = this.#flame?.layout.positions.length === 0;
    return html`<div class="frame">
      <div class="head" part="overview">
        ${this.#overview.render()}
        ${renderButtons(messages, {
          isAll: this.#seen.isAll,
          zoomIn: this.#input.zoomIn,
          zoomOut: this.#input.zoomOut,
          showAll: () => this.#seen.show(this.#seen.whole),
        })}
      </div>
      <div
        class="scroller"
        part="chart"
        role="application"
        tabindex="0"
        aria-label=${messages.timelineOf(revealedText(this.settings.readable(text(trace?.name ?? ''))))}
        aria-describedby="keys"
        @keydown=${this.#input.onKeydown}
        @scroll=${this.#onScroll}
        @click=${this.#input.onClick}
        @dblclick=${this.#input.onDoubleClick}
        @pointerdown=${this.#gestures.onPointerDown}
        @pointermove=${this.#gestures.onPointerMove}
        @pointerup=${this.#gestures.onPointerEnd}
        @pointercancel=${this.#gestures.onPointerEnd}
        @pointerleave=${this.#gestures.onPointerLeave}
        @touchmove=${this.#gestures.onTouchMove}
        @wheel=${this.#gestures.onWheel}
      >
        <div class="stage">
          <canvas aria-hidden="true"></canvas>
          <div class="marks">${this.#renderMark(this.hovered?.position, 'hovered')} ${this.#renderSelected()}</div>
          ${isEmpty && trace ? html`<div class="empty">${messages.timelineEmpty}</div>` : nothing} ${this.#renderTip()}
        </div>
        <div class="room" .style=${`--room: ${this.#lanes.room}`}></div>
      </div>
      <div class="legend">${this.#flame ? renderLegend(this.#flame, messages) : nothing}</div>
      ${renderHiddenNote(this.#hidden?.count ?? 0, messages, this.#showAll)}
      <p id="keys" class="visually-hidden">${messages.timelineKeys}</p>
      <div class="visually-hidden" role="status">${this.said}</div>
      ${renderPalette(() => {
        this.#palette = undefined;
        this.#overview.forget();
        this.#paintSoon();
      })}
    </div>`;
  }

  #renderSelected(): TemplateResult | typeof nothing {
    const span = this.selected === undefined ? undefined : this.trace?.span(this.selected);
    return this.#renderMark(span?.index, 'selected');
  }

  #renderMark(position: number | undefined, name: 'hovered' | 'selected'): TemplateResult | typeof nothing {
    const view = this.#view;
    const box = position === undefined ? undefined : this.#seen.boxOf(position);
    return view && box ? renderMark(name, box, view.flame.layout.lanes[position!]!, view) : nothing;
  }

  #renderTip(): TemplateResult | typeof nothing {
    const { hovered, trace } = this;
    if (!hovered || !trace) return nothing;
    const { width, height } = this.#chart.size;
    return renderTip(trace.spanAt(hovered.position), this, { ...hovered, width, height });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-timeline': LlmTimeline;
  }
}
