/** Figures in words that do not depend on where they are read. */

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

export const dollars = (amount: number): string => `$${Number(amount.toPrecision(3))}`;

export function milliseconds(duration: number): string {
  const length = Math.abs(duration);
  if (length < 1) return `${Number((duration * 1000).toPrecision(3))} µs`;
  return length < 1000 ? `${Number(duration.toPrecision(3))} ms` : `${Number((duration / 1000).toPrecision(4))} s`;
}
