/** Milliseconds of work between two rests, so that a page stays answerable. */
const SLICE = 10;

/** Cuts long work into stretches, with a rest between two of them. */
export class Slices {
  readonly #signal: AbortSignal | undefined;
  #restAt = performance.now() + SLICE;
  /** A message is delivered at once where a timer is put off. */
  #channel: MessageChannel | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  get isOver(): boolean {
    return performance.now() >= this.#restAt;
  }

  /**
   * Lets whatever waits (input, painting) go first.
   *
   * @throws the signal's reason, once it is aborted
   */
  async rest(): Promise<void> {
    const { port1, port2 } = (this.#channel ??= new MessageChannel());
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(undefined);
    });
    this.#signal?.throwIfAborted();
    this.#restAt = performance.now() + SLICE;
  }

  /** Has to be called when the work is over. */
  end(): void {
    this.#channel?.port1.close();
    this.#channel = undefined;
  }
}

/**
 * Does work that yields where it may rest.
 *
 * @param rested called before each rest with what the work gave
 * @throws the signal's reason, once it is aborted
 */
export async function inSlices<Step, Result>(
  work: Generator<Step, Result>,
  signal: AbortSignal | undefined,
  rested?: (step: Step) => void | Promise<void>,
): Promise<Result> {
  const slices = new Slices(signal);
  try {
    for (;;) {
      const step = work.next();
      if (step.done) {
        signal?.throwIfAborted();
        return step.value;
      }
      if (!slices.isOver) continue;
      await rested?.(step.value);
      await slices.rest();
    }
  } finally {
    slices.end();
  }
}
