import type { LaterElements } from './later-elements.js';
import { laterParts } from './later-parts.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { ToolName } from './tool-button.js';
import type { ViewTools } from './view-tools.js';

/** Places in which a question mark is a letter. */
const TEXT_FIELDS = 'input, textarea, select, [contenteditable]';

/** The buttons and keys of a view. What is behind them is loaded after the first paint; what was pressed before is done then. */
export class Tools {
  /** Absent until it is loaded. */
  value: ViewTools | undefined;
  hasFailed = false;
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
  }

  /** To be called before each rendering. */
  take(): void {
    const { trace, query, openFiles } = this.#view;
    if (!this.value && laterParts.value) this.value = new laterParts.value.ViewTools(this.#view, this.#later);
    // These need no press.
    else if (!this.value && !this.hasFailed && (query !== '' || openFiles)) void this.#load();
    this.value?.take(trace);
  }

  async #load(): Promise<void> {
    try {
      await laterParts.load();
      this.hasFailed = false;
    } catch {
      this.hasFailed = true;
    }
    this.#view.requestUpdate();
    await this.#view.updateComplete;
  }

  async press(name: ToolName): Promise<void> {
    if (!this.value) await this.#load();
    this.value?.byName[name].press();
  }

  /** Ctrl or ⌘ with F goes to the search, `?` opens the list of keys: only where the focus is in the view, and not in a text. */
  onKeydown(event: KeyboardEvent, hasToolbar: boolean): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
    if (defaultPrevented || altKey) return;
    const isCommand = ctrlKey || metaKey;
    const [target] = event.composedPath();
    if (hasToolbar && isCommand && !shiftKey && key.toLowerCase() === 'f') void this.#search();
    else if (!isCommand && key === '?' && !(target as Element).matches(TEXT_FIELDS)) void this.press('help');
    else return hasToolbar ? this.value?.search.onKeydown(event) : undefined;
    event.preventDefault();
  }

  async #search(): Promise<void> {
    if (!this.value) await this.#load();
    this.value?.search.open();
  }
}
