import { html, nothing, type TemplateResult } from 'lit';
import type { ListedTrace, TraceFigures, TraceMetrics } from '../../analysis/index.js';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { text } from '../../internal/text.js';
import type { TraceQuery, TraceSource } from '../../sources/source.js';
import { SourcePages } from '../llm-trace-list/source-pages.js';

/** Traces that are read without a person's word where the backend does not work the figures out itself. */
const READ_AT_ONCE = 500;

/** What is asked for: as the page asks, in the time that is shown. */
interface Asked {
  readonly source: TraceSource;
  readonly query: TraceQuery;
  readonly range: { readonly start: number; readonly end: number } | undefined;
}

/** The figures of a trace as a list has them. Of models it may have the names only: those are no figures. */
export const figuresOfListed = ({ models, ...summary }: ListedTrace): TraceFigures => ({
  ...summary,
  ...(models && { models: models.flatMap(({ calls, ...model }) => (calls === undefined ? [] : { calls, ...model })) }),
});

/** Figures of the traces of a backend: as it works them out, or else of its first pages. */
export class SourceFigures {
  /** What the backend has worked out. */
  metrics: TraceMetrics | undefined;
  /** Of the traces that were read, where it does not. */
  figures: readonly TraceFigures[] | undefined;
  error: Error | undefined;
  readonly #changed: () => void;
  readonly #pages: SourcePages;
  #asked: Asked | undefined;
  #running: AbortController | undefined;
  #most = READ_AT_ONCE;

  /** @param changed called when there are other figures, or a failure */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#pages = new SourcePages(() => this.#hearPages());
  }

  /** Whether the backend works the figures out. */
  get isSummed(): boolean {
    return this.#asked?.source.summarise !== undefined;
  }

  /** Asks for figures, and ends what is being asked. What is shown stays until they are there. */
  begin(source: TraceSource, query: TraceQuery, range: Asked['range']): void {
    if (this.#asked?.source !== source) this.metrics = this.figures = undefined;
    this.#asked = { source, query, range };
    this.#most = READ_AT_ONCE;
    this.again();
  }

  /** Asks the same once more; of pages, for the one that failed. */
  again(): void {
    const isFailed = this.error !== undefined;
    this.error = undefined;
    this.#running?.abort();
    if (this.isSummed) void this.#summarise();
    else if (isFailed && this.#pages.isAnswered) void this.#pages.more();
    else void this.#pages.begin(this.#asked!.source, this.#asked!.query);
  }

  stop(): void {
    this.#running?.abort();
    this.#pages.stop();
  }

  async #summarise(): Promise<void> {
    const { source, query, range } = this.#asked!;
    const running = (this.#running = new AbortController());
    const { signal } = running;
    const inRange = range ? { ...query, from: range.start, to: range.end } : query;
    try {
      const metrics = await source.summarise!(inRange, { signal });
      if (!signal.aborted) this.metrics = metrics;
    } catch (error) {
      if (!signal.aborted) this.error = error instanceof Error ? error : new Error(String(error));
    }
    if (!signal.aborted) this.#changed();
  }

  #hearPages(): void {
    const { traces, error, isLoading, isAnswered } = this.#pages;
    this.error = error;
    if (isLoading) return;
    if (isAnswered) this.figures = traces.map(figuresOfListed);
    if (traces.length < this.#most) void this.#pages.moreInSight();
    this.#changed();
  }

  /** Of how many traces the figures are, and what the backend does not say. */
  renderNote({ backends }: Messages): TemplateResult | typeof nothing {
    const { traces, total, hasMore, isLoading, incomplete } = this.#pages;
    const { source, query } = this.#asked!;
    const ignored = (Object.keys(query) as (keyof TraceQuery)[]).filter(
      (field) => query[field] !== undefined && !source.filters.has(field),
    );
    const names = ignored.map((field) => backends.fields[field]).join(', ');
    if (!hasMore && !ignored.length && incomplete === undefined) return nothing;
    return html`<div class="left-out muted" role="status">
      ${hasMore ? html`<p>${backends.figuresOf(traces.length, total)}</p>` : nothing}
      ${ignored.length ? html`<p>${backends.notFiltered(text(source.title), names)}</p>` : nothing}
      ${
        incomplete === undefined
          ? nothing
          : html`<p>${backends.incomplete} <span lang="en">${revealed(text(incomplete))}</span></p>`
      }
      ${
        hasMore && !isLoading && !this.error
          ? html`<button type="button" class="button" @click=${() => this.#readMore()}>${backends.more}</button>`
          : nothing
      }
    </div>`;
  }

  #readMore(): void {
    this.#most = this.#pages.traces.length + READ_AT_ONCE;
    void this.#pages.more();
  }
}
