import { formatDuration } from '../../i18n/index.js';
import type { HiddenSpans } from '../../internal/span-noise.js';
import type { Trace } from '../../model/index.js';
import { LlmSpanOpenEvent, LlmSpanSelectEvent } from '../events/index.js';
import type { Hit } from './hit.js';
import type { LlmTimeline } from './llm-timeline.js';
import type { SeenRange } from './seen-range.js';
import { spokenSpan } from './span-words.js';
import { timelineAction, type TimelineAction } from './timeline-keys.js';
import { WalkedSpans } from './walked-spans.js';

/** Zoomed by a key or a button, what is seen is so much of what was. */
const ZOOM_STEP = 0.6;
/** Moved by a key, what is seen moves by this share of itself. */
const PAN_STEP = 0.25;

interface TimelineInputOptions {
  readonly seen: SeenRange;
  hidden(): HiddenSpans | undefined;
  /** What is drawn at a place of the page. */
  spanAt(x: number, y: number): Hit | undefined;
  hasDragged(): boolean;
  /** Whether something is said of a span under the pointer. */
  isTipShown(): boolean;
  hideTip(): void;
  /** Brings a span into sight. */
  reveal(position: number): void;
  /** Has a screen reader say it. */
  say(words: string): void;
}

/** What keys and clicks do in a timeline: walk, select, zoom. */
export class TimelineInput {
  /** Position of the span that the keys start from. */
  active = 0;
  readonly #timeline: LlmTimeline;
  readonly #options: TimelineInputOptions;
  readonly #walked = new WalkedSpans();
  /** Position of the span that was clicked last, if the click was on one. */
  #clicked: number | undefined;

  constructor(timeline: LlmTimeline, options: TimelineInputOptions) {
    this.#timeline = timeline;
    this.#options = options;
  }

  /** Another trace: of one that only grew, the keys go on from the same span. */
  takeTrace(before: Trace | undefined, trace: Trace | undefined): void {
    this.#clicked = undefined;
    const isSame = before !== undefined && before.id === trace?.id;
    const active = isSame && this.active < before.spans.length ? before.idAt(this.active) : undefined;
    this.active = (active === undefined ? undefined : trace?.span(active)?.index) ?? 0;
  }

  readonly zoomIn = (): void => this.#zoom(ZOOM_STEP);

  readonly zoomOut = (): void => this.#zoom(1 / ZOOM_STEP);

  readonly onClick = (event: MouseEvent): void => {
    const { trace } = this.#timeline;
    // A second click on the same place belongs to a double click.
    if (!trace || this.#options.hasDragged() || event.detail > 1) return;
    this.#clicked = this.#options.spanAt(event.clientX, event.clientY)?.position;
    if (this.#clicked === undefined) return;
    this.#options.hideTip();
    this.#select(this.#clicked, trace);
  };

  readonly onDoubleClick = (): void => {
    // The first click may have opened a detail beside the chart, and moved everything.
    if (this.#clicked !== undefined) this.#options.seen.fit(this.#clicked);
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const action = timelineAction(event);
    const { trace } = this.#timeline;
    if (!action || !trace || trace.spans.length === 0) return;
    if (action === 'dismiss' && !this.#options.isTipShown()) return;
    event.preventDefault();
    this.#act(action, trace);
  };

  #act(action: TimelineAction, trace: Trace): void {
    const { seen } = this.#options;
    switch (action) {
      case 'dismiss':
        return this.#options.hideTip();
      case 'zoom-in':
        return this.zoomIn();
      case 'zoom-out':
        return this.zoomOut();
      case 'all':
        seen.show(seen.whole);
        return this.#sayRange();
      case 'left':
      case 'right':
        seen.pan(action === 'left' ? -PAN_STEP : PAN_STEP);
        return this.#sayRange();
      case 'fit':
        seen.fit(this.active);
        return this.#sayRange();
      case 'select':
      case 'open':
        this.#walkTo(this.active, trace);
        if (action === 'open') this.#timeline.dispatchEvent(new LlmSpanOpenEvent({ span: trace.spanAt(this.active) }));
        return;
      default: {
        const target = this.#stepTo(action, trace);
        if (target >= 0) this.#walkTo(target, trace);
      }
    }
  }

  #stepTo(action: TimelineAction, trace: Trace): number {
    const { selected } = this.#timeline;
    const hidden = this.#options.hidden();
    const isStart = selected === undefined || trace.span(selected)?.index !== this.active;
    // The first key shows where the keys start from.
    const isShown = isStart && action !== 'last' && !hidden?.bits[this.active];
    return isShown ? this.active : this.#walked.stepFrom(this.active, action, trace, hidden);
  }

  #walkTo(position: number, trace: Trace): void {
    this.#options.reveal(position);
    this.#select(position, trace);
    this.#options.say(spokenSpan(trace.spanAt(position), this.#timeline));
  }

  #select(position: number, trace: Trace): void {
    const span = trace.spanAt(position);
    this.active = position;
    if (this.#timeline.selected === span.id) return;
    this.#timeline.selected = span.id;
    this.#timeline.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  #zoom(factor: number): void {
    this.#options.seen.zoomAround(this.#timeline.selected === undefined ? undefined : this.active, factor);
    this.#sayRange();
  }

  #sayRange(): void {
    const { start, end } = this.#options.seen.moments;
    const { messages } = this.#timeline;
    this.#options.say(
      messages.timelineRange(formatDuration(start, messages.locale), formatDuration(end, messages.locale)),
    );
  }
}
