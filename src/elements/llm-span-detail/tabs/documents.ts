import { html, nothing, type TemplateResult } from 'lit';
import { nearDuplicates, rankMoves } from '../../../analysis/index.js';
import { formatNumber, type Messages } from '../../../i18n/index.js';
import { isContainer } from '../../../internal/json/json-value.js';
import { maskButton } from '../../../internal/mask-button.js';
import { beginning } from '../../../internal/text.js';
import type { TraceDocument } from '../../../model/index.js';
import { firstOf, section, shown, textBlock, valueOf, valueTable } from './parts.js';
import type { Content, ContentContext, DetailTab } from './tab.js';

/** Documents that are in the DOM; a retriever that gave more is rare, and nobody reads that far. */
const MOST_SHOWN = 200;
/** Characters of a document that says itself what it is about, before it is opened. */
const FIRST_CHARACTERS = 140;

/** What a retriever or a reranker gave. The texts of an embedding are no documents: they have a tab of their own. */
export const documentsTab: DetailTab = {
  id: 'documents',
  places: ['documents'],
  label: (messages) => messages.tabDocuments,
  isFor: (span) => span.kind !== 'embedding' && span.documents.length + span.inputDocuments.length > 0,
  count: (span) => span.documents.length || span.inputDocuments.length,
  render: (context) => {
    const { messages, span } = context;
    const { documents, inputDocuments } = span;
    if (!inputDocuments.length) return documentList(context, documents, () => nothing);
    const { from, to } = rankMoves(inputDocuments, documents);
    return html`<div class="columns">
      ${section(
        messages.documentsGiven,
        documentList(
          context,
          inputDocuments,
          (place) =>
            move(to[place] === undefined ? messages.leftOut : messages.movedTo(to[place] + 1), to[place] === undefined),
          // What came back is read on the other side.
          (place) => to[place] !== undefined,
        ),
      )}
      ${section(
        messages.documentsReturned,
        documentList(context, documents, (place) => {
          const before = from[place];
          return before === undefined
            ? move(messages.notGiven, false)
            : move(messages.movedFrom(before + 1, before - place), false);
        }),
      )}
    </div>`;
  },
};

const move = (words: string, isLeftOut: boolean): TemplateResult =>
  html`<span class="move ${isLeftOut ? 'left-out' : ''}">${words}</span>`;

/** Groups of documents that say nearly the same, by the list that they are in: comparing is not for every rendering. */
const known = new WeakMap<readonly TraceDocument[], readonly number[]>();

function groupsOf(documents: readonly TraceDocument[]): readonly number[] {
  let groups = known.get(documents);
  if (!groups) {
    groups = nearDuplicates(documents.slice(0, MOST_SHOWN).map(({ content }) => content ?? ''));
    known.set(documents, groups);
  }
  return groups;
}

function documentList(
  context: ContentContext,
  documents: readonly TraceDocument[],
  note: (place: number) => Content,
  isFolded: (place: number) => boolean = () => false,
): TemplateResult {
  const { messages } = context;
  const scores = documents.map(({ score }) => score).filter((score) => score !== undefined);
  // Similarities lie between 0 and 1 and are drawn as they are; other scores are drawn against the best one.
  const best = scores.reduce((most, score) => Math.max(most, score), 1);
  const groups = groupsOf(documents);
  const repeats = new Map<number, number[]>();
  groups.forEach((first, place) => {
    if (first !== place) repeats.set(first, [...(repeats.get(first) ?? []), place]);
  });
  const item = (place: number): TemplateResult => {
    const document = documents[place]!;
    const others = repeats.get(place);
    return html`<li class="document">
      <div class="document-head">
        <span class="rank" title=${messages.rank}>${String(place + 1)}</span>
        <span class="document-id">${shown(context, document.id ?? '')}</span>
        ${note(place)} ${document.score === undefined ? nothing : scoreBar(messages, document.score, best)}
        ${maskButton([document.id, document.content, document.metadata], messages.share.document(place + 1), context)}
      </div>
      ${document.content === undefined ? nothing : contentOf(context, document.content, isFolded(place))}
      ${document.metadata === undefined ? nothing : metadataOf(context, document.metadata)}
      ${
        others
          ? html`<details>
              <summary>${messages.nearDuplicates(others.length)}</summary>
              <ol class="documents">
                ${others.map(item)}
              </ol>
            </details>`
          : nothing
      }
    </li>`;
  };
  return html`<ol class="documents">
    ${firstOf(messages, documents, MOST_SHOWN, (_, place) => (groups[place] === place ? item(place) : nothing))}
  </ol>`;
}

function contentOf(context: ContentContext, content: string, isFolded: boolean): TemplateResult {
  if (!isFolded) return valueOf(context, content);
  const words = beginning(content, FIRST_CHARACTERS);
  return html`<details>
    <summary class="beginning">${shown(context, words)}${words.length < content.length ? '…' : ''}</summary>
    ${textBlock(context, content)}
  </details>`;
}

const metadataOf = (context: ContentContext, metadata: unknown): TemplateResult =>
  html`<details>
    <summary>${context.messages.metadata}</summary>
    ${
      isContainer(metadata) && !Array.isArray(metadata)
        ? valueTable(context, metadata instanceof Map ? (metadata as Map<string, unknown>) : Object.entries(metadata))
        : valueOf(context, metadata)
    }
  </details>`;

function scoreBar(messages: Messages, score: number, best: number): TemplateResult {
  const width = Math.max(0, Math.min(100, (score / best) * 100));
  return html`<span class="score">
    <span class="score-value" title=${messages.score}>${formatNumber(score, messages.locale)}</span>
    <span class="score-track" aria-hidden="true"><span class="score-fill" .style=${`--width: ${width}`}></span></span>
  </span>`;
}
