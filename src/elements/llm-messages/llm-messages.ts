import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { continuationOf, toolSpansOf, type Continuation } from '../../analysis/index.js';
import { formatCompact } from '../../i18n/index.js';
import { JustCopied } from '../../internal/just-copied.js';
import { ContentElement } from '../../internal/content-element.js';
import { revealed } from '../../internal/hidden-characters.js';
import { checkIcon, copyIcon } from '../../internal/icons.js';
import { maskButton } from '../../internal/mask-button.js';
import { jsonText } from '../../internal/json-text.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { MatchedWords, MatchRevealing } from '../../internal/span-matches.js';
import { text } from '../../internal/text.js';
import type { Message, Span, ToolCallPart, ToolResultPart } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { renderedPart } from '../renderers.js';
import { foldOf, renderContinuation } from './continuation.js';
import { conversationText, messageText } from './conversation-text.js';
import { renderFinish } from './finish-reason.js';
import { givenMessages } from './given-messages.js';
import { messagesStyles } from './llm-messages.styles.js';
import { contentOf, firstLines, idOf, renderBeginning, renderPart, type PartContext } from './message-part.js';
import {
  earlierMessages,
  keptWithin,
  lastMessages,
  laterMessages,
  messagesAround,
  withEnd,
  type MessageWindow,
} from './message-window.js';
import { instructs, knownRole, roleIcon, roleWord } from './role.js';
import { isListed, toolList } from './tool-list.js';
import { matchToolCalls, type ToolMatches } from './tool-matches.js';

/** Parts of one message that are in the DOM at first. */
const FIRST_PARTS = 40;
/** Instructions that stay in sight above the end of a long conversation. */
const MOST_INSTRUCTIONS = 3;
const MOST_COPIED = 50_000_000;

/**
 * A conversation: who said what, tool calls with their results and definitions, reasoning. Given a span, it also tells what
 * is new since the LLM call before, and folds what is not. Everything is text; nothing is loaded by itself.
 *
 * @summary The messages of a model call.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the call before, or for the span with a tool's result.
 * @csspart bar - The line above: how many messages there are, and buttons.
 * @csspart message - One message.
 */
export class LlmMessages extends ContentElement implements MatchRevealing {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, messagesStyles];

  /** The call whose conversation is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** A conversation without a span, in order. Not looked at where there is a span. */
  @property({ attribute: false }) conversation: readonly Message[] = [];

  @state() private stretch: MessageWindow = { start: 0, end: 0 };
  @state() private isUnfolded = false;
  @state() private areToolsOpen = false;

  #shown: readonly Message[] = [];
  #owner: unknown;
  #matches: ToolMatches = matchToolCalls([]);
  #tools: ReadonlyMap<string, number> = new Map();
  /** Spans with the results of what the model asked for. */
  #toolSpans: ReadonlyMap<ToolCallPart, Span> = new Map();
  #continuation: Continuation | undefined;
  /** The messages that are as in the call before, where they are worth folding. */
  #fold: { from: number; to: number } | undefined;
  #firstWritten = -1;
  #weights: readonly number[] = [];
  /** Numbers of messages whose long instructions a person opened. */
  #opened = new Set<number>();
  /** Parts that are shown of messages that have more of them. */
  #parts = new Map<number, number>();
  #asText = new WeakSet();
  #rendered = new WeakMap<object, Node>();
  /** What was copied last: `text`, `json`, or the number of a message. */
  readonly #copied = new JustCopied<'text' | 'json' | number>(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('span') || changed.has('conversation')) this.#take();
  }

  #take(): void {
    const { span } = this;
    const before = this.#shown;
    const shown = span ? span.messages : givenMessages(this.conversation);
    // A trace that grows gives the same span anew: what a person did with it stays.
    const owner = span ? `${span.traceId} ${span.id}` : shown[0];
    const isOther = owner !== this.#owner;
    const isAtEnd = this.stretch.end === before.length;
    this.#owner = owner;
    this.#shown = shown;
    this.#matches = matchToolCalls(shown);
    this.#tools = new Map(span?.tools.map(({ name }, place) => [name, place]));
    this.#toolSpans = span ? toolSpansOf(span) : new Map();
    this.#continuation = span && continuationOf(span);
    this.#fold = foldOf(shown, this.#continuation);
    this.#firstWritten = shown.findIndex(({ origin }) => origin === 'output');
    if (isOther) {
      this.isUnfolded = false;
      this.areToolsOpen = false;
      this.#opened = new Set();
      this.#parts = new Map();
    }
    this.#weigh();
    this.stretch = isOther
      ? lastMessages(this.#weights)
      : isAtEnd
        ? withEnd(this.#weights, this.stretch)
        : keptWithin(this.#weights, this.stretch);
  }

  #isFolded(position: number): boolean {
    const fold = this.isUnfolded ? undefined : this.#fold;
    return fold !== undefined && position >= fold.from && position < fold.to;
  }

  #weigh(): void {
    const fold = this.#fold;
    this.#weights = this.#shown.map(({ parts }, position) =>
      this.#isFolded(position) ? Number(position === fold?.from) : Math.max(1, this.#partsOf(position, parts.length)),
    );
  }

  #partsOf = (position: number, count: number): number => Math.min(count, this.#parts.get(position) ?? FIRST_PARTS);

  #setUnfolded(isUnfolded: boolean): void {
    this.isUnfolded = isUnfolded;
    this.#weigh();
    const from = this.#fold?.from ?? 0;
    // Who unfolds them reads them from the first one on; who folds them, what comes behind.
    this.stretch = isUnfolded
      ? keptWithin(this.#weights, { ...this.stretch, start: Math.min(from, this.stretch.start) })
      : messagesAround(this.#weights, from);
  }

  #showParts(position: number, count: number): void {
    this.#parts.set(position, count);
    this.#weigh();
    this.requestUpdate();
  }

  /** Other messages are shown; the focus goes on where the reader was, as the button may be gone. */
  async #moveTo(stretch: MessageWindow, position: number): Promise<void> {
    this.stretch = stretch;
    await this.updateComplete;
    this.#focus(`message-${position}`);
  }

  #focus(id: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
    if (target instanceof HTMLDetailsElement) target.open = true;
    target?.scrollIntoView({ block: 'nearest' });
    target?.focus({ preventScroll: true });
  }

  async #goTo(part: ToolCallPart | ToolResultPart): Promise<void> {
    const place = this.#matches.placeOf(part);
    const id = idOf(part, this.#matches);
    if (!place || typeof id !== 'string') return;
    if (this.#isFolded(place.message)) this.#setUnfolded(true);
    if (place.part >= this.#partsOf(place.message, Infinity)) this.#showParts(place.message, place.part + 1);
    const { start, end } = this.stretch;
    if (place.message < start || place.message >= end) this.stretch = messagesAround(this.#weights, place.message);
    await this.updateComplete;
    this.#focus(id);
  }

  /**
   * Shows the first message with a match of a search, if that is in what is folded or left out.
   *
   * @internal
   */
  showMatch(words: MatchedWords): boolean {
    const { messages, settings } = this;
    const position = this.#shown.findIndex(
      (message, at) =>
        this.#isLeftOut(message, at) && words.rangesIn(messageText(message, messages, settings)).length > 0,
    );
    if (position < 0) return false;
    if (this.#isFolded(position)) this.#setUnfolded(true);
    this.#opened.add(position);
    const { start, end } = this.stretch;
    if (position < start || position >= end) this.stretch = messagesAround(this.#weights, position);
    this.requestUpdate();
    return true;
  }

  #isLeftOut(message: Message, position: number): boolean {
    const { start, end } = this.stretch;
    const isOutside = position < start || position >= end;
    return isOutside || this.#isFolded(position) || (instructs(message.role) && !this.#opened.has(position));
  }

  async #goToDefinition(tool: string): Promise<void> {
    this.areToolsOpen = true;
    await this.updateComplete;
    this.#focus(`tool-${this.#tools.get(tool)}`);
  }

  async #copy(what: 'text' | 'json' | number): Promise<void> {
    const { messages, settings } = this;
    const words =
      what === 'json'
        ? jsonText(this.#shown, MOST_COPIED, settings.masking).text
        : what === 'text'
          ? conversationText(this.#shown, messages, settings)
          : messageText(this.#shown[what]!, messages, settings);
    await this.#copied.copy(what, settings.readable(words));
  }

  #toggleMarkdown(): void {
    const { settings } = this;
    settings.change({ textForm: settings.textForm === 'markdown' ? 'source' : 'markdown' });
  }

  protected override render(): TemplateResult {
    const { messages, settings, span, stretch } = this;
    const context: PartContext = {
      messages,
      settings,
      matches: this.#matches,
      hasDefinition: (tool) => isListed(this.#tools.get(tool)),
      isText: (part) => this.#asText.has(part),
      toggleText: (part) => {
        if (!this.#asText.delete(part)) this.#asText.add(part);
        this.requestUpdate();
      },
      goTo: (part) => void this.#goTo(part),
      wayToSpan: (call) => {
        const home = this.#toolSpans.get(call);
        return home && (() => this.#goToSpan(home));
      },
      goToDefinition: (tool) => void this.#goToDefinition(tool),
    };
    const instructions = Math.min(stretch.start, this.#instructionCount, MOST_INSTRUCTIONS);
    const earlier = stretch.start - instructions;
    const later = this.#shown.length - stretch.end;
    const rows: TemplateResult[] = [];
    if (this.#shown[0]?.origin === 'input' && (span || this.#firstWritten > 0)) {
      rows.push(heading(messages.modelSaw, 'saw'));
    }
    for (let position = 0; position < instructions; position++) rows.push(...this.#renderAt(position, context));
    if (earlier > 0) {
      const show = (): unknown => this.#moveTo(earlierMessages(this.#weights, stretch), stretch.start);
      rows.push(html`<li>${button(messages.earlierMessages(earlier), show)}</li>`);
    }
    for (let position = stretch.start; position < stretch.end; position++) {
      rows.push(...this.#renderAt(position, context));
    }
    if (later > 0) {
      const show = (): unknown => this.#moveTo(laterMessages(this.#weights, stretch), stretch.end - 1);
      rows.push(html`<li>${button(messages.laterMessages(later), show)}</li>`);
    }
    return html`<div class="frame">
      ${this.#renderBar()}
      <ol aria-label=${messages.messagesLabel}>
        ${rows}
      </ol>
      ${span?.tools.length ? toolList(span.tools, { ...context, isOpen: this.areToolsOpen, setOpen: (isOpen) => (this.areToolsOpen = isOpen) }) : nothing}
    </div>`;
  }

  get #instructionCount(): number {
    const first = this.#shown.findIndex(({ role }) => !instructs(role));
    return first < 0 ? this.#shown.length : first;
  }

  #renderBar(): TemplateResult {
    const { messages, settings } = this;
    const { callCount } = this.#matches;
    const counts = [
      messages.messageCount(this.#shown.length),
      ...(callCount ? [messages.toolCallCount(callCount)] : []),
    ];
    const copy = (what: 'text' | 'json', label: string): TemplateResult =>
      button(this.#copied.what === what ? messages.copied : label, () => this.#copy(what));
    return html`<div class="bar" part="bar">
      <span class="muted">${counts.join(' · ')}</span>
      <span class="space"></span>
      <button
        type="button"
        class="button"
        aria-pressed=${String(settings.textForm === 'markdown')}
        @click=${this.#toggleMarkdown}
      >
        ${messages.showMarkdown}
      </button>
      ${
        'clipboard' in navigator
          ? html`${copy('text', messages.copyConversation)} ${copy('json', messages.copyConversationJson)}`
          : nothing
      }
    </div>`;
  }

  /** A message with what stands before it: a heading, or the fold that it is in. */
  #renderAt(position: number, context: PartContext): TemplateResult[] {
    const { messages } = this;
    const shown = this.#shown;
    const { from, to } = this.#continuation ?? { from: -1, to: 0 };
    const rows: TemplateResult[] = [];
    if (position === this.#firstWritten) rows.push(heading(messages.modelWrote, 'wrote'));
    else if (position === to && to > 0) rows.push(heading(messages.newInCall, 'new'));
    if (position === from) {
      rows.push(
        renderContinuation(this.#continuation!, messages, {
          fold: this.#fold && { isOpen: this.isUnfolded, toggle: () => this.#setUnfolded(!this.isUnfolded) },
          goTo: (span) => this.#goToSpan(span),
        }),
      );
    }
    if (!this.#isFolded(position)) rows.push(this.#renderMessage(shown[position]!, position, context));
    return rows;
  }

  #goToSpan(span: Span): void {
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  #renderMessage(message: Message, position: number, context: PartContext): TemplateResult {
    const { messages, settings } = this;
    const { finishReason, name, parts } = message;
    const role = roleWord(text(message.role), messages);
    const shown = this.#partsOf(position, parts.length);
    const label = this.#copied.what === position ? messages.copied : messages.copyMessage;
    return html`<li
      class="message"
      part="message"
      id="message-${position}"
      tabindex="-1"
      data-role=${knownRole(message.role) ?? 'other'}
      aria-label=${messages.messageNumber(position + 1, role)}
    >
      <div class="role">
        <span class="icon">${roleIcon(message.role)}</span>
        <span class="who">
          <strong>${revealed(role)}</strong>
          ${name === undefined ? nothing : revealed(settings.readable(text(name)))}
        </span>
        ${maskButton(parts.map(contentOf), messages.messageNumber(position + 1, role), context)}
        ${
          'clipboard' in navigator
            ? html`<button
                type="button"
                class="copy icon-button ${this.#copied.what === position ? 'done' : ''}"
                aria-label=${label}
                title=${label}
                @click=${() => this.#copy(position)}
              >
                ${this.#copied.what === position ? checkIcon() : copyIcon()}
              </button>`
            : nothing
        }
      </div>
      <div class="body">
        ${parts.length ? this.#renderParts(message, position, shown, context) : html`<span class="muted">${messages.noContent}</span>`}
        ${
          shown < parts.length
            ? html`<div>
                ${button(messages.showParts(parts.length - shown), () => this.#showParts(position, shown * 4))}
              </div>`
            : nothing
        }
        ${finishReason ? renderFinish(text(finishReason), messages) : nothing}
      </div>
    </li>`;
  }

  #renderParts(message: Message, position: number, count: number, context: PartContext): (TemplateResult | Node)[] {
    const { messages, settings } = this;
    return message.parts.slice(0, count).map((part) => {
      const own = this.#rendered.get(part) ?? renderedPart(part, { settings });
      if (own) {
        // Asked once: what a person did inside it stays.
        this.#rendered.set(part, own);
        return own;
      }
      const isLong =
        part.type === 'text' && instructs(message.role) && firstLines(part.text).length + 80 < part.text.length;
      // The button of the message copies its only text.
      if (!isLong || this.#opened.has(position)) return renderPart(part, context, message.parts.length > 1);
      const size = messages.characters(formatCompact(part.text.length, messages.locale));
      return html`${renderBeginning(part, context)}
        <button type="button" class="go" @click=${() => this.#open(position)}>${messages.showWhole(size)}</button>`;
    });
  }

  #open(position: number): void {
    this.#opened.add(position);
    this.requestUpdate();
  }
}

const heading = (words: string, name: string): TemplateResult =>
  html`<li class="heading ${name}"><h4>${words}</h4></li>`;

const button = (label: string, act: () => unknown): TemplateResult =>
  html`<button type="button" class="button" @click=${act}>${label}</button>`;

declare global {
  interface HTMLElementTagNameMap {
    'llm-messages': LlmMessages;
  }
}
