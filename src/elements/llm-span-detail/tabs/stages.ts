import { html } from 'lit';
import { mayHaveStages } from '../../../analysis/stages/may-have-stages.js';
import type { DetailTab } from './tab.js';

/** What happened inside a call. What shows it is loaded with the first tab of this kind that is opened. */
export const stagesTab: DetailTab = {
  id: 'stages',
  label: ({ stageView }) => stageView.title,
  isFor: mayHaveStages,
  render: ({ span, messages, settings, later }) => {
    if (later('llm-stage-view')) return html`<p class="muted" role="alert">${messages.stageView.notLoaded}</p>`;
    return html`<llm-stage-view .messages=${messages} .settings=${settings} .span=${span}></llm-stage-view>`;
  },
};
