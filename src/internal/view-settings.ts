import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What becomes of links in a text: shown as text, opened after a question, or opened at once. */
export type LinkPolicy = 'off' | 'ask' | 'on';
/** What becomes of pictures and recordings: never shown, only those inside the trace, or remote ones too by a click. */
export type MediaPolicy = 'off' | 'data-only' | 'click';
/** Whether secrets and personal data are shown. */
export type ContentPolicy = 'full' | 'masked';
/** Whether a text is shown as it is or as what its Markdown says. */
export type TextForm = 'source' | 'markdown';

interface Settings {
  links: LinkPolicy;
  media: MediaPolicy;
  content: ContentPolicy;
  textForm: TextForm;
}

const defaults: Readonly<Settings> = { links: 'ask', media: 'click', content: 'full', textForm: 'source' };

/** The words of each setting, the most cautious first. */
const words: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = {
  links: ['off', 'ask', 'on'],
  media: ['off', 'data-only', 'click'],
  content: ['masked', 'full'],
  textForm: ['source', 'markdown'],
};

/** What stands for a text that a person masked. */
const BY_HAND = '[masked]';
/** Shorter ones are masked where they stand by themselves, not inside of other texts: those would say nothing any more. */
const SHORTEST = 6;

/**
 * What the author of a page decided for a view, and what a person chose in it. The elements of a view share one, so that a
 * choice in one text holds for all.
 */
export class ViewSettings {
  #now: Readonly<Settings> = defaults;
  /** What masks; `undefined` until it is needed and loaded. */
  #redaction: typeof import('../redaction/redact.js') | undefined;
  readonly #listeners = new Set<() => void>();
  /** Texts that a person masked, and those that a person wants to see though they would be masked. */
  readonly #masked = new Set<string>();
  readonly #revealed = new Set<string>();
  /** Another one after each change. */
  version = 0;

  get links(): LinkPolicy {
    return this.#now.links;
  }

  get media(): MediaPolicy {
    return this.#now.media;
  }

  get content(): ContentPolicy {
    return this.#now.content;
  }

  get textForm(): TextForm {
    return this.#now.textForm;
  }

  /** Changes what is given. A word that there is not, as an attribute may hold, stands for the most cautious one. */
  change(settings: { readonly [Name in keyof Settings]?: string | null }): void {
    const before = this.#now;
    this.#now = {
      links: chosen('links', settings, before),
      media: chosen('media', settings, before),
      content: chosen('content', settings, before),
      textForm: chosen('textForm', settings, before),
    };
    if (this.content === 'masked' && before.content !== 'masked') this.#loadRedaction();
    const isOther = Object.entries(before).some(([name, value]) => this.#now[name as keyof Settings] !== value);
    if (isOther) this.#tell();
  }

  /**
   * A text as it may be shown: as it is, or without secrets and personal data. `name` is what the value is called where it
   * stands, as a name may say that its value is a secret. A part of a text should end between words: half of a key is not
   * recognised.
   */
  readable(text: string, name = ''): string {
    if (text === '' || this.#revealed.has(text)) return text;
    const shown = this.#masked.size ? this.#withoutMasked(text) : text;
    return this.content === 'full' ? shown : this.#redacted(shown, name);
  }

  #redacted(text: string, name: string): string {
    // Nothing is shown before what masks is there.
    if (!this.#redaction) return '…';
    return this.#redaction.isSecretName(name) ? this.#redaction.MASKED : this.#redaction.redact(text);
  }

  /** `readable` where something is masked; `undefined` where nothing is, so that values need not be asked one by one. */
  get masking(): ((text: string, name: string) => string) | undefined {
    return this.content === 'full' && this.#masked.size === 0 ? undefined : this.#mask;
  }

  readonly #mask = (text: string, name: string): string => this.readable(text, name);

  /** The texts that a person masked in this view. */
  get maskedTexts(): ReadonlySet<string> {
    return this.#masked;
  }

  /** Whether a text is not shown as it is. */
  isMasked(text: string): boolean {
    return this.readable(text) !== text;
  }

  /** What a person decided that is shown of a text; `undefined` where nobody did. */
  decided(text: string): string | undefined {
    return this.#masked.has(text) ? BY_HAND : this.#revealed.has(text) ? text : undefined;
  }

  /** Masks a text, wherever it stands. */
  mask(text: string): void {
    if (text === '') return;
    this.#revealed.delete(text);
    this.#masked.add(text);
    this.#tell();
  }

  /** Shows a text as it is. Copies that leave the page are masked all the same. */
  reveal(text: string): void {
    this.#masked.delete(text);
    if (this.content === 'masked') this.#revealed.add(text);
    this.#tell();
  }

  #withoutMasked(text: string): string {
    if (this.#masked.has(text)) return BY_HAND;
    let shown = text;
    for (const masked of this.#masked) if (masked.length >= SHORTEST) shown = shown.replaceAll(masked, BY_HAND);
    return shown;
  }

  #loadRedaction(): void {
    import('../redaction/redact.js').then(
      (redaction) => {
        this.#redaction = redaction;
        this.#tell();
      },
      // What cannot be masked is not shown.
      () => {},
    );
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

function chosen<Name extends keyof Settings>(
  name: Name,
  settings: { readonly [Other in keyof Settings]?: string | null },
  before: Readonly<Settings>,
): Settings[Name] {
  const word: string | null | undefined = settings[name];
  if (word === undefined) return before[name];
  // An attribute that was taken away.
  if (word === null) return defaults[name];
  return words[name].find((known) => known === word) ?? words[name][0]!;
}

/** Renders an element anew when the settings that it was given change. */
export class SettingsFollower implements ReactiveController {
  #followed: ViewSettings | undefined;
  #end: (() => void) | undefined;
  readonly #host: ReactiveControllerHost & { readonly settings: ViewSettings };

  constructor(host: ReactiveControllerHost & { readonly settings: ViewSettings }) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#followed = undefined;
  }

  #follow(): void {
    const { settings } = this.#host;
    if (this.#followed === settings) return;
    this.#end?.();
    this.#followed = settings;
    this.#end = settings.subscribe(() => this.#host.requestUpdate());
  }
}
