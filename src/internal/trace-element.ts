import { LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { enFirst, type FirstMessages } from '../i18n/en-first.js';
import type { Messages } from '../i18n/messages.js';
import { inTimeZone } from '../i18n/time-zone.js';
import { optionalText } from './optional-text.js';
import { followLanguage, forgetLanguage, languageAt } from './page-language.js';
import { base } from './styles/base.js';
import { tokens } from './styles/tokens.js';

/** What every element of the kit has: its colours, its language, its colour scheme. */
export abstract class TraceElement<Words extends FirstMessages = Messages> extends LitElement {
  static override styles: CSSResultGroup = [tokens, base];

  /**
   * All words that the element says, of those that it is given. What is shown at first needs no more than it is given; every other
   * element has `wholeWords`.
   *
   * @internal
   */
  static wordsOf(given: FirstMessages): FirstMessages {
    return given;
  }

  /** Colour scheme: `auto` is the one that the page declares by `color-scheme`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Time zone that moments are told in, by its IANA name (`Europe/Berlin`, `UTC`). Without one that of the browser. */
  @property({ attribute: 'time-zone', converter: optionalText }) timeZone: string | undefined;

  #given: FirstMessages | undefined;
  /** The language of the place that the element is in. */
  #found: FirstMessages = enFirst;

  /**
   * The words that are shown. Where the page gives none: those of the registered language that the closest `lang` names, else
   * English.
   *
   * @default en
   */
  @property({ attribute: false })
  get messages(): Words {
    const words = (this.constructor as typeof TraceElement).wordsOf(this.#given ?? this.#found) as Words;
    return this.timeZone === undefined ? words : inTimeZone(words, this.timeZone);
  }
  set messages(messages: Words | Messages | undefined) {
    this.#given = messages;
  }

  readonly #element = this.attachInternals();

  override connectedCallback(): void {
    super.connectedCallback();
    // Those inside another element are given its words.
    if (this.#given) return;
    this.#lookForLanguage();
    followLanguage(this, () => this.#lookForLanguage());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    forgetLanguage(this);
  }

  #lookForLanguage(): void {
    const before = this.messages;
    this.#found = languageAt(this);
    this.requestUpdate('messages', before);
  }

  /** Adds the element's own word to its state, or takes it away: CSS asks for it by `:state(name)`. */
  protected setState(name: string, isOn: boolean): void {
    if (isOn) this.#element.states.add(name);
    else this.#element.states.delete(name);
  }
}
