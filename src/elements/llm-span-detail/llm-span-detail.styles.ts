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
  .actions {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }
  .close {
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
  .parent,
  .go {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .parent:hover,
  .go:hover {
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
  .callout.quiet {
    border-color: var(--_line);
    background: var(--_surface);
  }
  .tries {
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .tries .go {
    color: var(--_focus);
    vertical-align: bottom;
  }
  .stack {
    display: grid;
    gap: 2px;
  }
  .stack summary {
    padding-inline-start: 2ch;
    font-size: 12px;
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

  .feedback {
    flex: none;
  }
  .feedback-form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 6px 14px;
    border-block-start: 1px solid var(--_line);
  }
  .feedback-form input {
    flex: 1 1 120px;
    min-width: 0;
    min-height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .feedback-form [aria-pressed='true'] {
    color: var(--_focus);
    background: var(--_selection);
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
    .panel {
      overflow: visible;
    }
    .tabs,
    .close {
      display: none;
    }
  }
`;
