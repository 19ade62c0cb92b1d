/** Roughly how many characters a value of plain JSON takes, without writing it down. */
export function weigh(value: unknown): number {
  let weight = 0;
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) {
      for (const key in next) waiting.push((next as Record<string, unknown>)[key]);
    }
    weight += typeof next === 'string' ? next.length : 8;
  }
  return weight;
}
