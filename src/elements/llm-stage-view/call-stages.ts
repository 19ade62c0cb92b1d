import { html, nothing, type TemplateResult } from 'lit';
import { gapsOf, LATENCIES, stallsOf, type StageRecord, type StageTime } from '../../analysis/stages/index.js';
import { formatDuration } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { gapColumns } from './gap-columns.js';
import { lanesOf } from './lanes.js';
import { renderClock, renderLanes, stageName, type StageContext } from './stage-parts.js';

/** Rows of the table, and stalls, that are written out. */
const MOST_ROWS = 300;
const MOST_STALLS = 8;

/** What one source says of the times inside a call. */
export function renderRecord(context: StageContext, record: StageRecord): TemplateResult {
  const { stageView: words } = context.messages;
  const { from, measuredBy, arePlaced, stages } = record;
  const hasFirst = stages.some(({ stage }) => stage === 'first-token');
  return html`<section class="record" data-clock=${measuredBy}>
    <h4>${renderClock(context, measuredBy)} <code>${from}</code></h4>
    ${renderFigures(context, record)} ${stages.length ? renderLanes(context, lanesOf(stages)) : nothing}
    ${arePlaced ? html`<p class="quiet">${words.placed}</p>` : nothing}
    ${hasFirst ? html`<p class="quiet">${words.untilFirst}</p>` : nothing} ${renderGaps(context, record)}
    ${stages.length ? renderTable(context, record) : nothing}
  </section>`;
}

/** The main figures of a call in one sentence: as the client saw it, where that is known. */
export function sentenceOf({ messages }: StageContext, records: readonly StageRecord[]): string {
  const { stageView: words, locale } = messages;
  const record =
    records.find(({ measuredBy, figures }) => measuredBy === 'client' && figures.has('ttft')) ??
    records.find(({ figures }) => figures.has('ttft')) ??
    records.find(({ figures }) => figures.size > 0);
  if (!record) return '';
  const time = (name: 'ttft' | 'tpot' | 'e2e'): string | undefined => {
    const figure = record.figures.get(name);
    return figure && formatDuration(figure.value, locale);
  };
  const [first, each, whole] = [time('ttft'), time('tpot'), time('e2e')];
  const parts = [
    first === undefined ? undefined : words.first(first),
    each === undefined ? undefined : words.perToken(each),
    whole === undefined ? undefined : words.whole(whole),
  ].filter((part) => part !== undefined);
  return parts.length ? `${words.sentence(parts)} ${words.measuredByHint[record.measuredBy]}.` : '';
}

function renderFigures({ messages }: StageContext, { figures }: StageRecord): TemplateResult | typeof nothing {
  if (figures.size === 0) return nothing;
  const { stageView: words, locale } = messages;
  return html`<dl class="figures" aria-label=${words.figures}>
    ${LATENCIES.map((latency) => {
      const figure = figures.get(latency);
      if (!figure) return nothing;
      const { value, from, isDerived } = figure;
      return html`<div class="figure">
        <dt title=${words.latencyHints[latency]}>${words.latencies[latency]}</dt>
        <dd>
          <b>${formatDuration(value, locale)}</b>
          <small>${isDerived ? words.derived(from) : words.from(from)}</small>
        </dd>
      </div>`;
    })}
  </dl>`;
}

function renderGaps(context: StageContext, record: StageRecord): TemplateResult | typeof nothing {
  const { arrivals } = record;
  if (!arrivals || arrivals.times.length < 2) return nothing;
  const { stageView: words, locale } = context.messages;
  const time = (ms: number): string => formatDuration(ms, locale);
  const gaps = gapsOf(arrivals);
  const stalls = stallsOf(record);
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  const named = [...stalls].sort((one, other) => other.length - one.length).slice(0, MOST_STALLS);
  const about = `${words.longest(time(longest))}, ${stalls.length ? words.stalls(stalls.length) : words.noStalls}`;
  return html`<figure class="gaps">
    <figcaption>${words.gaps(arrivals.unit, arrivals.times.length)}: <b>${about}</b></figcaption>
    <div class="strip" aria-hidden="true">
      ${gapColumns(gaps, stalls).map(
        ({ height, isStall }) =>
          html`<span class="gap ${isStall ? 'stall' : ''}" .style=${`--height: ${height}`}></span>`,
      )}
    </div>
    ${
      named.length
        ? html`<ul class="stalls">
            ${named.map(({ length, after, start }) => html`<li>${words.stall(time(length), after + 1, time(start))}</li>`)}
          </ul>`
        : nothing
    }
    ${stalls.length ? html`<p class="quiet">${words.stallRule}</p>` : nothing}
    ${arrivals.unit === 'chunk' ? html`<p class="quiet">${words.chunksAreNoTokens}</p>` : nothing}
  </figure>`;
}

function renderTable(context: StageContext, { stages, arePlaced }: StageRecord): TemplateResult {
  const { messages } = context;
  const { stageView: words, locale } = messages;
  const time = (ms: number): string => formatDuration(ms, locale);
  const more = stages.length - MOST_ROWS;
  return html`<details class="table">
    <summary>${words.table}</summary>
    <div class="box">
      <table aria-label=${words.title}>
        <thead>
          <tr>
            <th scope="col">${words.stage}</th>
            ${arePlaced ? nothing : html`<th scope="col" class="number">${words.start}</th>`}
            <th scope="col" class="number">${words.duration}</th>
            <th scope="col">${words.details}</th>
          </tr>
        </thead>
        <tbody>
          ${stages.slice(0, MOST_ROWS).map(
            (stage) =>
              html`<tr>
                <th scope="row">${stageName(context, stage.stage)}</th>
                ${arePlaced ? nothing : html`<td class="number">${time(stage.start)}</td>`}
                <td class="number">${time(stage.end - stage.start)}</td>
                <td>${revealed(detailsOf(context, stage))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="quiet">${messages.moreNotShown(more)}</p>` : nothing}
  </details>`;
}

function detailsOf({ messages: { stageView: words }, settings }: StageContext, stage: StageTime): string {
  const { tokensIn, tokensOut, cached, batch, request, on } = stage;
  const parts = [
    tokensIn === undefined ? '' : words.tokensIn(tokensIn),
    cached === undefined ? '' : words.cached(cached),
    tokensOut === undefined ? '' : words.tokensOut(tokensOut),
    batch === undefined ? '' : words.batch(batch),
    request === undefined ? '' : words.request(settings.readable(request)),
    on === undefined ? '' : words.on(settings.readable(on)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
