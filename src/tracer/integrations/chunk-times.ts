import type { TracerSpan } from '../tracer-span.js';

/** Chunks of an answer whose times are recorded one by one. */
const MOST_TIMES = 1000;

/** When the pieces of an answer came, in milliseconds from its request. */
export class ChunkTimes {
  readonly #begun = performance.now();
  readonly #times: number[] = [];
  #count = 0;

  /** @param time `performance.now()` of when it came */
  add(time: number): void {
    this.#count++;
    if (this.#times.length < MOST_TIMES) this.#times.push(Math.round((time - this.#begun) * 10) / 10);
  }

  /** Tells a span whose answer ends now, with so many tokens of output where that is known. */
  tell(span: TracerSpan, output: number | undefined): void {
    const [first] = this.#times;
    if (first === undefined) return;
    const seconds = (performance.now() - this.#begun - first) / 1000;
    span.update({ timeToFirstToken: first }).setAttributes({
      'gen_ai.request.stream': true,
      'llm_trace.stream.chunks': this.#count,
      'llm_trace.stream.chunk_times': this.#times,
      ...(output !== undefined &&
        this.#count > 1 &&
        seconds > 0 && { 'llm_trace.output_tokens_per_second': Math.round((output / seconds) * 10) / 10 }),
    });
  }
}
