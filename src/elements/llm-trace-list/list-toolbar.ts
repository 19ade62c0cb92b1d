import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { text } from '../../internal/text.js';
import type { TraceGrouping, TraceOrder } from './trace-rows.js';

const ORDERS: readonly TraceOrder[] = ['start', 'name', 'duration', 'tokens', 'cost', 'errors'];
const GROUPINGS: readonly TraceGrouping[] = ['session', 'user', 'tag', 'model'];

/** As they stand in a row, with the classes of their cells. */
const COLUMNS = [
  ['name', 'what'],
  ['start', 'figure moment'],
  ['duration', 'figure duration'],
  ['tokens', 'figure tokens'],
  ['cost', 'figure cost'],
  ['errors', 'figure errors'],
] as const;

/** An attribute may hold any word. */
export const orderOf = (word: string): TraceOrder => ORDERS.find((order) => order === word) ?? 'start';
export const groupingOf = (word: string | undefined): TraceGrouping | undefined =>
  GROUPINGS.find((grouping) => grouping === word);

/** What the toolbar shows, and what it sets. */
export interface Arranged {
  readonly messages: Messages;
  query: string;
  orderBy: TraceOrder;
  ascending: boolean;
  groupBy: TraceGrouping | undefined;
}

const choice = ({ target }: Event): string => (target as HTMLSelectElement | HTMLInputElement).value;

/** Search, order, grouping, and the button for traces that wait. */
export function renderListToolbar(list: Arranged, waiting: number, showWaiting: () => void): TemplateResult {
  const { messages, ascending } = list;
  const order = orderOf(list.orderBy);
  const grouping = groupingOf(list.groupBy);
  const direction = ascending ? messages.ascending : messages.descending;
  return html`<div class="toolbar" part="toolbar">
    <input
      type="search"
      aria-label=${messages.searchTraces}
      placeholder=${messages.searchTraces}
      autocomplete="off"
      spellcheck="false"
      .value=${text(list.query)}
      @input=${(event: InputEvent) => (list.query = choice(event))}
    />
    <select
      aria-label=${messages.sortTraces}
      title=${messages.sortTraces}
      @change=${(event: Event) => (list.orderBy = orderOf(choice(event)))}
    >
      ${ORDERS.map(
        (name) =>
          html`<option value=${name} .selected=${name === order}>${messages.traceColumns[name] ?? name}</option>`,
      )}
    </select>
    <button
      type="button"
      class="icon-button"
      aria-label=${direction}
      title=${direction}
      @click=${() => (list.ascending = !ascending)}
    >
      ${ascending ? '↑' : '↓'}
    </button>
    <select
      aria-label=${messages.groupTraces}
      title=${messages.groupTraces}
      @change=${(event: Event) => (list.groupBy = groupingOf(choice(event)))}
    >
      <option value="" .selected=${!grouping}>${messages.notGrouped}</option>
      ${GROUPINGS.map(
        (name) =>
          html`<option value=${name} .selected=${name === grouping}>${messages.traceGroupings[name] ?? name}</option>`,
      )}
    </select>
    <span class="news" role="status">
      ${
        waiting
          ? html`<button type="button" class="button" @click=${showWaiting}>${messages.newTraces(waiting)}</button>`
          : nothing
      }
    </span>
  </div>`;
}

/**
 * Names of the columns. A click sorts, and another one the other way round; for keys there is the toolbar.
 *
 * @param isSortable whether the order is ours to choose
 */
export function renderListHeader(list: Arranged, isSortable: boolean): TemplateResult {
  const { messages, ascending } = list;
  const order = orderOf(list.orderBy);
  const sort = (name: TraceOrder): void => {
    // Names are read from A on, of figures the largest is wanted.
    list.ascending = name === order ? !ascending : name === 'name';
    list.orderBy = name;
  };
  return html`<div class="row header" role="row" aria-rowindex="1">
    ${COLUMNS.map(([name, classes]) => {
      const words = messages.traceColumns[name] ?? name;
      if (!isSortable) return html`<span role="columnheader" class=${classes}>${words}</span>`;
      return html`<span
        role="columnheader"
        class=${classes}
        aria-sort=${name === order ? (ascending ? 'ascending' : 'descending') : 'none'}
      >
        <button type="button" tabindex="-1" @click=${() => sort(name)}>
          ${words}${name === order ? (ascending ? ' ↑' : ' ↓') : ''}
        </button>
      </span>`;
    })}
  </div>`;
}
