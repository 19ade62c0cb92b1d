import { html, nothing, type TemplateResult } from 'lit';
import { formatMoment, readingErrorText, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { TraceFilter, TraceQuery, TraceSource } from '../../sources/source.js';
import { SourcePages } from './source-pages.js';
import type { ListRow } from './trace-rows.js';

export { sourceStyles } from './source-part.styles.js';

/** The list, as this part of it sees it. */
export interface SourceHost {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly source: TraceSource | undefined;
  query: string;
  filter: TraceQuery;
  requestUpdate(): void;
}

/** Fields that are shown in the form; the others are the page's to ask for. */
const FIELDS = ['name', 'model', 'service', 'from', 'to', 'native'] as const;

/** Traces of a backend in a list: the form that asks for them, the rows, and how much of how much they are. */
export class SourcePart {
  readonly #host: SourceHost;
  readonly #pages: SourcePages;
  #source: TraceSource | undefined;
  #filter: TraceQuery | undefined;
  #query = '';
  #rows: readonly ListRow[] = [];
  #rowsOf: unknown;

  constructor(host: SourceHost) {
    this.#host = host;
    this.#pages = new SourcePages(() => host.requestUpdate());
  }

  /** Asks what the host wants, where that is something else than before. */
  take(): void {
    const { source, filter, query } = this.#host;
    if (source === this.#source && filter === this.#filter && query === this.#query) return;
    [this.#source, this.#filter, this.#query] = [source, filter, query];
    this.#pages.stop();
    if (source) void this.#pages.begin(source, this.#asked);
  }

  /** The host has left the page. */
  leave(): void {
    this.#pages.stop();
    this.#source = undefined;
  }

  /** What is asked for: the words of the search are a name. */
  get #asked(): TraceQuery {
    const { query, filter } = this.#host;
    return query.trim() ? { ...filter, name: query.trim() } : filter;
  }

  get traces(): SourcePages['traces'] {
    return this.#pages.traces;
  }

  /** In the order in which the backend gives them. */
  get rows(): readonly ListRow[] {
    const { traces } = this.#pages;
    if (this.#rowsOf === traces) return this.#rows;
    this.#rowsOf = traces;
    const count = traces.length;
    return (this.#rows = traces.map((trace, at) => ({
      key: trace.id,
      group: undefined,
      trace,
      place: at + 1,
      count,
    })));
  }

  /** How many rows there are in all; -1 where that is not known. */
  get rowCount(): number {
    const { total, hasMore, traces } = this.#pages;
    if (!hasMore) return traces.length;
    return total === undefined ? -1 : Math.max(total, traces.length);
  }

  get isBusy(): boolean {
    return this.#pages.isLoading;
  }

  /** Rows up to this one are in the page, or soon will be. */
  show(end: number): void {
    // Not while the host renders: it would render once more at once.
    queueMicrotask(() => {
      if (end >= this.#pages.traces.length) void this.#pages.moreInSight();
    });
  }

  renderToolbar(): TemplateResult {
    const { messages, source, filter } = this.#host;
    return html`<div class="toolbar" part="toolbar" role="search" aria-label=${messages.backends.query}>
      ${FIELDS.map((field) => (field === 'native' && !source?.language ? nothing : this.#renderField(field)))}
      <label class="field" title=${this.#reason('status')}>
        <input
          type="checkbox"
          aria-label=${messages.backends.onlyFailed}
          .checked=${filter.status === 'error'}
          ?disabled=${!this.#can('status')}
          @change=${(event: Event) => this.#set('status', (event.target as HTMLInputElement).checked ? 'error' : '')}
        />
        <span>${messages.backends.onlyFailed}</span>
      </label>
    </div>`;
  }

  #renderField(field: (typeof FIELDS)[number]): TemplateResult {
    const { messages, source, filter, query } = this.#host;
    const isTime = field === 'from' || field === 'to';
    const label = field === 'native' ? text(source!.language) : messages.backends.fields[field];
    const value = field === 'name' ? query || (filter.name ?? '') : filter[field];
    return html`<label class=${`field ${field}`} title=${this.#reason(field)}>
      <span>${label}</span>
      <input
        aria-label=${label}
        type=${isTime ? 'datetime-local' : 'search'}
        step=${isTime ? '1' : nothing}
        autocomplete="off"
        spellcheck="false"
        .value=${typeof value === 'number' ? localMoment(value) : text(value ?? '')}
        ?disabled=${!this.#can(field)}
        @change=${(event: Event) => this.#set(field, (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  #can(field: TraceFilter): boolean {
    return this.#host.source?.filters.has(field) ?? false;
  }

  #reason(field: TraceFilter): string | typeof nothing {
    const { messages, source } = this.#host;
    return this.#can(field) ? nothing : messages.backends.cannotFilter(text(source?.title));
  }

  #set(field: (typeof FIELDS)[number] | 'status', value: string): void {
    const { [field]: before, ...rest } = this.#host.filter;
    if (field === 'name') {
      this.#host.query = value;
      if (before === undefined) return;
    }
    const isTime = field === 'from' || field === 'to';
    const set = isTime ? Date.parse(value) : value.trim();
    const isSet = field !== 'name' && (typeof set === 'number' ? !Number.isNaN(set) : set !== '');
    this.#host.filter = isSet ? { ...rest, [field]: set } : rest;
  }

  /** That traces come, why they do not, or that there are none: where there is no row. */
  renderState(): TemplateResult | typeof nothing {
    const { messages } = this.#host;
    const { traces, error, isLoading, isAnswered } = this.#pages;
    if (traces.length) return nothing;
    if (error) {
      return html`<div class="nothing" role="alert">
        <p><span class="error-text">${messages.tracesFailed}</span></p>
        ${this.#renderError(error)} ${this.#renderButtons(error)}
      </div>`;
    }
    return html`<p class="nothing" role="status">
      ${isLoading || !isAnswered ? messages.loadingTraces : messages.noTraceMatches} ${this.#renderNotes()}
    </p>`;
  }

  /** Below the rows: how much of how much they are, and what is not in them. */
  renderFoot(): TemplateResult | typeof nothing {
    const { messages } = this.#host;
    const { backends } = messages;
    const { traces, total, hasMore, error, isLoading, goesOn } = this.#pages;
    if (!traces.length) return nothing;
    const shown = hasMore ? backends.shown(traces.length, total) : backends.shownAll(traces.length);
    return html`<div class="foot">
      <p role="status">${shown}${isLoading ? html` · ${backends.loadingMore}` : nothing} ${this.#renderNotes()}</p>
      ${
        error
          ? html`<div role="alert">
              <p><span class="error-text">${messages.tracesFailed}</span> ${backends.keepsShown}</p>
              ${this.#renderError(error)} ${this.#renderButtons(error)}
            </div>`
          : nothing
      }
      ${
        hasMore && !error && !isLoading && !goesOn
          ? html`<button type="button" class="button" @click=${() => void this.#pages.more()}>${backends.more}</button>`
          : nothing
      }
    </div>`;
  }

  #renderNotes(): TemplateResult {
    const { messages, settings, source } = this.#host;
    const { backends } = messages;
    const { since, incomplete } = this.#pages;
    const asked = Object.keys(this.#asked) as TraceFilter[];
    const ignored = asked.filter((field) => this.#asked[field] !== undefined && !this.#can(field));
    const names = ignored.map((field) => backends.fields[field]).join(', ');
    return html`${since === undefined ? nothing : html` · ${backends.since(formatMoment(since, messages))}`}
    ${ignored.length && source ? html`<span class="note">${backends.notFiltered(text(source.title), names)}</span>` : nothing}
    ${
      incomplete === undefined
        ? nothing
        : html`<span class="note"
            >${backends.incomplete} <span lang="en">${revealed(settings.readable(text(incomplete)))}</span></span
          >`
    }`;
  }

  /** A backend says what happened in English; other languages say before it what that means. */
  #renderError(error: Error): TemplateResult {
    const { messages, settings } = this.#host;
    const words = readingErrorText(error, messages);
    return html`${words === undefined ? nothing : html`<p>${words}</p>`}
      <p lang="en" class=${words === undefined ? '' : 'muted'}>${revealed(settings.readable(text(error.message)))}</p>`;
  }

  #renderButtons(error: Error): TemplateResult {
    const { messages } = this.#host;
    const isGone = 'reason' in error && error.reason === 'gone';
    return isGone
      ? html`<button type="button" class="button" @click=${() => void this.#pages.beginAgain()}>
          ${messages.backends.beginAgain}
        </button>`
      : html`<button type="button" class="button" @click=${() => void this.#pages.more()}>
          ${messages.tryAgain}
        </button>`;
  }
}

/** As a field for a moment wants it: local time, to the second. */
function localMoment(millis: number): string {
  const date = new Date(millis - new Date(millis).getTimezoneOffset() * 60_000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19);
}
