import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes, formatCompact, type Messages } from '../../i18n/index.js';
import { chevronIcon } from '../../internal/icons.js';
import { TextLines } from '../../internal/json/text-lines.js';
import { holdsJson, type JsonRow } from '../../internal/json/json-tree.js';
import {
  base64Bytes,
  isBase64,
  isContainer,
  kindOf,
  previewText,
  ROW_TEXT,
  scalarText,
  sizeOf,
} from '../../internal/json/json-value.js';
import { revealed } from '../../internal/hidden-characters.js';
import { beginning, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';

/** Levels that are moved to the right; a number says those behind. */
const MOST_INDENT = 12;
/** Characters before a match that is far inside a long string. */
const BEFORE_MATCH = 40;

/** Characters of a string that are looked at where secrets are masked. */
const MOST_MASKED = 4000;

export interface JsonRowContext {
  messages: Messages;
  settings: ViewSettings;
  /** Place among the rows, from 0. */
  row: number;
  /** Where it stands in the element that holds the rows, in rows. */
  place: number;
  isActive: boolean;
  /** What is searched for. */
  pattern: RegExp | undefined;
}

/** One row: its key, and its value or what there is inside. */
export function renderJsonRow(item: JsonRow, context: JsonRowContext): TemplateResult {
  const { branch, canOpen, index, isOpen, key, level, value } = item;
  const { settings, row, place, isActive, pattern } = context;
  // eslint-disable-next-line lit-a11y/accessible-name -- its words are its name
  return html`<div
    class="row"
    id="row-${row}"
    role="treeitem"
    aria-level=${level}
    aria-setsize=${branch.count}
    aria-posinset=${index + 1}
    aria-expanded=${canOpen ? String(isOpen) : nothing}
    aria-selected=${String(isActive)}
    data-row=${row}
    .style=${`--row: ${place}; --level: ${Math.min(level - 1, MOST_INDENT)}`}
  >
    <span class="indent"></span>${level > MOST_INDENT ? html`<span class="level">${level}</span>` : nothing}
    <span class="twisty">${canOpen ? chevronIcon() : nothing}</span>
    ${
      key === undefined
        ? nothing
        : html`<span class="key ${typeof key === 'number' ? 'index' : ''}">${marked(text(key), pattern)}</span
            ><span class="colon">:</span>`
    }
    ${
      branch.container instanceof TextLines
        ? html`<span class="value line">${marked(settings.readable(text(value)), pattern)}</span>`
        : renderValue(item, context)
    }
  </div>`;
}

const countText = (container: object, messages: Messages): string =>
  Array.isArray(container) ? messages.items(container.length) : messages.keys(sizeOf(container));

const bytesText = (value: unknown, { bytes, locale }: Messages): string =>
  bytes(formatBytes(typeof value === 'string' ? base64Bytes(value) : (value as ArrayBuffer).byteLength, locale));

function renderValue(
  { isOpen, key, value }: JsonRow,
  { messages, settings, pattern }: JsonRowContext,
): TemplateResult | typeof nothing {
  const kind = kindOf(value);
  if (isContainer(value)) {
    return html`${
      // Where secrets are masked, what a key says of its value is asked for each.
      isOpen || settings.masking ? nothing : html`<span class="value ${kind}">${revealed(previewText(value))}</span>`
    }${sizeOf(value) ? note(countText(value, messages)) : nothing}`;
  }
  if (kind === 'bytes') return note(bytesText(value, messages));
  if (typeof value !== 'string')
    return html`<span class="value ${kind}">${marked(settings.readable(scalarText(value), text(key)), pattern)}</span>`;
  if (isBase64(value)) return note(bytesText(value, messages));
  const notes = [
    ...(holdsJson(value) ? [messages.jsonInText] : []),
    ...(value.length > ROW_TEXT ? [messages.characters(formatCompact(value.length, messages.locale))] : []),
  ];
  return html`${isOpen ? nothing : html`<span class="value string">${marked(partOf(readableText(value, text(key), settings), pattern), pattern)}</span>`}${
    notes.length ? note(notes.join(' · ')) : nothing
  }`;
}

const note = (words: string): TemplateResult => html`<span class="note">${words}</span>`;

/** What may be shown of a string. Masked before it is cut: half of a key is not recognised. */
const readableText = (value: string, key: string, settings: ViewSettings): string =>
  settings.masking ? settings.readable(beginning(value, MOST_MASKED), key) : value;

/** The beginning of a string, or the place where what is searched for stands in it. */
function partOf(value: string, pattern: RegExp | undefined): string {
  const found = pattern && value.length > ROW_TEXT ? value.search(pattern) : -1;
  if (found < ROW_TEXT - BEFORE_MATCH) return scalarText(value);
  return `…${scalarText(value.slice(found - BEFORE_MATCH, found + ROW_TEXT))}`;
}

function marked(words: string, pattern: RegExp | undefined): TemplateResult | string {
  const match = pattern?.exec(words);
  if (!match?.[0]) return revealed(words);
  const end = match.index + match[0].length;
  return html`${revealed(words.slice(0, match.index))}<mark>${revealed(match[0])}</mark>${revealed(words.slice(end))}`;
}
