import { html, nothing } from 'lit';
import { attributeSection, valueTable } from './parts.js';
import type { DetailTab } from './tab.js';

/** Attributes that are in the DOM at once; the filter reaches the others. */
const MOST_SHOWN = 300;

export const attributesTab: DetailTab = {
  id: 'attributes',
  label: (messages) => messages.tabAttributes,
  isFor: (span) => span.attributes.size > 0 || span.resource.size > 0,
  count: (span) => span.attributes.size,
  render: (context) => {
    const { span, messages, filter, setFilter } = context;
    const wanted = filter.trim().toLowerCase();
    const matches = [...span.attributes]
      .filter(
        ([key, value]) =>
          key.toLowerCase().includes(wanted) || (typeof value === 'string' && value.toLowerCase().includes(wanted)),
      )
      .sort(([one], [other]) => (one < other ? -1 : 1));
    const scope = Object.entries(span.scope);
    return html`
      ${
        span.attributes.size > 8
          ? html`<input
              type="search"
              class="filter"
              aria-label=${messages.filterAttributes}
              placeholder=${messages.filterAttributes}
              .value=${filter}
              @input=${(event: Event) => setFilter((event.target as HTMLInputElement).value)}
            />`
          : nothing
      }
      ${
        matches.length || !wanted
          ? valueTable(context, matches.slice(0, MOST_SHOWN))
          : html`<p class="muted">${messages.noAttributeMatches}</p>`
      }
      ${
        matches.length > MOST_SHOWN
          ? html`<p class="muted">${messages.moreAttributes(matches.length - MOST_SHOWN)}</p>`
          : nothing
      }
      ${
        wanted
          ? nothing
          : html`${attributeSection(context, messages.resource, span.resource)}
            ${attributeSection(context, messages.scope, new Map(scope))}`
      }
    `;
  },
};
