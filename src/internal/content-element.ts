import type { FirstMessages } from '../i18n/en-first.js';
import type { Messages } from '../i18n/messages.js';
import { property } from 'lit/decorators.js';
import { TraceElement } from './trace-element.js';
import {
  SettingsFollower,
  ViewSettings,
  type ContentPolicy,
  type LinkPolicy,
  type MediaPolicy,
} from './view-settings.js';

/** What every element has that shows names and other short texts of a trace: whether secrets in them are masked. */
export abstract class MaskingElement<Words extends FirstMessages = Messages> extends TraceElement<Words> {
  /** `masked` hides API keys, e-mail addresses, card numbers and the like. */
  @property() content: ContentPolicy = 'full';

  /**
   * The settings of the view that this element is part of. An element that is given them does not look at its own.
   *
   * @internal
   */
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();

  readonly #own = this.settings;

  constructor() {
    super();
    new SettingsFollower(this);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (this.settings === this.#own) this.takeSettings(changed);
  }

  /** Takes the element's own attributes into its settings. */
  protected takeSettings(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('content')) this.settings.change({ content: this.content });
  }
}

/** What every element has that shows texts, pictures and values of a trace: what the page allows them. */
export abstract class ContentElement<Words extends FirstMessages = Messages> extends MaskingElement<Words> {
  /** Links in texts: `ask` before they are opened, `off` (shown as text), or `on`. */
  @property() links: LinkPolicy = 'ask';

  /**
   * Pictures, recordings and films: `click` shows what is inside the trace and loads what is remote when a person asks,
   * `data-only` never loads anything, `off` shows none.
   */
  @property() media: MediaPolicy = 'click';

  protected override takeSettings(changed: ReadonlyMap<PropertyKey, unknown>): void {
    super.takeSettings(changed);
    const { links, media } = this;
    if (changed.has('links') || changed.has('media')) this.settings.change({ links, media });
  }
}
