import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { formatBytes } from '../../i18n/index.js';
import { ContentElement } from '../../internal/content-element.js';
import { revealed } from '../../internal/hidden-characters.js';
import { saveIcon } from '../../internal/icons.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { beginning, isOtherValue, text, type Boxed } from '../../internal/text.js';
import type { MediaPart } from '../../model/index.js';
import { mediaStyles } from './llm-media.styles.js';
import { fileName, mediaSource, type MediaSource } from './media-source.js';
import { pictureSize } from './picture-size.js';

/** Pictures up to so many bytes are shown without a click. */
const SHOWN_AT_ONCE = 2_000_000;
/** More is not fetched. */
const MOST_BYTES = 64_000_000;
/** A picture of more pixels is not unpacked: four bytes each. */
const MOST_PIXELS = 50_000_000;
/** Longest side of what is drawn, in pixels. */
const LONGEST_SIDE = 2048;
/** Characters of names and addresses. */
const MOST_CHARACTERS = 300;

type Shown =
  | { readonly type: 'nothing' | 'loading' }
  | { readonly type: 'picture'; readonly bitmap: ImageBitmap; readonly width: number; readonly height: number }
  | { readonly type: 'player'; readonly url: string; readonly isVideo: boolean }
  | { readonly type: 'failure'; readonly reason: 'mediaNotLoaded' | 'mediaNotPlayable' | 'mediaTooLarge' };

const NOTHING: Shown = { type: 'nothing' };

/**
 * A picture, a recording, a film or a file of a trace. What the trace holds itself is shown: pictures (PNG, JPEG, GIF, WebP,
 * AVIF) at once, recordings and films by a click; anything else can be saved. What is at another place is named with its host
 * and loaded when a person asks, without cookies and without telling from where (`media` decides). Pictures are drawn from
 * their bytes: no policy of the page needs to allow their addresses.
 *
 * @summary A picture, recording, film or file.
 */
export class LlmMedia extends ContentElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, mediaStyles];

  /** A `MediaPart` of a message, in a box (see `boxed`). */
  @property({ attribute: false, hasChanged: isOtherPart }) value: Boxed | undefined;

  @state() private shown: Shown = NOTHING;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  #source: MediaSource = { type: 'elsewhere', mimeType: '', place: '' };
  #policy: string | undefined;
  /** What was loaded from another place. */
  #loaded: { bytes: Uint8Array<ArrayBuffer>; mimeType: string } | undefined;
  #work: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Leaving the page let go of everything.
    this.#policy = undefined;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reset();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const { media } = this.settings;
    if (!changed.has('value') && media === this.#policy) return;
    this.#policy = media;
    this.#reset();
    this.#source = mediaSource(this.#part);
    const source = this.#source;
    if (media !== 'off' && source.type === 'inline' && source.size <= SHOWN_AT_ONCE && this.#kind === 'image') {
      void this.#show();
    }
  }

  protected override updated(): void {
    const { canvas, shown } = this;
    if (!canvas || shown.type !== 'picture' || shown.bitmap.width === 0) return;
    const { bitmap } = shown;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
  }

  get #part(): MediaPart {
    return (this.value?.value ?? {}) as MediaPart;
  }

  /** What it is, by its type, or by what the trace calls it. */
  get #kind(): string {
    const family = (this.#loaded?.mimeType || this.#source.mimeType).split('/', 1).join('');
    if (['image', 'audio', 'video'].includes(family)) return family;
    return family === '' ? text((this.#part as Partial<MediaPart>).modality ?? '') : 'file';
  }

  #reset(): void {
    this.#work?.abort();
    if (this.shown.type === 'player') URL.revokeObjectURL(this.shown.url);
    if (this.shown.type === 'picture') this.shown.bitmap.close();
    this.shown = NOTHING;
    this.#loaded = undefined;
  }

  /** Loads what is at another place, and shows it. */
  async #show(): Promise<void> {
    const { signal } = (this.#work = new AbortController());
    const source = this.#source;
    this.shown = { type: 'loading' };
    let shown: Shown = { type: 'failure', reason: source.type === 'remote' ? 'mediaNotLoaded' : 'mediaNotPlayable' };
    try {
      if (source.type === 'remote') this.#loaded ??= await load(source.url, signal);
      const bytes = source.type === 'inline' ? source.bytes() : this.#loaded!.bytes;
      shown = { type: 'failure', reason: 'mediaNotPlayable' };
      shown = await this.#view(bytes);
    } catch (error) {
      if (error instanceof RangeError) shown = { type: 'failure', reason: 'mediaTooLarge' };
    }
    if (!signal.aborted) this.shown = shown;
    else if (shown.type === 'player') URL.revokeObjectURL(shown.url);
    else if (shown.type === 'picture') shown.bitmap.close();
  }

  async #view(bytes: Uint8Array<ArrayBuffer>): Promise<Shown> {
    const picture = pictureSize(bytes);
    if (picture) {
      if (picture.width * picture.height > MOST_PIXELS) return { type: 'failure', reason: 'mediaTooLarge' };
      const bitmap = await createImageBitmap(new Blob([bytes], { type: picture.mimeType }));
      return { type: 'picture', bitmap, width: bitmap.width, height: bitmap.height };
    }
    const kind = this.#kind;
    if (kind !== 'audio' && kind !== 'video')
      return kind === 'image' ? { type: 'failure', reason: 'mediaNotPlayable' } : NOTHING;
    const type = this.#loaded?.mimeType || this.#source.mimeType;
    return { type: 'player', url: URL.createObjectURL(new Blob([bytes], { type })), isVideo: kind === 'video' };
  }

  readonly #onShow = (event: Event): void => {
    // Where it stands in a link, the click is not for the link.
    event.preventDefault();
    event.stopPropagation();
    void this.#show();
  };

  readonly #onSave = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    const source = this.#source;
    try {
      const bytes = source.type === 'inline' ? source.bytes() : this.#loaded!.bytes;
      const mimeType = pictureSize(bytes)?.mimeType ?? (this.#loaded?.mimeType || source.mimeType);
      const link = document.createElement('a');
      // As mere bytes: a browser saves them and does not open them as a page.
      link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
      link.download = fileName(this.settings.readable(text(this.#part.name ?? '')), mimeType);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      this.shown = { type: 'failure', reason: 'mediaNotLoaded' };
    }
  };

  protected override render(): TemplateResult {
    const { messages, shown } = this;
    const about = this.#about();
    const name = beginning(this.settings.readable(text(this.#part.name ?? '')), MOST_CHARACTERS);
    const label = [about, name].filter(Boolean).join(' · ');
    return html`<div class="frame" role="group" aria-label=${label}>
      ${this.#renderShown(label)}
      <div class="about">
        <span>${revealed(about)}</span>
        ${name ? html`<bdi>${revealed(name)}</bdi>` : nothing} ${this.#renderPlace()} ${this.#renderButtons()}
        ${shown.type === 'loading' ? html`<span role="status">${messages.loadingMedia}</span>` : nothing}
        ${shown.type === 'failure' ? html`<span class="failure" role="status">${messages[shown.reason]}</span>` : nothing}
      </div>
    </div>`;
  }

  /** What it is, its type and its size. */
  #about(): string {
    const { messages, shown } = this;
    const source = this.#source;
    const modality = this.#kind;
    const size = this.#loaded?.bytes.length ?? (source.type === 'inline' ? source.size : undefined);
    return [
      Object.hasOwn(messages.modalities, modality) ? messages.modalities[modality]! : modality,
      beginning(source.mimeType, MOST_CHARACTERS),
      shown.type === 'picture' ? `${shown.width} × ${shown.height}` : '',
      size === undefined ? '' : formatBytes(size, messages.locale),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  #renderShown(label: string): TemplateResult | typeof nothing {
    const { shown } = this;
    if (shown.type === 'picture') return html`<canvas role="img" aria-label=${label}></canvas>`;
    if (shown.type !== 'player') return nothing;
    return shown.isVideo
      ? html`<video controls src=${shown.url} aria-label=${label} @error=${this.#onPlayerError}></video>`
      : html`<audio controls src=${shown.url} aria-label=${label} @error=${this.#onPlayerError}></audio>`;
  }

  readonly #onPlayerError = (): void => {
    if (this.shown.type === 'player') URL.revokeObjectURL(this.shown.url);
    this.shown = { type: 'failure', reason: 'mediaNotPlayable' };
  };

  #renderPlace(): TemplateResult | typeof nothing {
    const source = this.#source;
    const { messages, settings } = this;
    if (source.type === 'inline') return nothing;
    if (source.type === 'elsewhere') {
      return html`<bdi>${revealed(beginning(settings.readable(source.place), MOST_CHARACTERS))}</bdi>`;
    }
    const { host, pathname, search } = source.url;
    return html`<bdi class="host">${host}</bdi>
      <bdi>${beginning(settings.readable(pathname), MOST_CHARACTERS)}</bdi>
      ${search.length > 1 ? html`<span>${messages.queryLength(search.length - 1)}</span>` : nothing}`;
  }

  #renderButtons(): TemplateResult | typeof nothing {
    const { messages, shown } = this;
    const source = this.#source;
    const policy = this.settings.media;
    if (policy === 'off' || shown.type === 'loading') return nothing;
    const isShown = shown.type === 'picture' || shown.type === 'player' || this.#loaded !== undefined;
    const canShow = source.type === 'inline' && ['image', 'audio', 'video'].includes(this.#kind) && !isShown;
    const canLoad = source.type === 'remote' && policy === 'click' && !isShown;
    return html`${
      (canShow && shown.type !== 'failure') || canLoad
        ? html`<button type="button" @click=${this.#onShow}>
            ${source.type === 'remote' ? messages.loadMedia(source.url.host) : messages.showMedia}
          </button>`
        : nothing
    }
    ${
      source.type === 'inline' || this.#loaded
        ? html`<button type="button" @click=${this.#onSave}>${saveIcon()}${messages.saveMedia}</button>`
        : nothing
    }`;
  }
}

/** Parts are read anew from their record: the same one may come in another object. */
function isOtherPart(one: Boxed | undefined, other: Boxed | undefined): boolean {
  if (!isOtherValue(one, other)) return false;
  const [before, after] = [one?.value, other?.value] as readonly (MediaPart | undefined)[];
  return !(['modality', 'mimeType', 'data', 'uri', 'name'] as const).every((key) => before?.[key] === after?.[key]);
}

/**
 * What is at an address: without cookies, without telling from which page, and nowhere else than a person was told.
 *
 * @throws {RangeError} when it is too large
 */
async function load(url: URL, signal: AbortSignal): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }> {
  const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error', signal });
  if (!response.ok || !response.body) throw new TypeError(`HTTP ${response.status}`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    chunks.push(next.value);
  }
  const mimeType = (response.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
  return { bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()), mimeType };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-media': LlmMedia;
  }
}
