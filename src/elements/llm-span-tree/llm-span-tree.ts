import { adoptStyles, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import type { CriticalPath } from '../../analysis/index.js';
import { afterPaint } from '../../internal/after-paint.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/first-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import { RowWindow } from '../../internal/row-window.js';
import { SettledTrace } from '../../internal/settled-trace.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import type { SpanNoise } from '../../internal/span-noise.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { TimeScaleName } from '../../internal/time-map.js';
import { TimeScale } from '../../internal/time-scale.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmNoiseChangeEvent } from '../events/index.js';
import { DrawnRows, stickyAbove } from './drawn-rows.js';
import { KeptPlace } from './kept-place.js';
import { columnClasses, renderGrid, renderHeader } from './lane-header.js';
import { treeStyles } from './llm-span-tree.styles.js';
import { newestSpan } from './newest-span.js';
import { ShownSpans } from './shown-spans.js';
import type { RowForm, RowLook } from './span-row.js';
import { SwiftScroll } from './swift-scroll.js';
import type { TreeInput } from './tree-input.js';
import { treeParts } from './tree-parts.js';

const HEADER_HEIGHT = 26;

/**
 * The spans of a trace as a tree, each with its bar on a common time axis. Only the rows in sight are in the DOM.
 *
 * Keys: arrows move, open and close; Home, End, Page Up and Page Down jump; `*` opens everything below a span; letters
 * find the next span by name; Space selects; Enter selects and fires `llm-span-open`.
 *
 * @summary The tree of spans with its waterfall.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpansChooseEvent} llm-spans-choose - A person chose spans as examples, or took that back (only where `chosen` is given).
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person wants to see what is hidden.
 * @csspart row - A span's row.
 * @csspart bar - A span's bar on the time axis.
 * @csspart critical - What of a span is on the critical path.
 * @csspart header - The row of column names.
 * @csspart hidden-note - How many spans are hidden.
 * @cssprop [--llm-row-height=28px] - Height of a row; 24px at least, so that it can be hit.
 * @cssprop [--llm-name-width=38%] - Width of the column with the names.
 */
export class LlmSpanTree extends MaskingElement<FirstMessages> {
  static override styles = [tokens, base, kindColours, treeStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** The critical path, where it is to be marked: what `criticalPath(trace)` gives. */
  @property({ attribute: false }) critical: CriticalPath | undefined;

  /**
   * Ids of the spans that are chosen as examples, where people are to choose: by a box in each row, Ctrl or ⌘ with a click,
   * Shift with a click or with Space.
   */
  @property({ attribute: false }) chosen: ReadonlySet<string> | undefined;

  /** What a search has found: other rows are hidden or dimmed. What it found in another trace means nothing. */
  @property({ attribute: false }) found: SpanMatches | undefined;

  /** Spans that are hidden; what is inside them moves up. */
  @property({ attribute: false }) noise: SpanNoise | undefined;

  /** Whether four and more neighbours of the same name and kind are one row, which opens. */
  @property({ type: Boolean }) grouped = false;

  /** How time is drawn: `time`, `compact` (idle stretches cut short) or `sequence` (a step from each start or end to the next). */
  @property() scale: TimeScaleName = 'time';

  /** Milliseconds that a running trace has taken by now, where somebody counts them: bars of what runs reach there. */
  @property({ attribute: false }) runningFor: number | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;
  @query('.rows') private rowsElement!: HTMLElement;
  @query('.sticky') private stickyElement!: HTMLElement;

  @query('.newest') private newestButton!: HTMLElement | null;

  /** Place that the keys start from. */
  @state() private active = 0;

  #shown: ShownSpans | undefined;
  #look: RowLook | undefined;
  /** Of the settings that the look is of. */
  #settingsVersion = 0;
  #critical: RowLook['critical'];
  #drawn: DrawnRows | undefined;
  #scale = new TimeScale(0, 0);
  readonly #settled = new SettledTrace(this);
  /** Whether it is known what spans come to with all that is in them. */
  #areSummed = true;
  #ticks: readonly number[] = [];
  /** Whether the rows of a trace are shown for the first time: what a screen reader says of them comes once they are painted. */
  #isFirst = false;
  /** Settled once that is there. */
  #said: Promise<void> | undefined;
  /** Place of the selected span; -1 for none. */
  #selectedAt = -1;
  /** Place that is to be brought into sight once it is rendered. */
  #toReveal: { place: number; where: 'nearest' | 'center' } | undefined;
  /** Id of the span that was selected before the search began. */
  #selectedBefore: string | undefined;
  readonly #swift = new SwiftScroll(
    (isSwift) => this.scroller?.toggleAttribute('data-swift', isSwift),
    () => {
      // Once nothing moves, everything is as it should be: rows in their order, and whole.
      this.#refresh();
      this.#draw(true);
    },
  );
  readonly #window: RowWindow = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#shown?.rows.count ?? 0,
    headerHeight: () => HEADER_HEIGHT,
    rowsOnTopOf: (row) => stickyAbove(this.#shown, row, this.#window),
    changed: () => this.#onMoved(),
  });
  readonly #kept = new KeptPlace(this.#window);
  /** What keys and pointers do, once it is loaded. */
  #input: TreeInput | undefined;
  #loading: Promise<void> | undefined;
  /** Whether the parts that come later could not be loaded: spans are shown as they are then. */
  #hasFailed = false;

  /** Opens what hides the span, selects it, and brings it into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    const span = this.trace?.span(spanId);
    if (!span) return;
    this.selected = spanId;
    this.#show(span);
    this.requestUpdate();
  }

  /** Opens every span that has others inside. */
  expandAll(): void {
    this.#change(({ rows }) => rows.openAll());
  }

  /** Leaves the roots. */
  collapseAll(): void {
    this.#change(({ rows }) => rows.closeAll());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#swift.forget();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  /** Takes the parts that come later into use, as soon as they are there. */
  #takeParts(): void {
    const parts = treeParts.value;
    if (!parts || this.#input) return;
    const { elementStyles } = this.constructor as typeof LlmSpanTree;
    adoptStyles(this.renderRoot as ShadowRoot, [
      ...elementStyles,
      parts.texts,
      parts.hiddenNoteStyles,
      parts.laterTreeStyles,
    ]);
    this.#input = new parts.TreeInput(this, {
      window: this.#window,
      kept: this.#kept,
      shown: () => this.#shown,
      active: () => this.active,
      activate: (place) => (this.active = place),
      change: (act) => this.#change(act),
      placeWith: (element) => this.#drawn?.rowWith(element)?.place,
      isSticky: (element) => this.stickyElement.contains(element),
    });
  }

  /** Loads them. What could not be loaded is tried again when it is wanted again. */
  #load(): Promise<void> {
    const load = async (): Promise<void> => {
      try {
        await treeParts.load();
        this.#hasFailed = false;
      } catch {
        this.#hasFailed = true;
      }
      this.#loading = undefined;
      this.#takeParts();
      // What was shown without them.
      if (this.#isArranged || this.#isLive || this.critical) {
        for (const name of ['grouped', 'scale', 'critical']) this.requestUpdate(name);
      }
    };
    return this.#input ? Promise.resolve() : (this.#loading ??= load());
  }

  /** Whether spans are hidden, put together, or drawn in another time. */
  get #isArranged(): boolean {
    return this.noise !== undefined || this.grouped || this.scale !== 'time';
  }

  /** What a person does before what it does is loaded is done then. */
  readonly #onInput = (event: MouseEvent | KeyboardEvent): void => {
    const { target } = event;
    if (this.#input) return this.#input.take(event, target as Element);
    // The browser is not to scroll where the tree moves.
    const isKey = event instanceof KeyboardEvent && /^(?:Arrow|Page|Home|End|Enter|[^?]$)/.test(event.key);
    if (isKey && !event.altKey && !event.ctrlKey && !event.metaKey) event.preventDefault();
    void this.#load().then(() => this.#input?.take(event, target as Element));
  };

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const { trace } = this;
    this.#takeParts();
    if (!treeParts.value && !this.#hasFailed && (this.#isArranged || this.#isLive || this.critical)) void this.#load();
    const has = (...names: string[]): boolean => names.some((name) => changed.has(name));
    const isOther = changed.has('trace') && (changed.get('trace') as Trace | undefined)?.id !== trace?.id;
    const isLiveNow = changed.has('runningFor') && (changed.get('runningFor') !== undefined) !== this.#isLive;
    const isRearranged = has('trace', 'noise', 'grouped') || isLiveNow;
    // Of a trace that grew, what was known stays in sight.
    this.#areSummed = !trace || this.#settled.has(trace) || (changed.has('trace') ? !isOther : this.#areSummed);
    this.#isFirst ||= isOther && Boolean(trace?.spans.length);
    if (isRearranged) this.#arrange();
    if (isRearranged || changed.has('found')) this.#filter(changed, isRearranged);
    if (has('trace', 'runningFor', 'scale')) {
      const { startTime = 0, duration = 0 } = trace ?? {};
      const map = trace && treeParts.value?.timeMapOf(trace, this.scale);
      this.#scale = new TimeScale(startTime, Math.max(duration, this.runningFor ?? 0), map);
      this.#ticks = this.#scale.ticks(5);
    }
    // A trace that only grew is not scrolled back to what is selected in it.
    if (changed.has('selected') || isOther) {
      const span = this.#selectedSpan;
      // What a person chose here is in sight; what the page chose may not be.
      if (span && this.#shown?.nearestTo(span.index) !== this.active) this.#show(span);
    }
    if (changed.has('selected') || isRearranged) this.#selectedAt = this.#placeOfSelected;
    if (this.#shown) this.active = this.#shown.rows.shown(this.active);
  }

  get #selectedSpan(): Span | undefined {
    return this.selected === undefined ? undefined : this.trace?.span(this.selected);
  }

  /** -1 where none is selected, or it is hidden. */
  get #placeOfSelected(): number {
    const span = this.#selectedSpan;
    return (span && this.#shown?.placeOf(span.index)) ?? -1;
  }

  /** Whether what runs is known to be alive. */
  get #isLive(): boolean {
    return this.runningFor !== undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('critical')) this.#critical = this.critical && treeParts.value?.stretchesBySpan(this.critical);
    this.#takeLook(changed);
    this.#kept.restore(this.#shown);
    const rows = this.#shown?.rows;
    const wanted = this.#toReveal;
    const row = wanted && rows ? rows.rowOf(rows.shown(wanted.place)) : -1;
    this.#toReveal = undefined;
    this.#refresh();
    this.#swift.end();
    this.#draw(true, this.#isFirst ? 'seen' : 'whole');
    if (this.#isFirst) this.#said ??= this.#sayAfterPaint();
    if (row >= 0) this.#window.scrollTo(row, wanted!.where);
    if (!this.#input && !this.#hasFailed && rows?.count) void afterPaint().then(() => this.#load());
  }

  async #sayAfterPaint(): Promise<void> {
    await afterPaint();
    this.#said = undefined;
    this.#isFirst = false;
    this.#draw(true);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    await this.#said;
    return isComplete;
  }

  /** Rows beyond what is in sight are for those who scroll. */
  #refresh(): void {
    this.#window.refresh(this.#window.rowsAbove === 0);
  }

  /** Another look only where it is another: rows that have it are left alone. */
  #takeLook(changed: PropertyValues): void {
    const { messages, settings, chosen } = this;
    const shown = this.#shown;
    const isOther = ['messages', 'settings', 'critical', 'runningFor', 'chosen', 'found', 'scale'].some((name) =>
      changed.has(name),
    );
    const areSummed = this.#areSummed;
    const isSame = shown === this.#look?.shown && areSummed === this.#look?.areSummed;
    if (!isOther && settings.version === this.#settingsVersion && isSame) return;
    this.#settingsVersion = settings.version;
    const critical = this.#critical;
    const matches = this.#found;
    const isLive = this.#isLive;
    this.#look = shown && {
      shown,
      messages,
      settings,
      scale: this.#scale,
      areSummed,
      critical,
      isLive,
      chosen,
      matches,
    };
  }

  /** Opens or closes spans. What is at the top stays there. */
  #change(act: (shown: ShownSpans) => void): void {
    if (!this.#shown) return;
    this.#kept.hold(this.#shown);
    act(this.#shown);
    this.requestUpdate();
  }

  /** While it is scrolled, only what is in sight counts, and of rows that fly by only what can be seen. */
  #onMoved(): void {
    this.#swift.moved(this.#window.rowsAbove, this.#window.pageSize);
    if (this.#swift.isSwift) this.#window.refresh(true);
    this.#draw();
  }

  /** Brings the rows in the DOM to what is in sight; as many as those, and in their order, where it rests. */
  #draw(isAtRest = false, form: RowForm = this.#swift.isSwift ? 'brief' : 'whole'): void {
    const look = this.#look;
    const shown = this.#shown;
    if (!this.hasUpdated) return;
    this.#drawn ??= new DrawnRows(this.#window, this.rowsElement, this.stickyElement);
    if (!look || !shown?.trace.spans.length) return this.#drawn.clear();
    this.#drawn.draw({ shown, look, active: this.active, selected: this.#selectedAt, form }, isAtRest);
    if (this.newestButton) this.newestButton.hidden = this.#kept.isNewestInSight(shown);
  }

  /** The keys go on from this span, or from what is shown around it, and it comes into sight. */
  #show({ index }: Span): void {
    const place = this.#shown?.nearestTo(index) ?? -1;
    if (place < 0) return;
    this.#shown!.openAbove(place);
    this.active = place;
    this.#toReveal = { place, where: 'center' };
  }

  /** A trace that grew, or is shown in another way, keeps what was open, closed, active and in sight, by the ids of the spans. */
  #arrange(): void {
    const { trace, noise, grouped } = this;
    const before = this.#shown;
    const isSame = before !== undefined && before.trace.id === trace?.id;
    const selected = isSame ? this.#selectedAt : -1;
    const hadRow = selected >= 0 && before!.rows.rowOf(selected) >= 0;
    const isFollowing = isSame && before.trace !== trace && this.#isLive && this.#kept.isAtTail(before, selected);
    if (isSame) this.#kept.holdBest(before, selected);
    this.#input?.forgetChosen();
    const parts = treeParts.value;
    // What is to be hidden does not flicker.
    const isAwaited = !parts && !isSame && this.#isArranged && !this.#hasFailed;
    const hidden = trace && parts?.hiddenSpans(trace, noise);
    const arranged = trace && parts?.arrangedTree(trace, { hidden, isGrouped: grouped, showsMissing: this.#isLive });
    const shown = trace && !isAwaited ? new ShownSpans(trace, arranged, isSame ? before : undefined) : undefined;
    this.#shown = shown;
    if (!isSame || !shown) {
      this.active = 0;
      this.#kept.forget();
      return;
    }
    this.active = Math.max(0, shown.nearestLike(before, this.active));
    if (hadRow) {
      const place = shown.placeLike(before, selected);
      if (place !== undefined) shown.openAbove(place);
    }
    this.#kept.carryOver(before, shown);
    if (isFollowing) this.#revealNewest(shown);
  }

  #revealNewest(shown: ShownSpans): void {
    const place = shown.nearestTo(newestSpan(shown.trace));
    if (place < 0) return;
    this.#kept.forget();
    this.#toReveal = { place, where: 'nearest' };
  }

  readonly #onNewest = (): void => {
    this.#revealNewest(this.#shown!);
    this.requestUpdate();
    this.focus();
  };

  /** What was found in this trace. */
  get #found(): SpanMatches | undefined {
    return this.found?.trace === this.trace ? this.found : undefined;
  }

  /** Hides the rows that a search did not find, or shows them again. What is selected, or at the top, stays where it is. */
  #filter(changed: PropertyValues, isRearranged: boolean): void {
    const shown = this.#shown;
    const found = this.#found;
    if (!shown) return;
    const { rows } = shown;
    if (!found?.isHiding && !rows.isFiltered) return shown.filter(found);
    const before = changed.has('found') ? (changed.get('found') as SpanMatches | undefined) : this.found;
    const isSame = found?.isHiding === true && before?.words === found.words && rows.isFiltered;
    const selected = this.#placeOfSelected;
    const hadRow = rows.rowOf(selected) >= 0;
    const cut = isRearranged ? undefined : this.#kept.inSight(shown, selected);
    if (!isRearranged) this.#kept.hold(shown);
    if (!isSame) shown.filter(undefined);
    shown.filter(found);
    if (found?.isHiding) {
      // Before the first letter; what a person went to since then is to be seen afterwards, too.
      if (!isSame && !before) this.#selectedBefore = this.selected;
      if (isSame && hadRow && selected >= 0) rows.keep(selected);
    } else if (selected >= 0 && this.selected !== this.#selectedBefore) shown.openAbove(selected);
    if (rows.rowOf(selected) < 0) return;
    this.active = selected;
    if (cut !== undefined) this.#kept.holdAt(selected, cut);
  }

  #onPointerOver({ target }: PointerEvent): void {
    this.#drawn?.rowWith(target as Element)?.giveTitle(target as Element);
  }

  readonly #showAll = (): void => {
    this.noise = undefined;
    /** @internal */
    this.dispatchEvent(new LlmNoiseChangeEvent({ noise: undefined }));
    this.focus();
  };

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const count = this.#shown?.rows.count ?? 0;
    const parts = treeParts.value;
    const hidden = trace && parts?.hiddenSpans(trace, this.noise)?.count;
    return html`<div class="frame ${hidden ? 'noted' : ''}">
      <div
        class="scroller ${columnClasses(trace, this.#areSummed, this.#scale)}"
        role="treegrid"
        tabindex="0"
        aria-label=${messages.spansOf(revealedText(this.settings.readable(text(trace?.nameAtFirst ?? ''))))}
        aria-rowcount=${count + 1}
        ?data-choosing=${this.chosen !== undefined}
        aria-activedescendant=${count === 0 ? nothing : `row-${this.active}`}
        @keydown=${this.#onInput}
        @click=${this.#onInput}
        @dblclick=${this.#onInput}
        @pointerover=${this.#onPointerOver}
      >
        ${renderHeader(this.#scale, this.#ticks, messages)}
        <div class="sticky" aria-hidden="true"></div>
        <div class="list" .style=${`height: calc(${this.#window.heightInRows} * var(--_row-height))`}>
          <div class="probe" aria-hidden="true"></div>
          <div class="row grid" aria-hidden="true">
            <span></span><span class="time"></span><span class="number tokens"></span><span class="number cost"></span>
            ${renderGrid(this.#scale, this.#ticks, messages)}
          </div>
          <div class="rows" role="rowgroup" aria-hidden=${trace?.spans.length ? nothing : 'true'}></div>
        </div>
      </div>
      ${this.#isLive ? this.#renderNewest() : nothing}
      ${hidden ? parts.renderHiddenNote(hidden, messages, this.#showAll) : nothing}
    </div>`;
  }

  #renderNewest(): TemplateResult {
    const { newest, newestHint } = this.messages.display;
    return html`<button type="button" class="button newest" title=${newestHint} hidden @click=${this.#onNewest}>
      ${newest}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-tree': LlmSpanTree;
  }
}
