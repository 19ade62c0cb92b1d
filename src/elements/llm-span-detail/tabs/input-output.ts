import { html, nothing } from 'lit';
import { section, valueOf } from './parts.js';
import type { DetailTab } from './tab.js';

export const inputOutputTab: DetailTab = {
  id: 'input-output',
  places: ['input', 'output'],
  label: (messages) => messages.tabInputOutput,
  isFor: (span) => span.input !== undefined || span.output !== undefined,
  render: (context) => {
    const { span, messages } = context;
    return html`
      ${span.input === undefined ? nothing : section(messages.input, valueOf(context, span.input))}
      ${span.output === undefined ? nothing : section(messages.output, valueOf(context, span.output))}
    `;
  },
};
