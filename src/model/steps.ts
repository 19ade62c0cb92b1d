/** How many items are handled between two chances to rest: less than a millisecond's work. */
const STEP = 8192;

/** Cuts a loop over many items into short ones, `[from, to)`. */
export function* stepsOf(count: number): Generator<[from: number, to: number]> {
  for (let from = 0; from < count; from += STEP) yield [from, Math.min(from + STEP, count)];
}

/** Does work that could rest without resting. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
