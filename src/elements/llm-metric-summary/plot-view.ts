import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { TimeBucket } from '../../analysis/index.js';
import { formatMoment, type Messages } from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { chosen, cursorAction, type CursorAction, type Marked } from './plot-cursor.js';
import { barsOf, extentOf, linePath, type Plot, type Series } from './plots.js';

/** What all plots of an element share. */
export interface PlotLook {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly buckets: readonly TimeBucket[];
  /** What is under the pointer, or where the keys are. */
  readonly marked: Marked | undefined;
  /** Plots whose table is open. */
  readonly tables: ReadonlySet<string>;
  act(action: CursorAction): void;
  openTable(plot: string, isOpen: boolean): void;
}

/** The share of a stretch of time that its bar takes. */
const BAR = 0.8;

/** A plot over time, what its colours mean, and the same as a table. */
export function renderPlot(plot: Plot, look: PlotLook): TemplateResult {
  const { messages, marked, buckets } = look;
  const { many } = messages;
  const title = plot.isTitleData ? shown(plot.title, look) : plot.title;
  const bucket = marked && buckets[marked.at];
  const extent = extentOf(plot);
  return html`<section class="plot" part="plot" aria-label=${revealedText(title)}>
    <div class="plot-head">
      <h3 title=${revealedText(title)}>${revealed(title)}</h3>
      <span class="muted">${bucket ? formatMoment(bucket.start, messages) : nothing}</span>
    </div>
    <ul class="legend">
      ${plot.series.map(
        (series, at) =>
          html`<li>
            <span class=${`swatch ${colourOf(series, at)}`}></span>
            <span class="series-name">${revealed(seriesName(series, look))}</span>
            <b>${figureText(plot, marked ? series.values[marked.at] : series.whole, messages)}</b>
          </li>`,
      )}
    </ul>
    <div
      class="area"
      role="slider"
      tabindex="0"
      aria-label=${many.tableOf(revealedText(title))}
      aria-describedby="plot-hint"
      aria-valuemin="0"
      aria-valuemax=${Math.max(0, buckets.length - 1)}
      aria-valuenow=${marked?.at ?? buckets.length - 1}
      aria-valuetext=${valueText(plot, look)}
      @keydown=${(event: KeyboardEvent) => onKeydown(event, look)}
      @pointerdown=${(event: PointerEvent) => onPointer(event, look)}
      @pointermove=${(event: PointerEvent) => onPointer(event, look)}
      @pointerup=${(event: PointerEvent) => onPointer(event, look)}
      @pointerleave=${(event: PointerEvent) => onPointer(event, look)}
      @pointercancel=${(event: PointerEvent) => onPointer(event, look)}
    >
      <svg aria-hidden="true" viewBox=${`0 0 ${buckets.length} 100`} preserveAspectRatio="none">
        ${plot.form === 'bars' ? bars(plot) : lines(plot, extent)}
      </svg>
      ${marked ? html`<div class="marked-time" .style=${placeOf(marked, buckets.length)}></div>` : nothing}
      <span class="most" aria-hidden="true">${plot.format(extent.most)}</span>
    </div>
    ${renderTable(plot, look, revealedText(title))}
  </section>`;
}

/** Words that come from the traces. */
const shown = (words: string, { settings }: PlotLook): string => settings.readable(text(words));

const seriesName = (series: Series, look: PlotLook): string => (series.isData ? shown(series.name, look) : series.name);

const colourOf = ({ isBad }: Series, at: number): string => (isBad ? 'bad-series' : `series-${at}`);

const figureText = (plot: Plot, value: number | undefined, { many }: Messages): string =>
  value === undefined ? many.unknown : plot.format(value);

/** What a screen reader says of the place of the keys. */
function valueText(plot: Plot, look: PlotLook): string {
  const { buckets, marked, messages } = look;
  const { many } = messages;
  const at = marked?.at ?? buckets.length - 1;
  const bucket = buckets[at];
  if (!bucket) return '';
  const figures = plot.series.map(
    (series) => `${revealedText(seriesName(series, look))} ${figureText(plot, series.values[at], messages)}`,
  );
  const moment = formatMoment(bucket.start, messages);
  if (marked && marked.anchor !== marked.at) {
    const [first, last] = [Math.min(marked.anchor, marked.at), Math.max(marked.anchor, marked.at)];
    return many.marked(formatMoment(buckets[first]!.start, messages), formatMoment(buckets[last]!.end, messages));
  }
  return `${moment}: ${figures.join(', ')}`;
}

const bars = (plot: Plot): SVGTemplateResult[] =>
  barsOf(plot).map((places, at) => {
    // One path a series: a shape for each bar would be many nodes.
    const path = places.map(
      ({ at: place, top, height }) =>
        `M${place + (1 - BAR) / 2} ${(100 * top).toFixed(2)}h${BAR}v${(100 * height).toFixed(2)}h${-BAR}z`,
    );
    return svg`<path class=${`bar ${colourOf(plot.series[at]!, at)}`} d=${path.join('')}></path>`;
  });

const lines = (plot: Plot, extent: { least: number; most: number }): SVGTemplateResult[] =>
  plot.series.map(
    (series, at) => svg`<path class=${`line ${colourOf(series, at)}`} d=${linePath(series, extent)}></path>`,
  );

function placeOf({ anchor, at }: Marked, count: number): string {
  const first = Math.min(anchor, at);
  const length = Math.abs(anchor - at) + 1;
  return `left: ${(100 * first) / count}%; width: ${(100 * length) / count}%`;
}

function onKeydown(event: KeyboardEvent, { marked, buckets, act }: PlotLook): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const action = cursorAction(event, marked, buckets.length);
  if (!action) return;
  event.preventDefault();
  act(action);
}

/** Hovering marks a stretch of time, dragging several; letting go chooses what is marked. */
function onPointer(event: PointerEvent, { marked, buckets, act }: PlotLook): void {
  const area = event.currentTarget as HTMLElement;
  const { left, width } = area.getBoundingClientRect();
  const at = Math.min(buckets.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * buckets.length)));
  const isDragging = area.hasPointerCapture(event.pointerId);
  switch (event.type) {
    case 'pointerdown':
      if (event.button !== 0) return;
      area.setPointerCapture(event.pointerId);
      return act({ type: 'mark', marked: { anchor: at, at } });
    case 'pointermove': {
      const anchor = isDragging && marked ? marked.anchor : at;
      if (marked?.at !== at || marked.anchor !== anchor) act({ type: 'mark', marked: { anchor, at } });
      return;
    }
    case 'pointerup':
      if (isDragging && marked) act(chosen(marked));
      return;
    default:
      if (!isDragging || event.type === 'pointercancel') act({ type: 'mark', marked: undefined });
  }
}

/** The figures of the plot in rows; each leads to its traces. */
function renderTable(plot: Plot, look: PlotLook, title: string): TemplateResult {
  const { messages, buckets } = look;
  const { many } = messages;
  const isOpen = look.tables.has(plot.id);
  return html`<details
    class="table"
    ?open=${isOpen}
    @toggle=${({ target }: Event) => look.openTable(plot.id, (target as HTMLDetailsElement).open)}
  >
    <summary>${many.asTable}</summary>
    ${
      isOpen
        ? html`<div class="table-frame" role="region" tabindex="0" aria-label=${many.tableOf(title)}>
            <table>
              <thead>
                <tr>
                  <th scope="col">${many.time}</th>
                  ${plot.series.map((series) => html`<th scope="col">${revealed(seriesName(series, look))}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${buckets.map(
                  ({ start, traces }, at) =>
                    html`<tr>
                      <th scope="row">
                        <button
                          type="button"
                          class="link-button"
                          ?disabled=${traces.length === 0}
                          @click=${() => look.act({ type: 'choose', at })}
                        >
                          ${formatMoment(start, messages)}
                        </button>
                      </th>
                      ${plot.series.map(({ values }) => html`<td>${cell(plot, values[at])}</td>`)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : nothing
    }
  </details>`;
}

const cell = (plot: Plot, value: number | undefined): string => (value === undefined ? '' : plot.format(value));
