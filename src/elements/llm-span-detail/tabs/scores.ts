import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../../i18n/index.js';
import type { Score, Span } from '../../../model/index.js';
import { firstOf, section, shown, valueOf } from './parts.js';
import type { ContentContext, DetailTab } from './tab.js';

/** Scores that are in the DOM. */
const MOST_SHOWN = 200;

/** Judgements of the span; those of the trace as a whole stand on its roots. */
export const scoresTab: DetailTab = {
  id: 'scores',
  places: ['scores'],
  label: (messages) => messages.scores,
  isFor: (span) => span.scores.length + ofTrace(span).length > 0,
  count: (span) => span.scores.length + ofTrace(span).length,
  render: (context) => {
    const { messages, span } = context;
    const whole = ofTrace(span);
    return html`${span.scores.length ? scoreList(context, span.scores) : nothing}
    ${whole.length ? section(messages.traceScores, scoreList(context, whole)) : nothing}`;
  },
};

const NONE: readonly Score[] = [];

const ofTrace = ({ depth, trace }: Span): readonly Score[] => (depth === 0 ? trace.scores : NONE);

const scoreList = (context: ContentContext, scores: readonly Score[]): TemplateResult =>
  html`<ul class="scores">
    ${firstOf(context.messages, scores, MOST_SHOWN, (score) => renderScore(context, score))}
  </ul>`;

function renderScore(context: ContentContext, { name, value, label, explanation, source }: Score): TemplateResult {
  const { messages } = context;
  const said = typeof value === 'number' ? formatNumber(value, messages.locale) : value;
  const by =
    source === undefined
      ? undefined
      : Object.hasOwn(messages.scoreSources, source.toLowerCase())
        ? messages.scoreSources[source.toLowerCase()]!
        : context.settings.readable(source);
  return html`<li>
    <div class="judgement">
      <span>${shown(context, name)}</span>
      ${said === undefined ? nothing : html`<strong>${shown(context, said)}</strong>`}
      ${label === undefined || label === said ? nothing : html`<span>${shown(context, label)}</span>`}
      ${by === undefined ? nothing : html`<span class="muted">${shown(context, messages.scoreBy(by))}</span>`}
    </div>
    ${explanation === undefined ? nothing : valueOf(context, explanation)}
  </li>`;
}
