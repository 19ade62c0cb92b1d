import { nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { folderIcon } from '../../internal/icons.js';
import { html } from '../../internal/tight-html.js';

type Host = ReactiveControllerHost &
  HTMLElement & { readonly openFiles: boolean; readonly messages: FirstMessages; load(input: unknown): Promise<void> };

/**
 * Lets a person open trace files in a view: by dropping them on it, or by a button. They are read in the page; nothing is
 * sent anywhere. Only where the page allows it (`open-files`).
 */
export class FileDrop implements ReactiveController {
  readonly #host: Host;
  #isOver = false;
  /** Files are dragged over what is inside the view: it is entered before what is around it is left. */
  #depth = 0;
  #note = '';

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const host = this.#host;
    host.addEventListener('dragenter', this.#onEnter);
    host.addEventListener('dragover', this.#onOver);
    host.addEventListener('dragleave', this.#onLeave);
    host.addEventListener('drop', this.#onDrop);
  }

  hostDisconnected(): void {
    const host = this.#host;
    host.removeEventListener('dragenter', this.#onEnter);
    host.removeEventListener('dragover', this.#onOver);
    host.removeEventListener('dragleave', this.#onLeave);
    host.removeEventListener('drop', this.#onDrop);
    this.#show(0);
  }

  /** Over the view, while files are above it. */
  renderTarget(): TemplateResult | typeof nothing {
    const { messages, openFiles } = this.#host;
    if (!openFiles) return nothing;
    const target = this.#isOver ? html`<div class="drop-target"><p>${messages.share.dropHere}</p></div>` : nothing;
    return html`${target}
      <p class="visually-hidden" role="status">${this.#note}</p>`;
  }

  /** For whoever drags nothing. */
  renderButton(): TemplateResult | typeof nothing {
    const { messages, openFiles } = this.#host;
    if (!openFiles) return nothing;
    return html`<label class="icon-button open-files" title=${messages.share.openFile}>
      ${folderIcon()}
      <input
        type="file"
        multiple
        class="visually-hidden"
        aria-label=${messages.share.openFile}
        @change=${this.#onChosen}
      />
    </label>`;
  }

  #show(depth: number): void {
    this.#depth = Math.max(0, depth);
    const isOver = this.#depth > 0;
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.#host.requestUpdate();
  }

  /** Whether a drag is one of files, which the view takes. */
  #takes({ dataTransfer }: DragEvent): boolean {
    return this.#host.openFiles && dataTransfer?.types.includes('Files') === true;
  }

  readonly #onEnter = (event: DragEvent): void => {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.#show(this.#depth + 1);
  };

  readonly #onOver = (event: DragEvent): void => {
    if (!this.#takes(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
  };

  readonly #onLeave = (event: DragEvent): void => {
    if (this.#takes(event)) this.#show(this.#depth - 1);
  };

  readonly #onDrop = (event: DragEvent): void => {
    if (!this.#takes(event)) return;
    // Otherwise the browser would leave the page for the file.
    event.preventDefault();
    this.#show(0);
    this.#open(event.dataTransfer!.files);
  };

  readonly #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.files?.length) this.#open(input.files);
    // The same file may be chosen again.
    input.value = '';
  };

  #open(files: FileList): void {
    const list = [...files];
    this.#note = list.length ? '' : this.#host.messages.share.noFiles;
    this.#host.requestUpdate();
    // The view says what is wrong with a file.
    if (list.length) void this.#host.load(list).catch(() => {});
  }
}
