import { html } from 'lit';
import { mayHaveSources } from '../../../analysis/sources/may-have-sources.js';
import type { DetailTab } from './tab.js';

/** What an answer rests on. What shows it is loaded with the first tab of this kind that is opened. */
export const sourcesTab: DetailTab = {
  id: 'sources',
  label: ({ sourceView }) => sourceView.title,
  isFor: mayHaveSources,
  render: ({ span, messages, settings, later }) => {
    if (later('llm-source-view')) return html`<p class="muted" role="alert">${messages.sourceView.notLoaded}</p>`;
    return html`<llm-source-view .messages=${messages} .settings=${settings} .span=${span}></llm-source-view>`;
  },
};
