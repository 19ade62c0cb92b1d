import { css } from 'lit';

export const shareMenuStyles = css`
  :host {
    contain: none;
  }
  .frame {
    height: auto;
    max-height: inherit;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
    overflow: auto;
  }
  /* Files are read by others, whose pages are mostly white. */
  .paper {
    color-scheme: light;
  }
  button {
    display: block;
    width: 100%;
    min-height: 28px;
    padding: 4px 10px;
    border-radius: 4px;
  }
  button:hover {
    background: var(--_hover);
  }
  button[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }
  small {
    display: block;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  [role='menuitemcheckbox'] {
    padding-inline-start: 30px;
  }
  [role='menuitemcheckbox']::before {
    content: '';
    float: inline-start;
    width: 12px;
    height: 12px;
    margin: 3px 0;
    margin-inline-start: -20px;
    border: 1px solid var(--_muted);
    border-radius: 3px;
  }
  [role='menuitemcheckbox'][aria-checked='true']::before {
    border-color: var(--_focus);
    background: var(--_focus);
    box-shadow: inset 0 0 0 2px var(--_background);
  }
  hr {
    margin: 4px 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .status {
    margin: 4px 0 0;
    padding: 6px 10px;
    border-block-start: 1px solid var(--_line);
    overflow-wrap: anywhere;
  }
  .status:empty {
    display: none;
  }
  @media (forced-colors: active) {
    [role='menuitemcheckbox'][aria-checked='true']::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
