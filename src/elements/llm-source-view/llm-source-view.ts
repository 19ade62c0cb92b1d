import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { sourcesOf, sourcesOfAnswer, type AnswerSources } from '../../analysis/sources/index.js';
import { ContentElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { maskedInPlace } from '../../internal/masked-in-place.js';
import { base } from '../../internal/styles/base.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { InternalsSources } from '../../internals/index.js';
import type { Span } from '../../model/index.js';
import { answerPieces, documentsOf, relevanceOf, spansOf, type AnswerPiece } from './answer-pieces.js';
import { sourceViewStyles } from './llm-source-view.styles.js';
import { documentName, renderDocuments, type DocumentsContext } from './source-documents.js';

/** Rows of the table. */
const MOST_ROWS = 200;
/** Characters of a passage in a label, and in the table. */
const LONGEST_WORDS = 120;

/** What a person chose: spans of the answer, or a document. */
type Choice = { readonly spans: readonly number[]; readonly document?: undefined } | { readonly document: number };

/**
 * What an answer rests on: the answer with its marked stretches, and the documents. A stretch leads to its documents, a document to its
 * stretches. It shows what providers cite, what a retriever found and the model was given, what OLMoTrace found in training data, and
 * says of each what it is worth. Links are followed by a person only.
 *
 * Keys: the marked stretches are one stop of the Tab key; arrows, Home and End move among them, Enter and Space choose, Escape shows all.
 *
 * @summary An answer and its sources.
 * @csspart answer - The answer.
 * @csspart documents - The documents.
 */
export class LlmSourceView extends ContentElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, smallTable, sourceViewStyles];

  /** The call whose answer is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** Sources that the page has from elsewhere, as `olmoTraceSources` reads them; places are of `answer`. */
  @property({ attribute: false }) sources: InternalsSources | undefined;

  /** The answer that `sources` are of. */
  @property({ attribute: false }) answer = '';

  @query('.answer') private box!: HTMLElement | null;

  /** Which of the sources are shown, where there are several. */
  @state() private shown = 0;
  @state() private choice: Choice | undefined;
  /** The marked stretch that keys start from. */
  @state() private active = 0;
  @state() private opened: ReadonlySet<number> = new Set();

  #all: readonly AnswerSources[] = [];
  #pieces: readonly AnswerPiece[] = [];
  #spanCounts: readonly number[] = [];
  #masked: { readonly answer: string; readonly version: number; readonly text: string } | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (['span', 'sources', 'answer'].some((name) => changed.has(name))) {
      const { sources, span } = this;
      this.#all = sources ? [sourcesOfAnswer(sources, this.answer)] : span ? sourcesOf(span) : [];
      this.#show(Math.min(this.shown, Math.max(0, this.#all.length - 1)));
    }
  }

  #show(place: number): void {
    this.shown = place;
    this.choice = undefined;
    this.active = 0;
    this.opened = new Set();
    const sources = this.#all[place];
    this.#pieces = sources ? answerPieces(sources) : [];
    const counts = new Array<number>(sources?.documents.length ?? 0).fill(0);
    for (const { documents } of sources?.spans ?? []) for (const document of documents) counts[document]!++;
    this.#spanCounts = counts;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('choice') && this.choice?.document !== undefined) this.#reveal();
  }

  /** Brings the first chosen stretch into sight, and moves nothing but the answer. */
  #reveal(): void {
    const { box } = this;
    const mark = box?.querySelector('.chosen');
    if (!box || !mark) return;
    const [seen, wanted] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
    box.scrollTop += Math.min(0, wanted.top - seen.top) + Math.max(0, wanted.bottom - seen.bottom);
  }

  protected override render(): TemplateResult {
    const { sourceView: words } = this.messages;
    const sources = this.#all[this.shown];
    if (!sources) {
      return html`<div class="frame">
        <p class="sentence">${words.notCaptured}</p>
        <p class="quiet">${words.howTo}</p>
      </div>`;
    }
    const { method, spans, documents, lost, from, answer } = sources;
    return html`<div class="frame" @keydown=${this.#onEscape}>
      ${this.#all.length > 1 ? this.#renderMethods() : nothing}
      <p class="sentence">
        <b>${words.methods[method]}</b> <code>${revealed(this.settings.readable(from))}</code>
        ${words.counts(spans.length, documents.length)}
      </p>
      <p class="quiet honest">${words.honest[method]}</p>
      ${spans.length ? nothing : html`<p class="quiet">${answer === '' ? words.noAnswer : words.noMatch[method]}</p>`}
      ${lost ? html`<p class="quiet">${words.lost(lost)}</p>` : nothing}
      <div class="panes">
        ${answer === '' ? nothing : this.#renderAnswer(sources)}
        <section class="side" part="documents" aria-label=${words.documents}>
          <p class="chosen-line" role="status">${this.#renderChoice(sources)}</p>
          ${renderDocuments(this.#documentsContext, sources, this.#placesShown(sources))}
        </section>
      </div>
      ${spans.length ? this.#renderTable(sources) : nothing}
    </div>`;
  }

  #renderMethods(): TemplateResult {
    const { sourceView: words } = this.messages;
    return html`<div class="methods" role="group" aria-label=${words.method}>
      ${this.#all.map(
        ({ method }, place) =>
          html`<button
            type="button"
            class="button"
            aria-pressed=${String(place === this.shown)}
            @click=${() => this.#show(place)}
          >
            ${words.methods[method]}
          </button>`,
      )}
    </div>`;
  }

  #answerText({ answer }: AnswerSources): string {
    const { version, masking } = this.settings;
    if (!masking) return answer;
    if (this.#masked?.answer !== answer || this.#masked.version !== version) {
      this.#masked = { answer, version, text: maskedInPlace(answer, (words) => masking(words, '')) };
    }
    return this.#masked.text;
  }

  #renderAnswer(sources: AnswerSources): TemplateResult {
    const { sourceView: words } = this.messages;
    const text = this.#answerText(sources);
    const chosen = new Set(this.#spansChosen(sources));
    let mark = -1;
    const pieces = this.#pieces.map(({ start, end, spans }) => {
      const content = text.slice(start, end);
      if (spans.length === 0) return html`<span>${revealed(content)}</span>`;
      mark++;
      const isChosen = spans.some((span) => chosen.has(span));
      return this.#renderMark(sources, content, spans, mark, isChosen);
    });
    return html`<section class="answer" part="answer" aria-label=${words.answer} aria-describedby="keys" tabindex="0">
      <p class="visually-hidden" id="keys">${words.keys}</p>
      <div class="text">${pieces}</div>
    </section>`;
  }

  #renderMark(
    sources: AnswerSources,
    content: string,
    spans: readonly number[],
    place: number,
    isChosen: boolean,
  ): TemplateResult {
    const documents = documentsOf(sources, spans).length;
    const count = spans.map((span) => sources.spans[span]!.count).find((times) => times !== undefined);
    const { sourceView: words } = this.messages;
    return html`<mark
      role="button"
      class="${isChosen ? 'chosen' : ''} ${spans.length > 1 ? 'overlap' : ''}"
      data-relevance=${relevanceOf(sources, spans)}
      tabindex=${place === this.active ? 0 : -1}
      aria-pressed=${String(isChosen)}
      aria-label=${words.span(revealedText(shortened(content)), documents)}
      title=${count === undefined ? nothing : words.inCorpus(count)}
      @click=${() => this.#chooseSpans(place, spans)}
      @keydown=${(event: KeyboardEvent) => this.#onMarkKey(event, place, spans)}
      >${revealed(content)}</mark
    >`;
  }

  #renderChoice({ spans }: AnswerSources): TemplateResult | string {
    const { choice } = this;
    const { sourceView: words } = this.messages;
    if (!choice) return spans.length ? words.nothingChosen : '';
    const sources = this.#all[this.shown]!;
    const sentence =
      choice.document === undefined
        ? words.chosenSpan(documentsOf(sources, choice.spans).length)
        : words.chosenDocument(this.#spanCounts[choice.document]!);
    return html`${sentence} <button type="button" class="button" @click=${() => this.#letGo()}>${words.clear}</button>`;
  }

  #renderTable(sources: AnswerSources): TemplateResult {
    const { sourceView: words } = this.messages;
    const text = this.#answerText(sources);
    const more = sources.spans.length - MOST_ROWS;
    const context = this.#documentsContext;
    return html`<details class="table">
      <summary>${words.table}</summary>
      <div class="box">
        <table aria-label=${words.table}>
          <thead>
            <tr>
              <th scope="col">${words.stretch}</th>
              <th scope="col">${words.documents}</th>
            </tr>
          </thead>
          <tbody>
            ${sources.spans.slice(0, MOST_ROWS).map(
              ({ start, end, documents }) =>
                html`<tr>
                  <th scope="row">${revealed(shortened(text.slice(start, end)))}</th>
                  <td>
                    ${documents
                      .slice(0, 5)
                      .map((place) => html`<div>${revealed(documentName(context, sources.documents[place]!))}</div>`)}
                    ${documents.length > 5 ? html`<div>${words.moreNotShown(documents.length - 5)}</div>` : nothing}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${more > 0 ? html`<p class="quiet">${words.moreNotShown(more)}</p>` : nothing}
    </details>`;
  }

  get #documentsContext(): DocumentsContext {
    return {
      messages: this.messages,
      settings: this.settings,
      spanCounts: this.#spanCounts,
      chosen: this.choice?.document,
      opened: this.opened,
      choose: (document) => (this.choice = this.choice?.document === document ? undefined : { document }),
      open: (document, isOpen) => {
        if (this.opened.has(document) === isOpen) return;
        const opened = new Set(this.opened);
        if (isOpen) opened.add(document);
        else opened.delete(document);
        this.opened = opened;
      },
    };
  }

  /** Positions of the documents that are shown: those of the chosen spans, else all. */
  #placesShown(sources: AnswerSources): readonly number[] {
    const { choice } = this;
    if (choice && choice.document === undefined) return documentsOf(sources, choice.spans);
    return sources.documents.map((_, place) => place);
  }

  #spansChosen(sources: AnswerSources): readonly number[] {
    const { choice } = this;
    if (!choice) return [];
    return choice.document === undefined ? choice.spans : spansOf(sources, choice.document);
  }

  #chooseSpans(place: number, spans: readonly number[]): void {
    this.active = place;
    const { choice } = this;
    const isSame = choice?.document === undefined && String(choice?.spans) === String(spans);
    this.choice = isSame ? undefined : { spans };
  }

  #letGo(): void {
    this.choice = undefined;
  }

  readonly #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.choice) return;
    event.preventDefault();
    event.stopPropagation();
    this.#letGo();
  };

  #onMarkKey(event: KeyboardEvent, place: number, spans: readonly number[]): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#chooseSpans(place, spans);
      return;
    }
    const marks = [...this.renderRoot.querySelectorAll<HTMLElement>('mark')];
    const forward = this.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const next = new Map([
      [forward, place + 1],
      ['ArrowDown', place + 1],
      [back, place - 1],
      ['ArrowUp', place - 1],
      ['Home', 0],
      ['End', marks.length - 1],
    ]).get(event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.active = Math.min(marks.length - 1, Math.max(0, next));
    marks[this.active]?.focus();
  }
}

const shortened = (text: string): string =>
  text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS).toWellFormed()}…` : text;

declare global {
  interface HTMLElementTagNameMap {
    'llm-source-view': LlmSourceView;
  }
}
