import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../../i18n/index.js';
import { boxed, text } from '../../../internal/text.js';
import type { ContentContext } from './tab.js';

export const block = ({ messages, settings }: ContentContext, value: unknown): TemplateResult =>
  html`<llm-text-block .messages=${messages} .settings=${settings} .value=${boxed(value ?? null)}></llm-text-block>`;

/** A heading with what belongs under it. */
export const section = (title: string, content: unknown): TemplateResult =>
  html`<section>
    <h4>${title}</h4>
    ${content}
  </section>`;

/** The first of many things, and how many more there are: the raw record has them all. */
export function firstOf<Item>(
  messages: Messages,
  items: readonly Item[],
  most: number,
  render: (item: Item, index: number) => unknown,
): TemplateResult {
  const more = items.length - most;
  return html`${items.slice(0, most).map(render)}
  ${more > 0 ? html`<p class="muted">${messages.moreNotShown(more)}</p>` : nothing}`;
}

/** Rows of a table that are in the DOM. */
const MOST_ROWS = 300;

/** Names and values, one a line. Short values are text in the line; others get a block. */
export function valueTable(context: ContentContext, entries: Iterable<readonly [string, unknown]>): TemplateResult {
  const all = [...entries];
  const more = all.length - MOST_ROWS;
  return html`<dl class="values">
      ${all.slice(0, MOST_ROWS).map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>
              ${isShort(value) ? html`<span class="scalar">${value === null ? 'null' : text(value)}</span>` : block(context, value)}
            </dd>`,
      )}
    </dl>
    ${more > 0 ? html`<p class="muted">${context.messages.moreNotShown(more)}</p>` : nothing}`;
}

const isShort = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length <= 120 && !value.includes('\n')
    : typeof value !== 'object' || value === null;

/** What attributes are called in a heading: “Resource”, with a table under it; nothing for none. */
export const attributeSection = (
  context: ContentContext,
  title: string,
  attributes: ReadonlyMap<string, unknown>,
): TemplateResult | typeof nothing => (attributes.size ? section(title, valueTable(context, attributes)) : nothing);
