import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

export const findingsStyles = css`
  .frame {
    padding: 8px 14px;
    overflow: auto;
    background: var(--_surface);
  }
  .quiet {
    margin: 0;
    padding-block: 2px;
    color: var(--_muted);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .finding {
    display: flex;
    gap: 8px;
    padding-block: 5px;
  }
  .finding + .finding {
    border-block-start: 1px solid var(--_line);
  }
  .severity {
    flex: none;
    padding-block-start: 2px;
    color: var(--_muted);
  }
  [data-severity='warning'] .severity {
    color: var(--_warning);
  }
  [data-severity='error'] .severity {
    color: var(--_error);
  }
  .about {
    flex: 1;
    min-width: 0;
  }
  .words {
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    margin-block-start: 2px;
    font-size: 12px;
  }
  .span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-height: 24px;
    max-width: 100%;
    padding-inline: 4px;
    border-radius: var(--_radius);
  }
  .span .name {
    ${cutText}
  }
  .span:hover,
  .others:hover {
    background: var(--_hover);
    color: var(--_focus);
  }
  .span[aria-current='true'] {
    background: var(--_selection);
  }
  .others {
    min-height: 24px;
    padding-inline: 4px;
    border-radius: var(--_radius);
    color: var(--_focus);
  }
  details {
    flex-basis: 100%;
    color: var(--_muted);
  }
  summary {
    display: inline-flex;
    align-items: center;
    min-height: 24px;
    cursor: pointer;
  }
  summary:hover {
    color: var(--_text);
  }
  summary::before {
    content: '▸';
    content: '▸' / '';
    width: 1.1em;
  }
  summary:dir(rtl)::before {
    scale: -1 1;
  }
  details[open] summary::before {
    content: '▾';
    content: '▾' / '';
  }
  details p {
    margin: 0 0 4px;
    max-width: 80ch;
    color: var(--_text);
  }
  @media (forced-colors: active) {
    .span[aria-current='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
  @media print {
    .others {
      display: none;
    }
  }
`;
