import type { ListedTrace } from '../../analysis/index.js';
import type { TracePage, TraceQuery, TraceSource } from '../../sources/source.js';

/** Pages one after the other that may bring nothing new before a person is asked whether to go on. */
const MOST_EMPTY = 10;

/**
 * The traces of a backend as far as they were asked for, each once, in the order in which they came. A newer question ends
 * an older one, and its late answer is dropped; what is shown stays until the first page of the new one is there.
 */
export class SourcePages {
  traces: readonly ListedTrace[] = [];
  /** How many there are, where the backend counts them. */
  total: number | undefined;
  /** How far back the list goes, in milliseconds since the epoch. */
  since: number | undefined;
  /** What the backend says of traces that may be missing. */
  incomplete: string | undefined;
  error: Error | undefined;
  /** Whether anything was answered yet. */
  isAnswered = false;
  readonly #changed: () => void;
  #asked: { source: TraceSource; query: TraceQuery } | undefined;
  #running: AbortController | undefined;
  #cursor: string | undefined;
  #ids = new Set<string>();
  /** Cursors that were asked for: a backend that gives one again would be asked for ever. */
  #cursors = new Set<string>();
  #empty = 0;

  /** @param changed called when what is shown has changed */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isLoading(): boolean {
    return this.#running !== undefined;
  }

  /** Whether there are traces beyond these. */
  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Whether the next page may be asked for without a person's word. */
  get goesOn(): boolean {
    return this.hasMore && !this.isLoading && !this.error && this.#empty < MOST_EMPTY;
  }

  /** Asks from the beginning, and ends what is being asked. */
  begin(source: TraceSource, query: TraceQuery): Promise<void> {
    if (this.#asked && this.#asked.source !== source) this.#forget();
    this.#asked = { source, query };
    return this.#ask(undefined);
  }

  /** Asks the same from the beginning. */
  async beginAgain(): Promise<void> {
    if (this.#asked) await this.#ask(undefined);
  }

  /** Asks for the next page, or again for the one that failed. */
  async more(): Promise<void> {
    this.#empty = 0;
    if (this.#asked && !this.isLoading) await this.#ask(this.#cursor);
  }

  /** To be called when more of the list comes into sight. */
  async moreInSight(): Promise<void> {
    if (this.goesOn) await this.#ask(this.#cursor);
  }

  /** Ends what is being asked. What is shown stays. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  #forget(): void {
    this.traces = [];
    this.isAnswered = false;
    this.total = this.since = this.incomplete = undefined;
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const { source, query } = this.#asked!;
    this.stop();
    const running = (this.#running = new AbortController());
    this.error = undefined;
    this.#changed();
    try {
      const page = await source.list(query, { cursor, signal: running.signal });
      if (this.#running !== running) return;
      this.#take(page, cursor);
    } catch (error) {
      if (this.#running !== running) return;
      this.error = error instanceof Error ? error : new Error(String(error));
    }
    this.#running = undefined;
    this.#changed();
  }

  #take({ traces, cursor, total, since, incomplete }: TracePage, asked: string | undefined): void {
    const isFirst = asked === undefined;
    if (isFirst) {
      this.#ids = new Set();
      this.#cursors = new Set();
      this.#empty = 0;
      this.total = this.since = this.incomplete = undefined;
    }
    const fresh = traces.filter(({ id }) => !this.#ids.has(id) && this.#ids.add(id));
    this.traces = isFirst ? fresh : this.traces.concat(fresh);
    this.#empty = fresh.length ? 0 : this.#empty + 1;
    this.total = total ?? this.total;
    this.since = since ?? this.since;
    this.incomplete = incomplete ?? this.incomplete;
    this.isAnswered = true;
    const isNew = cursor !== undefined && !this.#cursors.has(cursor);
    this.#cursor = isNew ? cursor : undefined;
    if (cursor !== undefined) this.#cursors.add(cursor);
  }
}
