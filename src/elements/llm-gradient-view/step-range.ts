/** Steps that are seen, by their places; `to` is behind the last one. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** As few as are worth a look. */
const FEWEST = 8;

/** So many times as many steps, around a place of what is seen (0 its beginning, 1 its end). */
export function zoomed({ from, to }: StepRange, factor: number, place: number, count: number): StepRange {
  const length = Math.max(Math.min(FEWEST, count), Math.min(count, Math.round((to - from) * factor)));
  return movedTo(Math.round(from + place * (to - from - length)), length, count);
}

export const panned = ({ from, to }: StepRange, by: number, count: number): StepRange =>
  movedTo(from + by, to - from, count);

/** With this step in sight. */
export function showing(range: StepRange, step: number, count: number): StepRange {
  const { from, to } = range;
  if (step >= from && step < to) return range;
  return movedTo(step < from ? step : step - (to - from) + 1, to - from, count);
}

function movedTo(from: number, length: number, count: number): StepRange {
  const start = Math.max(0, Math.min(from, count - length));
  return { from: start, to: start + length };
}
