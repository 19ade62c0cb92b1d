import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { linkTemplate } from '../../internal/link-template.js';
import { beginning, boxed, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Citation } from '../../model/index.js';

/** Sources of one text that are in the DOM; the raw record has them all. */
const MOST_SOURCES = 200;
/** Characters of an address or an id, which have no end of their own. */
const MOST_CHARACTERS = 300;

interface Context {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** What a text cites, numbered, each source once. Nothing of it is loaded before a person follows a link. */
export function citationList(citations: readonly Citation[], context: Context): TemplateResult {
  const { messages, settings } = context;
  const sources = distinct(citations);
  return html`<div class="citations">
    <p class="muted" aria-hidden="true">${messages.citations}</p>
    <ol aria-label=${messages.citations}>
      ${sources.slice(0, MOST_SOURCES).map(
        (source) =>
          html`<li>
            ${nameOf(source, context)}
            ${
              source.text
                ? html`<blockquote>
                    <llm-text-block
                      .messages=${messages}
                      .settings=${settings}
                      .value=${boxed(source.text)}
                    ></llm-text-block>
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

/** The title, a link where the source is a page, beside the host, which a title cannot feign. */
function nameOf({ url, title, documentId, documentIndex }: Citation, { settings, messages }: Context): TemplateResult {
  const shown = (words: string): TemplateResult | string =>
    revealed(beginning(settings.readable(text(words)), MOST_CHARACTERS));
  const place = documentIndex === undefined ? '' : messages.citedDocument(documentIndex + 1);
  const name = shown(title ?? (url === undefined ? place : ''));
  if (url !== undefined) return linkTemplate({ address: settings.readable(text(url)), content: name }, settings);
  return html`<bdi>${name}</bdi>
    ${documentId === undefined ? nothing : html`<bdi class="muted">${shown(documentId)}</bdi>`}`;
}
