import { html, nothing, type TemplateResult } from 'lit';
import { formatCompact, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { isContainer, parsedContainer } from '../../internal/json/json-value.js';
import { boxed, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { MessagePart, ReasoningPart, TextPart, ToolCallPart, ToolResultPart } from '../../model/index.js';
import { citationList } from './citation-list.js';
import { reasoningTitle } from './conversation-text.js';
import type { ToolMatches } from './tool-matches.js';

export interface PartContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly matches: ToolMatches;
  /** Whether the call says what a tool of this name is. */
  hasDefinition(tool: string): boolean;
  /** Whether a person wants to see the text of what was opened as JSON. */
  isText(part: MessagePart): boolean;
  toggleText(part: MessagePart): void;
  goTo(target: ToolCallPart | ToolResultPart): void;
  /** The way to another span with the result of a call, where there is one. */
  wayToSpan(call: ToolCallPart): (() => void) | undefined;
  goToDefinition(tool: string): void;
}

/** A part of a message. `canCopy`: whether a text has a button of its own to copy it. */
export function renderPart(part: MessagePart, context: PartContext, canCopy = true): TemplateResult {
  const { messages, settings } = context;
  switch (part.type) {
    case 'text':
      return html`${textOrJson(part, part.text, context, canCopy)}
      ${part.citations?.length ? citationList(part.citations, context) : nothing}`;
    case 'reasoning':
      return renderReasoning(part, context);
    case 'tool-call':
      return renderCall(part, context);
    case 'tool-result':
      return renderResult(part, context);
    case 'media':
      return html`<llm-media .messages=${messages} .settings=${settings} .value=${boxed(part)}></llm-media>`;
    case 'refusal':
      return html`<div class="refusal">
        <span class="refused">${messages.refusal}</span>
        ${textBlock(part.text, context)}
      </div>`;
    case 'other':
      return html`<details>
        <summary>${messages.otherPart}</summary>
        ${valueBlock(part.value, context)}
      </details>`;
  }
}

/**
 * The beginning of long instructions: they are the same in every call, and seldom what a person looks for. It cannot be copied:
 * who copies wants all of it, which the button of the message does.
 */
export function renderBeginning(part: TextPart, context: PartContext): TemplateResult {
  return textBlock(firstLines(part.text), context, false);
}

const FIRST_LINES = 4;
const FIRST_CHARACTERS = 320;

/** Up to the end of a line or a word. */
export function firstLines(whole: string): string {
  const lines = whole.slice(0, FIRST_CHARACTERS + 1).split('\n', FIRST_LINES);
  const beginning = lines.join('\n');
  if (beginning.length <= FIRST_CHARACTERS) return beginning;
  // A script without spaces has no words to cut between.
  return /^[^]*\S(?=\s)/.exec(beginning)?.[0] ?? beginning.replace(/[\ud800-\udbff]?$/, '');
}

const textBlock = (value: string, { messages, settings }: PartContext, canCopy = true): TemplateResult =>
  html`<llm-text-block
    ?no-copy=${!canCopy}
    .messages=${messages}
    .settings=${settings}
    .value=${boxed(value)}
  ></llm-text-block>`;

export const valueBlock = (
  value: unknown,
  { messages, settings }: Pick<PartContext, 'messages' | 'settings'>,
): TemplateResult => html`<llm-json .messages=${messages} .settings=${settings} .value=${boxed(value)}></llm-json>`;

/** What a part says, without the words by which it is read. */
export function contentOf(part: MessagePart): unknown {
  switch (part.type) {
    case 'tool-call':
      return part.arguments;
    case 'tool-result':
      return part.result;
    case 'media':
      return [part.name, part.uri, part.data];
    case 'other':
      return part.value;
    case 'text':
      return [part.text, part.citations?.map(({ text: cited }) => cited)];
    default:
      return part.text;
  }
}

/** What a text holds as JSON, by the part that it stands in: parsing is not for every rendering. */
const containers = new WeakMap<MessagePart, { readonly of: object | undefined }>();

function containerIn(part: MessagePart, value: string): object | undefined {
  let known = containers.get(part);
  if (!known) containers.set(part, (known = { of: parsedContainer(value) }));
  return known.of;
}

/** Structured output is opened as JSON. Its text is one click away: a key may stand in it twice. */
function textOrJson(part: MessagePart, value: string, context: PartContext, canCopy = true): TemplateResult {
  const container = containerIn(part, value);
  if (!container) return textBlock(value, context, canCopy);
  const isText = context.isText(part);
  return html`<div class="structured">
    <button type="button" class="go" aria-pressed=${String(isText)} @click=${() => context.toggleText(part)}>
      ${context.messages.asText}
    </button>
    ${isText ? textBlock(value, context) : valueBlock(container, context)}
  </div>`;
}

function renderReasoning(part: ReasoningPart, context: PartContext): TemplateResult {
  const { messages } = context;
  const title = reasoningTitle(part.hidden, messages);
  if (part.hidden && !part.text) return html`<div class="placeholder">${title}</div>`;
  const size = messages.characters(formatCompact(part.text.length, messages.locale));
  return html`<details>
    <summary>${part.hidden ? `${title} · ${size}` : messages.reasoning(size)}</summary>
    ${textBlock(part.text, context)}
  </details>`;
}

const toolName = (name: string, { settings }: PartContext): TemplateResult =>
  html`<span class="tool-name">${revealed(settings.readable(text(name)))}</span>`;

function renderCall(part: ToolCallPart, context: PartContext): TemplateResult {
  const { matches, messages } = context;
  const result = matches.resultOf(part);
  const goToSpan = result ? undefined : context.wayToSpan(part);
  return html`<section class="card" id=${idOf(part, matches)} tabindex="-1">
    <header>
      ${kindIcon('tool')}<span class="muted">${messages.toolCall}</span>
      ${toolName(part.name, context)}
      <span class="links">
        ${context.hasDefinition(part.name) ? link(messages.toDefinition, () => context.goToDefinition(part.name)) : nothing}
        ${result ? link(messages.resultBelow, () => context.goTo(result)) : nothing}
        ${goToSpan ? link(messages.resultElsewhere, goToSpan) : nothing}
      </span>
    </header>
    ${isEmpty(part.arguments) ? nothing : html`<div class="content">${value(part, part.arguments, context)}</div>`}
  </section>`;
}

function renderResult(part: ToolResultPart, context: PartContext): TemplateResult {
  const { matches, messages } = context;
  const call = matches.callOf(part);
  const name = part.name ?? call?.name;
  return html`<section class="card ${part.isError ? 'failed' : ''}" id=${idOf(part, matches)} tabindex="-1">
    <header>
      ${kindIcon('tool')}<span class="tool-name"
        >${revealed(messages.toolResult(name === undefined ? '' : context.settings.readable(text(name))))}</span
      >
      ${part.isError ? html`<strong>${messages.toolError}</strong>` : nothing}
      <span class="links">${call ? link(messages.callAbove, () => context.goTo(call)) : nothing}</span>
    </header>
    <div class="content">${value(part, part.result ?? '', context)}</div>
  </section>`;
}

const value = (part: MessagePart, content: unknown, context: PartContext): TemplateResult =>
  typeof content === 'string' ? textOrJson(part, content, context) : valueBlock(content, context);

const link = (label: string, go: () => void): TemplateResult =>
  html`<button type="button" class="go" @click=${go}>${label}</button>`;

const isEmpty = (content: unknown): boolean =>
  content === undefined ||
  content === null ||
  content === '' ||
  (isContainer(content) && !Array.isArray(content) && !(content instanceof Map) && Object.keys(content).length === 0);

/** The id of a card, for those that others lead to. */
export function idOf(part: ToolCallPart | ToolResultPart, matches: ToolMatches): string | typeof nothing {
  if (part.type === 'tool-call') return `call-${matches.numberOf(part)}`;
  const call = matches.callOf(part);
  return call && matches.resultOf(call) === part ? `result-${matches.numberOf(call)}` : nothing;
}
