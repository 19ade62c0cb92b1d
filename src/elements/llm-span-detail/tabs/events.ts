import { html } from 'lit';
import { formatDuration } from '../../../i18n/index.js';
import { attributeSection, firstOf } from './parts.js';
import { text } from '../../../internal/text.js';
import type { DetailTab } from './tab.js';

/** Events that are in the DOM. A stream may record one for each token. */
const MOST_SHOWN = 500;

export const eventsTab: DetailTab = {
  id: 'events',
  label: (messages) => messages.tabEvents,
  isFor: (span) => span.events.length > 0 || span.links.length > 0,
  count: (span) => span.events.length,
  render: (context) => {
    const { span, messages } = context;
    return html`
      ${firstOf(
        messages,
        span.events,
        MOST_SHOWN,
        (event) =>
          html`<section class="event">
            <h4>
              ${text(event.name)}
              <span class="muted">
                ${event.time === undefined || !span.hasStart ? '' : `+${formatDuration(event.time - span.start, messages.locale)}`}
              </span>
            </h4>
            ${attributeSection(context, messages.tabAttributes, event.attributes)}
          </section>`,
      )}
      ${firstOf(
        messages,
        span.links,
        MOST_SHOWN,
        (link) =>
          html`<section class="event">
            <h4>${messages.links} <span class="mono">${text(link.traceId)} / ${text(link.spanId)}</span></h4>
            ${attributeSection(context, messages.tabAttributes, link.attributes)}
          </section>`,
      )}
    `;
  },
};
