/** Longest stretch of work before the page gets its turn, in ms: half a frame. */
const SLICE = 8;

/** Lets the page do what waits. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Runs a generator to its end in short stretches, so that the page goes on answering.
 *
 * @param work gives something to `take`, or `undefined` where it could rest
 * @param rested called after each stretch: the place to show how far it is
 * @returns whether it came to its end; false where `signal` ended it
 */
export async function runInSlices<Item>(
  work: Generator<Item | undefined, void>,
  { take, rested, signal }: { take(item: Item): void; rested?(): void; signal: AbortSignal },
): Promise<boolean> {
  let began = performance.now();
  for (const item of work) {
    if (item !== undefined) take(item);
    if (performance.now() - began < SLICE) continue;
    rested?.();
    await rest();
    if (signal.aborted) return false;
    began = performance.now();
  }
  return true;
}

/** The same for work that waits for other things in between: it asks for a rest where it could take one. */
export class Pauses {
  #began = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.#began < SLICE) return;
    await rest();
    this.#began = performance.now();
  }
}
