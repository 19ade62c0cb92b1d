import { type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { tabOfKey } from '../../internal/tab-keys.js';
import { html } from '../../internal/tight-html.js';
import type { TraceViewName } from '../events/index.js';

/** In the order in which they stand, with the words for them. */
const VIEWS: readonly (readonly [TraceViewName, (messages: FirstMessages) => string])[] = [
  ['tree', ({ viewTree }) => viewTree],
  ['timeline', ({ viewTimeline }) => viewTimeline],
  ['steps', ({ views }) => views.steps],
  ['conversation', ({ views }) => views.conversation],
  ['sequence', ({ views }) => views.sequence],
  ['table', ({ views }) => views.table],
  ['graph', ({ viewGraph }) => viewGraph],
  ['statistics', ({ viewStatistics }) => viewStatistics],
];

/** The view of that name, or the tree. */
export const knownView = (name: string): TraceViewName => VIEWS.find(([view]) => view === name)?.[0] ?? 'tree';

/** The views for which there is something to choose about how spans are shown. */
export const canBeArranged = (view: TraceViewName): boolean => /^(tree|timeline|steps|sequence|table)$/.test(view);

/** Tabs that choose how the spans are shown. The panel of each is the element with the id `view-…`. */
export function renderViewTabs(
  shown: TraceViewName,
  messages: FirstMessages,
  choose: (view: TraceViewName) => void,
): TemplateResult {
  const onKeydown = (event: KeyboardEvent): void => {
    const tab = event.currentTarget as HTMLElement;
    const tabs = Array.from(tab.parentElement!.children as Iterable<HTMLElement>);
    const next = tabOfKey(event.key, tabs.indexOf(tab), tabs.length, tab.matches(':dir(rtl)'));
    if (next === undefined) return;
    event.preventDefault();
    choose(VIEWS[next]![0]);
    tabs[next]!.focus();
  };
  return html`<div class="views" role="tablist" aria-label=${messages.viewLabel}>
    ${VIEWS.map(
      ([view, label]) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${view}"
          aria-selected=${String(view === shown)}
          aria-controls="view-${view}"
          tabindex=${view === shown ? 0 : -1}
          @click=${() => choose(view)}
          @keydown=${onKeydown}
        >
          ${label(messages)}
        </button>`,
    )}
  </div>`;
}

/** Room of buttons that only other views have: tabs and lines of the toolbar stay where they are, whichever is shown. */
export const renderRoom = (buttons: number): TemplateResult =>
  html`${Array.from({ length: buttons }, () => html`<span class="room"></span>`)}`;
