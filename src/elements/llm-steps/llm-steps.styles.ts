import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const stepsStyles = css`
  :host {
    container: llm-steps / inline-size;
  }
  .scroller {
    --_time: 68px;
    --_tokens: 60px;
    --_cost: 78px;
  }
  .long {
    --_time: 96px;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) var(--_time) var(--_tokens) var(--_cost);
    column-gap: 8px;
    padding-inline: 8px 14px;
  }
  .no-tokens {
    --_tokens: 0px;
  }
  .no-cost {
    --_cost: 0px;
  }
  .no-tokens .tokens,
  .no-cost .cost {
    visibility: hidden;
  }
  .header > * {
    line-height: 26px;
  }
  .header > :first-child {
    padding-inline-start: 22px;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rows .name {
    padding-inline-start: min(calc(var(--depth) * 18px), 30cqi);
  }
  .twisty {
    display: inline-block;
    width: 16px;
    margin-inline-end: 6px;
    height: 100%;
    vertical-align: top;
    text-align: center;
    color: var(--_muted);
  }
  .twisty:hover {
    color: var(--_text);
  }
  .twisty svg {
    transition: rotate 80ms;
  }
  [aria-expanded='true'] .twisty svg {
    rotate: 90deg;
  }
  :host(:dir(rtl)) [aria-expanded='false'] .twisty svg {
    rotate: 180deg;
  }
  /* From right to left each text is cut for itself: names in Latin letters run the other way. */
  :host(:dir(rtl)) .rows .name {
    display: flex;
  }
  :host(:dir(rtl)) .name > * {
    flex: none;
  }
  :host(:dir(rtl)) .rows .title,
  :host(:dir(rtl)) .about,
  :host(:dir(rtl)) .preview {
    ${cutText}
    flex: 0 1 auto;
  }
  /* Give way before the name does. */
  :host(:dir(rtl)) .about,
  :host(:dir(rtl)) .preview {
    flex-shrink: 9999;
  }
  .title {
    font-weight: 500;
    unicode-bidi: isolate;
  }
  .about,
  .preview {
    margin-inline-start: 8px;
    color: var(--_muted);
    unicode-bidi: isolate;
  }
  .turn .preview,
  .question .preview {
    color: var(--_text);
  }
  .preview.failed {
    color: var(--_error);
  }
  .error-mark.inside {
    font-size: var(--_font-size-small);
  }
  .question {
    background: var(--_surface);
    border-block-start: 1px solid var(--_line);
  }
  .fold .title,
  .folded .title {
    font-weight: 400;
    color: var(--_muted);
  }
  .number {
    color: var(--_muted);
  }
  .number.time {
    color: var(--_text);
  }
  @container llm-steps (max-width: 620px) {
    .scroller {
      --_tokens: 0px;
      --_cost: 0px;
    }
    .tokens,
    .cost {
      visibility: hidden;
    }
    .row {
      column-gap: 4px;
    }
    .rows .name {
      padding-inline-start: min(calc(var(--depth) * 10px), 20cqi);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .twisty svg {
      transition: none;
    }
  }
`;
