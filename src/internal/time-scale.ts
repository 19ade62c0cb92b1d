/** Steps between ticks that people read easily, in units of a power of ten of milliseconds. */
const STEPS = [1, 2, 2.5, 5, 10];
/** Beyond seconds, time is counted in sixties. */
const LONG_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);

/** From a stretch of time to fractions of a width, and back. */
export class TimeScale {
  /** Milliseconds, counted from wherever the times are counted from. */
  readonly start: number;
  readonly duration: number;

  constructor(start: number, duration: number) {
    this.start = start;
    this.duration = duration > 0 ? duration : 0;
  }

  /** Place of a moment: 0 at the start, 1 at the end. */
  fraction(time: number): number {
    return this.duration ? (time - this.start) / this.duration : 0;
  }

  /** Moments for about `count` ticks, in ms from the start, at round numbers. */
  ticks(count: number): number[] {
    const step = tickStep(this.duration / Math.max(1, count));
    const ticks: number[] = [];
    for (let index = 0; step > 0 && index * step <= this.duration; index++) ticks.push(index * step);
    return ticks.length ? ticks : [0];
  }
}

/** The smallest round step that is not below `least`. */
function tickStep(least: number): number {
  if (!(least > 0)) return 0;
  if (least > 30_000) {
    const long = LONG_STEPS.find((step) => step >= least);
    if (long) return long;
    const days = 86_400_000;
    return days * decimalStep(least / days);
  }
  return decimalStep(least);
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * 0.999_999) ?? 10);
}
