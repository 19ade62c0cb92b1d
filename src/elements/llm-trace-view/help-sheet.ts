import { html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { NamedKey } from '../../i18n/index.js';
import { closeIcon } from '../../internal/icons.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TraceElement } from '../../internal/trace-element.js';
import { HELP_KEYS, type HelpRow } from './help-keys.js';
import { helpSheetStyles } from './help-sheet.styles.js';

/** What is printed on keys; read out are the words for them. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
]);

const OTHER_SIDE: ReadonlyMap<string, string> = new Map([
  ['ArrowLeft', 'ArrowRight'],
  ['ArrowRight', 'ArrowLeft'],
]);

/**
 * The sheet that lists the keys, as a modal dialog: the browser keeps the focus inside, closes it with Escape and gives the
 * focus back.
 *
 * @internal
 * @fires llm-help-close - The sheet was closed.
 */
export class LlmHelpSheet extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, helpSheetStyles];

  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  /** The view has keys of its own, which are not meant in here. */
  readonly #onKeydown = (event: KeyboardEvent): void => event.stopPropagation();

  readonly #onClose = (): void => {
    /** @internal */
    this.dispatchEvent(new Event('llm-help-close'));
  };

  protected override render(): TemplateResult {
    const { help } = this.messages;
    return html`<dialog aria-labelledby="title" closedby="any" @keydown=${this.#onKeydown} @close=${this.#onClose}>
      <header>
        <h2 id="title">${help.title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${help.close}
          title=${help.close}
          @click=${() => this.dialog.close()}
        >
          ${closeIcon()}
        </button>
      </header>
      <div class="places">
        ${Array.from(
          HELP_KEYS,
          ([place, rows]) =>
            html`<section>
              <h3>${help.places[place]}</h3>
              <dl>
                ${rows.map(
                  (row) =>
                    html`<div>
                      <dt>${this.#renderKeys(row)}</dt>
                      <dd>${help.actions[row.action]}</dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
    </dialog>`;
  }

  #renderKeys({ chords, isMirrored }: HelpRow): TemplateResult[] {
    const { or } = this.messages.help;
    const isToMirror = isMirrored === true && this.matches(':dir(rtl)');
    return chords.map(
      (chord, place) =>
        html`${place > 0 ? html`<span class="visually-hidden"> ${or} </span> ` : nothing}<span class="chord"
            >${chord.map(
              (key, at) =>
                html`${at > 0 ? '+' : nothing}${this.#renderKey(isToMirror ? (OTHER_SIDE.get(key) ?? key) : key)}`,
            )}</span
          >`,
    );
  }

  #renderKey(key: string): TemplateResult {
    const { keys } = this.messages.help;
    const words = Object.hasOwn(keys, key) ? keys[key as NamedKey] : key;
    const sign = SIGNS.get(key);
    return sign === undefined
      ? html`<kbd>${words}</kbd>`
      : html`<kbd><span aria-hidden="true">${sign}</span><span class="visually-hidden">${words}</span></kbd>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-help-sheet': LlmHelpSheet;
  }
}
