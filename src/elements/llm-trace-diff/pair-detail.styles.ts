import { css } from 'lit';

/** Of the comparison of two spans: figures, messages, texts with what differs in them. */
export const pairStyles = css`
  .detail {
    position: relative;
    flex: 1 1 0;
    min-width: 0;
    padding: 10px 14px 16px;
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .close {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
  }
  .pair-header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding-inline-end: 28px;
  }
  h3,
  h4 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  h4 .muted {
    font-weight: 400;
  }
  section {
    margin-block-start: 16px;
  }
  .badge {
    padding: 1px 7px;
    border: 1px solid color-mix(in srgb, var(--_change) 45%, transparent);
    border-radius: 99px;
    font-size: var(--_font-size-small);
    font-weight: 400;
    color: var(--_change);
    white-space: nowrap;
  }
  .facts {
    width: 100%;
    margin-block-start: 8px;
    border-collapse: collapse;
  }
  .facts th,
  .facts td {
    padding: 2px 10px 2px 0;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  .facts th,
  .facts .equal td {
    color: var(--_muted);
  }
  .facts tbody th {
    width: 1%;
    white-space: nowrap;
  }
  .facts td:last-child {
    white-space: nowrap;
  }
  .note {
    margin: 4px 0 0;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .messages,
  .messages ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .messages > li {
    margin-block-start: 8px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_change);
  }
  .messages details li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .messages strong {
    font-weight: 500;
  }
  summary {
    min-height: 24px;
    color: var(--_muted);
    cursor: pointer;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  dl {
    margin: 6px 0 0;
  }
  dt {
    overflow-wrap: anywhere;
  }
  .detail dd {
    margin: 0 0 8px;
  }
  .text {
    max-width: 100%;
    margin: 4px 0 0;
    font: var(--_font-size) / 1.5 var(--_font);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  ins,
  del {
    border-radius: 2px;
    color: inherit;
  }
  ins {
    background: color-mix(in srgb, var(--_added) 20%, transparent);
    text-decoration: underline;
    text-decoration-color: var(--_added);
    text-underline-offset: 2px;
  }
  del {
    background: color-mix(in srgb, var(--_missing) 16%, transparent);
    text-decoration: line-through;
    text-decoration-color: var(--_missing);
  }
  .unfold {
    display: inline-block;
    min-height: 24px;
    margin-inline: 4px;
    padding: 0 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .unfold:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .beside {
    width: 100%;
    margin-block-start: 4px;
    border-collapse: collapse;
    table-layout: fixed;
  }
  .beside th {
    padding-block: 2px;
    font-size: var(--_font-size-small);
    font-weight: 400;
    text-align: start;
    color: var(--_muted);
  }
  .beside td {
    padding: 0;
    vertical-align: top;
  }
  .beside :is(th, td):first-child {
    padding-inline-end: 10px;
  }
  .beside :is(th, td):last-child {
    padding-inline-start: 10px;
    border-inline-start: 1px solid var(--_line);
  }
  .beside .text {
    margin: 0;
  }

  @container llm-trace-diff (max-width: 560px) {
    .detail {
      padding-inline: 10px;
    }
    .beside thead,
    .beside .same td:last-child {
      display: none;
    }
    .beside tbody,
    .beside :is(tr, td) {
      display: block;
    }
    .beside :is(th, td):is(:first-child, :last-child) {
      padding-inline: 0;
      border: 0;
    }
  }
  @media (forced-colors: active) {
    .messages > li {
      border-color: CanvasText;
    }
  }
`;
