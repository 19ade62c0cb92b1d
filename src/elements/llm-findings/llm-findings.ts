import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { Finding, PriceSource, Severity } from '../../analysis/index.js';
import { findingText, formatDuration } from '../../i18n/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon, kindIcon, warningIcon } from '../../internal/first-icons.js';
import { noteIcon } from '../../internal/icons.js';
import { optionalText } from '../../internal/optional-text.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmFindingsReadyEvent, LlmSpanSelectEvent } from '../events/index.js';
import { FindingsWork } from './findings-work.js';
import { findingsStyles } from './llm-findings.styles.js';

/** Spans of a finding that are shown until a person asks for all of them. */
const FIRST_SPANS = 5;

const ICONS: Readonly<Record<Severity, () => TemplateResult>> = {
  error: errorIcon,
  warning: warningIcon,
  info: noteIcon,
};

/**
 * What rules find in a trace: where its time, tokens and money went, and what went wrong. Each finding says which rule it
 * is of and leads to the spans that it is about. Worked out when it is shown, in short stretches; what needs no messages
 * comes first.
 *
 * @summary What stands out in a trace.
 * @fires {LlmFindingsReadyEvent} llm-findings-ready - The trace was looked through.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span that a finding is about.
 * @csspart finding - One finding.
 */
export class LlmFindings extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, findingsStyles];

  /** The trace that is looked through. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Knows what calls cost, where the trace does not state it. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** Findings of which all spans are shown. */
  @state() private unfolded: ReadonlySet<Finding> = new Set();

  readonly #work = new FindingsWork(this, (findings) => {
    /** @internal */
    this.dispatchEvent(new LlmFindingsReadyEvent({ findings }));
  });

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has('trace') && !changed.has('prices')) return;
    this.#work.look(this.trace, this.prices);
    this.unfolded = new Set();
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    const { found, isWorking } = this.#work;
    const { findings = [], notListed = [], notRead = [] } = found ?? {};
    const titleOf = (rule: string): string => messages.findings.get(rule)?.title ?? rule;
    const isQuiet = found !== undefined && !isWorking && !findings.length;
    return html`<div class="frame" aria-busy=${String(isWorking)}>
      ${
        findings.length
          ? html`<ul aria-label=${messages.findingsLabel}>
              ${findings.map((finding) => this.#renderFinding(finding))}
            </ul>`
          : nothing
      }
      ${Array.from(notListed, ([rule, count]) => this.#renderLine(messages.moreFindings(count, titleOf(rule))))}
      ${Array.from(notRead, ([rule, count]) => this.#renderLine(messages.notLookedAt(count, titleOf(rule))))}
      <div role="status">
        ${isWorking ? this.#renderLine(messages.findingsWorking) : isQuiet ? this.#renderLine(messages.noFindings) : nothing}
      </div>
    </div>`;
  }

  #renderLine(words: string): TemplateResult {
    return html`<p class="quiet">${words}</p>`;
  }

  #renderFinding(finding: Finding): TemplateResult {
    const { messages } = this;
    const { severity, rule, spans } = finding;
    const isWhole = this.unfolded.has(finding);
    const shown = isWhole ? spans : spans.slice(0, FIRST_SPANS);
    const more = spans.length - shown.length;
    const words = messages.findings.get(rule);
    return html`<li class="finding" part="finding" data-severity=${severity}>
      <span class="severity" title=${messages.severities[severity]}>
        ${ICONS[severity]()}<span class="visually-hidden">${messages.severities[severity]}:</span>
      </span>
      <div class="about">
        <p class="words">${revealed(this.settings.readable(findingText(finding, messages)))}</p>
        <div class="more">
          ${shown.map((span) => this.#renderSpan(span))}
          ${
            more > 0
              ? html`<button type="button" class="others" @click=${() => this.#unfold(finding)}>
                  ${messages.moreSpans(more)}
                </button>`
              : nothing
          }
          ${
            words
              ? html`<details>
                  <summary>${messages.findingRule}</summary>
                  <p>${words.title}: ${words.rule}</p>
                </details>`
              : nothing
          }
        </div>
      </div>
    </li>`;
  }

  #renderSpan(span: Span): TemplateResult {
    const name = this.settings.readable(text(span.name)) || this.messages.noName;
    return html`<button
      type="button"
      class="span"
      data-kind=${span.kind}
      title=${revealedText(name)}
      aria-current=${String(span.id === this.selected)}
      @click=${() => this.#select(span)}
    >
      <span class="kind-icon">${kindIcon(span.kind)}</span><span class="name">${revealed(name)}</span>${
        span.duration === undefined
          ? nothing
          : html` <span class="muted">${formatDuration(span.duration, this.messages.locale)}</span>`
      }
    </button>`;
  }

  #unfold(finding: Finding): void {
    this.unfolded = new Set(this.unfolded).add(finding);
  }

  #select(span: Span): void {
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-findings': LlmFindings;
  }
}
