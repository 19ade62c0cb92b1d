import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { datasetShapes } from '../../export/datasets/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Span } from '../../model/index.js';
import { LlmExamplesExportEvent, LlmSpansChooseEvent } from '../events/index.js';
import { saveFile } from '../../internal/save-file.js';
import { exampleLines } from './example-lines.js';
import { chosenSpansStyles } from './llm-chosen-spans.styles.js';

/** How an export stands. */
type State = { is: 'working'; done: number } | { is: 'done'; count: number; leftOut: number } | { is: 'failed' };

/**
 * How many spans are chosen as examples, and what can be done with them: exported as JSON lines in the shape of a tool, or
 * chosen no longer. What the view masks is masked in the examples too.
 *
 * @summary The spans that are chosen as examples of a dataset.
 * @fires {LlmExamplesExportEvent} llm-examples-export - A person exported the examples. They are offered as a download, unless it is prevented.
 * @fires {LlmSpansChooseEvent} llm-spans-choose - A person chose none of them any longer.
 */
export class LlmChosenSpans extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, chosenSpansStyles];

  /** The chosen spans. */
  @property({ attribute: false }) spans: readonly Span[] = [];

  /**
   * The name of the shape that examples are written in, as `toDataset` takes it.
   *
   * @default 'openai-evals'
   */
  @property() shape = datasetShapes[0]!.name;

  @state() private state: State | undefined;

  #export: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('spans') || changed.has('shape')) this.#end();
  }

  #end(): void {
    this.#export?.abort();
    this.#export = undefined;
    this.state = undefined;
  }

  async #makeExamples(): Promise<void> {
    this.#end();
    const { spans, shape, settings } = this;
    const { signal } = (this.#export = new AbortController());
    const lines: string[] = [];
    let leftOut = 0;
    const take = (line: string): void => {
      if (line === '') leftOut++;
      else lines.push(line);
    };
    const rested = (): void => void (this.state = { is: 'working', done: lines.length + leftOut });
    try {
      if (!(await runInSlices(exampleLines(spans, shape, settings.masking), { take, rested, signal }))) return;
    } catch {
      this.state = { is: 'failed' };
      return;
    }
    const count = lines.length;
    this.state = { is: 'done', count, leftOut };
    const file = new Blob(lines, { type: 'application/jsonl' });
    /** @internal */
    const isWanted = this.dispatchEvent(new LlmExamplesExportEvent({ shape, count, file }));
    if (isWanted && count > 0) saveFile(`${shape}.jsonl`, file);
  }

  #clear(): void {
    /** @internal */
    this.dispatchEvent(new LlmSpansChooseEvent({ spans: this.spans, isChosen: false }));
  }

  protected override render(): TemplateResult {
    const { spans, shape, messages } = this;
    const { chosen } = messages;
    const isEmpty = spans.length === 0;
    return html`<div class="frame" role="group" aria-label=${chosen.label}>
      <p role="status">${this.#words()}</p>
      <label>
        ${chosen.shape}
        <select @change=${({ target }: Event) => (this.shape = (target as HTMLSelectElement).value)}>
          ${datasetShapes.map(
            ({ name }) =>
              html`<option value=${name} .selected=${name === shape}>${chosen.shapes.get(name) ?? name}</option>`,
          )}
        </select>
      </label>
      <button type="button" class="button" ?disabled=${isEmpty} @click=${() => void this.#makeExamples()}>
        ${chosen.export}
      </button>
      <button type="button" class="button" @click=${() => this.#clear()}>${chosen.clear}</button>
    </div>`;
  }

  #words(): string {
    const { spans, settings, state } = this;
    const { chosen } = this.messages;
    if (state?.is === 'working') return chosen.exporting(state.done, spans.length);
    if (state?.is === 'failed') return chosen.failed;
    if (state)
      return [chosen.exported(state.count), state.leftOut ? chosen.leftOut(state.leftOut) : ''].join(' ').trim();
    if (spans.length === 0) return chosen.none;
    return [chosen.count(spans.length), settings.masking ? chosen.masked : ''].join(' ').trim();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-chosen-spans': LlmChosenSpans;
  }
}
