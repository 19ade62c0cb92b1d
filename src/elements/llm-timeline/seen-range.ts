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
import type { TimeMap } from '../../internal/time-map.js';
import type { SpanTree } from '../../model/index.js';
import { boxOf, type Flame } from './flame.js';

interface SeenRangeOptions {
  flame(): Flame | undefined;
  /** Milliseconds that the trace has taken by now. */
  now(): number;
  /** What a flame chart shows, in milliseconds from the start of the trace; `undefined` for all of it. */
  range(): TimeRange | undefined;
  /** A person wants to see this of a flame chart. */
  take(range: TimeRange | undefined): void;
  /** A person wants to see another part of an icicle. */
  changed(): void;
}

/**
 * What is seen along the axis, in places. Of a flame chart that is a range of time, which the page may set; of an icicle it is
 * nobody's concern but its own.
 */
export class SeenRange {
  readonly #options: SeenRangeOptions;
  /** What is seen of an icicle; `undefined` for all of it. */
  #ofIcicle: TimeRange | undefined;

  constructor(options: SeenRangeOptions) {
    this.#options = options;
  }

  get #map(): TimeMap | undefined {
    return this.#options.flame()?.map;
  }

  get #isIcicle(): boolean {
    return this.#options.flame()?.length !== undefined;
  }

  /** Where what runs ends by now. */
  get now(): number {
    const now = this.#options.now();
    return this.#options.flame()?.length ?? this.#map?.placeOf(now) ?? now;
  }

  get whole(): TimeRange {
    return wholeRange(this.now);
  }

  get seen(): TimeRange {
    const { whole } = this;
    const range = this.#isIcicle ? this.#ofIcicle : mapped(this.#options.range(), this.#map);
    return range ? clamped(range, whole) : whole;
  }

  get isAll(): boolean {
    return (this.#isIcicle ? this.#ofIcicle : this.#options.range()) === undefined;
  }

  /** What is seen, in milliseconds. */
  get moments(): TimeRange {
    const { start, end } = this.seen;
    const map = this.#map;
    return map ? { start: map.momentAt(start), end: map.momentAt(end) } : { start, end };
  }

  /** Another layout has another range. */
  forgetIcicle(): void {
    this.#ofIcicle = undefined;
  }

  /** A person wants to see this. Returns whether it was another range. */
  show(range: TimeRange): boolean {
    const next = isSameRange(range, this.whole) ? undefined : range;
    if (next ? isSameRange(next, this.seen) : this.isAll) return false;
    if (this.#isIcicle) {
      this.#ofIcicle = next;
      this.#options.changed();
      return true;
    }
    const map = this.#map;
    this.#options.take(next && map ? { start: map.momentAt(next.start), end: map.momentAt(next.end) } : next);
    return true;
  }

  /** Moves by a share of what is seen; returns whether it could. */
  pan(share: number): boolean {
    return this.show(panned(this.seen, share, this.whole));
  }

  zoom(factor: number, at: number): void {
    this.show(zoomed(this.seen, factor, at, this.whole));
  }

  /** Between which places a span is drawn; one that runs reaches up to now. */
  boxOf(position: number): TimeRange | undefined {
    const flame = this.#options.flame();
    const box = flame && boxOf(flame, position);
    return box && { start: box.start, end: Math.min(box.end, Math.max(box.start, this.now)) };
  }

  /** The span itself, or of one that is not drawn the nearest one around it that is; itself where none is. */
  drawnAround(position: number, { parent }: SpanTree): number {
    let at = position;
    while (at >= 0 && !this.boxOf(at)) at = parent[at]!;
    return at < 0 ? position : at;
  }

  fit(position: number): void {
    const box = this.boxOf(position);
    if (box) this.show(fitted(box, this.whole));
  }

  /** Brings a span into sight, by the shortest way. */
  reach(position: number): void {
    const box = this.boxOf(position);
    if (box) this.show(reaching(this.seen, box, this.whole));
  }

  /** Around a span where it is in sight, else around the middle. */
  zoomAround(position: number | undefined, factor: number): void {
    const { seen } = this;
    const box = position === undefined ? undefined : this.boxOf(position);
    const middle = box ? (Math.max(box.start, seen.start) + Math.min(box.end, seen.end)) / 2 : NaN;
    const at = (middle - seen.start) / (seen.end - seen.start);
    this.zoom(factor, at >= 0 && at <= 1 ? at : 0.5);
  }
}

const mapped = (range: TimeRange | undefined, map: TimeMap | undefined): TimeRange | undefined =>
  range && map ? { start: map.placeOf(range.start), end: map.placeOf(range.end) } : range;
