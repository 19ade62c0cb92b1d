import { html } from 'lit';
import type { DetailTab } from './tab.js';

export const messagesTab: DetailTab = {
  id: 'messages',
  places: ['messages', 'tools'],
  label: (messages) => messages.tabMessages,
  isFor: (span) => span.messages.length > 0,
  count: (span) => span.messages.length,
  render: ({ span, messages, settings }) =>
    html`<llm-messages exportparts="message" .messages=${messages} .settings=${settings} .span=${span}></llm-messages>`,
};
