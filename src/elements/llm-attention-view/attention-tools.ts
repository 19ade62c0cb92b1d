import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { InternalsAttention } from '../../internals/index.js';
import { percent } from '../llm-token-view/token-words.js';
import type { AttentionHeads } from './attention-heads.js';
import { LOG_BEGIN, type HeatScale } from './heat-map.js';
import type { HeadPool } from './matrix.js';

/** What a person may change. */
interface Changes {
  record?: number;
  layer?: number;
  head?: number | HeadPool;
  hideSink?: boolean;
  scale?: HeatScale;
  isTable?: boolean;
}

export interface Tools extends Required<Changes> {
  heads: AttentionHeads;
  records: readonly InternalsAttention[];
  zoom: number;
  mostZoom: number;
  /** The greatest value, and where the scale ends. */
  greatest: number;
  end: number;
  messages: Messages;
  change(changes: Changes): void;
  zoomBy(by: 1 | -1): void;
}

/** What is beyond the end by no more is rounding. */
const CLEARLY = 1.01;
const POOLS: readonly HeadPool[] = ['mean', 'max'];

/** What is shown, and how. */
export function renderTools(tools: Tools): TemplateResult {
  const { heads, records, messages, change, isTable } = tools;
  const words = messages.attentionView;
  const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
  const toggle = (words: string, isOn: boolean, changes: Changes): TemplateResult =>
    html`<button type="button" class="button" aria-pressed=${String(isOn)} @click=${() => change(changes)}>
      ${words}
    </button>`;
  return html`<div class="tools" part="toolbar">
    ${
      records.length > 1
        ? html`<label
            >${words.record}
            <select @change=${(event: Event) => change({ record: Number(chosen(event)) })}>
              ${records.map(
                (record, at) =>
                  html`<option value=${at} ?selected=${at === tools.record}>${recordText(record, messages)}</option>`,
              )}
            </select></label
          >`
        : html`<span class="quiet">${recordText(heads.of, messages)}</span>`
    }
    <label
      >${words.layer}
      <select @change=${(event: Event) => change({ layer: Number(chosen(event)) })}>
        ${heads.layers.map((layer) => html`<option value=${layer} ?selected=${layer === tools.layer}>${layer}</option>`)}
      </select></label
    >
    <label
      >${words.head}
      <select
        @change=${(event: Event) => {
          const value = chosen(event);
          change({ head: value === 'mean' || value === 'max' ? value : Number(value) });
        }}
      >
        ${heads.heads.map((head) => html`<option value=${head} ?selected=${head === tools.head}>${head}</option>`)}
        ${POOLS.map((pool) => html`<option value=${pool} ?selected=${pool === tools.head}>${words.pools[pool]}</option>`)}
      </select></label
    >
    ${toggle(words.hideSink, tools.hideSink, { hideSink: !tools.hideSink })}
    ${
      isTable
        ? nothing
        : html`${toggle(words.logScale, tools.scale === 'log', { scale: tools.scale === 'log' ? 'linear' : 'log' })}
          ${tools.mostZoom > 0 ? renderZoom(tools) : nothing}`
    }
    ${toggle(messages.tokenView.table, isTable, { isTable: !isTable })} ${isTable ? nothing : renderLegend(tools)}
  </div>`;
}

const recordText = ({ type, captured }: InternalsAttention, { attentionView: words }: Messages): string =>
  `${words.types[type]}, ${words.captured[captured]}`;

function renderZoom({ zoom, mostZoom, zoomBy, messages: { attentionView: words } }: Tools): TemplateResult {
  return html`<button
      type="button"
      class="button"
      aria-label=${words.zoomOut}
      ?disabled=${zoom === 0}
      @click=${() => zoomBy(-1)}
    >
      <span aria-hidden="true">−</span>
    </button>
    <button
      type="button"
      class="button"
      aria-label=${words.zoomIn}
      ?disabled=${zoom === mostZoom}
      @click=${() => zoomBy(1)}
    >
      <span aria-hidden="true">+</span>
    </button>`;
}

function renderLegend({ scale, greatest, end, messages }: Tools): TemplateResult | typeof nothing {
  if (!(end > 0)) return nothing;
  const begin = scale === 'log' ? `≤ ${percent(end * LOG_BEGIN, messages)}` : '0';
  return html`<span class="legend"
    ><span class="scale"
      >${begin}
      <span class="ramp" aria-hidden="true"></span>
      ${greatest > end * CLEARLY ? '≥ ' : ''}${percent(end, messages)}</span
    >
    <span class="absent-sample" aria-hidden="true"></span> ${messages.attentionView.ahead}</span
  >`;
}
