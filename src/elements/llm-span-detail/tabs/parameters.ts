import { html, nothing } from 'lit';
import { unusualParameter } from '../../../analysis/index.js';
import { formatNumber, type Messages } from '../../../i18n/index.js';
import type { Span, Usage } from '../../../model/index.js';
import { section, valueTable, type Row } from './parts.js';
import type { DetailTab } from './tab.js';

/** What was asked of the model beside the words, what is unusual first, and the tokens that it took. */
export const parametersTab: DetailTab = {
  id: 'parameters',
  places: ['parameters'],
  label: (messages) => messages.tabParameters,
  isFor: (span) => span.parameters.size > 0 || span.usage !== undefined,
  render: (context) => {
    const { messages, span } = context;
    const { parameters, usage } = span;
    return html`
      ${usage ? section(messages.tokens, valueTable(context, tokenRows(usage, messages))) : nothing}
      ${parameters.size ? section(messages.tabParameters, valueTable(context, parameterRows(span, messages))) : nothing}
    `;
  },
};

/** A part of nothing says nothing; that nothing came out does. */
const tokenRows = (usage: Usage, messages: Messages): Row[] =>
  Object.entries(usage)
    .filter(([part, tokens]) => tokens !== 0 || part === 'input' || part === 'output')
    .map(([part, tokens]) => [
      Object.hasOwn(messages.usage, part) ? messages.usage[part]! : part,
      typeof tokens === 'number' ? formatNumber(tokens, messages.locale) : '',
    ]);

function parameterRows({ parameters, usage }: Span, messages: Messages): Row[] {
  const usual: Row[] = [];
  const unusual: Row[] = [];
  for (const [name, value] of parameters) {
    const finding = unusualParameter(name, value, usage);
    if (!finding) usual.push([name, value]);
    else if (finding.why === 'reached') unusual.unshift([name, value, messages.limitReached]);
    else {
      const note =
        finding.usual === undefined
          ? messages.notUsual
          : messages.usually(formatNumber(finding.usual, messages.locale));
      unusual.push([name, value, note]);
    }
  }
  return unusual.concat(usual);
}
