import { html, nothing, type TemplateResult } from 'lit';
import { vectorsIn } from '../../../analysis/index.js';
import { parsedContainer } from '../../../internal/json/json-value.js';
import type { Span } from '../../../model/index.js';
import { firstOf, valueOf, vectorText } from './parts.js';
import type { Content, DetailTab } from './tab.js';

/** Texts that are in the DOM. */
const MOST_SHOWN = 300;
/** Longer texts of vectors are not parsed. */
const MOST_PARSED = 20_000_000;

/** What an embedding was made of, each text with the size and the beginning of its vector. */
export const textsTab: DetailTab = {
  id: 'texts',
  places: ['documents'],
  label: (messages) => messages.tabTexts,
  isFor: (span) => span.kind === 'embedding' && (span.documents.length > 0 || vectorsOf(span).length > 0),
  count: (span) => span.documents.length,
  render: (context) => {
    const { messages, span } = context;
    const { documents } = span;
    const vectors = vectorsOf(span);
    // Where there are fewer or more of them than texts, nothing says which belongs to which.
    const isPaired = vectors.length === documents.length;
    const list = (items: readonly unknown[], render: (place: number) => Content): TemplateResult =>
      html`<ol class="documents">
        ${firstOf(
          messages,
          items,
          MOST_SHOWN,
          (_, place) =>
            html`<li class="document">
              <div class="document-head"><span class="rank">${String(place + 1)}</span></div>
              ${render(place)}
            </li>`,
        )}
      </ol>`;
    const vector = (place: number): TemplateResult =>
      html`<div class="vector muted">${vectorText(vectors[place]!, messages)}</div>`;
    return html`${
      documents.length
        ? list(
            documents,
            (place) => html`${valueOf(context, documents[place]!.content ?? '')}${isPaired ? vector(place) : nothing}`,
          )
        : nothing
    }
    ${isPaired || !vectors.length ? nothing : list(vectors, vector)}`;
  },
};

const known = new WeakMap<Span, readonly (readonly number[])[]>();

/** The vectors that the span gave back, else those that its attributes hold. */
function vectorsOf(span: Span): readonly (readonly number[])[] {
  let vectors = known.get(span);
  if (!vectors) {
    vectors = vectorsIn(opened(span.output));
    if (!vectors.length) vectors = vectorsIn([...span.attributes.values()].map(opened));
    known.set(span, vectors);
  }
  return vectors;
}

const opened = (value: unknown): unknown =>
  typeof value === 'string' ? (value.length <= MOST_PARSED ? parsedContainer(value) : undefined) : value;
