import { html, nothing, type TemplateResult } from 'lit';
import { filledTemplate } from '../../../analysis/index.js';
import { revealedText } from '../../../internal/hidden-characters.js';
import { jsonText } from '../../../internal/json-text.js';
import { isContainer } from '../../../internal/json/json-value.js';
import { beginning } from '../../../internal/text.js';
import type { PromptTemplate } from '../../../model/index.js';
import { section, shown, textBlock, valueOf, valueTable } from './parts.js';
import type { ContentContext, DetailTab } from './tab.js';

/** Longer templates are shown as they are written. */
const MOST_FILLED = 200_000;
/** Characters of a value that are put into a template. */
const MOST_VALUE = 20_000;

/** The prompt's template with its variables filled in and marked, then both as they are. */
export const promptTab: DetailTab = {
  id: 'prompt',
  places: ['prompt'],
  label: (messages) => messages.tabPrompt,
  isFor: (span) => span.prompt !== undefined,
  render: (context) => {
    const { messages, span } = context;
    const { name, template, variables, version } = span.prompt!;
    return html`
      ${
        name !== undefined || version !== undefined
          ? html`<p class="prompt-name">
              ${name === undefined ? nothing : html`<strong>${shown(context, name)}</strong>`}
              ${version === undefined ? nothing : html`<span class="muted">${messages.version} ${shown(context, version)}</span>`}
            </p>`
          : nothing
      }
      ${template === undefined ? nothing : renderTemplate(context, template, span.prompt!)}
      ${
        variables === undefined
          ? nothing
          : section(
              messages.variables,
              isNamed(variables) ? valueTable(context, Object.entries(variables)) : valueOf(context, variables),
            )
      }
    `;
  },
};

const isNamed = (variables: unknown): variables is object => isContainer(variables) && !Array.isArray(variables);

function renderTemplate(context: ContentContext, template: string, { variables }: PromptTemplate): TemplateResult {
  if (!isNamed(variables) || template.length > MOST_FILLED) return textBlock(context, template);
  const texts = new Map(Object.entries(variables).map(([name, value]) => [name, valueText(context, value)]));
  const pieces = filledTemplate(template, texts);
  if (!pieces.some(({ variable }) => variable !== undefined)) return textBlock(context, template);
  const { messages } = context;
  return html`<pre class="template">
${pieces.map(({ variable, text }) => {
        if (variable === undefined) return shown(context, text);
        return text === undefined
          ? html`<mark class="missing" title=${messages.missingVariable}>${shown(context, `{${variable}}`)}</mark>`
          : html`<mark title=${revealedText(context.settings.readable(variable))}
              >${shown(context, text, variable)}</mark
            >`;
      })}</pre>
    <details>
      <summary>${messages.template}</summary>
      ${textBlock(context, template)}
    </details>`;
}

const valueText = ({ settings }: ContentContext, value: unknown): string =>
  typeof value === 'string' ? beginning(value, MOST_VALUE) : jsonText(value, MOST_VALUE, settings.masking).text;
