import { html, nothing, type TemplateResult } from 'lit';
import type { Steps, StepType } from '../../analysis/index.js';
import { formatCompact, formatCost, formatDuration, type Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon, kindIcon } from '../../internal/first-icons.js';
import { chevronIcon, personIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span } from '../../model/index.js';
import { roleWord } from '../llm-messages/role.js';
import type { NamedText, StepPreview } from './step-previews.js';

/** Deeper than this, nothing is indented further. */
const MOST_INDENTS = 24;

/** What a row shows. */
export interface StepRow {
  readonly steps: Steps;
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly row: number;
  /** Place among the rows that are shown, and how far down it stands, in px. */
  readonly place: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isClosed: boolean;
  /** Errors among what is closed. */
  readonly errorsHidden: number;
  readonly preview: StepPreview | undefined;
}

/** The words of a row, as far as they may be shown. */
interface Words {
  readonly title: string;
  readonly about: string;
  readonly preview: string;
}

export function renderStep(item: StepRow): TemplateResult {
  const { steps, messages, row, isClosed } = item;
  const { tree, trace } = steps;
  const type = steps.typeAt(row);
  const span = trace.spanAt(steps.positionAt(row));
  const isParent = tree.childCount[row]! > 0;
  const parent = tree.parent[row]!;
  const hasFigures = type !== 'question' && type !== 'fold';
  const isFailed = hasFigures && span.status === 'error';
  const words = wordsOf(item, type, span);
  const figures = hasFigures ? figuresOf(span, type, messages) : undefined;
  const spoken = [
    words.title,
    words.about,
    isFailed ? messages.errorMark : '',
    item.errorsHidden ? messages.errorsInside(item.errorsHidden) : '',
    words.preview,
    figures?.time ?? '',
    figures?.tokens ? `${figures.tokens} ${messages.tokens}` : '',
    figures?.cost ?? '',
  ];
  return html`<div
    id="row-${item.place}"
    class="row ${type} ${item.isActive ? 'active' : ''}"
    part="row"
    role="row"
    data-row=${item.place}
    data-span-id=${hasFigures ? span.id : nothing}
    aria-rowindex=${item.place + 2}
    aria-level=${tree.depth[row]! + 1}
    aria-posinset=${tree.siblingIndex[row]! + 1}
    aria-setsize=${parent < 0 ? tree.rootCount : tree.childCount[parent]!}
    aria-expanded=${isParent ? String(!isClosed) : nothing}
    aria-selected=${String(item.isSelected)}
    aria-label=${revealedText(spoken.filter(Boolean).join(', '))}
    .style=${`transform: translateY(${item.top}px); --depth: ${Math.min(tree.depth[row]!, MOST_INDENTS)}`}
  >
    <span class="name" role="rowheader"
      ><span class="twisty">${isParent ? chevronIcon() : nothing}</span
      ><span class="kind-icon" data-kind=${type === 'question' ? 'llm' : type === 'fold' ? 'span' : span.kind}
        >${type === 'question' ? personIcon() : kindIcon(type === 'fold' ? 'span' : span.kind)}</span
      >${
        isFailed
          ? html`<span class="error-mark" title=${messages.errorMark}>${errorIcon()}</span>`
          : item.errorsHidden
            ? html`<span class="error-mark inside" title=${messages.errorsInside(item.errorsHidden)}
                >${errorIcon()} ${item.errorsHidden}</span
              >`
            : nothing
      }<span class="title">${revealed(words.title)}</span
      >${words.about ? html`<span class="about">${revealed(words.about)}</span>` : nothing}${
        words.preview
          ? html`<span class="preview ${isFailed ? 'failed' : ''}" title=${revealedText(words.preview)}
              >${revealed(words.preview)}</span
            >`
          : nothing
      }</span
    ><span class="number time" role="gridcell">${figures?.time ?? ''}</span
    ><span class="number tokens" role="gridcell">${figures?.tokens ?? ''}</span
    ><span class="number cost" role="gridcell">${figures?.cost ?? ''}</span>
  </div>`;
}

function wordsOf({ steps, row, messages, settings, preview }: StepRow, type: StepType, span: Span): Words {
  const readable = (value: unknown): string => settings.readable(text(value ?? ''));
  const words = messages.views;
  switch (type) {
    case 'question':
      return {
        title: roleWord('user', messages),
        about: '',
        preview: readable(steps.questionAt(row)?.text),
      };
    case 'fold':
      return { title: words.folded(steps.foldedAt(row)), about: '', preview: '' };
    case 'folded':
      return { title: readable(span.name), about: readable(aboutSpan(span)), preview: readable(span.statusMessage) };
    case 'turn':
      return {
        title: words.turn(steps.turnAt(row)),
        about: readable(span.model ?? span.name),
        preview: failureOr(span, () => turnPreview(steps, row, preview, settings), settings),
      };
    case 'step':
      return {
        title: readable(span.kind === 'tool' || span.kind === 'agent' ? (span.label ?? span.name) : span.name),
        about: span.kind === 'tool' || span.kind === 'agent' ? '' : readable(aboutSpan(span)),
        preview: stepPreview(span, preview, messages, settings),
      };
  }
}

const failureOr = (span: Span, preview: () => string, settings: ViewSettings): string =>
  span.status === 'error' && span.statusMessage ? settings.readable(text(span.statusMessage)) : preview();

/** What the model said and asked for. The arguments of tools whose rows are below stand there. */
function turnPreview(steps: Steps, row: number, preview: StepPreview | undefined, settings: ViewSettings): string {
  if (!preview) return '';
  const { tree } = steps;
  const hasRows = tree.childCount[row]! > 0;
  const calls = preview.calls.map(({ name, input }) => {
    const called = settings.readable(text(name));
    return hasRows ? called : `${called}(${inShort(input, settings)})`;
  });
  const said = inShort(preview.output, settings);
  return [said, calls.length ? `→ ${calls.join(', ')}` : ''].filter(Boolean).join(' ');
}

/** What a step was given, and what it gave. */
function stepPreview(span: Span, preview: StepPreview | undefined, messages: Messages, settings: ViewSettings): string {
  const given = preview ? inShort(preview.input, settings) : '';
  const documents = preview?.documents ? messages.views.documents(preview.documents) : '';
  const gave = failureOr(span, () => documents || (preview ? inShort(preview.output, settings) : ''), settings);
  const input = span.kind === 'tool' ? `(${given})` : given;
  return [given ? input : '', gave ? `→ ${gave}` : ''].filter(Boolean).join(' ');
}

const inShort = (texts: readonly NamedText[], settings: ViewSettings): string =>
  texts
    .map(({ name, text: words }) => {
      const readable = settings.readable(words, name);
      return name ? `${settings.readable(name)}: ${readable}` : readable;
    })
    .join(', ');

/** Time of the span; tokens and cost of it and of what is inside it. */
function figuresOf(
  span: Span,
  type: StepType,
  { locale, running }: Messages,
): Record<'time' | 'tokens' | 'cost', string> {
  const { rollUp } = span.trace;
  const tokens = type === 'folded' ? NaN : rollUp.tokens[span.index]!;
  const cost = type === 'folded' ? NaN : rollUp.cost[span.index]!;
  return {
    time: span.isRunning ? running : span.duration === undefined ? '' : formatDuration(span.duration, locale),
    tokens: Number.isNaN(tokens) ? '' : formatCompact(tokens, locale),
    cost: Number.isNaN(cost) ? '' : formatCost(cost, locale),
  };
}
