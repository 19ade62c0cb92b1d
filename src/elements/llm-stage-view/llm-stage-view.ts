import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { stageFiguresInSteps, stagesOf, type StageFigures } from '../../analysis/stages/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { base } from '../../internal/styles/base.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { renderRecord, sentenceOf } from './call-stages.js';
import { stageViewStyles } from './llm-stage-view.styles.js';
import { renderMany } from './many-calls.js';
import type { StageContext } from './stage-parts.js';

/**
 * What happened inside a call, stage by stage, with its latencies and the gaps between its tokens; of a trace, or of many spans, how
 * stages and latencies are spread. Every figure says who measured it and where it stands, or from what it was worked out. Figures of
 * different clocks are never put together.
 *
 * @summary Stages and latencies of calls of models.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the slowest call.
 * @csspart lanes - The lanes of the stages.
 * @csspart table - A table of figures over many calls.
 */
export class LlmStageView extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, smallTable, stageViewStyles];

  /** The call that is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** The trace whose calls are put together, where no span is given. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Spans whose calls are put together, instead of those of a trace. */
  @property({ attribute: false }) spans: readonly Span[] | undefined;

  readonly #work = new SlicedWork<StageFigures>(this);

  /** Once all calls were looked at. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#work.done;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!['span', 'trace', 'spans'].some((name) => changed.has(name))) return;
    const spans = this.span ? undefined : (this.spans ?? this.trace?.spans);
    if (spans) this.#work.start(() => stageFiguresInSteps(spans));
    else this.#work.forget();
  }

  protected override render(): TemplateResult {
    const context: StageContext = { messages: this.messages, settings: this.settings };
    return html`<div class="frame" aria-busy=${String(this.#work.isWorking)}>
      ${this.span ? this.#renderCall(context, this.span) : this.#renderMany(context)}
    </div>`;
  }

  #renderCall(context: StageContext, span: Span): TemplateResult {
    const records = stagesOf(span);
    if (records.length === 0) return renderEmpty(context);
    const sentence = sentenceOf(context, records);
    return html`${sentence ? html`<p class="sentence">${sentence}</p>` : nothing}
    ${records.map((record) => renderRecord(context, record))}`;
  }

  #renderMany(context: StageContext): TemplateResult {
    const { isWorking, result } = this.#work;
    if (!result)
      return isWorking
        ? html`<p class="quiet" role="status">${this.messages.findingsWorking}</p>`
        : renderEmpty(context);
    if (result.told === 0) return renderEmpty(context);
    return renderMany(context, result, (span) => {
      /** @internal */
      this.dispatchEvent(new LlmSpanSelectEvent({ span }));
    });
  }
}

const renderEmpty = ({ messages: { stageView } }: StageContext): TemplateResult =>
  html`<p class="sentence">${stageView.notCaptured}</p>
    <p class="quiet">${stageView.howTo}</p>`;

declare global {
  interface HTMLElementTagNameMap {
    'llm-stage-view': LlmStageView;
  }
}
