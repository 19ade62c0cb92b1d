import { html, nothing } from 'lit';
import { text } from '../../../internal/text.js';
import type { DetailTab } from './tab.js';
import { block } from './parts.js';

export const messagesTab: DetailTab = {
  id: 'messages',
  label: (messages) => messages.tabMessages,
  isFor: (span) => span.messages.length > 0,
  count: (span) => span.messages.length,
  render: ({ span, messages }) => html`
    <llm-messages exportparts="message" .messages=${messages} .conversation=${span.messages}></llm-messages>
    ${
      span.tools.length
        ? html`<details class="tools">
            <summary>${messages.toolsOffered(span.tools.length)}</summary>
            ${span.tools.map(
              (tool) =>
                html`<div class="tool">
                  <h4>${text(tool.name)}</h4>
                  ${tool.description ? html`<p>${text(tool.description)}</p>` : nothing}
                  ${tool.parameters === undefined ? nothing : block(messages, tool.parameters)}
                </div>`,
            )}
          </details>`
        : nothing
    }
  `,
};
