import { html } from 'lit';
import { mayHaveSection } from '../../../internals/index.js';
import type { DetailTab } from './tab.js';

/** The gradients of a training. What shows them is loaded with the first tab of this kind that is opened. */
export const gradientsTab: DetailTab = {
  id: 'gradients',
  label: ({ gradientView }) => gradientView.title,
  isFor: (span) => mayHaveSection(span, 'gradients'),
  render: ({ span, messages, settings, resolve, later }) => {
    if (later('llm-gradient-view')) return html`<p class="muted" role="alert">${messages.gradientView.notLoaded}</p>`;
    return html`<llm-gradient-view
      .messages=${messages}
      .settings=${settings}
      .span=${span}
      .resolve=${resolve}
    ></llm-gradient-view>`;
  },
};
