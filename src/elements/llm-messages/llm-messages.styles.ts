import { css } from 'lit';

export const messagesStyles = css`
  :host {
    container: llm-messages / inline-size;
  }
  .frame {
    height: auto;
    background: none;
  }
  ol {
    display: grid;
    gap: 14px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .message {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    gap: 12px;
  }
  .role {
    padding-block-start: 1px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .role strong {
    display: block;
    font-weight: 500;
    color: var(--_text);
  }
  .body {
    display: grid;
    gap: 8px;
    min-width: 0;
  }
  .message[data-role='user'] .role strong {
    color: var(--_llm);
  }
  .message[data-role='assistant'] .role strong {
    color: var(--_agent);
  }
  .message[data-role='tool'] .role strong {
    color: var(--_tool);
  }
  .written {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: var(--_font-size-small);
    color: var(--_focus);
  }
  .written::after {
    content: '';
    flex: 1;
    height: 1px;
    background: currentColor;
    opacity: 0.35;
  }
  .card {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  .card header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-height: 28px;
    padding: 3px 10px;
    background: var(--_surface);
  }
  .card header .tool-name {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .card header svg {
    color: var(--_tool);
  }
  .card.failed header,
  .card.failed header svg {
    color: var(--_error);
  }
  .card .content {
    padding: 8px 10px;
    border-block-start: 1px solid var(--_line);
  }
  .link {
    margin-inline-start: auto;
    font-size: var(--_font-size-small);
    color: var(--_focus);
  }
  .link:hover {
    text-decoration: underline;
  }
  .flash {
    outline: 2px solid var(--_focus);
  }
  details,
  .placeholder {
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
  }
  summary,
  .placeholder {
    padding: 4px 10px;
    overflow-wrap: anywhere;
  }
  summary {
    cursor: pointer;
  }
  details > llm-text-block {
    padding: 4px 10px 8px;
  }
  .refusal {
    padding: 4px 10px;
    border-inline-start: 2px solid var(--_error);
  }
  .citations {
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_line);
    font-size: var(--_font-size-small);
  }
  .citations p {
    margin: 0;
  }
  .citations ol {
    gap: 4px;
    padding-inline-start: 2.5ch;
    list-style: decimal;
  }
  .citations li {
    overflow-wrap: anywhere;
  }
  .citations a {
    color: var(--_focus);
    unicode-bidi: isolate;
  }
  .citations blockquote {
    margin: 2px 0 0;
    color: var(--_muted);
  }
  .finish {
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  @container llm-messages (max-width: 380px) {
    .message {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .role strong {
      display: inline;
    }
  }
`;
