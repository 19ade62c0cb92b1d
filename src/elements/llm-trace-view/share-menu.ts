import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { MaskRules } from '../../export/masked-copy.js';
import { formatPercent } from '../../i18n/index.js';
import { copyText } from '../../internal/clipboard.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TraceElement } from '../../internal/trace-element.js';
import { SettingsFollower, ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import { paletteStyles, readPalette, renderPalette } from '../llm-timeline/palette.js';
import { saveFile } from '../../internal/save-file.js';
import { SHARE_ITEMS, type Outcome, type ShareItem, type Shown, type ViewDrawing } from './share-items.js';
import { shareMenuStyles } from './share-menu.styles.js';

/**
 * The menu in which a trace is handed on: as files, to the clipboard, on paper. Each item says whether it holds what is
 * masked. What the view hides is masked, unless the person says otherwise.
 *
 * Keys: arrows, Home and End move, Enter and space choose, Escape closes.
 *
 * @internal
 * @fires llm-share-close - The menu is to be closed.
 */
export class LlmShareMenu extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, kindColours, paletteStyles, shareMenuStyles];

  @property({ attribute: false }) traces: readonly Trace[] = [];
  @property({ attribute: false }) trace: Trace | undefined;
  /** Id of the selected span. */
  @property({ attribute: false }) selected: string | undefined;
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();
  /** What the traces were read from, where it can be had once more. */
  @property({ attribute: false }) original: (() => Promise<unknown>) | undefined;
  /** How the view shows its spans. */
  @property({ attribute: false }) drawing: ViewDrawing = {
    view: undefined,
    grouped: false,
    layout: 'time',
    scale: 'time',
    noise: undefined,
  };
  /** Colour scheme of the view. */
  @property({ attribute: false }) viewTheme: 'auto' | 'light' | 'dark' = 'auto';

  /** Whether secrets are masked; `undefined` until the person has said so. */
  @state() private chosen: boolean | undefined;
  @state() private status = '';
  /** Ends what is being made. */
  #abort: AbortController | undefined;

  constructor() {
    super();
    new SettingsFollower(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  override focus(): void {
    this.#items()[0]?.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trace') || changed.has('selected')) this.status = '';
  }

  get #isMasked(): boolean {
    return this.chosen ?? this.settings.content === 'masked';
  }

  get #rules(): MaskRules | undefined {
    const texts = this.settings.maskedTexts;
    return this.#isMasked || texts.size ? { known: this.#isMasked, texts } : undefined;
  }

  get #shown(): Shown | undefined {
    const { trace, traces, original, messages, selected } = this;
    if (!trace) return undefined;
    return { trace, traces, original, messages, span: selected === undefined ? undefined : trace.span(selected) };
  }

  /** Begins and ends masking by hand; what is to be masked is chosen in the detail of a span. */
  async #toggleMasking(): Promise<void> {
    const { settings } = this;
    if (!settings.isMasking && this.selected === undefined) {
      this.status = this.messages.share.chooseSpan;
      return;
    }
    await settings.setMasking(!settings.isMasking);
    this.#close();
  }

  async #choose(item: ShareItem): Promise<void> {
    const shown = this.#shown;
    const palette = readPalette(this.renderRoot);
    if (!shown || !palette || this.#abort) return;
    const { settings, drawing, viewTheme: theme } = this;
    const { share } = this.messages;
    const hindrance = item.hindrance?.(shown);
    if (hindrance !== undefined) {
      this.status = hindrance;
      return;
    }
    const { signal } = (this.#abort = new AbortController());
    const onProgress = (done: number): void => {
      // In steps: each is read out.
      this.status = share.workingAt(formatPercent(Math.floor(done * 10) / 10, this.messages.locale));
    };
    this.status = share.working;
    try {
      // What is said is on the screen before the work begins.
      await this.updateComplete;
      const work = { signal, onProgress };
      this.status = await this.#handOver(
        await item.make({ ...shown, settings, theme, palette, drawing, rules: this.#rules, work }),
      );
    } catch (error) {
      this.status = signal.aborted ? share.ended : share.failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#abort = undefined;
      this.requestUpdate();
    }
  }

  /** What is said of it afterwards. */
  async #handOver(outcome: Outcome): Promise<string> {
    const { share } = this.messages;
    switch (outcome.type) {
      case 'file':
        saveFile(outcome.name, outcome.content);
        return share.saved(outcome.name, outcome.masked);
      case 'text':
        return (await copyText(outcome.text)) ? share.copied(outcome.masked) : share.cannotCopy;
      case 'picture':
        try {
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': outcome.content })]);
          return share.copied(outcome.masked);
        } catch {
          return share.cannotCopy;
        }
      case 'print':
        this.#close();
        window.print();
        return '';
    }
  }

  #close(): void {
    this.dispatchEvent(new Event('llm-share-close'));
  }

  #items(): HTMLElement[] {
    return Array.from(this.renderRoot.querySelectorAll<HTMLElement>('[role^="menuitem"]'));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const items = this.#items();
    const at = items.indexOf(event.target as HTMLElement);
    const last = items.length - 1;
    const places: Readonly<Partial<Record<string, number>>> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place !== undefined) items[place]!.focus();
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    // The view has keys of its own.
    event.stopPropagation();
  };

  /** Whoever goes elsewhere is done here. */
  readonly #onFocusout = ({ relatedTarget }: FocusEvent): void => {
    const isInside = relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget);
    if (!isInside && relatedTarget !== null) this.#close();
  };

  #byHandWords(): string {
    const { share } = this.messages;
    const { isMasking, maskedByHand } = this.settings;
    if (!isMasking && this.selected === undefined) return share.chooseSpan;
    return maskedByHand.length ? share.maskedByHand(maskedByHand.length) : share.byHandAbout;
  }

  /** Whether an item holds what is masked, in words. */
  #maskedWords(item: ShareItem): string {
    const { share } = this.messages;
    // Paper shows what the screen shows.
    const isMasked = item.id === 'print' ? this.settings.content === 'masked' : this.#isMasked;
    const byHand = this.settings.maskedTexts.size;
    return isMasked ? share.maskedCopy : byHand ? share.asItIsButByHand(byHand) : share.asItIs;
  }

  protected override render(): TemplateResult {
    const { share } = this.messages;
    const shown = this.#shown;
    return html`<div class="frame">
      <div class="paper">${renderPalette(() => {})}</div>
      <div role="menu" aria-label=${share.share} @keydown=${this.#onKeydown} @focusout=${this.#onFocusout}>
        <button
          type="button"
          role="menuitemcheckbox"
          aria-checked=${String(this.#isMasked)}
          tabindex="-1"
          @click=${() => (this.chosen = !this.#isMasked)}
        >
          ${share.masked}<small>${share.maskedHint}</small>
        </button>
        <button
          type="button"
          role="menuitemcheckbox"
          aria-checked=${String(this.settings.isMasking)}
          aria-disabled=${String(!this.settings.isMasking && this.selected === undefined)}
          tabindex="-1"
          @click=${this.#toggleMasking}
        >
          ${share.byHand}<small>${this.#byHandWords()}</small>
        </button>
        <hr />
        ${shown ? SHARE_ITEMS.map((item) => this.#renderItem(item, shown)) : nothing}
      </div>
      <p class="status" role="status">${this.status}</p>
      ${
        this.#abort
          ? html`<button type="button" class="button end" @click=${() => this.#abort?.abort()}>${share.end}</button>`
          : nothing
      }
    </div>`;
  }

  #renderItem(item: ShareItem, shown: Shown): TemplateResult {
    const hindrance = item.hindrance?.(shown);
    return html`<button
      type="button"
      role="menuitem"
      tabindex="-1"
      aria-disabled=${String(hindrance !== undefined)}
      @click=${() => this.#choose(item)}
    >
      ${item.label(this.messages)}<small>${hindrance ?? `${item.scope(shown)}, ${this.#maskedWords(item)}`}</small>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-share-menu': LlmShareMenu;
  }
}
