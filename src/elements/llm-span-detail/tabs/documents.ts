import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../../i18n/index.js';
import type { TraceDocument } from '../../../model/index.js';
import { text } from '../../../internal/text.js';
import { block, firstOf, section } from './parts.js';
import type { ContentContext, DetailTab } from './tab.js';

/** Documents that are in the DOM; a retriever that gave more is rare, and nobody reads that far. */
const MOST_SHOWN = 200;

export const documentsTab: DetailTab = {
  id: 'documents',
  label: (messages) => messages.tabDocuments,
  isFor: (span) => span.documents.length + span.inputDocuments.length > 0,
  count: (span) => span.documents.length || span.inputDocuments.length,
  render: (context) => {
    const { span, messages } = context;
    return span.inputDocuments.length
      ? html`${section(messages.documentsReturned, documentList(context, span.documents))}
        ${section(messages.documentsGiven, documentList(context, span.inputDocuments))}`
      : documentList(context, span.documents);
  },
};

function documentList(context: ContentContext, documents: readonly TraceDocument[]): TemplateResult {
  const { messages } = context;
  const scores = documents.map(({ score }) => score).filter((score) => score !== undefined);
  // Similarities lie between 0 and 1 and are drawn as they are; other scores are drawn against the best one.
  const best = scores.reduce((most, score) => Math.max(most, score), 1);
  return html`<ol class="documents">
    ${firstOf(
      messages,
      documents,
      MOST_SHOWN,
      (document, index) =>
        html`<li class="document">
          <div class="document-head">
            <span class="rank" title=${messages.rank}>${String(index + 1)}</span>
            <span class="document-id">${text(document.id ?? '')}</span>
            ${document.score === undefined ? nothing : scoreBar(messages, document.score, best)}
          </div>
          ${document.content === undefined ? nothing : block(context, document.content)}
          ${
            document.metadata === undefined
              ? nothing
              : html`<details>
                  <summary>${messages.metadata}</summary>
                  ${block(context, document.metadata)}
                </details>`
          }
        </li>`,
    )}
  </ol>`;
}

function scoreBar(messages: Messages, score: number, best: number): TemplateResult {
  const width = Math.max(0, Math.min(100, (score / best) * 100));
  return html`<span class="score">
    <span class="score-value" title=${messages.score}>${formatNumber(score, messages.locale)}</span>
    <span class="score-track" aria-hidden="true"><span class="score-fill" .style=${`--width: ${width}`}></span></span>
  </span>`;
}
