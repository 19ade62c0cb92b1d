import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatCost, formatDuration, formatMoment, formatNumber } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { ContentElement } from '../../internal/content-element.js';
import { closeIcon, kindIcon, parentIcon } from '../../internal/icons.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { boxed, text } from '../../internal/text.js';
import type { Span } from '../../model/index.js';
import { LlmDetailCloseEvent, LlmSpanSelectEvent } from '../events/index.js';
import { detailStyles } from './llm-span-detail.styles.js';
import { detailTabs } from './tabs/registry.js';
import type { DetailTab } from './tabs/tab.js';

/** Exceptions that are in the DOM; the events tab has them all. */
const MOST_EXCEPTIONS = 20;

/**
 * One span: its conversation, input and output, documents, parameters, errors, events, attributes, and the record as it
 * was read. Everything of the trace is shown as text.
 *
 * @summary What is known of one span.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the parent of the span.
 * @fires {LlmDetailCloseEvent} llm-detail-close - A person closed the detail (only where `closable`).
 * @csspart head - Name and figures.
 * @csspart tabs - The row of tabs.
 * @csspart panel - What the chosen tab shows.
 * @csspart message - A message of the conversation.
 */
export class LlmSpanDetail extends ContentElement {
  static override styles = [tokens, base, kindColours, detailStyles];

  /** The span that is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** Whether there is a button that asks to close the detail. */
  @property({ type: Boolean }) closable = false;

  @query('[role="tab"][aria-selected="true"]') private selectedTab!: HTMLElement | null;

  @query('.panel') private panel!: HTMLElement | null;

  /** The tab that a person chose last; a span that has nothing for it shows its first one. */
  @state() private chosenTab: string | undefined;
  @state() private filter = '';

  /** Whether another span is shown than before. */
  #isOther = false;

  override focus(options?: FocusOptions): void {
    this.selectedTab?.focus(options);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const before = changed.get('span') as Span | undefined;
    // A trace that grows gives the same span anew: what a person did with it stays.
    this.#isOther = changed.has('span') && (before?.id !== this.span?.id || before?.traceId !== this.span?.traceId);
    if (this.#isOther) this.filter = '';
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.panel && (this.#isOther || changed.has('chosenTab'))) this.panel.scrollTop = 0;
  }

  #onTabKeydown(event: KeyboardEvent, tabs: readonly DetailTab[], current: number): void {
    const forward = this.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const last = tabs.length - 1;
    const next =
      event.key === forward
        ? (current + 1) % tabs.length
        : event.key === back
          ? (current + last) % tabs.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.chosenTab = tabs[next]!.id;
    void this.updateComplete.then(() => this.selectedTab?.focus());
  }

  protected override render(): TemplateResult {
    const { span, messages } = this;
    if (!span) return html`<div class="frame"><p class="nothing">${messages.noSpanSelected}</p></div>`;
    const tabs = detailTabs.filter((tab) => tab.isFor(span));
    const current = Math.max(
      0,
      tabs.findIndex((tab) => tab.id === this.chosenTab),
    );
    const tab = tabs[current]!;
    return html`<div class="frame" data-kind=${span.kind}>
      ${this.#renderHead(span)}
      <div class="tabs" part="tabs" role="tablist" aria-label=${span.name}>
        ${tabs.map((item, index) => {
          const count = item.count?.(span);
          return html`<button
            type="button"
            role="tab"
            id="tab-${item.id}"
            aria-selected=${String(index === current)}
            aria-controls="panel"
            tabindex=${index === current ? 0 : -1}
            @click=${() => (this.chosenTab = item.id)}
            @keydown=${(event: KeyboardEvent) => this.#onTabKeydown(event, tabs, current)}
          >
            ${item.label(messages)}
            ${count ? html`<span class="count">${formatNumber(count, messages.locale)}</span>` : nothing}
          </button>`;
        })}
      </div>
      <div class="panel" part="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby="tab-${tab.id}">
        ${this.#renderErrors(span)}
        ${tab.render({
          span,
          messages,
          settings: this.settings,
          filter: this.filter,
          setFilter: (filter) => (this.filter = filter),
        })}
      </div>
    </div>`;
  }

  #renderHead(span: Span): TemplateResult {
    const { messages } = this;
    const about = aboutSpan(span);
    return html`<div class="head" part="head">
      <div class="title">
        <span class="kind-icon" title=${messages.kinds[span.kind]!}>${kindIcon(span.kind)}</span>
        <h3>${text(span.name)}</h3>
        ${about ? html`<span class="model">${about}</span>` : nothing}
        ${
          this.closable
            ? html`<button
                type="button"
                class="close icon-button"
                aria-label=${messages.closeDetail}
                @click=${this.#onClose}
              >
                ${closeIcon()}
              </button>`
            : nothing
        }
      </div>
      <div class="figures">
        ${this.#figures(span).map(([value, unit]) => html`<span><b>${value}</b> ${unit}</span>`)}
        ${this.#renderParent(span)}
      </div>
    </div>`;
  }

  #figures(span: Span): [string, string][] {
    const { messages } = this;
    const { locale } = messages;
    const { cost, duration, timeToFirstToken, usage } = span;
    const figures: [string, string][] = [];
    if (span.isRunning) figures.push([messages.running, '']);
    else if (duration !== undefined) figures.push([formatDuration(duration, locale), messages.total]);
    if (timeToFirstToken !== undefined) figures.push([formatDuration(timeToFirstToken, locale), messages.firstToken]);
    if (usage?.output !== undefined && duration !== undefined) {
      const decoding = duration - (timeToFirstToken ?? 0);
      const rate = (usage.output / decoding) * 1000;
      // A cached answer comes all at once: a rate would be a fancy number.
      if (timeToFirstToken !== undefined && decoding > 1) {
        figures.push([formatNumber(Math.round(rate), locale), messages.tokensPerSecond]);
      }
    }
    if (usage?.input !== undefined) figures.push([formatNumber(usage.input, locale), messages.tokensIn]);
    if (usage?.output !== undefined) figures.push([formatNumber(usage.output, locale), messages.tokensOut]);
    if (cost !== undefined) figures.push([formatCost(cost, locale), '']);
    if (span.hasStart) figures.push([formatMoment(span.start, locale, true), '']);
    return figures;
  }

  #renderParent(span: Span): TemplateResult | typeof nothing {
    const { messages } = this;
    const { parent, parentId } = span;
    if (parent) {
      return html`<button type="button" class="parent" @click=${() => this.#onParent(parent)}>
        ${parentIcon()}${messages.within(text(parent.name))}
      </button>`;
    }
    // A span that names itself, or whose ancestors lead back to it, is a root although its parent is here.
    const isMissing = parentId !== undefined && span.trace.span(parentId) === undefined;
    return isMissing ? html`<span>${messages.parentMissing(parentId)}</span>` : nothing;
  }

  #renderErrors(span: Span): TemplateResult | typeof nothing {
    const { messages } = this;
    const { exceptions, statusMessage } = span;
    const isSaid = exceptions.some((exception) => exception.message === statusMessage);
    const hasStatus = span.status === 'error' && (!exceptions.length || (statusMessage !== undefined && !isSaid));
    if (!hasStatus && !exceptions.length) return nothing;
    return html`<div class="callout" role="group" aria-label=${messages.exception}>
      ${hasStatus ? html`<strong>${text(statusMessage) || messages.exception}</strong>` : nothing}
      ${exceptions.slice(0, MOST_EXCEPTIONS).map(
        ({ type, message, stacktrace }) => html`
          <div>
            <strong>${type ?? messages.exception}</strong
            >${message ? html` <span class="scalar">${text(message)}</span>` : nothing}
          </div>
          ${
            stacktrace
              ? html`<details>
                  <summary>${messages.stacktrace}</summary>
                  <llm-text-block
                    mono
                    .messages=${messages}
                    .settings=${this.settings}
                    .value=${boxed(stacktrace)}
                  ></llm-text-block>
                </details>`
              : nothing
          }
        `,
      )}
    </div>`;
  }

  #onParent(span: Span): void {
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  readonly #onClose = (): void => {
    /** @internal */
    this.dispatchEvent(new LlmDetailCloseEvent({ span: this.span! }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-detail': LlmSpanDetail;
  }
}
