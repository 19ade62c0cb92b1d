import { html, nothing, type TemplateResult } from 'lit';
import type { AnswerSources, SourceDocument } from '../../analysis/sources/index.js';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { linkTemplate } from '../../internal/link-template.js';
import { maskedInPlace } from '../../internal/masked-in-place.js';
import { boxed } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { RELEVANCES, type Relevance } from './answer-pieces.js';

const MOST_DOCUMENTS = 200;
/** Passages of a document that are shown before the others are asked for, and at all. */
const FIRST_PASSAGES = 2;
const MOST_PASSAGES = 50;
/** Characters of a passage, and of what stands for a document without a name. */
const LONGEST_PASSAGE = 1200;
const LONGEST_NAME = 160;

export interface DocumentsContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  /** How many spans of the answer each document is of. */
  readonly spanCounts: readonly number[];
  readonly chosen: number | undefined;
  /** Documents whose full text is open: only then it is in the page. */
  readonly opened: ReadonlySet<number>;
  choose(document: number): void;
  open(document: number, isOpen: boolean): void;
}

/** Documents in groups by their relevance, where that is stated. */
export function renderDocuments(
  context: DocumentsContext,
  { documents }: AnswerSources,
  places: readonly number[],
): TemplateResult {
  const { messages } = context;
  const shown = places.slice(0, MOST_DOCUMENTS);
  const isGrouped = documents.some(({ relevance }) => relevance !== undefined);
  const of = (relevance: Relevance): readonly number[] =>
    shown.filter((place) => (documents[place]!.relevance ?? 'unknown') === relevance);
  const list = (group: readonly number[]): TemplateResult =>
    html`<ol class="documents">
      ${group.map((place) => renderDocument(context, documents[place]!, place))}
    </ol>`;
  const more = places.length - shown.length;
  return html`${
    isGrouped
      ? RELEVANCES.map((relevance) => {
          const group = of(relevance);
          if (group.length === 0) return nothing;
          return html`<h5>
              ${messages.sourceView.relevance[relevance]}
              <span class="muted">${formatNumber(group.length, messages.locale)}</span>
            </h5>
            ${list(group)}`;
        })
      : list(shown)
  }
  ${more > 0 ? html`<p class="quiet">${messages.sourceView.moreNotShown(more)}</p>` : nothing}`;
}

/** What a document is called: its title, its address, its id, how it begins. */
export function documentName(
  { messages, settings }: Pick<DocumentsContext, 'messages' | 'settings'>,
  { title, url, id, text, passages }: SourceDocument,
): string {
  const name = [title, url, id, text, passages[0]?.text].find((word) => word !== undefined && word.trim() !== '');
  if (name === undefined) return messages.sourceView.noName;
  const words = settings.readable(name.slice(0, 4 * LONGEST_NAME)).trim();
  return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME).toWellFormed()}…` : words;
}

function renderDocument(context: DocumentsContext, document: SourceDocument, place: number): TemplateResult {
  const { messages, settings, spanCounts, chosen, opened } = context;
  const { sourceView: words, locale } = messages;
  const { url, source, usage, score, relevance, passages, text, times } = document;
  const count = spanCounts[place]!;
  const facts = [
    count ? words.spansOf(count) : words.noSpans,
    source === undefined ? '' : words.from(settings.readable(source)),
    usage === undefined ? '' : settings.readable(usage),
    score === undefined ? '' : `${words.score} ${formatNumber(score, locale)}`,
    times > 1 ? words.repeated(times) : '',
  ].filter((fact) => fact !== '');
  const more = passages.slice(FIRST_PASSAGES, MOST_PASSAGES);
  return html`<li class="document ${chosen === place ? 'chosen' : ''}" data-relevance=${relevance ?? 'unknown'}>
    <button type="button" class="name" aria-pressed=${String(chosen === place)} @click=${() => context.choose(place)}>
      ${revealed(documentName(context, document))}
    </button>
    <p class="facts">${revealed(facts.join(' · '))}</p>
    ${url === undefined ? nothing : html`<p class="facts">${linkTemplate({ address: settings.readable(url) }, settings)}</p>`}
    ${passages.slice(0, FIRST_PASSAGES).map((passage) => renderPassage(context, passage))}
    ${
      more.length
        ? html`<details>
            <summary>${words.morePassages(passages.length - FIRST_PASSAGES)}</summary>
            ${more.map((passage) => renderPassage(context, passage))}
          </details>`
        : nothing
    }
    ${
      text === undefined
        ? nothing
        : html`<details
            .open=${opened.has(place)}
            @toggle=${(event: Event) => context.open(place, (event.currentTarget as HTMLDetailsElement).open)}
          >
            <summary>${words.fullText}</summary>
            ${
              opened.has(place)
                ? html`<llm-text-block
                    .messages=${messages}
                    .settings=${settings}
                    .value=${boxed(text)}
                  ></llm-text-block>`
                : nothing
            }
          </details>`
    }
  </li>`;
}

function renderPassage(
  { settings }: DocumentsContext,
  { text, match }: SourceDocument['passages'][number],
): TemplateResult {
  const masked = maskedInPlace(text, (words) => settings.readable(words));
  const shown = masked.length > LONGEST_PASSAGE ? `${masked.slice(0, LONGEST_PASSAGE).toWellFormed()}…` : masked;
  const [start, end] = match && match[1] <= shown.length ? match : [0, 0];
  const pieces = [
    html`<span>${revealed(shown.slice(0, start))}</span>`,
    html`<b class="match">${revealed(shown.slice(start, end))}</b>`,
    html`<span>${revealed(shown.slice(end))}</span>`,
  ];
  return html`<blockquote>${pieces}</blockquote>`;
}
