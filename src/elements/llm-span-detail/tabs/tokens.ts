import { html } from 'lit';
import { mayHaveTokens } from '../../../internals/index.js';
import type { DetailTab } from './tab.js';

/** The tokens of a call and how likely they were. What shows them is loaded with the first tab of this kind that is opened. */
export const tokensTab: DetailTab = {
  id: 'tokens',
  label: ({ tokenView }) => tokenView.title,
  isFor: mayHaveTokens,
  render: ({ span, messages, settings, later }) => {
    if (later('llm-token-view')) return html`<p class="muted" role="alert">${messages.tokenView.notLoaded}</p>`;
    return html`<llm-token-view .messages=${messages} .settings=${settings} .span=${span}></llm-token-view>`;
  },
};
