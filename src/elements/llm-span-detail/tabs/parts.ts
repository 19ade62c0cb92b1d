import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../../i18n/index.js';
import { isVector } from '../../../analysis/index.js';
import { revealed } from '../../../internal/hidden-characters.js';
import { jsonText } from '../../../internal/json-text.js';
import { isBase64, isContainer, looksLikeJson } from '../../../internal/json/json-value.js';
import { boxed, text } from '../../../internal/text.js';
import type { Content, ContentContext } from './tab.js';

/** Longer texts and values do not stand in a line. */
const SHORT = 120;
/** Longer texts are parsed as JSON only when a person opens them. */
const PARSED_AT_SIGHT = 100_000;
/** Numbers of a vector that are shown. */
const VECTOR_BEGINNING = 5;

/** A short text of the trace: secrets masked where they are to be, what it hides made visible. `name` is what it is called. */
export const shown = ({ settings }: ContentContext, value: unknown, name = ''): TemplateResult | string =>
  revealed(settings.readable(text(value), name));

/** A text in a block of its own. */
export const textBlock = ({ messages, settings }: ContentContext, value: string, isCode = false): TemplateResult =>
  html`<llm-text-block
    ?mono=${isCode}
    .messages=${messages}
    .settings=${settings}
    .value=${boxed(value)}
  ></llm-text-block>`;

/** A value as a tree. */
export const jsonBlock = ({ messages, settings }: ContentContext, value: unknown): TemplateResult =>
  html`<llm-json .messages=${messages} .settings=${settings} .value=${boxed(value)}></llm-json>`;

/** Any value as it is read best: in the line where it is short, as a text, or as a tree. */
export function valueOf(context: ContentContext, value: unknown, name = ''): TemplateResult {
  const { messages, settings } = context;
  if (typeof value === 'string') {
    // A name may say that any value is a secret.
    const isSecret = settings.content === 'masked' && settings.readable('-', name) !== '-';
    if (isSecret) return html`<span class="scalar">${settings.readable('-', name)}</span>`;
    if (isBase64(value)) return jsonBlock(context, value);
    if (looksLikeJson(value)) {
      const container = value.length > PARSED_AT_SIGHT ? value : context.parsed(value);
      if (container !== undefined) return containerOf(context, container);
    }
    if (value.length > SHORT || value.includes('\n')) return textBlock(context, value);
    return scalar(context, value, name);
  }
  if (isVector(value)) return html`<span class="scalar">${vectorText(value, messages)}</span>`;
  if (isContainer(value)) return containerOf(context, value);
  if (value === null || typeof value === 'boolean') {
    return html`<span class="scalar">${value === null ? 'null' : shown(context, value, name)}</span>`;
  }
  return scalar(context, value, name);
}

/** A short value; while a person masks by hand, a button that masks it, or shows it. */
function scalar(context: ContentContext, value: unknown, name: string): TemplateResult {
  const { settings } = context;
  const words = text(value);
  if (!settings.isMasking || words === '') return html`<span class="scalar">${shown(context, value, name)}</span>`;
  return html`<button
    type="button"
    class="scalar maskable"
    aria-pressed=${String(settings.isMasked(words))}
    title=${settings.isMasked(words) ? context.messages.share.revealValue : context.messages.share.maskValue}
    @click=${() => settings.toggleMask(words)}
  >
    ${shown(context, value, name)}
  </button>`;
}

function containerOf(context: ContentContext, value: unknown): TemplateResult {
  if (typeof value === 'string') return jsonBlock(context, value);
  const line = jsonText(value, SHORT, context.settings.masking);
  const isShort = line.isWhole && !line.text.includes('\n');
  return isShort && !context.settings.isMasking
    ? html`<code class="scalar">${shown(context, line.text)}</code>`
    : jsonBlock(context, value);
}

/** How long a vector is, and how it begins: nobody reads the rest. */
export function vectorText(vector: readonly number[], messages: Messages): string {
  const beginning = vector.slice(0, VECTOR_BEGINNING).map((number) => formatNumber(number, messages.locale));
  return `${messages.vector(vector.length)}: ${beginning.join('; ')}; …`;
}

/** A heading with what belongs under it. */
export const section = (title: string, content: Content): TemplateResult =>
  html`<section>
    <h4>${title}</h4>
    ${content}
  </section>`;

/** The first of many things, and how many more there are: the raw record has them all. */
export function firstOf<Item>(
  messages: Messages,
  items: readonly Item[],
  most: number,
  render: (item: Item, index: number) => Content,
): TemplateResult {
  const more = items.length - most;
  return html`${items.slice(0, most).map(render)}
  ${more > 0 ? html`<p class="muted">${messages.moreNotShown(more)}</p>` : nothing}`;
}

/** Rows of a table that are in the DOM. */
const MOST_ROWS = 300;
/** Places where a name may be broken. */
const MOST_BREAKS = 30;

/** A dotted name that may be broken behind its dots. */
export function breakable(context: ContentContext, name: string): TemplateResult | string {
  const words = name.split('.', MOST_BREAKS + 1);
  if (words.length === 1 || words.length > MOST_BREAKS) return shown(context, name);
  return html`${words.map((word, place) =>
    place < words.length - 1 ? html`${shown(context, `${word}.`)}<wbr />` : shown(context, word),
  )}`;
}

/** A name, its value, and where there is something to be said of it, a note. */
export type Row = readonly [name: string, value: unknown, note?: string];

/** Names and values, one a line. Short values are text in the line; others get a block. */
export function valueTable(context: ContentContext, rows: Iterable<Row>): TemplateResult {
  const all = [...rows];
  const more = all.length - MOST_ROWS;
  return html`<dl class="values">
      ${all.slice(0, MOST_ROWS).map(
        ([name, value, note]) =>
          html`<dt>${breakable(context, name)}</dt>
            <dd>${valueOf(context, value, name)}${note ? html` <span class="note">${note}</span>` : nothing}</dd>`,
      )}
    </dl>
    ${more > 0 ? html`<p class="muted">${context.messages.moreNotShown(more)}</p>` : nothing}`;
}

/** What attributes are called in a heading: “Resource”, with a table under it; nothing for none. */
export const attributeSection = (
  context: ContentContext,
  title: string,
  attributes: ReadonlyMap<string, unknown>,
): TemplateResult | typeof nothing => (attributes.size ? section(title, valueTable(context, attributes)) : nothing);
