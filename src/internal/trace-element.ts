import { LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { en, type Messages } from '../i18n/index.js';
import { base } from './styles/base.js';
import { tokens } from './styles/tokens.js';

/** What every element of the kit has: its colours, its language, its colour scheme. */
export abstract class TraceElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, base];

  /** Colour scheme: `auto` is the one that the page declares by `color-scheme`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** The words that are shown. */
  @property({ attribute: false }) messages: Messages = en;

  /** Adds the element's own words to a state that CSS can ask for by `:state(name)`. */
  protected readonly internals = this.attachInternals();

  protected setState(name: string, isOn: boolean): void {
    if (isOn) this.internals.states.add(name);
    else this.internals.states.delete(name);
  }
}
