import { mayHoldLong } from './may-hold-long.js';
import type { ReadSpansOptions } from './read-traces.js';
import type { SpanTable } from '../model/span-table.js';
import type { Streamed, StreamedLines } from './streamed-lines.js';

/** What most texts are is read with what is there at first; `further-texts.ts`, which reads all others, is loaded when one comes. */

/** From how many characters on a page would stand still while the engine parses a text at once. */
const LONG = 1 << 21;

/** How long the beginning may be before it is known to be JSON Lines: one line may hold a batch of spans. */
export const MOST_UNDECIDED = 1 << 24;

export const isLong = (text: string): boolean => text.length > LONG;

/** The value of a JSON document of ordinary length; `undefined` for any other text. */
export function plainJson(text: string): { value: unknown } | undefined {
  if (isLong(text) || !/^\ufeff?\s*[{[]/.test(text) || mayHoldLong(text)) return undefined;
  try {
    return { value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) };
  } catch {
    // Why, and what it may be instead, is found out by what reads other texts.
    return undefined;
  }
}

/** Tells JSON Lines by their first line, and has them read as they come in. */
export class IncomingText {
  readonly #options: ReadSpansOptions;
  readonly #table: SpanTable;
  /** What came, until the end of the first line is there. */
  #beginning: string | undefined = '';
  #lines: StreamedLines | undefined;

  /** @param table where the spans are put */
  constructor(options: ReadSpansOptions, table: SpanTable) {
    this.#options = options;
    this.#table = table;
  }

  /** Whether the text is JSON Lines, and was taken. */
  async take(text: string): Promise<boolean> {
    if (this.#lines) return this.#lines.take(text);
    if (this.#beginning === undefined) return false;
    this.#beginning += text;
    const isFirstLine = firstLineOf(this.#beginning);
    if (isFirstLine === undefined) return false;
    const beginning = this.#beginning;
    this.#beginning = undefined;
    if (!isFirstLine) return false;
    const { StreamedLines } = await import('./further-texts.js');
    this.#lines = new StreamedLines(this.#options, this.#table);
    return this.#lines.take(beginning);
  }

  /** Once all text was taken. `undefined` where it is something else. */
  async finish(): Promise<Streamed | undefined> {
    return this.#lines?.finish();
  }

  /** Has to be called when the reading is over, or has failed. */
  end(): void {
    this.#lines?.end();
  }
}

/** Whether the first line that is not empty looks like a value of its own; `undefined` while it goes on. */
function firstLineOf(text: string): boolean | undefined {
  const start = /[^\s\ufeff]/.exec(text)?.index;
  if (start === undefined) return undefined;
  if (text[start] !== '{' && text[start] !== '[') return false;
  const end = text.indexOf('\n', start);
  if (end < 0) return text.length > MOST_UNDECIDED ? false : undefined;
  return /[}\]]\s*$/.test(text.slice(Math.max(start, end - 64), end));
}
