import { html, nothing } from 'lit';
import { literalPattern } from '../../../internal/json/json-search.js';
import { attributeSection, valueTable } from './parts.js';
import type { DetailTab } from './tab.js';

/** Attributes that are in the DOM at once. */
const PAGE = 200;
/** Fewer need no filter. */
const FEW = 8;

type Entries = readonly (readonly [string, unknown])[];

/** Everything that the record states, by name, in pages. */
export const attributesTab: DetailTab = {
  id: 'attributes',
  places: ['attributes'],
  label: (messages) => messages.tabAttributes,
  isFor: (span) => span.attributes.size > 0 || span.resource.size > 0,
  count: (span) => span.attributes.size,
  render: (context) => {
    const { span, messages, filter, page, setFilter, setPage } = context;
    const wanted = filter.trim();
    const matches = matching(span.attributes, wanted);
    const first = Math.min(page * PAGE, Math.max(0, matches.length - 1));
    const end = Math.min(first + PAGE, matches.length);
    return html`
      ${
        span.attributes.size > FEW
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
          ? valueTable(context, matches.slice(first, end))
          : html`<p class="muted">${messages.noAttributeMatches}</p>`
      }
      ${
        matches.length > PAGE
          ? html`<div class="pages">
              <button type="button" class="button" ?disabled=${first === 0} @click=${() => setPage(page - 1)}>
                ${messages.previousPage}
              </button>
              <span class="muted" role="status">${messages.pageOf(first + 1, end, matches.length)}</span>
              <button
                type="button"
                class="button"
                ?disabled=${end === matches.length}
                @click=${() => setPage(page + 1)}
              >
                ${messages.nextPage}
              </button>
            </div>`
          : nothing
      }
      ${
        wanted
          ? nothing
          : html`${attributeSection(context, messages.resource, span.resource)}
            ${attributeSection(context, messages.scope, new Map(Object.entries(span.scope)))}`
      }
    `;
  },
};

/** Attributes in order, and those that were found last: a hundred thousand are not sorted for every rendering. */
const sorted = new WeakMap<ReadonlyMap<string, unknown>, { all: Entries; wanted: string; found: Entries }>();

function matching(attributes: ReadonlyMap<string, unknown>, wanted: string): Entries {
  let known = sorted.get(attributes);
  if (!known) {
    const all = [...attributes].sort(([one], [other]) => (one < other ? -1 : 1));
    sorted.set(attributes, (known = { all, wanted: '', found: all }));
  }
  if (known.wanted === wanted) return known.found;
  const pattern = literalPattern(wanted);
  known.found = wanted
    ? known.all.filter(([key, value]) => pattern.test(key) || (isPlain(value) && pattern.test(String(value))))
    : known.all;
  known.wanted = wanted;
  return known.found;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object';
