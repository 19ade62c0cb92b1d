import { html, nothing, svg, type TemplateResult } from 'lit';
import type { GradientTable } from '../../analysis/gradients/index.js';
import type { Messages } from '../../i18n/index.js';
import { formatMagnitude } from './magnitude.js';
import type { StepRange } from './step-range.js';

/** Columns of a line at the most. */
const COLUMNS = 400;
/** A line is drawn on a logarithmic scale from this ratio of its greatest to its least. */
const LOGARITHMIC_FROM = 100;

/** What is told of each step beside the norms, with its name. */
export function coursesOf(
  { loss, learningRate, global, isGlobal }: GradientTable,
  { gradientView: words }: Messages,
): { name: string; values: Float64Array }[] {
  const all = [
    { name: words.loss, values: loss },
    { name: words.learningRate, values: learningRate },
    { name: words.global, values: isGlobal ? undefined : global },
  ];
  return all.filter((course): course is { name: string; values: Float64Array } => course.values !== undefined);
}

/** Lines over the map, on the same steps. Where a value is no number, a tick stands at the top. */
export function renderCourses(table: GradientTable, range: StepRange, messages: Messages): TemplateResult[] {
  return coursesOf(table, messages).map(({ name, values }) => {
    const { path, ticks, isLogarithmic, least, greatest } = lineOf(values, range);
    const words = messages.gradientView;
    const figure = (value: number): string => formatMagnitude(value, messages.locale);
    return html`<div class="course">
      <span class="name">${name}${isLogarithmic ? html` <small>${words.logarithmic}</small>` : nothing}</span>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="line" d=${path}></path><path class="ticks" d=${ticks}></path>`}
      </svg>
      <span class="ends" aria-hidden="true"
        >${Number.isFinite(greatest) ? html`<span>${figure(greatest)}</span><span>${figure(least)}</span>` : nothing}</span
      >
    </div>`;
  });
}

function lineOf(
  values: Float64Array,
  { from, to }: StepRange,
): { path: string; ticks: string; isLogarithmic: boolean; least: number; greatest: number } {
  const shown = to - from;
  const columns = Math.min(COLUMNS, shown);
  const points: [column: number, least: number, greatest: number][] = [];
  const odd: number[] = [];
  let least = Infinity;
  let greatest = -Infinity;
  for (let column = 0; column < columns; column++) {
    const end = from + Math.floor(((column + 1) * shown) / columns);
    let low = Infinity;
    let high = -Infinity;
    let hasOdd = false;
    for (let at = from + Math.floor((column * shown) / columns); at < end; at++) {
      const value = values[at]!;
      if (Number.isFinite(value)) {
        if (value < low) low = value;
        if (value > high) high = value;
      } else hasOdd = true;
    }
    if (low <= high) points.push([column, low, high]);
    if (hasOdd) odd.push(column);
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
  }
  const isLogarithmic = least > 0 && greatest / least > LOGARITHMIC_FROM;
  const scale = isLogarithmic ? Math.log10 : (value: number): number => value;
  const [bottom, top] = [scale(least), scale(greatest)];
  const x = (column: number): string => ((column + 0.5) / columns).toFixed(4);
  const y = (value: number): string =>
    (0.95 - 0.9 * (top > bottom ? (scale(value) - bottom) / (top - bottom) : 0.5)).toFixed(4);
  let path = '';
  let before = -2;
  for (const [column, low, high] of points) {
    // A gap is a gap.
    path += `${column === before + 1 ? 'L' : 'M'}${x(column)} ${y(high)}L${x(column)} ${y(low)}`;
    before = column;
  }
  const ticks = odd.map((column) => `M${x(column)} 0V.25`).join('');
  return { path, ticks, isLogarithmic, least, greatest };
}
