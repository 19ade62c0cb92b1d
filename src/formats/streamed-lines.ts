import type { SpanTable, TraceProblem } from '../model/index.js';
import type { Format, Reading } from './format.js';
import { JsonLines } from './json-lines.js';
import type { ReadSpansOptions } from './read-traces.js';
import { formats } from './registry.js';
import { Slices } from './slices.js';

/** How many values are read together, and how many a format may need to be recognised. */
const BATCH = 64;

/** What JSON Lines held: spans, or values of a format that has to see all of them. */
export type Streamed =
  { table: SpanTable; format: Format } | { table?: undefined; value: unknown[]; problems: readonly TraceProblem[] };

/** Reads JSON Lines as they come in, in slices: values that are read are not kept but by their spans. */
export class StreamedLines {
  readonly #options: ReadSpansOptions;
  readonly #lines = new JsonLines();
  readonly #table: SpanTable;
  readonly #slices: Slices;
  #values: unknown[] = [];
  #format: Format | undefined;
  #reading: Reading | undefined;
  /** Whether the format is known, or known not to be one that reads lists as they come in. */
  #isDecided = false;

  /** @param table where the spans are put */
  constructor(options: ReadSpansOptions, table: SpanTable) {
    this.#options = options;
    this.#table = table;
    this.#slices = new Slices(options.signal);
  }

  /** Whether the text is JSON Lines, and was taken. */
  async take(text: string): Promise<boolean> {
    await this.#read(this.#lines.take(text));
    if (this.#reading) await this.#readValues();
    await this.#told();
    return this.#lines.areLines;
  }

  /** Once all text was taken. `undefined` where it is something else. */
  async finish(): Promise<Streamed | undefined> {
    if (!this.#lines.areLines) return undefined;
    await this.#read(this.#lines.finish());
    const { problems } = this.#lines;
    if (!this.#isDecided) this.#recognise();
    if (!this.#reading || !this.#format) return { value: this.#values, problems };
    await this.#readValues();
    this.#reading.finish();
    for (const problem of problems) this.#table.problems.push(problem);
    return { table: this.#table, format: this.#format };
  }

  /** Has to be called when the reading is over, or has failed. */
  end(): void {
    this.#slices.end();
  }

  async #read(values: Iterable<unknown>): Promise<void> {
    for (const value of values) {
      this.#values.push(value);
      if (!this.#isDecided && isPowerOfTwo(this.#values.length)) this.#recognise();
      if (this.#reading && this.#values.length >= BATCH) await this.#readValues();
      if (this.#slices.isOver) await this.#rest();
    }
  }

  /** By the first 1, 2, 4… values, however the text was cut: the same input is always read in the same way. */
  #recognise(): void {
    const { format: name } = this.#options;
    const format = formats.find((known) => (name ? known.name === name : known.detect(this.#values)));
    this.#isDecided = format !== undefined || this.#values.length >= BATCH;
    if (!format?.begin) return;
    this.#format = format;
    this.#reading = format.begin(this.#table);
  }

  async #readValues(): Promise<void> {
    const values = this.#values;
    this.#values = [];
    for (const done of this.#reading!.add(values)) {
      if (!this.#slices.isOver) continue;
      this.#options.onProgress?.(done, undefined, 'spans');
      await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    await this.#told();
    await this.#slices.rest();
  }

  async #told(): Promise<void> {
    if (this.#table.length > 0) await this.#options.onSpans?.(this.#table);
  }
}

const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;
