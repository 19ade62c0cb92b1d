import { html, nothing } from 'lit';
import { formatNumber } from '../../../i18n/index.js';
import { block, section, valueTable } from './parts.js';
import type { DetailTab } from './tab.js';

export const parametersTab: DetailTab = {
  id: 'parameters',
  label: (messages) => messages.tabParameters,
  isFor: (span) =>
    span.parameters.size > 0 || span.prompt !== undefined || span.usage !== undefined || span.scores.length > 0,
  render: (context) => {
    const { span, messages } = context;
    const { parameters, prompt, scores, usage } = span;
    return html`
      ${
        usage
          ? section(
              messages.tokens,
              valueTable(
                context,
                Object.entries(usage).map(([part, tokens]) => [
                  Object.hasOwn(messages.usage, part) ? messages.usage[part]! : part,
                  formatNumber(tokens, messages.locale),
                ]),
              ),
            )
          : nothing
      }
      ${parameters.size ? section(messages.tabParameters, valueTable(context, parameters)) : nothing}
      ${
        prompt
          ? section(
              [messages.tabPrompt, prompt.name, prompt.version && `${messages.version} ${prompt.version}`]
                .filter(Boolean)
                .join(' · '),
              html`${prompt.template === undefined ? nothing : section(messages.template, block(context, prompt.template))}
              ${prompt.variables === undefined ? nothing : section(messages.variables, block(context, prompt.variables))}`,
            )
          : nothing
      }
      ${
        scores.length
          ? section(
              messages.scores,
              scores.map((score) =>
                valueTable(context, [
                  [score.name, score.value ?? score.label ?? ''],
                  ...Object.entries(score).filter(([key]) => key !== 'name' && key !== 'value'),
                ]),
              ),
            )
          : nothing
      }
    `;
  },
};
