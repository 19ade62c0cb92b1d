import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { beginning, boxed, text } from '../../internal/text.js';
import type { Citation } from '../../model/index.js';

/** Sources of one text that are in the DOM; the raw record has them all. */
const MOST_SOURCES = 200;
/** Characters of an address or an id, which have no end of their own. */
const MOST_CHARACTERS = 300;

/** What a text cites, numbered, each source once. Nothing of it is loaded before a person follows a link. */
export function citationList(citations: readonly Citation[], messages: Messages): TemplateResult {
  const sources = distinct(citations);
  return html`<div class="citations">
    <p class="muted" aria-hidden="true">${messages.citations}</p>
    <ol aria-label=${messages.citations}>
      ${sources.slice(0, MOST_SOURCES).map(
        (source) =>
          html`<li>
            ${nameOf(source, messages)}
            ${
              source.text
                ? html`<blockquote>
                    <llm-text-block .messages=${messages} .content=${boxed(source.text)}></llm-text-block>
                  </blockquote>`
                : nothing
            }
          </li>`,
      )}
    </ol>
    ${sources.length > MOST_SOURCES ? html`<p class="muted">${messages.moreNotShown(sources.length - MOST_SOURCES)}</p>` : nothing}
  </div>`;
}

/** A source may be cited at many places of a text. */
function distinct(citations: readonly Citation[]): readonly Citation[] {
  const bySource = new Map(
    citations.map((citation) => {
      const { url, title, text, documentId, documentIndex } = citation;
      return [JSON.stringify([url, title, text, documentId, documentIndex]), citation];
    }),
  );
  return [...bySource.values()];
}

/** The title, a link where the source is a page, beside the whole host, which a title cannot feign. */
function nameOf({ url, title, documentId, documentIndex }: Citation, messages: Messages): TemplateResult {
  const page = pageAt(url);
  if (page) {
    const label = beginning(text(title ?? '') || page.href, MOST_CHARACTERS);
    return html`<a href=${page.href} target="_blank" rel="noopener noreferrer">${label}</a>
      <bdi class="muted">${page.host}</bdi>`;
  }
  const place = text(url ?? documentId ?? '');
  const document = documentIndex === undefined ? '' : messages.citedDocument(documentIndex + 1);
  return html`<bdi>${beginning(text(title ?? document), MOST_CHARACTERS)}</bdi>
    ${place === '' ? nothing : html`<bdi class="muted">${beginning(place, MOST_CHARACTERS)}</bdi>`}`;
}

/** The address of a page on the web. Any other (`javascript:`, `file:`) is no link. */
function pageAt(url: string | undefined): URL | undefined {
  const page = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  return page?.protocol === 'https:' || page?.protocol === 'http:' ? page : undefined;
}
