import { css } from 'lit';

export const maskBarStyles = css`
  :host {
    flex: none;
    contain: none;
  }
  .frame {
    height: auto;
    max-height: 40cqb;
    padding: 8px 14px;
    border: 0;
    border-block: 1px solid var(--_line);
    border-radius: 0;
    background: var(--_surface);
    overflow: auto;
  }
  p {
    margin: 0;
    color: var(--_muted);
    font-size: var(--_font-size-small);
  }
  .status:empty {
    display: none;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block: 6px;
  }
  textarea {
    flex: 1 1 160px;
    min-width: 0;
    min-height: 26px;
    margin: 0;
    padding: 2px 8px;
    resize: vertical;
    font: inherit;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
  }
  summary {
    min-height: 24px;
    cursor: pointer;
  }
  ul {
    margin: 0 0 6px;
    padding: 0;
    list-style: none;
  }
  li {
    padding-block: 3px;
    overflow-wrap: anywhere;
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
