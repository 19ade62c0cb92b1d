import { css } from 'lit';

/** The frame: head, tabs, errors, feedback. What the tabs show has `tabs/tab.styles.ts`. */
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
    align-items: flex-start;
    gap: 8px;
    min-width: 0;
    line-height: 26px;
  }
  .title .kind-icon {
    flex: none;
    padding-block-start: 6px;
  }
  .names {
    min-width: 0;
    padding-block: 3px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  h3 {
    display: inline;
    margin-inline-end: 4px;
    font-size: 14px;
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .title .model {
    color: var(--_muted);
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
  @media (forced-colors: active) {
    .tabs button[aria-selected='true'] {
      border-block-end: 2px solid Highlight;
    }
  }
  .count {
    font-weight: 400;
    color: var(--_muted);
  }

  .has-match {
    display: inline-block;
    width: 7px;
    height: 7px;
    margin-inline-start: 3px;
    border: 1px solid currentColor;
    border-radius: 50%;
    background: var(--_mark);
    vertical-align: 1px;
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

  .feedback {
    flex: none;
  }
  .feedback-form {
    border-block-start: 1px solid var(--_line);
  }
  @media print {
    .panel {
      overflow: visible;
    }
    .frame {
      height: auto;
    }
    .tabs,
    .feedback {
      display: none;
    }
  }
`;
