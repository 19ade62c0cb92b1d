import { html, nothing } from 'lit';
import { text } from '../../../internal/text.js';
import type { DetailTab } from './tab.js';
import { block, firstOf } from './parts.js';

/** Tools that are in the DOM. */
const MOST_TOOLS = 100;

export const messagesTab: DetailTab = {
  id: 'messages',
  label: (messages) => messages.tabMessages,
  isFor: (span) => span.messages.length > 0,
  count: (span) => span.messages.length,
  render: ({ span, messages, settings }) => html`
    <llm-messages
      exportparts="message"
      .messages=${messages}
      .settings=${settings}
      .conversation=${span.messages}
      .owner=${`${span.traceId} ${span.id}`}
    ></llm-messages>
    ${
      span.tools.length
        ? html`<details class="tools">
            <summary>${messages.toolsOffered(span.tools.length)}</summary>
            ${firstOf(
              messages,
              span.tools,
              MOST_TOOLS,
              (tool) =>
                html`<div class="tool">
                  <h4>${text(tool.name)}</h4>
                  ${tool.description ? html`<p>${text(tool.description)}</p>` : nothing}
                  ${tool.parameters === undefined ? nothing : block({ messages, settings }, tool.parameters)}
                </div>`,
            )}
          </details>`
        : nothing
    }
  `,
};
