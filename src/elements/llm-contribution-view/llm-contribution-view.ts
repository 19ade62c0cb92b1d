import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { maskedInternals, type Internals, type InternalsTokens, type ResolvePart } from '../../internals/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { base } from '../../internal/styles/base.js';
import { insideModel } from '../../internal/styles/inside-model.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { tokens as tokenStyles } from '../../internal/styles/tokens.js';
import { renderPages } from '../../internal/table-pages.js';
import { beginning } from '../../internal/text.js';
import type { Span } from '../../model/index.js';
import type { TokenRange } from '../events/index.js';
import { renderProblems } from '../llm-token-view/empty.js';
import { TokenChoice } from '../llm-token-view/token-choice.js';
import { tokenAction } from '../llm-token-view/token-keys.js';
import {
  INPUT_PAGE,
  methodName,
  renderCard,
  renderHeat,
  renderScoreTable,
  scoreText,
  shortText,
  type PartTexts,
  type ShownMethod,
} from './contribution-parts.js';
import { strongest, UNITS, type Contributions, type InputPart, type Unit } from './contributions.js';
import { contributionViewStyles } from './llm-contribution-view.styles.js';
import { renderOutput, stepsOf } from './output-tokens.js';
import { UnpackedContributions } from './unpacked-contributions.js';

const LONGEST_FAILURE = 300;

/**
 * What each part of the prompt did to the output, as one method or several say: a stretch of the output is chosen, and the parts
 * of the input are coloured by how much it rests on them, for it or against it. The stronger, the heavier the line below: solid for
 * it, dashed against it. Tokens are put together to words and messages; a table has the same as text.
 *
 * Keys: in the output, arrows go from token to token, with Shift they choose a stretch, Escape asks about all of it; in the
 * input, arrows go from part to part.
 *
 * @summary What the output rests on, part by part.
 * @fires {LlmTokenSelectEvent} llm-token-select - A person chose tokens of the output.
 * @csspart toolbar - What is shown, and how.
 * @csspart output - The tokens that are asked about.
 * @csspart card - What is strongest.
 * @cssprop --llm-for - The colour of what speaks for the output.
 * @cssprop --llm-against - The colour of what speaks against it.
 */
export class LlmContributionView extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokenStyles, base, smallTable, insideModel, contributionViewStyles];

  /** The span whose contributions are shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** What is shown in place of what the span holds. */
  @property({ attribute: false }) internals: Internals | undefined;

  /** Finds parts that are kept elsewhere. */
  @property({ attribute: false }) resolve: ResolvePart | undefined;

  /** Which of the methods, counted from 0, or `all` beside each other. */
  @property() method: number | 'all' = 0;

  /** What scores are put together to: `token`, `word` or `message`. */
  @property() unit: Unit = 'token';

  /** The tokens of the output that are asked about; without them, all. */
  @property({ attribute: false }) selected: TokenRange | undefined;

  @query('.output') private output!: HTMLElement | null;

  /** Token of the output that keys start from. */
  @state() private active = 0;
  /** The part of the input that is looked at. */
  @state() private input: number | undefined;
  @state() private page = 0;
  @state() private outputPage = 0;
  @state() private tablePage = 0;
  @state() private isTable = false;

  #held: Internals | undefined;
  #made: readonly unknown[] = [];
  /** Token at which a choice by Shift began. */
  #anchor: number | undefined;
  readonly #choice = new TokenChoice(this);
  readonly #unpacked = new UnpackedContributions(this);
  /** Texts of parts, by their tokens. */
  readonly #texts: PartTexts = {
    textOf: ({ start, end }: InputPart) => this.#held!.tokens!.text.slice(start, end).join(''),
  };

  /** Once all is unpacked. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#unpacked.done;
    return super.getUpdateComplete();
  }

  override focus(options?: FocusOptions): void {
    this.output?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const { settings } = this;
    const held = this.internals ?? this.span?.internals;
    if (this.#made[0] !== held || this.#made[1] !== settings.version || this.#made.length === 0) {
      const isOther = this.#made[0] !== held;
      this.#made = [held, settings.version];
      const { masking } = settings;
      this.#held = held && masking ? maskedInternals(held, (text) => masking(text, '')) : held;
      if (isOther) {
        this.method = 0;
        this.page = this.tablePage = this.outputPage = 0;
        this.input = this.#anchor = undefined;
        if (!changed.has('selected')) this.selected = undefined;
        this.active = this.#targets[0];
      }
    }
    if (changed.has('selected') && this.#choice.isByPage() && this.selected) {
      const [first, end] = this.#targets;
      if (this.selected.start >= first && this.selected.start < end) {
        this.#anchor = undefined;
        this.active = this.selected.start;
        this.outputPage = Math.floor((this.active - first) / INPUT_PAGE);
      }
    }
    this.#unpacked.want(this.#held, this.resolve);
  }

  /** The tokens that any method tells of: the first, and the one behind the last. */
  get #targets(): readonly [first: number, end: number] {
    const targets = (this.#held?.attribution ?? []).map(({ target }) => target);
    const first = targets.reduce((least, [start]) => Math.min(least, start), Infinity);
    const end = targets.reduce((most, target) => Math.max(most, target[1]), 0);
    return targets.length > 0 && end > first ? [first, end] : [0, 0];
  }

  /** What is chosen of the targets, or all of them. */
  get #asked(): TokenRange {
    const [first, end] = this.#targets;
    const { selected } = this;
    const isIn = selected && selected.end > first && selected.start < end && selected.end > selected.start;
    return isIn ? { start: Math.max(first, selected.start), end: Math.min(end, selected.end) } : { start: first, end };
  }

  #shownMethods(tokens: InternalsTokens, unit: Unit): ShownMethod[] {
    const { start, end } = this.#asked;
    const { all } = this.#unpacked;
    const chosen =
      this.method === 'all'
        ? all
        : [all[Number.parseInt(String(this.method), 10)] ?? all.find((one) => one !== undefined)];
    return chosen.flatMap((contributions) => {
      if (!contributions) return [];
      const parts = contributions.partsIn(
        contributions.unitsOf(tokens).includes(unit) ? unit : (contributions.of.unit ?? 'token'),
        tokens,
      );
      return [{ contributions, parts, scores: contributions.rolledUp(contributions.scoresFor(start, end), parts) }];
    });
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    const words = messages.contributionView;
    const tokens = this.#held?.tokens;
    const known = this.#unpacked.all.filter((one) => one !== undefined);
    const problems = html`${renderProblems(this.internals ? [] : (this.span?.internalsProblems ?? []), messages)}
    ${this.#unpacked.failures.map(
      (failure) => html`<p class="note wrong">${revealedText(beginning(failure, LONGEST_FAILURE))}</p>`,
    )}`;
    if (!tokens || !this.#held?.attribution?.length) {
      return html`<div class="frame">
        ${problems}
        <p class="note">${words.notCaptured} ${words.howTo}</p>
      </div>`;
    }
    if (known.length === 0) {
      const isOdd = this.#unpacked.all.length > this.#unpacked.failures.length;
      return html`<div class="frame">${problems}${isOdd ? html`<p class="note">${words.odd}</p>` : nothing}</div>`;
    }
    const units = UNITS.filter((unit) => known.some((one) => one.unitsOf(tokens).includes(unit)));
    const unit = units.includes(this.unit) ? this.unit : units[0]!;
    const methods = this.#shownMethods(tokens, unit);
    return html`<div class="frame">
      ${this.#renderTools(known, units, unit)} ${problems} ${this.#renderSentence(methods[0]!)}
      ${this.#renderOutput(tokens)}
      ${
        this.isTable
          ? renderScoreTable(methods, this.#texts, this.tablePage, messages, (page) => (this.tablePage = page))
          : this.#renderHeats(methods)
      }
    </div>`;
  }

  #renderTools(known: readonly Contributions[], units: readonly Unit[], unit: Unit): TemplateResult {
    const { messages } = this;
    const words = messages.contributionView;
    const all = this.#unpacked.all;
    const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
    return html`<div class="tools" part="toolbar">
      ${
        known.length > 1
          ? html`<label
              >${words.method}
              <select
                @change=${(event: Event) => (this.method = chosen(event) === 'all' ? 'all' : Number(chosen(event)))}
              >
                ${all.map((one, at) =>
                  one
                    ? html`<option value=${at} ?selected=${String(this.method) === String(at)}>
                        ${methodName(one)}
                      </option>`
                    : nothing,
                )}
                <option value="all" ?selected=${this.method === 'all'}>${words.allMethods}</option>
              </select></label
            >`
          : html`<span class="quiet">${words.method}: ${methodName(known[0]!)}</span>`
      }
      ${
        units.length > 1
          ? html`<label
              >${words.unit}
              <select
                @change=${(event: Event) => {
                  this.unit = chosen(event) as Unit;
                  this.input = undefined;
                  this.page = this.tablePage = 0;
                }}
              >
                ${units.map((one) => html`<option value=${one} ?selected=${one === unit}>${words.units[one]}</option>`)}
              </select></label
            >`
          : nothing
      }
      <button
        type="button"
        class="button"
        aria-pressed=${String(this.isTable)}
        @click=${() => (this.isTable = !this.isTable)}
      >
        ${messages.tokenView.table}
      </button>
      <span class="legend"
        ><span class="part for-4">${words.for}</span>
        ${known.some(({ of }) => of.signed) ? html`<span class="part against-4">${words.against}</span>` : nothing}</span
      >
    </div>`;
  }

  #renderSentence({ contributions, parts, scores }: ShownMethod): TemplateResult {
    const { messages } = this;
    const words = messages.contributionView;
    const { start, end } = this.#asked;
    const [first, last] = this.#targets;
    const isWhole = !contributions.isByToken || (start === first && end === last);
    const asked = isWhole ? words.wholeOutput : `“${shortText(this.#texts.textOf({ start, end }))}”`;
    const named = strongest(scores, 3).map(
      ({ at, score }) => `“${shortText(this.#texts.textOf(parts[at]!))}” ${scoreText(score, contributions, messages)}`,
    );
    return html`<p class="note">
      <span role="status">${named.length ? words.sentence(asked, methodName(contributions), named) : nothing}</span>
      ${words.notCause}
    </p>`;
  }

  #renderOutput(tokens: InternalsTokens): TemplateResult | typeof nothing {
    const { messages } = this;
    const [first, end] = this.#targets;
    // Some methods tell of an answer that is no text.
    if (first === end) return nothing;
    return html`${renderOutput({
      tokens,
      first: first + this.outputPage * INPUT_PAGE,
      end: Math.min(end, first + (this.outputPage + 1) * INPUT_PAGE),
      active: this.active,
      asked: this.selected ? this.#asked : undefined,
      messages,
      onKeydown: this.#onOutputKey,
      onClick: this.#onOutputClick,
    })}
    ${renderPages(end - first, INPUT_PAGE, this.outputPage, messages, (page) => {
      this.outputPage = page;
      this.active = first + page * INPUT_PAGE;
    })}`;
  }

  #renderHeats(methods: readonly ShownMethod[]): TemplateResult {
    const { messages } = this;
    const page = Math.min(this.page, Math.floor(Math.max(0, methods[0]!.parts.length - 1) / INPUT_PAGE));
    return html`<div class="body">
      <div
        @keydown=${this.#onInputKey}
        @click=${this.#onInputPointer}
        @pointerover=${this.#onInputPointer}
        @focusin=${() => (this.input ??= page * INPUT_PAGE)}
      >
        ${methods.map((method, index) => renderHeat(method, this.#texts, { index, page, active: this.input }, messages))}
        ${renderPages(methods[0]!.parts.length, INPUT_PAGE, page, messages, (to) => {
          this.page = to;
          this.input = undefined;
        })}
      </div>
      <div class="card" part="card">${renderCard(methods[0]!, this.#texts, this.input, messages)}</div>
    </div>`;
  }

  // --- What a person does --------------------------------------------------------------------------------------------

  readonly #onInputPointer = (event: Event): void => {
    const part = (event.target as Element).closest<HTMLElement>('[data-input]');
    if (part) this.input = Number(part.dataset['input']);
  };

  readonly #onInputKey = (event: KeyboardEvent): void => {
    const action = tokenAction(event, this.matches(':dir(rtl)'));
    const by = action && stepsOf(action);
    if (by === undefined) return;
    event.preventDefault();
    const first = this.page * INPUT_PAGE;
    const shown = this.renderRoot.querySelectorAll('[data-method="0"] [data-input]').length;
    this.input = Math.max(first, Math.min(first + shown - 1, (this.input ?? first) + by));
  };

  readonly #onOutputKey = (event: KeyboardEvent): void => {
    const action = tokenAction(event, this.matches(':dir(rtl)'));
    const by = action && stepsOf(action);
    if (!action || (by === undefined && action.type !== 'select' && action.type !== 'clear')) return;
    event.preventDefault();
    if (action.type === 'clear') return this.#choice.make(undefined);
    const [first, end] = this.#targets;
    this.#choose(Math.max(first, Math.min(end - 1, this.active + (by ?? 0))), event.shiftKey && by !== undefined);
  };

  readonly #onOutputClick = (event: MouseEvent): void => {
    const token = (event.target as Element).closest<HTMLElement>('[data-token]');
    if (token) this.#choose(Number(token.dataset['token']), event.shiftKey);
  };

  #choose(token: number, isExtending: boolean): void {
    if (isExtending) this.#anchor ??= this.active;
    else this.#anchor = undefined;
    const from = this.#anchor ?? token;
    this.active = token;
    this.outputPage = Math.floor((token - this.#targets[0]) / INPUT_PAGE);
    this.#choice.make({ start: Math.min(from, token), end: Math.max(from, token) + 1 });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-contribution-view': LlmContributionView;
  }
}
