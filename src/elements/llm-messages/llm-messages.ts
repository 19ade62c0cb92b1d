import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { formatBytes, formatCompact } from '../../i18n/index.js';
import { ContentElement } from '../../internal/content-element.js';
import { kindIcon } from '../../internal/icons.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { boxed, text } from '../../internal/text.js';
import type {
  MediaPart,
  Message,
  MessagePart,
  ReasoningPart,
  ToolCallPart,
  ToolResultPart,
} from '../../model/index.js';
import { citationList } from './citation-list.js';
import { messagesStyles } from './llm-messages.styles.js';
import { matchToolCalls, type ToolMatches } from './tool-matches.js';

/** Messages that are in the DOM at first, from the end: the last ones are what a call is about. */
const FIRST_SHOWN = 60;
/** Parts of one message that are in the DOM; the raw record has them all. */
const MOST_PARTS = 200;

/**
 * A conversation: who said what, tool calls with their results, reasoning. Everything is text; nothing is loaded.
 *
 * @summary The messages of a model call.
 * @csspart message - One message.
 */
export class LlmMessages extends ContentElement {
  static override styles = [tokens, base, messagesStyles];

  /** The conversation, in order. */
  @property({ attribute: false }) conversation: readonly Message[] = [];

  /** What the conversation belongs to: while that is the same, what a person unfolded stays. */
  @property({ attribute: false }) owner = '';

  @state() private shown = FIRST_SHOWN;

  #matches: ToolMatches = matchToolCalls([]);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has('conversation')) return;
    this.#matches = matchToolCalls(this.conversation);
    if (changed.has('owner')) this.shown = FIRST_SHOWN;
  }

  protected override render(): TemplateResult {
    const { conversation, messages } = this;
    const hidden = Math.max(0, conversation.length - this.shown);
    const firstWritten = conversation.findIndex((message) => message.origin === 'output');
    return html`<div class="frame">
      ${
        hidden
          ? html`<p>
              <button type="button" class="button" @click=${() => (this.shown *= 4)}>
                ${messages.earlierMessages(hidden)}
              </button>
            </p>`
          : nothing
      }
      <ol aria-label=${messages.messagesLabel}>
        ${conversation.slice(hidden).map((message, index) => {
          const position = hidden + index;
          return html`${
            position === firstWritten && position > 0 ? html`<li class="written">${messages.written}</li>` : nothing
          }
          ${this.#renderMessage(message, position)}`;
        })}
      </ol>
    </div>`;
  }

  #renderMessage(message: Message, position: number): TemplateResult {
    const { messages } = this;
    const role = Object.hasOwn(messages.roles, message.role) ? messages.roles[message.role]! : message.role;
    return html`<li
      class="message"
      part="message"
      data-role=${message.role}
      aria-label=${messages.messageNumber(position + 1, role)}
    >
      <div class="role"><strong>${text(role)}</strong> ${text(message.name ?? '')}</div>
      <div class="body">
        ${
          message.parts.length
            ? message.parts.slice(0, MOST_PARTS).map((part) => this.#renderPart(part))
            : html`<span class="muted">${messages.noContent}</span>`
        }
        ${message.parts.length > MOST_PARTS ? html`<span class="muted">${messages.moreParts(message.parts.length - MOST_PARTS)}</span>` : nothing}
        ${message.finishReason ? html`<div class="finish">${messages.finish(text(message.finishReason))}</div>` : nothing}
      </div>
    </li>`;
  }

  #renderPart(part: MessagePart): TemplateResult {
    const { messages } = this;
    switch (part.type) {
      case 'text':
        return html`<llm-text-block
            .messages=${messages}
            .settings=${this.settings}
            .value=${boxed(part.text)}
          ></llm-text-block>
          ${part.citations?.length ? citationList(part.citations, this) : nothing}`;
      case 'reasoning':
        return this.#renderReasoning(part);
      case 'tool-call':
        return this.#renderCall(part);
      case 'tool-result':
        return this.#renderResult(part);
      case 'media':
        return html`<div class="placeholder">${this.#mediaText(part)}</div>`;
      case 'refusal':
        return html`<div class="refusal">
          <span class="muted">${messages.refusal}</span>
          <llm-text-block .messages=${messages} .settings=${this.settings} .value=${boxed(part.text)}></llm-text-block>
        </div>`;
      case 'other':
        return html`<details>
          <summary>${messages.otherPart}</summary>
          <llm-text-block .messages=${messages} .settings=${this.settings} .value=${boxed(part.value)}></llm-text-block>
        </details>`;
    }
  }

  #renderReasoning(part: ReasoningPart): TemplateResult {
    const { messages } = this;
    if (part.hidden && !part.text) {
      const said = part.hidden === 'redacted' ? messages.reasoningRedacted : messages.reasoningEncrypted;
      return html`<div class="placeholder">${said}</div>`;
    }
    return html`<details>
      <summary>${messages.reasoning(messages.characters(formatCompact(part.text.length, messages.locale)))}</summary>
      <llm-text-block .messages=${messages} .settings=${this.settings} .value=${boxed(part.text)}></llm-text-block>
    </details>`;
  }

  #renderCall(part: ToolCallPart): TemplateResult {
    const { messages } = this;
    const place = this.#matches.placeOf(part);
    return html`<section class="card" id="call-${place}" tabindex="-1">
      <header>
        ${kindIcon('tool')}<span class="muted">${messages.toolCall}</span>
        <span class="tool-name">${text(part.name)}</span>
        ${this.#matches.hasResult(part) ? this.#link(`result-${place}`, messages.resultBelow) : nothing}
      </header>
      ${
        isEmpty(part.arguments)
          ? nothing
          : html`<div class="content">
              <llm-text-block
                .messages=${messages}
                .settings=${this.settings}
                .value=${boxed(part.arguments)}
              ></llm-text-block>
            </div>`
      }
    </section>`;
  }

  #renderResult(part: ToolResultPart): TemplateResult {
    const { messages } = this;
    const call = this.#matches.callOf(part);
    const place = call && this.#matches.placeOf(call);
    return html`<section
      class="card ${part.isError ? 'failed' : ''}"
      id=${call ? `result-${place}` : nothing}
      tabindex="-1"
    >
      <header>
        ${kindIcon('tool')}<span>${messages.toolResult(text(part.name ?? call?.name ?? ''))}</span>
        ${part.isError ? html`<span>${messages.toolError}</span>` : nothing}
        ${call ? this.#link(`call-${place}`, messages.callAbove) : nothing}
      </header>
      <div class="content">
        <llm-text-block
          .messages=${messages}
          .settings=${this.settings}
          .value=${boxed(part.result ?? '')}
        ></llm-text-block>
      </div>
    </section>`;
  }

  #link(id: string, label: string): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.#goTo(id)}>${label}</button>`;
  }

  #goTo(id: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
    target?.scrollIntoView({ block: 'nearest' });
    target?.focus({ preventScroll: true });
  }

  #mediaText(part: MediaPart): string {
    const { messages } = this;
    if (part.data === undefined && part.uri !== undefined) {
      return messages.mediaRemote(part.mimeType ?? part.modality, part.uri.slice(0, 300));
    }
    // Four characters of base64 are three bytes.
    const size = part.data === undefined ? '' : formatBytes(Math.floor((part.data.length * 3) / 4), messages.locale);
    return messages.media(part.modality, part.mimeType ?? text(part.name), size);
  }
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

declare global {
  interface HTMLElementTagNameMap {
    'llm-messages': LlmMessages;
  }
}
