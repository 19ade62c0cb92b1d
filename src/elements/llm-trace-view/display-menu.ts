import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { formatNumber } from '../../i18n/index.js';
import { FEWEST_ALIKE } from '../../internal/arranged-tree.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { changedNoise, isNoise, NOISE_FIELDS, type NoiseField, type SpanNoise } from '../../internal/span-noise.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { TraceElement } from '../../internal/trace-element.js';
import { SettingsFollower, ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import { LlmDisplayChangeEvent, LlmNoiseChangeEvent, type SpanDisplay, type TraceViewName } from '../events/index.js';
import { displayMenuStyles } from './display-menu.styles.js';
import { displayValues, type DisplayValues } from './display-values.js';

/** Values of one field that are listed; others are found by typing. */
const MOST_LISTED = 8;
const DEFAULTS: SpanDisplay = { grouped: false, scale: 'time', layout: 'time' };

/**
 * The menu that says how spans are shown: which are hidden, whether repeated ones are grouped, how time is drawn. What a view has
 * no use for is not offered.
 *
 * Keys: Tab, arrows and Space as in any form; Escape closes.
 *
 * @internal
 * @fires {LlmNoiseChangeEvent} llm-noise-change - Other spans are to be hidden.
 * @fires {LlmDisplayChangeEvent} llm-display-change - Spans are to be shown in another way.
 * @fires llm-display-close - The menu is to be closed.
 */
export class LlmDisplayMenu extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, kindColours, displayMenuStyles];

  @property({ attribute: false }) trace: Trace | undefined;
  @property({ attribute: false }) noise: SpanNoise | undefined;
  @property({ attribute: false }) display: SpanDisplay = DEFAULTS;
  /** The view whose spans are meant. */
  @property({ attribute: false }) view: TraceViewName = 'tree';
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();

  /** What a person types to find a value. */
  @state() private sought = '';
  @query('[role="dialog"]') private dialog!: HTMLElement;

  #values: DisplayValues | undefined;

  constructor() {
    super();
    new SettingsFollower(this);
  }

  override focus(): void {
    this.dialog.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    if (changed.has('trace')) this.#values = this.trace && displayValues(this.trace);
  }

  #close(): void {
    this.dispatchEvent(new Event('llm-display-close'));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // The view has keys of its own.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#close();
  };

  /** Whoever goes elsewhere is done here. */
  readonly #onFocusout = ({ relatedTarget }: FocusEvent): void => {
    const isInside = relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget);
    if (!isInside && relatedTarget !== null) this.#close();
  };

  #hide(noise: SpanNoise | undefined): void {
    this.noise = noise;
    /** @internal */
    this.dispatchEvent(new LlmNoiseChangeEvent({ noise }));
  }

  #change(change: Partial<SpanDisplay>): void {
    this.display = { ...this.display, ...change };
    /** @internal */
    this.dispatchEvent(new LlmDisplayChangeEvent(this.display));
  }

  protected override render(): TemplateResult {
    const { display } = this.messages;
    return html`<div class="frame">
      <div
        role="dialog"
        tabindex="-1"
        aria-label=${display.display}
        @keydown=${this.#onKeydown}
        @focusout=${this.#onFocusout}
      >
        ${this.view === 'tree' ? this.#renderGrouped() : nothing}
        ${
          this.view === 'timeline'
            ? this.#renderChoice('layout', display.layout, display.layouts, this.display.layout)
            : nothing
        }
        ${
          this.view === 'tree' || (this.view === 'timeline' && this.display.layout !== 'icicle')
            ? this.#renderChoice('scale', display.scale, display.scales, this.display.scale)
            : nothing
        }
        ${this.#values ? this.#renderNoise(this.#values) : nothing}
      </div>
    </div>`;
  }

  #renderGrouped(): TemplateResult {
    const { display } = this.messages;
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${this.display.grouped}
        @change=${({ target }: Event) => this.#change({ grouped: (target as HTMLInputElement).checked })}
      />
      <span class="words">${display.grouped}<small>${display.groupedHint(FEWEST_ALIKE)}</small></span>
    </label>`;
  }

  #renderChoice<Name extends 'scale' | 'layout'>(
    name: Name,
    title: string,
    words: Readonly<Record<SpanDisplay[Name], string>>,
    chosen: SpanDisplay[Name],
  ): TemplateResult {
    return html`<fieldset>
      <legend>${title}</legend>
      ${Object.entries<string>(words).map(
        ([value, label]) =>
          html`<label class="choice">
            <input
              type="radio"
              name=${name}
              .checked=${value === chosen}
              @change=${() => this.#change({ [name]: value })}
            />
            <span class="words">${label}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  #renderNoise(values: DisplayValues): TemplateResult {
    const { display } = this.messages;
    const isLong = values.names.length > MOST_LISTED || values.services.length > MOST_LISTED;
    return html`<div role="group" aria-labelledby="hide">
      <div class="head">
        <h3 id="hide">${display.hide}</h3>
        <button type="button" class="button" ?disabled=${!this.noise} @click=${() => this.#hide(undefined)}>
          ${display.showAll}
        </button>
      </div>
      ${
        isLong
          ? html`<input
              type="search"
              aria-label=${display.findValue}
              placeholder=${display.findValue}
              .value=${this.sought}
              @input=${({ target }: Event) => (this.sought = (target as HTMLInputElement).value)}
            />`
          : nothing
      }
      ${NOISE_FIELDS.map((field) => this.#renderField(field, values[field]))}
    </div>`;
  }

  #renderField(field: NoiseField, values: DisplayValues[NoiseField]): TemplateResult | typeof nothing {
    const { display } = this.messages;
    // Of one service, or none, there is nothing to choose.
    if (field === 'services' && values.length < 2) return nothing;
    const sought = this.sought.trim().toLowerCase();
    const isHidden = (value: string): boolean => this.noise !== undefined && isNoise(this.noise, field, value);
    const matching =
      sought && field !== 'kinds'
        ? values.filter(([value]) => this.#wordsFor(field, value).toLowerCase().includes(sought))
        : values;
    // What is hidden can be shown again, however rare it is.
    const listed = matching.filter(([value], at) => field === 'kinds' || at < MOST_LISTED || isHidden(value));
    const more = matching.length - listed.length;
    return html`<fieldset>
      <legend>${display.fields[field]}</legend>
      ${listed.map(([value, count]) => this.#renderValue(field, value, count, isHidden(value)))}
      ${more > 0 ? html`<p class="muted">${display.moreValues(more)}</p>` : nothing}
      ${matching.length === 0 ? html`<p class="muted">${display.noValue}</p>` : nothing}
    </fieldset>`;
  }

  #wordsFor(field: NoiseField, value: string): string {
    const { messages, settings } = this;
    if (field === 'kinds') return messages.kinds[value] ?? value;
    return settings.readable(text(value)) || messages.noName;
  }

  #renderValue(field: NoiseField, value: string, count: number, isHidden: boolean): TemplateResult {
    const { messages } = this;
    const words = this.#wordsFor(field, value);
    return html`<label class="choice" title=${revealedText(words)}>
      <input
        type="checkbox"
        aria-label=${messages.display.valueWithCount(revealedText(words), count)}
        .checked=${isHidden}
        @change=${({ target }: Event) =>
          this.#hide(changedNoise(this.noise, field, value, (target as HTMLInputElement).checked))}
      />
      <span class="words">${revealed(words)}</span><span class="count">${formatNumber(count, messages.locale)}</span>
    </label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-display-menu': LlmDisplayMenu;
  }
}
