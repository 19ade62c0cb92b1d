import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { MarkdownText } from '../../internal/markdown/markdown-text.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { ViewSettings } from '../../internal/view-settings.js';

type Host = ReactiveControllerHost & { readonly messages: Messages; readonly settings: ViewSettings };

/** What the reading depends on: with another one it begins anew. */
interface Given {
  source: string;
  messages: Messages;
  settings: ViewSettings;
  version: number;
}

/** Reads a text as Markdown in short stretches, as far as is asked, and renders its element as it gets on. */
export class MarkdownReader implements ReactiveController {
  /** What there is so far; `undefined` until what reads Markdown is loaded. */
  text: MarkdownText | undefined;
  isReading = false;
  /** Whether what reads Markdown could not be loaded. */
  isFailed = false;

  #given: Given | undefined;
  #asked = 0;
  #reading: AbortController | undefined;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // What is half read begins anew.
    if (this.isReading) this.forget();
  }

  /** Lets go of the text. */
  forget(): void {
    this.#reading?.abort();
    this.#given = this.text = undefined;
    this.isReading = this.isFailed = false;
    this.#asked = 0;
  }

  /** Asks for about so many characters of a text in all. */
  read(source: string, characters: number): void {
    const { messages, settings } = this.#host;
    const { version } = settings;
    const before = this.#given;
    const isSame =
      before?.source === source &&
      before.messages === messages &&
      before.settings === settings &&
      before.version === version;
    if (!isSame) {
      this.forget();
      this.#given = { source, messages, settings, version };
    }
    if (this.isReading || this.isFailed || characters <= this.#asked || this.text?.isWhole) return;
    const more = characters - this.#asked;
    this.#asked = characters;
    this.isReading = true;
    void this.#goOn(this.#given!, more);
  }

  async #goOn({ source, messages, settings }: Given, more: number): Promise<void> {
    const { signal } = (this.#reading = new AbortController());
    try {
      const { MarkdownText } = await import('../../internal/markdown/markdown-text.js');
      if (signal.aborted) return;
      const text = (this.text ??= new MarkdownText(source, messages, settings));
      await runInSlices(text.more(more), {
        signal,
        take: () => {},
        rested: () => this.#host.requestUpdate(),
      });
    } catch {
      this.isFailed ||= !signal.aborted;
    }
    if (signal.aborted) return;
    this.isReading = false;
    this.#host.requestUpdate();
  }
}
