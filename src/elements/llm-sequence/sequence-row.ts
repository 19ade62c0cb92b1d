import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Sequence, SequenceRow } from '../../analysis/index.js';
import { formatDuration, type Messages } from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon } from '../../internal/first-icons.js';
import { chevronIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';

/** Half of the width of an activation bar, and the size of the point of an arrow, in px. */
const BAR = 5;
const POINT = 7;
/** How far an arrow of a lifeline to itself goes out, in px. */
const LOOP_BACK = 26;
/** Calls around a call whose activation is drawn. */
const MOST_AROUND = 100;

/** How words and places are found. */
export interface SequenceLook {
  readonly sequence: Sequence;
  readonly messages: Messages;
  readonly settings: ViewSettings;
  /** Width of a lifeline's column, and height of a row, in px. */
  readonly column: number;
  readonly height: number;
  /** 1 where the outside of the trace has a lifeline of its own, which is the first. */
  readonly outside: number;
}

interface RowState {
  readonly row: number;
  readonly count: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
}

export function lifelineName(lifeline: number, { sequence, messages, settings }: SequenceLook): string {
  if (lifeline < 0) return messages.views.start;
  const { name, others } = sequence.lifelines[lifeline]!;
  if (others > 0) return messages.views.others(others);
  return settings.readable(text(name)) || messages.noName;
}

export function renderSequenceRow(item: SequenceRow, state: RowState, look: SequenceLook): TemplateResult {
  const { sequence, messages, settings } = look;
  const { type, call } = item;
  const { span } = call;
  const words = messages.views;
  const { duration, errors, isRunning } = sequence.figures(item);
  const [from, to] = [lifelineName(call.from, look), lifelineName(call.to, look)];
  const time = isRunning ? messages.running : duration === undefined ? '' : formatDuration(duration, messages.locale);
  const name = settings.readable(text(span.name)) || messages.noName;
  const times = type === 'times' ? words.times(item.times) : '';
  const isFailed = errors > 0 && type !== 'return';
  const failure = isFailed ? (errors > 1 ? messages.errorCount(errors) : messages.errorMark) : '';
  const together = type === 'call' && call.isParallel ? words.atTheSameTime : '';
  const spoken =
    type === 'loop'
      ? [words.foldedExchanges(item.times), failure, time]
      : type === 'return'
        ? [words.returns(to, from), time]
        : [words.calls(from, to), name === to ? '' : name, times, together, failure, time];
  const shown = type === 'loop' ? words.foldedExchanges(item.times) : type === 'return' ? '' : name;
  const [x, end] = [placeOf(call.from, look), placeOf(call.to, look)];
  const start = type === 'loop' ? Math.min(x, end) + 12 : x === end ? x + LOOP_BACK + 6 : Math.min(x, end) + 10;
  // eslint-disable-next-line lit-a11y/accessible-name -- its name is its content: words that are not for the eye
  return html`<div
    id="row-${state.row}"
    class="row ${type} ${isFailed ? 'error' : ''} ${state.isActive ? 'active' : ''}"
    part="row"
    role="treeitem"
    data-row=${state.row}
    data-span-id=${type === 'return' || type === 'loop' ? nothing : span.id}
    data-kind=${span.kind}
    aria-level=${call.depth + (type === 'times' ? 2 : 1)}
    aria-posinset=${state.row + 1}
    aria-setsize=${state.count}
    aria-expanded=${type === 'loop' ? String(state.isOpen) : nothing}
    aria-selected=${String(state.isSelected)}
    .style=${`transform: translateY(${state.top}px)`}
  >
    <span class="visually-hidden">${revealedText(spoken.filter(Boolean).join(', '))}</span>
    <svg class="drawing" aria-hidden="true" width="100%" height=${look.height}>
      ${renderActivations(item, look)} ${type === 'loop' ? nothing : renderArrow(x, end, type === 'return', look)}
    </svg>
    <span class="label" aria-hidden="true" .style=${`left: ${start}px`}
      >${type === 'loop' ? html`<span class="twisty">${chevronIcon()}</span>` : nothing}${
        isFailed ? html`<span class="failed" title=${failure}>${errorIcon()}</span>` : nothing
      }${shown ? html`<span class="words" title=${revealedText(shown)}>${revealed(shown)}</span>` : nothing}<span
        class="figures"
        >${[item.type === 'times' ? `${item.times}×` : '', together ? '∥' : '', time].filter(Boolean).join(' · ')}</span
      ></span
    >
  </div>`;
}

/** The middle of a lifeline, in px. */
export const placeOf = (lifeline: number, { column, outside }: SequenceLook): number =>
  (lifeline + outside + 0.5) * column;

function renderArrow(from: number, to: number, isReturn: boolean, { height }: SequenceLook): SVGTemplateResult {
  const y = height - 12;
  if (from === to) {
    const out = from + LOOP_BACK;
    return svg`<path class="arrow" d="M${from + BAR} ${y - 10}H${out}V${y}H${from + BAR + POINT}"></path>
      <path class="point" d=${pointAt(from + BAR, y, -1)}></path>`;
  }
  const [start, end] = isReturn ? [to, from] : [from, to];
  const direction = Math.sign(end - start);
  const tip = end - direction * BAR;
  return svg`<path class="arrow" d="M${start + direction * BAR} ${y}H${tip - direction * POINT}"></path>
    <path class="point" d=${pointAt(tip, y, direction)}></path>`;
}

const pointAt = (x: number, y: number, direction: number): string =>
  `M${x} ${y}l${-direction * POINT} ${-POINT / 2}v${POINT}z`;

/** The bars of the calls that run while this row takes place, its own with them. */
function renderActivations({ type, call }: SequenceRow, look: SequenceLook): SVGTemplateResult[] {
  const { sequence, height } = look;
  const bars: SVGTemplateResult[] = [];
  const bar = (lifeline: number, kind: string, top: number, bottom: number): void => {
    const x = placeOf(lifeline, look) - BAR;
    bars.push(svg`<rect class="bar" data-kind=${kind} x=${x} y=${top} width=${2 * BAR} height=${bottom - top}></rect>`);
  };
  let at = call.parent;
  for (let around = 0; at >= 0 && around < MOST_AROUND; around++) {
    const { to, span, parent } = sequence.call(at);
    // Beyond the edges, so that the bars of rows join.
    bar(to, span.kind, -1, height + 1);
    at = parent;
  }
  bars.reverse();
  if (type === 'loop') return bars;
  const arrow = height - 12;
  const [top, bottom] = type === 'return' ? [-1, arrow + 3] : [arrow - 3, call.isLeaf ? arrow + 7 : height + 1];
  bar(call.to, call.span.kind, top, bottom);
  return bars;
}
