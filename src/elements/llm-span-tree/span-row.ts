import { html, nothing, type TemplateResult } from 'lit';
import { formatCompact, formatCost, formatDuration, type Messages } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { revealed } from '../../internal/hidden-characters.js';
import { chevronIcon, errorIcon, kindIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { TimeScale } from '../../internal/time-scale.js';
import type { Span } from '../../model/index.js';
import { barOf } from './bar.js';

/** Deeper than this, the indent says little and a number is shown as well. */
const LEVELS_SHOWN_BY_INDENT = 12;
/** The first token is worth a note where its span takes a noticeable part of the lane, in percent. */
const NOTE_FROM_WIDTH = 3;
/** A bar that ends further on leaves no room for the note behind it, in percent. */
const NOTE_BEFORE_FROM = 86;
/** A bar that begins earlier leaves no room for the note before it either, in percent. */
const NOTE_BEFORE_UNTIL = 30;

/** What a row is to know beside its span. */
export interface RowContext {
  messages: Messages;
  scale: TimeScale;
  /** Place among the rows that are shown. */
  row: number;
  /** Where it stands in the element that holds the rows, in rows. */
  place: number;
  isActive: boolean;
  isSelected: boolean;
  isClosed: boolean;
  /** Whether what runs is known to be alive. */
  isLive: boolean;
  /** Errors among the spans that a closed one hides. */
  errorsHidden: number;
}

/** One span as a row of the treegrid. */
export function renderSpanRow(span: Span, context: RowContext): TemplateResult {
  const { messages, row, place, isActive, isSelected, isClosed } = context;
  const { tree } = span.trace;
  const position = span.index;
  const parent = tree.parent[position]!;
  const depth = tree.depth[position]!;
  const isParent = tree.childCount[position]! > 0;
  const siblings = parent < 0 ? tree.rootCount : tree.childCount[parent]!;
  const figures = figuresOf(span, messages);
  const about = aboutSpan(span);
  const sumTitle = isParent ? messages.withEverythingInside : nothing;
  return html`<div
    id="row-${position}"
    class="row ${isActive ? 'active' : ''}"
    part="row"
    role="row"
    data-span-id=${span.id}
    data-position=${position}
    data-kind=${span.kind}
    data-status=${span.status}
    aria-label=${spoken(span, about, figures, context)}
    aria-level=${depth + 1}
    aria-posinset=${tree.siblingIndex[position]! + 1}
    aria-setsize=${siblings}
    aria-rowindex=${row + 2}
    aria-expanded=${isParent ? String(!isClosed) : nothing}
    aria-selected=${String(isSelected)}
    .style=${`--row: ${place}; --depth: ${depth}`}
  >
    <span class="name" role="rowheader">
      ${depth ? html`<span class="indent"></span>` : nothing}
      ${depth > LEVELS_SHOWN_BY_INDENT ? html`<span class="level" title=${messages.levels(depth)}>${depth}</span>` : nothing}
      <span class="twisty">${isParent ? chevronIcon() : nothing}</span>
      <span class="kind-icon" title=${messages.kinds[span.kind]!}>${kindIcon(span.kind)}</span>
      <span class="label" title=${text(span.name)}>${revealed(text(span.name))}</span>
      ${about ? html`<span class="model">${about}</span>` : nothing} ${errorMark(span, context)}
    </span>
    <span role="gridcell" class="number time">${figures.time}</span>
    <span role="gridcell" class="number tokens" title=${sumTitle}>${figures.tokens}</span>
    <span role="gridcell" class="number cost" title=${sumTitle}>${figures.cost}</span>
    <span role="gridcell" class="lane">${renderBar(span, context)}</span>
  </div>`;
}

interface Figures {
  time: string;
  tokens: string;
  cost: string;
}

/** Time of the span; tokens and cost of all that is in it. */
function figuresOf(span: Span, { locale, running }: Messages): Figures {
  const { rollUp } = span.trace;
  const tokens = rollUp.tokens[span.index]!;
  const cost = rollUp.cost[span.index]!;
  return {
    time: span.isRunning ? running : span.duration === undefined ? '' : formatDuration(span.duration, locale),
    tokens: Number.isNaN(tokens) ? '' : formatCompact(tokens, locale),
    cost: Number.isNaN(cost) ? '' : formatCost(cost, locale),
  };
}

/** A screen reader in focus mode hears the row's name and nothing else of it. */
function spoken(span: Span, about: string, figures: Figures, { messages, errorsHidden }: RowContext): string {
  return [
    text(span.name),
    messages.kinds[span.kind],
    about,
    span.status === 'error' ? messages.errorMark : '',
    errorsHidden ? messages.errorsInside(errorsHidden) : '',
    figures.time,
    figures.tokens && `${figures.tokens} ${messages.tokens}`,
    figures.cost,
  ]
    .filter(Boolean)
    .join(', ');
}

function errorMark(span: Span, { messages, errorsHidden }: RowContext): TemplateResult | typeof nothing {
  if (span.status === 'error') {
    const title = text(span.statusMessage ?? '') || messages.errorMark;
    return html`<span class="error-mark" title=${title}
      >${errorIcon()}<span class="visually-hidden">${messages.errorMark}</span></span
    >`;
  }
  if (errorsHidden === 0) return nothing;
  return html`<span class="error-mark inside" title=${messages.errorsInside(errorsHidden)}
    >${errorIcon()}${String(errorsHidden)}</span
  >`;
}

function renderBar(span: Span, { messages, scale, isLive }: RowContext): TemplateResult {
  const bar = barOf(span, scale);
  if (!bar) return html`<span class="visually-hidden">${messages.barTextUnknown}</span>`;
  const { locale } = messages;
  const start = formatDuration(span.trace.startAt(span.index) - span.trace.startTime, locale);
  const firstToken = span.timeToFirstToken === undefined ? '' : formatDuration(span.timeToFirstToken, locale);
  const times = span.isRunning
    ? messages.barTextRunning(start)
    : messages.barText(start, formatDuration(span.duration ?? 0, locale));
  const said = firstToken ? `${times}, ${messages.firstTokenAfter(firstToken)}` : times;
  const style = `--left: ${bar.left}; --width: ${bar.width}`;
  const side = bar.left + bar.width > NOTE_BEFORE_FROM ? 'before' : 'after';
  const hasRoom = side === 'after' || bar.left > NOTE_BEFORE_UNTIL;
  return html`<span
      class="bar ${span.isRunning ? (isLive ? 'running live' : 'running') : ''}"
      part="bar"
      aria-hidden="true"
      .style=${style}
      title=${said}
      >${bar.waiting === undefined ? nothing : html`<span class="waiting" .style=${`--waiting: ${bar.waiting}`}></span>`}</span
    >
    ${
      firstToken && bar.width >= NOTE_FROM_WIDTH && hasRoom
        ? html`<span class="note ${side}" aria-hidden="true" .style=${style}
            >${messages.firstTokenNote(firstToken)}</span
          >`
        : nothing
    }
    <span class="visually-hidden">${said}</span>`;
}
