import { css } from 'lit';

export const detailStyles = css`
  :host {
    min-height: 0;
    container: llm-span-detail / inline-size;
  }
  .frame {
    display: flex;
    flex-direction: column;
  }
  .nothing {
    margin: auto;
    padding: 24px;
    color: var(--_muted);
  }
  .head {
    display: grid;
    gap: 4px;
    padding: 10px 14px 8px;
  }
  .title {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  h3 {
    margin: 0;
    min-width: 0;
    font-size: 14px;
    font-weight: 600;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .title .model {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .close {
    margin-inline-start: auto;
    align-self: start;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    font-size: 12px;
    color: var(--_muted);
  }
  .figures b {
    font-weight: 500;
    color: var(--_text);
  }
  .parent {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .parent:hover {
    color: var(--_focus);
  }
  .error-text {
    color: var(--_error);
  }

  .tabs {
    display: flex;
    flex: none;
    gap: 16px;
    padding-inline: 14px;
    overflow-x: auto;
    scrollbar-width: none;
    border-block-end: 1px solid var(--_line);
  }
  .tabs button {
    flex: none;
    padding: 6px 0;
    color: var(--_muted);
    white-space: nowrap;
  }
  .tabs button:hover {
    color: var(--_text);
  }
  .tabs button[aria-selected='true'] {
    color: var(--_text);
    font-weight: 500;
    box-shadow: inset 0 -2px var(--_focus);
  }
  .count {
    font-weight: 400;
    color: var(--_muted);
  }

  .panel {
    flex: 1;
    min-height: 0;
    padding: 14px;
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .panel > * + *,
  section > * + * {
    margin-block-start: 14px;
  }
  h4 {
    margin: 0 0 6px;
    font-size: var(--_font-size-small);
    font-weight: 500;
    color: var(--_muted);
  }
  p {
    margin: 0;
  }
  h4 + * {
    margin-block-start: 0;
  }
  .callout {
    display: grid;
    gap: 6px;
    padding: 8px 10px;
    border-inline-start: 2px solid var(--_error);
    border-radius: 0 var(--_radius) var(--_radius) 0;
    background: var(--_error-surface);
  }
  .callout strong {
    color: var(--_error);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .callout > * {
    margin: 0;
  }
  details {
    border-block-start: 1px solid transparent;
  }
  summary {
    cursor: pointer;
    color: var(--_muted);
  }
  summary + * {
    margin-block-start: 6px;
  }
  .tools {
    margin-block-start: 18px;
    padding-block-start: 10px;
    border-block-start: 1px solid var(--_line);
  }
  .tool {
    padding-block: 10px 0;
  }
  .tool h4 {
    color: var(--_text);
    font-size: var(--_font-size);
  }

  .values {
    display: grid;
    grid-template-columns: fit-content(45%) minmax(0, 1fr);
    margin: 0;
  }
  .values dt,
  .values dd {
    margin: 0;
    padding: 4px 0;
    border-block-end: 1px solid var(--_line);
    overflow-wrap: anywhere;
  }
  .values dt {
    padding-inline-end: 16px;
    color: var(--_muted);
  }
  .scalar {
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  .filter {
    width: 100%;
    margin-block-end: 8px;
    min-height: 28px;
    padding: 3px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .filter::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .documents {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .document {
    display: grid;
    gap: 4px;
    padding-block-end: 12px;
    border-block-end: 1px solid var(--_line);
  }
  .document-head {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: 12px;
    color: var(--_muted);
  }
  .document-id {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .score {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  .score-value {
    color: var(--_text);
  }
  .score-track {
    width: 90px;
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  .score-fill {
    display: block;
    width: calc(var(--width) * 1%);
    height: 100%;
    border-radius: 2px;
    background: var(--_retriever);
  }
  @container llm-span-detail (max-width: 380px) {
    .values {
      grid-template-columns: minmax(0, 1fr);
    }
    .values dt {
      padding-block-end: 0;
      border: 0;
      font-size: var(--_font-size-small);
    }
    .score-track {
      width: 48px;
    }
  }
  @media print {
    .panel {
      overflow: visible;
    }
    .tabs,
    .close {
      display: none;
    }
  }
`;
