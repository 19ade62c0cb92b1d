import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../../../i18n/index.js';
import { parentIcon } from '../../../internal/icons.js';
import type { SpanLink } from '../../../model/index.js';
import { attributeSection, firstOf, shown, valueTable } from './parts.js';
import type { DetailTab, TabContext } from './tab.js';

/** Events that are in the DOM. A stream may record one for each token. */
const MOST_SHOWN = 500;

/** What happened in the span, at times from its start, and the spans that it names. */
export const eventsTab: DetailTab = {
  id: 'events',
  places: ['events'],
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
        ({ attributes, name, time }) =>
          html`<section class="event">
            <h4>
              ${shown(context, name)}
              <span class="muted">
                ${time === undefined || !span.hasStart ? '' : `${time < span.start ? '' : '+'}${formatDuration(time - span.start, messages.locale)}`}
              </span>
            </h4>
            ${attributes.size ? valueTable(context, attributes) : nothing}
          </section>`,
      )}
      ${firstOf(messages, span.links, MOST_SHOWN, (link) => renderLink(context, link))}
    `;
  },
};

function renderLink(context: TabContext, { attributes, spanId, traceId }: SpanLink): TemplateResult {
  const { messages, select, span } = context;
  const linked = traceId === span.traceId ? span.trace.span(spanId) : undefined;
  return html`<section class="event">
    <h4>
      ${messages.links} <span class="mono">${shown(context, traceId)} / ${shown(context, spanId)}</span>
      ${
        linked
          ? html`<button type="button" class="go" @click=${() => select(linked)}>
              ${parentIcon()}${shown(context, messages.linkedSpan(linked.name || messages.noName))}
            </button>`
          : nothing
      }
    </h4>
    ${attributeSection(context, messages.tabAttributes, attributes)}
  </section>`;
}
