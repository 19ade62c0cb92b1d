import { html, nothing, type TemplateResult } from 'lit';
import type { ConversationEntry, MessageEntry } from '../../analysis/index.js';
import { formatCompact, formatDuration } from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon, kindIcon } from '../../internal/first-icons.js';
import { chevronIcon } from '../../internal/icons.js';
import { maskButton } from '../../internal/mask-button.js';
import { text } from '../../internal/text.js';
import type { MessagePart, Span, ToolCallPart } from '../../model/index.js';
import { renderFinish } from '../llm-messages/finish-reason.js';
import { contentOf, firstLines, renderBeginning, renderPart, type PartContext } from '../llm-messages/message-part.js';
import { instructs, knownRole, roleIcon, roleWord } from '../llm-messages/role.js';
import { renderedPart } from '../renderers.js';
import type { CallResult } from './call-results.js';

/** What an entry is shown with. */
export interface EntryContext extends PartContext {
  isSelected(span: Span): boolean;
  select(span: Span): void;
  /** Whether the part that begins with an entry is folded. */
  isFolded(span: Span): boolean;
  toggle(span: Span): void;
  /** Messages in a part. */
  countOf(at: number): number;
  /** Parts that are shown of a message. */
  partsOf(entry: MessageEntry): number;
  showParts(entry: MessageEntry, count: number): void;
  /** Whether long instructions are shown whole. */
  isOpened(entry: MessageEntry): boolean;
  open(entry: MessageEntry): void;
  resultOf(call: ToolCallPart, entry: MessageEntry): CallResult;
}

/** An entry, by its place in the conversation. */
export function renderEntry(entry: ConversationEntry, at: number, span: Span, context: EntryContext): TemplateResult {
  switch (entry.type) {
    case 'part':
      return renderBegin(entry, at, span, context);
    case 'message':
      return renderMessage(entry, at, span, context);
    case 'repeated':
      return html`<li class="above" .style=${`--depth: ${entry.depth}`}>
        ${context.messages.views.saidAbove(entry.count)}
      </li>`;
    case 'failure':
      return renderFailure(entry, at, span, context);
  }
}

const selectedClass = (span: Span, { isSelected }: EntryContext): string => (isSelected(span) ? 'selected' : '');

/** The name of an agent or a tool, else that of its span. */
const nameOf = ({ label, name }: Span, { settings, messages }: EntryContext): string =>
  settings.readable(text(label ?? name)) || messages.noName;

/** The button that selects the span of an entry. */
function spanButton(span: Span, words: string, context: EntryContext): TemplateResult {
  return html`<button
    type="button"
    class="go"
    title=${context.messages.views.saidIn(revealedText(words))}
    aria-pressed=${String(context.isSelected(span))}
    @click=${() => context.select(span)}
  >
    ${revealed(words)}
  </button>`;
}

function renderBegin({ depth }: ConversationEntry, at: number, span: Span, context: EntryContext): TemplateResult {
  const { messages } = context;
  const name = nameOf(span, context);
  const kind = messages.kinds[span.kind] ?? '';
  const isFolded = context.isFolded(span);
  const time = span.duration === undefined ? '' : formatDuration(span.duration, messages.locale);
  return html`<li
    class="part ${selectedClass(span, context)}"
    id="entry-${at}"
    tabindex="-1"
    data-kind=${span.kind}
    data-span-id=${span.id}
    .style=${`--depth: ${depth}`}
  >
    <button
      type="button"
      class="toggle"
      aria-expanded=${String(!isFolded)}
      aria-label=${messages.views.partOf(kind, revealedText(name))}
      @click=${() => context.toggle(span)}
    >
      ${chevronIcon()}
    </button>
    <span class="kind-icon">${kindIcon(span.kind)}</span>
    <span class="muted">${kind}</span>
    ${spanButton(span, name, context)}
    ${span.status === 'error' ? html`<span class="failed">${errorIcon()}</span>` : nothing}
    <span class="muted"
      >${messages.messageCount(context.countOf(at))}${time ? ` · ${time}` : span.isRunning ? ` · ${messages.running}` : ''}</span
    >
  </li>`;
}

function renderFailure({ depth }: ConversationEntry, at: number, span: Span, context: EntryContext): TemplateResult {
  const { messages, settings } = context;
  const why = settings.readable(text(span.statusMessage ?? ''));
  return html`<li
    class="failure ${selectedClass(span, context)}"
    id="entry-${at}"
    tabindex="-1"
    data-span-id=${span.id}
    .style=${`--depth: ${depth}`}
  >
    ${errorIcon()} ${spanButton(span, settings.readable(text(span.model ?? span.name)), context)}
    <strong>${messages.views.failed}</strong>
    <span>${revealed(why)}</span>
  </li>`;
}

function renderMessage(entry: MessageEntry, at: number, span: Span, context: EntryContext): TemplateResult {
  const { messages, settings } = context;
  const { message, depth } = entry;
  const { finishReason, name, parts } = message;
  const role = roleWord(text(message.role), messages);
  const shown = context.partsOf(entry);
  return html`<li
    class="message ${selectedClass(span, context)}"
    part="message"
    id="entry-${at}"
    tabindex="-1"
    data-role=${knownRole(message.role) ?? 'other'}
    data-span-id=${span.id}
    aria-current=${context.isSelected(span) ? 'true' : nothing}
    .style=${`--depth: ${depth}`}
  >
    <div class="role">
      <span class="icon">${roleIcon(message.role)}</span>
      <span class="who">
        <strong>${revealed(role)}</strong>
        ${name === undefined ? nothing : revealed(settings.readable(text(name)))}
        ${message.origin === 'output' ? spanButton(span, settings.readable(text(span.model ?? span.name)), context) : nothing}
      </span>
      ${maskButton(parts.map(contentOf), role, context)}
    </div>
    <div class="body">
      ${entry.isChanged ? html`<span class="changed">${messages.views.instructionsChanged}</span>` : nothing}
      ${
        parts.length
          ? parts.slice(0, shown).map((part) => renderOne(part, entry, context))
          : html`<span class="muted">${messages.noContent}</span>`
      }
      ${
        shown < parts.length
          ? html`<div>
              <button type="button" class="button" @click=${() => context.showParts(entry, shown * 4)}>
                ${messages.showParts(parts.length - shown)}
              </button>
            </div>`
          : nothing
      }
      ${finishReason ? renderFinish(text(finishReason), messages) : nothing}
    </div>
  </li>`;
}

/** What renderers of the page made of parts: they are asked once, and what a person did inside stays. */
const made = new WeakMap<MessagePart, Node>();

function renderOne(part: MessagePart, entry: MessageEntry, context: EntryContext): TemplateResult | Node {
  const own = made.get(part) ?? renderedPart(part, { settings: context.settings });
  if (own) {
    made.set(part, own);
    return own;
  }
  if (part.type === 'tool-call') return renderExchange(part, entry, context);
  const { messages } = context;
  const isLong =
    part.type === 'text' && instructs(entry.message.role) && firstLines(part.text).length + 80 < part.text.length;
  if (!isLong || context.isOpened(entry)) return renderPart(part, context);
  const size = messages.characters(formatCompact(part.text.length, messages.locale));
  return html`${renderBeginning(part, context)}
    <button type="button" class="go" @click=${() => context.open(entry)}>${messages.showWhole(size)}</button>`;
}

/** A tool call with its result. */
function renderExchange(call: ToolCallPart, entry: MessageEntry, context: EntryContext): TemplateResult {
  const { result, span } = context.resultOf(call, entry);
  const way: PartContext = { ...context, wayToSpan: () => span && (() => context.select(span)) };
  return html`<div class="exchange ${span && context.isSelected(span) ? 'selected' : ''}">
    ${renderPart(call, way)}${result ? renderPart(result, context) : nothing}
  </div>`;
}
