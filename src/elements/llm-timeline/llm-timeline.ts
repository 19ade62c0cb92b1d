import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatDuration } from '../../i18n/index.js';
import {
  clamped,
  fitted,
  isSameRange,
  panned,
  reaching,
  wholeRange,
  zoomed,
  type TimeRange,
} from '../../internal/flame-range.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Trace } from '../../model/index.js';
import { LlmRangeChangeEvent, LlmSpanOpenEvent, LlmSpanSelectEvent } from '../events/index.js';
import { ticksOf } from './axis.js';
import { CanvasSizer } from './canvas-size.js';
import { FlamePainter } from './flame-painter.js';
import { AXIS_HEIGHT, LANE_HEIGHT, type FlameView } from './flame-view.js';
import { flameOf, timesOf, type Flame } from './flame.js';
import { Gestures } from './gestures.js';
import { hitAt, type Hit } from './hit.js';
import { LabelCache } from './label-cache.js';
import { LaneScroll } from './lane-scroll.js';
import { timelineStyles } from './llm-timeline.styles.js';
import { Overview } from './overview.js';
import { paletteStyles, readPalette, renderPalette, type Palette } from './palette.js';
import { renderTip, spokenSpan } from './span-words.js';
import { stepTo, timelineAction, type TimelineAction } from './timeline-keys.js';
import { renderButtons, renderLegend } from './timeline-parts.js';

/** Zoomed by a key or a button, what is seen is so much of what was. */
const ZOOM_STEP = 0.6;
/** Moved by a key, what is seen moves by this share of itself. */
const PAN_STEP = 0.25;
/** CSS pixels between two ticks. */
const TICK_DISTANCE = 110;

/**
 * The spans of a trace on a zoomable time axis, as a flame chart with the roots on top: what runs at the same time lies one below
 * the other. Above it, an overview of the whole, in which a range can be drawn.
 *
 * Keys: arrows go to the parent, the first child, the span before and the next one; `+`, `-` and `0` zoom; Shift with an arrow
 * moves; `f` fits the selected span; Enter selects and fires `llm-span-open`. Pointers drag, pinch, and with Ctrl or ⌘ the wheel
 * zooms. The tree (`llm-span-tree`) tells the same in rows, for whoever does not see a drawing.
 *
 * @summary The zoomable timeline: flame chart and overview.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @fires {LlmRangeChangeEvent} llm-range-change - A person zoomed or moved, or a span was brought into sight.
 * @csspart overview - The whole trace, small.
 * @csspart chart - The flame chart.
 * @csspart tip - What is said of the span under the pointer.
 */
export class LlmTimeline extends MaskingElement {
  static override styles = [tokens, base, texts, kindColours, paletteStyles, timelineStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** What a search has found: all else is dimmed. What it found in another trace means nothing. */
  @property({ attribute: false }) found: SpanMatches | undefined;

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
  /** Position of the span that the keys start from. */
  #active = 0;
  /** Position of the span that was clicked last, if the click was on one. */
  #clicked: number | undefined;
  /** Position that is to be brought into sight once the size is known. */
  #toReveal: number | undefined;
  /** What was found, counted by the layout. */
  #counted: { readonly found?: SpanMatches; readonly before?: Uint32Array } = {};
  #frame: number | undefined;
  #resizeFrame: number | undefined;
  readonly #labels = new LabelCache();
  readonly #chart = new CanvasSizer(() => this.#onResize());
  readonly #lanes = new LaneScroll({
    scroller: () => this.scroller,
    laneCount: () => this.#flame?.layout.laneCount ?? 0,
    viewHeight: () => this.#chart.size.height,
  });
  readonly #overview = new Overview({
    seen: () => this.#seen,
    whole: () => this.#whole,
    show: (range) => this.#show(range),
    changed: () => this.requestUpdate(),
  });
  readonly #gestures = new Gestures({
    drag: (x, y) => {
      this.#pan(-x);
      this.#lanes.drag(y);
    },
    zoom: (factor, x) => {
      const { left, width } = this.canvas!.getBoundingClientRect();
      this.#show(zoomed(this.#seen, factor, (x - left) / Math.max(1, width), this.#whole));
    },
    pan: (x) => this.#pan(x),
    hover: (at) => this.#hover(at),
  });

  /** Selects a span and brings it into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    const span = this.trace?.span(spanId);
    if (!span) return;
    this.selected = spanId;
    this.#active = span.index;
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

  /** The whole trace. */
  get #whole(): TimeRange {
    return wholeRange(this.#now);
  }

  /** What is seen of it. */
  get #seen(): TimeRange {
    return this.range ? clamped(this.range, this.#whole) : this.#whole;
  }

  /** Where spans that run end by now. */
  get #now(): number {
    return Math.max(this.trace?.duration ?? 0, this.runningFor ?? 0);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('trace') as Trace | undefined;
    if (changed.has('trace')) {
      this.#flame = undefined;
      this.#clicked = this.hovered = undefined;
      const isSame = before !== undefined && before.id === this.trace?.id;
      if (!isSame && !changed.has('range')) this.range = undefined;
      const active = isSame && this.#active < before.spans.length ? before.idAt(this.#active) : undefined;
      this.#active = (active === undefined ? undefined : this.trace?.span(active)?.index) ?? 0;
    }
    // A trace that only grew is not moved back to what is selected in it.
    if (changed.has('selected') || (changed.has('trace') && before?.id !== this.trace?.id)) {
      const span = this.selected === undefined ? undefined : this.trace?.span(this.selected);
      // What a person chose here is in sight; what the page chose may not be.
      if (span && span.index !== this.#active) {
        this.#active = span.index;
        this.#toReveal = span.index;
      }
    }
    if (changed.has('theme')) this.#palette = undefined;
    this.#layOut();
    this.#reach();
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
    if (!this.#flame && this.trace && this.#chart.size.pixelWidth > 0) this.#flame = flameOf(this.trace);
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
    const { canvas, mapCanvas, trace } = this;
    const { size } = this.#chart;
    if (!flame || !trace || !canvas || size.pixelWidth === 0 || size.pixelHeight === 0) return;
    const palette = (this.#palette ??= readPalette(this.renderRoot));
    if (!palette) return;
    if (!this.#painter || !this.#painter.draws(canvas)) this.#painter = new FlamePainter(canvas);
    const view = this.#view!;
    this.#painter.paint({
      ...view,
      palette,
      foundBefore: this.#foundBefore(flame),
      ticks: ticksOf(view.range, Math.max(2, Math.floor(size.width / TICK_DISTANCE)), this.messages.locale),
      labelOf: (position) => this.#labels.labelOf(trace, position, this.settings),
      timeToFirstToken: (position) => trace.spanAt(position).timeToFirstToken,
    });
    if (mapCanvas) this.#overview.paint(mapCanvas, { flame, palette, duration: this.#whole.end });
  }

  /** In one pass over what was found, so that a rectangle that stands for many spans knows whether one of them is among it. */
  #foundBefore({ layout: { positions } }: Flame): Uint32Array | undefined {
    const { found } = this;
    if (!found || found.trace !== this.trace) {
      this.#counted = {};
      return undefined;
    }
    if (found === this.#counted.found) return this.#counted.before;
    const before = new Uint32Array(positions.length + 1);
    for (let entry = 0; entry < positions.length; entry++) {
      before[entry + 1] = before[entry]! + found.matches[positions[entry]!]!;
    }
    this.#counted = { found, before };
    return before;
  }

  // --- What is seen ---------------------------------------------------------------------------------------------------

  /** A person wants to see this. */
  #show(range: TimeRange): boolean {
    const next = isSameRange(range, this.#whole) ? undefined : range;
    if (next ? isSameRange(next, this.#seen) : this.range === undefined) return false;
    this.range = next;
    this.hovered = undefined;
    /** @internal */
    this.dispatchEvent(new LlmRangeChangeEvent({ range: this.range }));
    return true;
  }

  /** Moves by CSS pixels; returns whether it could. */
  #pan(x: number): boolean {
    return this.#show(panned(this.#seen, x / Math.max(1, this.#chart.size.width), this.#whole));
  }

  /** Times of a span; one that runs reaches up to now. */
  #timesOf(position: number): TimeRange | undefined {
    const times = this.trace && timesOf(this.trace, position);
    return times && { start: times.start, end: Math.min(times.end, Math.max(times.start, this.#now)) };
  }

  #fit(position: number): void {
    const times = this.#timesOf(position);
    if (times) this.#show(fitted(times, this.#whole));
  }

  /** Whether the span that is to be brought into sight can be: hidden, or not laid out, nothing has a place. */
  get #canReveal(): boolean {
    return this.#flame !== undefined && this.#chart.size.height > AXIS_HEIGHT;
  }

  /** Brings the span that is to be seen into the range. */
  #reach(): void {
    const times = this.#toReveal === undefined ? undefined : this.#timesOf(this.#toReveal);
    if (times && this.#canReveal) this.#show(reaching(this.#seen, times, this.#whole));
  }

  /** Scrolls to its lane. */
  #scrollToLane(): void {
    const position = this.#toReveal;
    if (position === undefined || !this.#canReveal) return;
    this.#toReveal = undefined;
    if (this.#timesOf(position)) this.#lanes.reveal(this.#flame!.layout.lanes[position]!);
  }

  // --- Pointers -------------------------------------------------------------------------------------------------------

  get #view(): FlameView | undefined {
    const flame = this.#flame;
    return (
      flame && { flame, size: this.#chart.size, range: this.#seen, now: this.#now, scrolled: this.#lanes.scrolled }
    );
  }

  /** What is drawn at a place of the page. */
  #spanAt(x: number, y: number): Hit | undefined {
    const view = this.#view;
    const box = this.stage?.getBoundingClientRect();
    return view && box && hitAt(view, x - box.left, y - box.top);
  }

  #hover(at: { x: number; y: number } | undefined): void {
    const hovered = at && this.#spanAt(at.x, at.y);
    if (!hovered && !this.hovered) return;
    this.hovered = hovered;
  }

  readonly #onClick = (event: MouseEvent): void => {
    // A second click on the same place belongs to a double click.
    if (this.#gestures.hasDragged || event.detail > 1) return;
    this.#clicked = this.#spanAt(event.clientX, event.clientY)?.position;
    if (this.#clicked === undefined) return;
    this.hovered = undefined;
    this.#select(this.#clicked);
  };

  readonly #onDoubleClick = (): void => {
    // The first click may have opened a detail beside the chart, and moved everything.
    if (this.#clicked !== undefined) this.#fit(this.#clicked);
  };

  readonly #onScroll = (): void => {
    this.hovered = undefined;
    this.requestUpdate();
  };

  // --- Keys -----------------------------------------------------------------------------------------------------------

  #select(position: number): void {
    const span = this.trace!.spanAt(position);
    this.#active = position;
    if (this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const action = timelineAction(event);
    if (!action || !this.trace || this.trace.spans.length === 0) return;
    if (action === 'dismiss' && !this.hovered) return;
    event.preventDefault();
    this.#act(action, this.trace);
  };

  #act(action: TimelineAction, trace: Trace): void {
    switch (action) {
      case 'dismiss':
        this.hovered = undefined;
        return;
      case 'zoom-in':
        return this.#zoom(ZOOM_STEP);
      case 'zoom-out':
        return this.#zoom(1 / ZOOM_STEP);
      case 'all':
        this.#show(this.#whole);
        return this.#sayRange();
      case 'left':
      case 'right':
        this.#show(panned(this.#seen, action === 'left' ? -PAN_STEP : PAN_STEP, this.#whole));
        return this.#sayRange();
      case 'fit':
        this.#fit(this.#active);
        return this.#sayRange();
      case 'select':
      case 'open':
        this.#walkTo(this.#active);
        if (action === 'select') return;
        /** @internal */
        this.dispatchEvent(new LlmSpanOpenEvent({ span: trace.spanAt(this.#active) }));
        return;
      default: {
        const { selected } = this;
        // The first key shows where the keys start from.
        const isStart = selected === undefined || trace.span(selected)?.index !== this.#active;
        const target = isStart && action !== 'last' ? this.#active : stepTo(trace.tree, this.#active, action);
        if (target >= 0) this.#walkTo(target);
      }
    }
  }

  #walkTo(position: number): void {
    this.#toReveal = position;
    this.#select(position);
    this.said = spokenSpan(this.trace!.spanAt(position), this);
    this.requestUpdate();
  }

  /** Around the selected span where it is in sight, else around the middle. */
  #zoom(factor: number): void {
    const seen = this.#seen;
    const times = this.selected === undefined ? undefined : this.#timesOf(this.#active);
    const middle = times ? (Math.max(times.start, seen.start) + Math.min(times.end, seen.end)) / 2 : NaN;
    const at = (middle - seen.start) / (seen.end - seen.start);
    this.#show(zoomed(seen, factor, at >= 0 && at <= 1 ? at : 0.5, this.#whole));
    this.#sayRange();
  }

  #sayRange(): void {
    const { start, end } = this.#seen;
    const { messages } = this;
    this.said = messages.timelineRange(formatDuration(start, messages.locale), formatDuration(end, messages.locale));
  }

  // --- Rendering ------------------------------------------------------------------------------------------------------

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const isEmpty = trace?.spans.length === this.#flame?.untimed;
    return html`<div class="frame">
      <div class="head" part="overview">
        ${this.#overview.render()}
        ${renderButtons(messages, {
          isAll: this.range === undefined,
          zoomIn: () => this.#zoom(ZOOM_STEP),
          zoomOut: () => this.#zoom(1 / ZOOM_STEP),
          showAll: () => this.#show(this.#whole),
        })}
      </div>
      <div
        class="scroller"
        part="chart"
        role="application"
        tabindex="0"
        aria-label=${messages.timelineOf(revealedText(this.settings.readable(text(trace?.name ?? ''))))}
        aria-describedby="keys"
        @keydown=${this.#onKeydown}
        @scroll=${this.#onScroll}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
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

  /** A frame around a span that is drawn. */
  #renderMark(position: number | undefined, name: 'hovered' | 'selected'): TemplateResult | typeof nothing {
    const flame = this.#flame;
    const times = position === undefined ? undefined : this.#timesOf(position);
    if (position === undefined || !flame || !times) return nothing;
    const { start, end } = this.#seen;
    const { width } = this.#chart.size;
    const placeOf = (at: number): number => Math.min(width + 9, Math.max(-9, ((at - start) / (end - start)) * width));
    const left = placeOf(times.start);
    const top = flame.layout.lanes[position]! * LANE_HEIGHT - this.#lanes.scrolled;
    if (times.end < start || times.start > end || top < -LANE_HEIGHT || top > this.#chart.size.height) return nothing;
    return html`<div
      class="mark ${name}"
      .style=${`--left: ${left}; --top: ${top}; --width: ${placeOf(times.end) - left}`}
    ></div>`;
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
