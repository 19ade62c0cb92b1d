import { html } from 'lit';
import { mayHaveSection } from '../../../internals/index.js';
import type { DetailTab } from './tab.js';

/** What each part of the prompt did to the output. What shows it is loaded with the first tab of this kind that is opened. */
export const contributionsTab: DetailTab = {
  id: 'contributions',
  label: ({ contributionView }) => contributionView.title,
  isFor: (span) => mayHaveSection(span, 'attribution'),
  render: ({ span, messages, settings, resolve, later }) => {
    if (later('llm-contribution-view'))
      return html`<p class="muted" role="alert">${messages.contributionView.notLoaded}</p>`;
    return html`<llm-contribution-view
      .messages=${messages}
      .settings=${settings}
      .span=${span}
      .resolve=${resolve}
    ></llm-contribution-view>`;
  },
};
