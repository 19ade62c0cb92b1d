import { css } from 'lit';

/** What the tabs show: values, prompts, scores, documents. */
export const tabStyles = css`
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
  /* A tree needs the width. */
  .values dt:has(+ dd > llm-json) {
    grid-column: 1 / -1;
    padding-block-end: 0;
    border: 0;
  }
  .values dd:has(> llm-json) {
    grid-column: 1 / -1;
  }
  .scalar {
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  .compare {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .compare select {
    min-height: 26px;
    min-width: 0;
    max-width: 100%;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .calls {
    height: auto;
  }
  .maskable {
    min-height: 24px;
    padding-inline: 4px;
    border: 1px dashed var(--_muted);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }
  .maskable:hover {
    background: var(--_hover);
  }
  code.scalar,
  .template {
    font: 12px/1.5 var(--_font-mono);
  }
  .note {
    font-size: var(--_font-size-small);
    color: var(--_warning);
  }
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px;
  }
  .pages button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .event .go {
    color: var(--_focus);
    font-weight: 400;
  }

  .prompt-name {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    overflow-wrap: anywhere;
  }
  .template {
    margin-block-end: 0;
    padding: 10px 12px;
    border-radius: var(--_radius);
    background: var(--_surface);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .template mark {
    padding: 1px 2px;
    border-radius: 3px;
    color: inherit;
    background: color-mix(in srgb, var(--_focus) 16%, transparent);
    box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
  }
  .template mark.missing {
    background: none;
    outline: 1px dashed var(--_warning);
    color: var(--_warning);
  }

  .scores {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .scores li {
    padding-block-end: 8px;
    border-block-end: 1px solid var(--_line);
  }
  .judgement {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    overflow-wrap: anywhere;
  }
  .judgement strong {
    font-weight: 600;
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
    flex-wrap: wrap;
    align-items: center;
    gap: 0 10px;
    font-size: 12px;
    color: var(--_muted);
  }
  .document-id {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .move {
    flex: none;
    color: var(--_text);
  }
  .move.left-out {
    color: var(--_warning);
  }
  summary.beginning {
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .vector {
    font: 12px/1.5 var(--_font-mono);
    overflow-wrap: anywhere;
  }
  .documents .documents {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_line);
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr));
    gap: 14px 20px;
  }
  .columns > * {
    margin: 0;
    min-width: 0;
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
    .filter,
    .pages button {
      display: none;
    }
  }
`;
