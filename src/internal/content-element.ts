import { property } from 'lit/decorators.js';
import { TraceElement } from './trace-element.js';
import {
  SettingsFollower,
  ViewSettings,
  type ContentPolicy,
  type LinkPolicy,
  type MediaPolicy,
} from './view-settings.js';

/** What every element has that shows texts, pictures and values of a trace: what the page allows them. */
export abstract class ContentElement extends TraceElement {
  /** Links in texts: `ask` before they are opened, `off` (shown as text), or `on`. */
  @property() links: LinkPolicy = 'ask';

  /**
   * Pictures, recordings and films: `click` shows what is inside the trace and loads what is remote when a person asks,
   * `data-only` never loads anything, `off` shows none.
   */
  @property() media: MediaPolicy = 'click';

  /** `masked` hides API keys, e-mail addresses, card numbers and the like. */
  @property() content: ContentPolicy = 'full';

  /** The settings of the view that this element is part of. An element that is given them does not look at its own. */
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();

  readonly #own = this.settings;

  constructor() {
    super();
    new SettingsFollower(this);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (this.settings !== this.#own) return;
    if (changed.has('links') || changed.has('media') || changed.has('content')) {
      const { links, media, content } = this;
      this.settings.change({ links, media, content });
    }
  }
}
