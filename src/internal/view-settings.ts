import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MaskedTexts } from '../redaction/masked-texts.js';
import { whenShown } from './first-characters.js';

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

/** What a person masked at once: one text, or those of a message, a document, a value. */
export interface HandMask {
  readonly texts: readonly string[];
}

/**
 * What the author of a page decided for a view, and what a person chose in it. The elements of a view share one, so that a
 * choice in one text holds for all.
 */
export class ViewSettings {
  #now: Readonly<Settings> = defaults;
  /** What masks; `undefined` until it is needed and loaded. */
  #redaction: typeof import('../redaction/redact.js') | undefined;
  /** What masks by hand; `undefined` until it is needed and loaded. */
  #handMasking: typeof import('../redaction/masked-texts.js') | undefined;
  readonly #listeners = new Set<() => void>();
  /** What a person masked, in that order; and the texts that one wants to see though they would be masked. */
  #byHand: readonly HandMask[] = [];
  readonly #revealed = new Set<string>();
  #maskedTexts: ReadonlySet<string> = new Set();
  /** What takes the texts out that were masked by hand. */
  #finder: MaskedTexts | undefined;
  #isMasking = false;
  /** Ends the waiting for what shows hidden characters. */
  #forget: (() => void) | undefined;
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
    const shown = this.#byHand.length ? this.#withoutMasked(text) : text;
    return this.content === 'full' ? shown : this.#redacted(shown, name);
  }

  #redacted(text: string, name: string): string {
    // Nothing is shown before what masks is there.
    if (!this.#redaction) return '…';
    return this.#redaction.isSecretName(name) ? this.#redaction.MASKED : this.#redaction.redact(text);
  }

  /** `readable` where something is masked; `undefined` where nothing is, so that values need not be asked one by one. */
  get masking(): ((text: string, name: string) => string) | undefined {
    return this.content === 'full' && this.#byHand.length === 0 ? undefined : this.#mask;
  }

  readonly #mask = (text: string, name: string): string => this.readable(text, name);

  /** Whether a person masks by hand now: what is shown can then be chosen for it. */
  get isMasking(): boolean {
    return this.#isMasking;
  }

  /** Begins and ends masking by hand. What masks is loaded first: masking must not wait for it. */
  async setMasking(isMasking: boolean): Promise<void> {
    if (isMasking) await this.#loadHandMasking();
    if (this.#isMasking === isMasking) return;
    this.#isMasking = isMasking;
    this.#tell();
  }

  /** What a person masked in this view, in that order. */
  get maskedByHand(): readonly HandMask[] {
    return this.#byHand;
  }

  /** All texts that a person masked in this view. */
  get maskedTexts(): ReadonlySet<string> {
    return this.#maskedTexts;
  }

  /** Whether a text is not shown as it is. */
  isMasked(text: string): boolean {
    return this.readable(text) !== text;
  }

  /** Whether nothing that a value says is shown as it is. */
  isMaskedWhole(value: unknown): boolean {
    const texts = this.#handMasking?.textsIn(value) ?? [];
    return texts.length > 0 && texts.every((text) => this.isMasked(text));
  }

  /** Whether a person masked a text, or something in it. */
  isMaskedByHand(text: string): boolean {
    return this.#byHand.length > 0 && this.#withoutMasked(text) !== text;
  }

  /** What a person decided that is shown of a text; `undefined` where nobody did. */
  decided(text: string): string | undefined {
    return this.#maskedTexts.has(text) ? BY_HAND : this.#revealed.has(text) ? text : undefined;
  }

  /** Masks what a value says, wherever it stands. True and false, and nothing, say nothing by themselves. */
  async mask(value: unknown): Promise<void> {
    // A text is hidden at once; which texts a value consists of, is known when what masks is there.
    if (typeof value === 'string' && !this.#handMasking) this.#add([value]);
    await this.#loadHandMasking();
    this.#add(this.#handMasking?.textsIn(value) ?? []);
  }

  /** Masks a value, or shows it where it is masked. */
  async toggleMask(value: unknown): Promise<void> {
    if (this.isMaskedWhole(value)) this.reveal(value);
    else await this.mask(value);
  }

  #add(texts: readonly string[]): void {
    const added = texts.filter((text) => text !== '' && !this.#maskedTexts.has(text));
    for (const text of texts) this.#revealed.delete(text);
    if (added.length) this.#setByHand([...this.#byHand, { texts: added }]);
  }

  /** Takes back what was masked at once. */
  unmask(mask: HandMask): void {
    this.#setByHand(this.#byHand.filter((other) => other !== mask));
  }

  unmaskAll(): void {
    this.#setByHand([]);
  }

  /** Shows what a value says as it is. Where the rules mask it, copies that leave the page are masked all the same. */
  reveal(value: unknown): void {
    const texts = typeof value === 'string' ? [value] : (this.#handMasking?.textsIn(value) ?? []);
    const { MaskedTexts } = this.#handMasking ?? {};
    if (this.content === 'masked') for (const text of texts) this.#revealed.add(text);
    this.#setByHand(
      this.#byHand.filter(({ texts: masked }) => {
        const finder = MaskedTexts && new MaskedTexts(masked);
        return !texts.some((text) => masked.includes(text) || finder?.isIn(text));
      }),
    );
  }

  #setByHand(masks: readonly HandMask[]): void {
    this.#byHand = masks;
    this.#maskedTexts = new Set(masks.flatMap(({ texts }) => texts));
    this.#makeFinder();
    this.#tell();
  }

  #makeFinder(): void {
    const { MaskedTexts } = this.#handMasking ?? {};
    this.#finder = MaskedTexts && this.#byHand.length ? new MaskedTexts(this.#maskedTexts) : undefined;
  }

  #withoutMasked(text: string): string {
    if (this.#maskedTexts.has(text)) return BY_HAND;
    // Nothing is shown before what masks is there.
    return this.#finder ? this.#finder.without(text) : '…';
  }

  async #loadHandMasking(): Promise<void> {
    if (this.#handMasking) return;
    try {
      this.#handMasking = await import('../redaction/masked-texts.js');
    } catch {
      // What cannot be masked is not shown.
      return;
    }
    this.#makeFinder();
    this.#tell();
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
    this.#forget ??= whenShown(() => this.#tell());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#forget?.();
      this.#forget = undefined;
    };
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
