import type { RecordedSpan } from '../model/index.js';
import type { FlushResult, SpanSink } from '../tracer/index.js';

/** A sink that keeps what has ended, in order, and can be waited for. */
export class RecordedSpans implements SpanSink {
  readonly begun: RecordedSpan[] = [];
  readonly spans: RecordedSpan[] = [];
  readonly #waiting = new Set<() => void>();

  started(span: Readonly<RecordedSpan>): void {
    this.begun.push(span);
    for (const look of this.#waiting) look();
  }

  ended(span: Readonly<RecordedSpan>): void {
    this.spans.push(span);
    for (const look of this.#waiting) look();
  }

  flush(): Promise<FlushResult> {
    return Promise.resolve({ stored: this.spans.length, dropped: 0 });
  }

  /** Resolves with the spans once so many have ended. */
  async whenEnded(count: number): Promise<readonly RecordedSpan[]> {
    while (this.spans.length < count) await this.#change();
    return this.spans;
  }

  /** Resolves once so many have begun. */
  async whenBegun(count: number): Promise<void> {
    while (this.begun.length < count) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  /** The first span of this name that has ended. */
  named(name: string): RecordedSpan {
    const span = this.spans.find((candidate) => candidate.name === name);
    if (!span) throw new Error(`no span “${name}” has ended`);
    return span;
  }

  /** The only span that is recorded, once it has ended. */
  async only(): Promise<RecordedSpan> {
    const [span, ...others] = await this.whenEnded(1);
    if (!span || others.length) throw new Error(`${others.length + 1} spans have ended, not one`);
    return span;
  }
}
