import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const displayMenuStyles = css`
  :host {
    contain: none;
  }
  .frame {
    height: auto;
    max-height: inherit;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
    overflow: auto;
  }
  [role='dialog'] {
    padding: 8px;
  }
  [role='dialog']:focus-visible {
    outline: none;
  }
  fieldset {
    min-width: 0;
    margin: 4px 0 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 4px 6px 2px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 26px;
    padding: 2px 6px;
    border-radius: 4px;
  }
  .choice:hover {
    background: var(--_hover);
  }
  input {
    accent-color: var(--_focus);
  }
  input[type='search'] {
    box-sizing: border-box;
    width: 100%;
    min-height: 28px;
    margin-block: 6px 2px;
    padding: 2px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .words {
    ${cutText}
    flex: 1;
    min-width: 0;
  }
  small {
    display: block;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    white-space: normal;
  }
  .count,
  .muted {
    color: var(--_muted);
  }
  .muted {
    margin: 0;
    padding: 2px 6px;
    font-size: var(--_font-size-small);
  }
  [role='group'] {
    margin-block-start: 8px;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_line);
  }
  [role='group']:first-child {
    margin: 0;
    padding: 0;
    border: 0;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding-inline-start: 6px;
  }
  h3 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .button:disabled {
    color: var(--_muted);
    cursor: default;
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
