import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatDuration } from '../../i18n/format.js';
import { html } from '../../internal/tight-html.js';
import type { TimeScale } from '../../internal/time-scale.js';
import type { Trace } from '../../model/index.js';

/** In percent of the lane: a label further on would be cut off by its end. */
const LAST_LABEL = 90;
/** In percent of the lane: labels that are closer together would lie on one another. */
const LEAST_DISTANCE = 11;
/** A minute and more is written with two units. */
const LONG = 60_000;

/** A stretch that is cut short, in percent of the lane. */
interface Break {
  readonly at: number;
  readonly wide: number;
  readonly length: string;
}

/** Moments of the trace in percent of the lane. */
const percentOf = (scale: TimeScale, moment: number): number => scale.fraction(scale.start + moment) * 100;

const breaksOf = (scale: TimeScale, { locale }: FirstMessages): Break[] =>
  (scale.map?.breaks ?? []).map(({ start, end }) => {
    const at = percentOf(scale, start);
    return { at, wide: percentOf(scale, end) - at, length: formatDuration(end - start, locale) };
  });

const place = (at: number): string => `--at: ${at}`;

const stretch = ({ at, wide }: Break): string => `--at: ${at}; --wide: ${wide}`;

/** The names of the columns, and the axis above the lanes: what moments there are, and what of the time is not to scale. */
export function renderHeader(scale: TimeScale, ticks: readonly number[], messages: FirstMessages): TemplateResult {
  const { display, locale } = messages;
  const breaks = breaksOf(scale, messages);
  const isInOrder = scale.map !== undefined && scale.map.unit === undefined;
  const note = isInOrder ? display.inOrder : breaks.length ? display.idleCut(breaks.length) : '';
  const isFree = (at: number): boolean => breaks.every((idle) => Math.abs(idle.at - at) >= LEAST_DISTANCE);
  return html`<div class="row header" part="header" role="row" aria-rowindex="1">
    <span role="columnheader">${messages.columnSpan}</span>
    <span role="columnheader" class="number time">${messages.columnTime}</span>
    <span role="columnheader" class="number tokens">${messages.columnTokens}</span>
    <span role="columnheader" class="number cost">${messages.columnCost}</span>
    <span role="columnheader" class="lane">
      <span class="visually-hidden">${note ? `${messages.columnTimeline}, ${note}` : messages.columnTimeline}</span>
      ${ticks.map((tick) => {
        const at = percentOf(scale, tick);
        if (at > LAST_LABEL || !isFree(at)) return nothing;
        const words = tick === 0 ? '0' : formatDuration(tick, locale);
        return html`<span class="tick" aria-hidden="true" .style=${place(at)} .textContent=${words}></span>`;
      })}
      ${breaks.map((idle, index) => {
        const hasRoom = index === 0 || idle.at - breaks[index - 1]!.at >= LEAST_DISTANCE;
        return html`<span class="break" aria-hidden="true" title=${display.idle(idle.length)} .style=${stretch(idle)}
          >${hasRoom ? html`<span>${idle.length}</span>` : nothing}</span
        >`;
      })}
    </span>
  </div>`;
}

/** Lines down all lanes, and bands where the time is cut short. */
export function renderGrid(scale: TimeScale, ticks: readonly number[], messages: FirstMessages): TemplateResult {
  // Painted by the lane: none of them is a node.
  const lines = ticks.map((tick) => {
    const at = percentOf(scale, tick);
    return `linear-gradient(var(--_line) 0 0) calc(${at}% + ${at / 100}px) 0 / 1px 100% no-repeat`;
  });
  return html`<span class="lane" .style=${`background: ${lines.join(', ')}`}>
    ${breaksOf(scale, messages).map((idle) => html`<span class="break" .style=${stretch(idle)}></span>`)}
  </span>`;
}

/** So many spans, where not all were asked yet, are to tell which figures there are. */
const ASKED = 32;

/**
 * Classes that say how much room the columns of figures need.
 *
 * @param areSummed whether it is known which figures there are: until then, the first spans speak for all
 */
export function columnClasses(trace: Trace | undefined, areSummed: boolean, { duration }: TimeScale): string {
  const classes = [];
  // Most have tokens: what stands ready for a trace has room for them.
  const [hasTokens, hasCost] = !trace?.spans.length
    ? [true]
    : areSummed
      ? [trace.usage, trace.cost]
      : statedAtFirst(trace);
  if (hasTokens === undefined) classes.push('no-tokens');
  if (hasCost === undefined) classes.push('no-cost');
  if (trace && duration >= LONG) classes.push('long');
  return classes.join(' ');
}

function statedAtFirst({ table, rowsByPosition }: Trace): [tokens: unknown, cost: unknown] {
  const rows = Array.from(rowsByPosition.subarray(0, ASKED));
  return [rows.find((row) => table.usageAt(row)), rows.find((row) => table.costAt(row) !== undefined)];
}
