import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { MessageEntry } from '../../analysis/index.js';
import { JustCopied } from '../../internal/just-copied.js';
import { ContentElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { MessagePart, Span, ToolCallPart, Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { conversationText } from '../llm-messages/conversation-text.js';
import { messagesStyles } from '../llm-messages/llm-messages.styles.js';
import {
  earlierMessages,
  keptWithin,
  laterMessages,
  messagesAround,
  withEnd,
  type MessageWindow,
} from '../llm-messages/message-window.js';
import type { ToolMatches } from '../llm-messages/tool-matches.js';
import { CallResults } from './call-results.js';
import { EntryWeights, entryOf, messagesOf } from './conversation-entries.js';
import { renderEntry, type EntryContext } from './conversation-entry.js';
import { ConversationReading } from './conversation-reading.js';
import { conversationStyles } from './llm-conversation.styles.js';

/** Parts of one message that are in the DOM at first. */
const FIRST_PARTS = 40;

/**
 * All that was said in a run, once each: calls of models repeat what was said before, so only what is new in each is shown, with
 * the results of tools beside the calls. What agents inside agents say is put together and can be folded; instructions that change
 * are marked. A message leads to the span in which it was said.
 *
 * @summary The conversation of a whole run.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose the span that said a message, or a tool's.
 * @csspart bar - The line above: how many messages there are, and buttons.
 * @csspart message - One message.
 */
export class LlmConversation extends ContentElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, messagesStyles, conversationStyles];

  /** The trace whose conversation is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;

  @state() private stretch: MessageWindow = { start: 0, end: 0 };

  /** Ids of the spans whose parts a person folded. */
  readonly #folded = new Set<string>();
  #weights: EntryWeights | undefined;
  /** Whether all of it has been read once. */
  #isRead = false;
  #results: CallResults | undefined;
  /** Parts that are shown of messages that have more of them. */
  #shownParts = new Map<MessagePart[], number>();
  #opened = new WeakSet<object>();
  #asText = new WeakSet();
  #numbers = new WeakMap<ToolCallPart, number>();
  #nextNumber = 0;
  /** A span to bring into sight once it was read. */
  #toReveal: string | undefined;
  readonly #copied = new JustCopied<'text'>(this);
  readonly #reading = new ConversationReading(this, () => this.#take());

  /** Selects a span and brings what it said into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    if (!this.trace?.span(spanId)) return;
    this.selected = spanId;
    this.#toReveal = spanId;
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const before = changed.get('trace') as Trace | undefined;
    if (changed.has('trace')) {
      if (before?.id !== this.trace?.id) this.#forget();
      this.#reading.read(this.trace);
    }
    if (changed.has('selected')) this.#toReveal = this.selected;
    if (this.#toReveal !== undefined) this.#bringIntoWindow(this.#toReveal);
  }

  protected override updated(): void {
    const at = this.#entryOf(this.#toReveal);
    if (at < 0) return;
    this.#toReveal = undefined;
    const entry = this.renderRoot.querySelector<HTMLElement>(`#entry-${at}`);
    if (!entry || !this.scroller) return;
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const box = entry.getBoundingClientRect();
    // What a person chose here is in sight.
    if (box.bottom < top || box.top > bottom) entry.scrollIntoView({ block: 'start' });
  }

  #forget(): void {
    this.#folded.clear();
    this.#weights = this.#results = undefined;
    this.#isRead = false;
    this.#shownParts = new Map();
    this.stretch = { start: 0, end: 0 };
    this.#toReveal = this.selected;
  }

  /** More was read, or all of it anew. */
  #take(): void {
    const { conversation } = this.#reading;
    const isFirst = this.stretch.end === 0;
    // While it is read for the first time, its end so far is not where a person is.
    const isAtEnd = this.#isRead && this.stretch.end === this.#weights?.weights.length;
    this.#isRead = this.#reading.progress === undefined;
    if (this.#results?.conversation !== conversation) this.#results = conversation && new CallResults(conversation);
    this.#weigh();
    const weights = this.#weights?.weights ?? [];
    if (isFirst) this.stretch = laterMessages(weights, { start: 0, end: 0 });
    else this.stretch = isAtEnd ? withEnd(weights, this.stretch) : keptWithin(weights, this.stretch);
    // While it is being read, the first page fills up.
    if (!isFirst && this.stretch.start === 0) {
      const page = laterMessages(weights, { start: 0, end: 0 });
      if (page.end > this.stretch.end) this.stretch = page;
    }
  }

  #weigh(): void {
    const { conversation } = this.#reading;
    this.#weights =
      conversation &&
      new EntryWeights(
        conversation,
        (id) => this.#folded.has(id),
        (entry) => this.#partsOf(entry),
      );
  }

  readonly #partsOf = ({ message: { parts } }: MessageEntry): number =>
    Math.min(parts.length, this.#shownParts.get(parts) ?? FIRST_PARTS);

  #entryOf(spanId: string | undefined): number {
    const { conversation } = this.#reading;
    const span = spanId === undefined ? undefined : conversation?.trace.span(spanId);
    return span ? entryOf(conversation!, span.index) : -1;
  }

  /** Unfolds what a span's words are in, and shows the messages around them. */
  #bringIntoWindow(spanId: string): void {
    const at = this.#entryOf(spanId);
    if (at < 0 || !this.#weights) {
      // What was not read yet may come; what has no words in it does not.
      if (!this.#reading.progress) this.#toReveal = undefined;
      return;
    }
    const { entries, trace } = this.#reading.conversation!;
    for (const part of this.#weights.around(at)) this.#folded.delete(trace.idAt(entries[part]!.position));
    this.#weigh();
    if (at < this.stretch.start || at >= this.stretch.end) this.stretch = messagesAround(this.#weights.weights, at);
  }

  #toggle({ id }: Span): void {
    if (!this.#folded.delete(id)) this.#folded.add(id);
    this.#weigh();
    const { weights } = this.#weights!;
    // What is folded makes room for what comes behind.
    this.stretch = keptWithin(weights, {
      ...this.stretch,
      end: Math.max(
        this.stretch.end,
        laterMessages(weights, { start: this.stretch.start, end: this.stretch.start }).end,
      ),
    });
  }

  #select(span: Span): void {
    if (this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  /** A click on a message, but not on what is in it to be clicked, nor by who marks a text. */
  readonly #onClick = (event: MouseEvent): void => {
    const inside = event.composedPath().slice(0, event.composedPath().indexOf(this));
    const isOther = inside.some(
      (node) => node instanceof Element && node.matches('button, a, summary, input, select, [role="tree"], llm-media'),
    );
    if (isOther || getSelection()?.isCollapsed === false) return;
    this.#selectWith(event.target as Element);
  };

  /** Enter on a message that has the focus, as after more of them were shown. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    const target = event.target as Element;
    if (event.key !== 'Enter' || !target.matches('[data-span-id]')) return;
    event.preventDefault();
    this.#selectWith(target);
  };

  #selectWith(target: Element): void {
    const id = target.closest<HTMLElement>('[data-span-id]')?.dataset['spanId'];
    const span = id === undefined ? undefined : this.#reading.conversation?.trace.span(id);
    if (span) this.#select(span);
  }

  async #copy(): Promise<void> {
    const { messages, settings } = this;
    const { conversation } = this.#reading;
    if (!conversation) return;
    const words = conversationText(messagesOf(conversation), messages, settings);
    await this.#copied.copy('text', settings.readable(words));
  }

  #toggleMarkdown(): void {
    const { settings } = this;
    settings.change({ textForm: settings.textForm === 'markdown' ? 'source' : 'markdown' });
  }

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const { conversation } = this.#reading;
    const isEmpty = trace && conversation && !this.#reading.progress && conversation.entries.length === 0;
    return html`<div class="frame">
      ${this.#renderBar()}
      <div
        class="scroller"
        role="region"
        tabindex="0"
        aria-label=${messages.views.conversationOf(revealedText(this.settings.readable(text(trace?.name ?? ''))))}
        @click=${this.#onClick}
        @keydown=${this.#onKeydown}
      >
        ${isEmpty ? html`<p class="quiet">${messages.views.noMessages}</p>` : this.#renderEntries()}
      </div>
    </div>`;
  }

  #renderBar(): TemplateResult {
    const { messages, settings } = this;
    const { conversation, progress } = this.#reading;
    const { messageCount = 0, toolCallCount = 0 } = conversation ?? {};
    const counts = [
      messages.messageCount(messageCount),
      ...(toolCallCount ? [messages.toolCallCount(toolCallCount)] : []),
    ];
    return html`<div class="bar" part="bar">
      <span class="muted" role="status"
        >${progress?.all ? messages.views.reading(progress.done, progress.all) : conversation ? counts.join(' · ') : nothing}</span
      >
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
          ? html`<button type="button" class="button" ?disabled=${!messageCount} @click=${() => this.#copy()}>
              ${this.#copied.what ? messages.copied : messages.copyConversation}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderEntries(): TemplateResult | typeof nothing {
    const { messages, stretch } = this;
    const { conversation } = this.#reading;
    if (!conversation || !this.#weights || conversation.entries.length === 0) return nothing;
    const { entries, trace } = conversation;
    const { weights } = this.#weights;
    const context = this.#context();
    const render = (at: number): TemplateResult =>
      renderEntry(entries[at]!, at, trace.spanAt(entries[at]!.position), context);
    const rows: TemplateResult[] = [];
    const shownIn = (from: number, to: number): number => weights.slice(from, to).filter((weight) => weight > 0).length;
    const earlier = shownIn(0, stretch.start);
    const later = shownIn(stretch.end, weights.length);
    if (earlier > 0) {
      // The parts that the first message is in say who speaks.
      for (const part of this.#weights.around(stretch.start)) rows.push(render(part));
      rows.push(this.#more(messages.earlierMessages(earlier), earlierMessages(weights, stretch), stretch.start));
    }
    for (let at = stretch.start; at < stretch.end; at++) if (weights[at]! > 0) rows.push(render(at));
    if (later > 0) rows.push(this.#more(messages.laterMessages(later), laterMessages(weights, stretch), stretch.end));
    return html`<ol class="entries">
      ${rows}
    </ol>`;
  }

  /** Shows other messages; the focus goes on where the reader was, as the button may be gone. */
  #more(label: string, stretch: MessageWindow, at: number): TemplateResult {
    const show = async (): Promise<void> => {
      this.stretch = stretch;
      await this.updateComplete;
      const entry = this.renderRoot.querySelector<HTMLElement>(`#entry-${at}`);
      entry?.scrollIntoView({ block: 'nearest' });
      entry?.focus({ preventScroll: true });
    };
    return html`<li><button type="button" class="button" @click=${show}>${label}</button></li>`;
  }

  #context(): EntryContext {
    const { messages, settings } = this;
    return {
      messages,
      settings,
      matches: this.#matches,
      hasDefinition: () => false,
      isText: (part) => this.#asText.has(part),
      toggleText: (part) => {
        if (!this.#asText.delete(part)) this.#asText.add(part);
        this.requestUpdate();
      },
      goTo: () => {},
      goToDefinition: () => {},
      wayToSpan: () => undefined,
      isSelected: ({ id }) => id === this.selected,
      select: (span) => this.#select(span),
      isFolded: ({ id }) => this.#folded.has(id),
      toggle: (span) => this.#toggle(span),
      countOf: (at) => this.#weights!.counts[at]!,
      partsOf: this.#partsOf,
      showParts: ({ message: { parts } }, count) => {
        this.#shownParts.set(parts, count);
        this.#weigh();
        this.requestUpdate();
      },
      isOpened: ({ message }) => this.#opened.has(message),
      open: ({ message }) => {
        this.#opened.add(message);
        this.requestUpdate();
      },
      resultOf: (call, entry) => this.#results!.of(call, entry),
    };
  }

  /** Results stand below their calls: no links between them are needed. */
  readonly #matches: ToolMatches = {
    callCount: 0,
    numberOf: (call) => {
      let number = this.#numbers.get(call);
      if (number === undefined) this.#numbers.set(call, (number = this.#nextNumber++));
      return number;
    },
    resultOf: () => undefined,
    callOf: () => undefined,
    callsOf: () => [],
    placeOf: () => undefined,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-conversation': LlmConversation;
  }
}
