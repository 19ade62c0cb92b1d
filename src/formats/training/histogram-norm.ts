/**
 * The L2 norm of numbers of which only a histogram is left, an estimate: inside a bin they are taken to be spread evenly, so that
 * the mean of their squares is (a² + ab + b²) / 3.
 */
export function histogramNorm(counts: readonly number[], edgeAt: (bin: number) => number): number {
  let sum = 0;
  counts.forEach((count, bin) => {
    if (!(count > 0)) return;
    const [low, high] = [edgeAt(bin), edgeAt(bin + 1)];
    sum += (count * (low * low + low * high + high * high)) / 3;
  });
  return Math.sqrt(sum);
}
