import { css } from 'lit';

export const searchFieldStyles = css`
  :host {
    contain: none;
    /* The suggestions lie on what is below. */
    position: relative;
    z-index: 5;
  }
  .frame {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    height: auto;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .field {
    position: relative;
    display: flex;
    flex: 1 1 260px;
    align-items: center;
    gap: 6px;
    min-width: 0;
    max-width: 640px;
    min-height: 28px;
    padding-inline-start: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
  }
  .field:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  .field.faulty {
    border-color: var(--_error);
  }
  input {
    flex: 1;
    min-width: 0;
    height: 26px;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
    color: var(--_text);
    text-overflow: ellipsis;
  }
  /* The field around it shows the focus. */
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .found {
    white-space: nowrap;
    color: var(--_muted);
  }
  .moves {
    display: flex;
    gap: 2px;
  }
  .icon-button:disabled {
    opacity: 0.4;
    cursor: default;
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 26px;
    color: var(--_muted);
    white-space: nowrap;
  }
  .switch:hover {
    color: var(--_text);
  }
  .track {
    width: 24px;
    height: 14px;
    padding: 2px;
    border: 1px solid var(--_muted);
    border-radius: 7px;
  }
  .track::before {
    content: '';
    display: block;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_muted);
  }
  [aria-checked='true'] .track {
    border-color: var(--_focus);
  }
  [aria-checked='true'] .track::before {
    margin-inline-start: auto;
    background: var(--_focus);
  }
  .close {
    margin-inline-start: auto;
  }
  progress {
    position: absolute;
    inset-inline: 0;
    inset-block-end: -1px;
    width: 100%;
    height: 2px;
    border: 0;
    appearance: none;
    background: none;
    accent-color: var(--_focus);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--_focus);
  }
  progress::-moz-progress-bar {
    background: var(--_focus);
  }
  .suggestions {
    position: absolute;
    inset-block-start: calc(100% + 3px);
    inset-inline: -1px;
    max-height: 240px;
    margin: 0;
    padding: 4px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
  }
  .suggestions[hidden] {
    display: none;
  }
  .suggestions button {
    display: flex;
    align-items: baseline;
    gap: 2px 12px;
    width: 100%;
    min-height: 26px;
    padding: 3px 8px;
    border-radius: 4px;
    cursor: default;
  }
  .suggestions button:hover {
    background: var(--_hover);
  }
  .suggestions button[aria-selected='true'] {
    background: var(--_selection);
  }
  .suggested {
    flex: none;
    max-width: 60%;
    overflow-wrap: anywhere;
    font-family: var(--_font-mono);
    font-size: 12px;
  }
  .suggestions .muted {
    font-size: var(--_font-size-small);
  }
  .spans {
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .fault {
    flex: 1 1 100%;
    margin: 0;
    color: var(--_error);
    overflow-wrap: anywhere;
  }
  .fault code {
    margin-inline-end: 8px;
    font-family: var(--_font-mono);
    font-size: 12px;
    white-space: pre-wrap;
    color: var(--_text);
  }
  .fault mark {
    padding-inline-end: 2px;
    border-block-end: 2px solid var(--_error);
    background: none;
    color: inherit;
  }
  @media (forced-colors: active) {
    .suggestions button[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .track::before {
      forced-color-adjust: none;
      background: CanvasText;
    }
    [aria-checked='true'] .track::before {
      background: Highlight;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
