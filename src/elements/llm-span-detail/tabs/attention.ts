import { html } from 'lit';
import { mayHaveSection } from '../../../internals/index.js';
import type { DetailTab } from './tab.js';

/** Where the heads of the model looked. What shows it is loaded with the first tab of this kind that is opened. */
export const attentionTab: DetailTab = {
  id: 'attention',
  label: ({ attentionView }) => attentionView.title,
  isFor: (span) => mayHaveSection(span, 'attention'),
  render: ({ span, messages, settings, resolve, later }) => {
    if (later('llm-attention-view')) return html`<p class="muted" role="alert">${messages.attentionView.notLoaded}</p>`;
    return html`<llm-attention-view
      .messages=${messages}
      .settings=${settings}
      .span=${span}
      .resolve=${resolve}
    ></llm-attention-view>`;
  },
};
