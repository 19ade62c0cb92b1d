import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const spanTableStyles = css`
  :host {
    container: llm-span-table / inline-size;
  }
  .scroller {
    --_kind-width: 92px;
    --_start: 84px;
    --_duration: 84px;
    --_own: 84px;
    --_tokens: 66px;
    --_cost: 84px;
    --_status: 64px;
    --_model: minmax(80px, 0.5fr);
    --_service: minmax(80px, 0.4fr);
  }
  .long {
    --_start: 100px;
    --_duration: 100px;
    --_own: 100px;
  }
  .row {
    display: grid;
    grid-template-columns:
      minmax(120px, 1.4fr) var(--_kind-width) var(--_start) var(--_duration) var(--_own) var(--_tokens) var(--_cost)
      var(--_status) var(--_model) var(--_service);
    padding-inline: 8px 14px;
  }
  .cell {
    padding-inline: 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .header .cell {
    line-height: 26px;
  }
  .header button {
    width: 100%;
    height: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: inherit;
  }
  .header button:hover {
    color: var(--_text);
  }
  [aria-sort='ascending'],
  [aria-sort='descending'] {
    color: var(--_text);
  }
  [aria-sort='ascending'] button::after {
    content: ' ↑';
    content: ' ↑' / '';
  }
  [aria-sort='descending'] button::after {
    content: ' ↓';
    content: ' ↓' / '';
  }
  .rows .name {
    display: flex;
  }
  .rows .name > * {
    flex: none;
  }
  .rows .name > .words {
    ${cutText}
    flex: 0 1 auto;
  }
  .rows .kind,
  .rows .model,
  .rows .service {
    ${cutText}
  }
  .kind,
  .model,
  .service,
  .status,
  .number {
    color: var(--_muted);
    unicode-bidi: isolate;
  }
  .rows .number.duration {
    color: var(--_text);
  }
  .status.failed {
    color: var(--_error);
    font-weight: 500;
  }
  .sorting {
    position: absolute;
    inset-block-start: 28px;
    inset-inline-end: 14px;
    z-index: 3;
    padding: 2px 8px;
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_muted);
  }
  /* A column in which nothing stands is not there. */
  .no-tokens {
    --_tokens: 0px;
  }
  .no-cost {
    --_cost: 0px;
  }
  .no-model {
    --_model: 0px;
  }
  .no-service {
    --_service: 0px;
  }
  .no-tokens .tokens,
  .no-cost .cost,
  .no-model .model,
  .no-service .service {
    visibility: hidden;
    padding: 0;
  }
  @container llm-span-table (max-width: 900px) {
    .scroller {
      --_service: 0px;
    }
    .service {
      visibility: hidden;
      padding: 0;
    }
  }
  @container llm-span-table (max-width: 760px) {
    .scroller {
      --_status: 0px;
      --_own: 0px;
    }
    .status,
    .own {
      visibility: hidden;
      padding: 0;
    }
  }
  @container llm-span-table (max-width: 560px) {
    .scroller {
      --_model: 0px;
      --_kind-width: 0px;
      --_cost: 0px;
    }
    .model,
    .kind,
    .cost {
      visibility: hidden;
      padding: 0;
    }
  }
  @container llm-span-table (max-width: 420px) {
    .scroller {
      --_tokens: 0px;
    }
    .tokens {
      visibility: hidden;
      padding: 0;
    }
    .row {
      padding-inline: 4px;
    }
  }
`;
