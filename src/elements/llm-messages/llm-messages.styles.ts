import { css } from 'lit';

export const messagesStyles = css`
  :host {
    container: llm-messages / inline-size;
  }
  .frame {
    height: auto;
    background: none;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    margin-block-end: 12px;
    font-size: var(--_font-size-small);
  }
  .bar .button {
    min-height: 24px;
    padding-inline: 8px;
    color: var(--_muted);
  }
  .bar .button:hover {
    color: var(--_text);
  }
  .button[aria-pressed='true'] {
    color: var(--_focus);
    border-color: currentColor;
  }
  .space {
    flex: 1;
  }
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .message {
    display: grid;
    grid-template-columns: 104px minmax(0, 1fr);
    gap: 12px;
    border-radius: var(--_radius);
    --_role: var(--_muted);
  }
  .message[data-role='user'] {
    --_role: var(--_llm);
  }
  .message[data-role='assistant'] {
    --_role: var(--_agent);
  }
  .message[data-role='tool'] {
    --_role: var(--_tool);
  }
  .message[data-role='system'],
  .message[data-role='developer'] {
    --_role: var(--_prompt);
  }
  .role {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 6px;
    align-self: start;
    padding-block-start: 1px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .role .icon {
    color: var(--_role);
  }
  .who {
    /* With one button beside it; another one goes below. */
    flex: 1 1 48px;
    min-width: 0;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .who strong {
    display: block;
    font-weight: 500;
    color: var(--_role);
  }
  .role .copy {
    margin-block-start: -6px;
    opacity: 0;
  }
  .message:hover > .role .copy,
  .copy:focus-visible,
  .copy.done {
    opacity: 1;
  }
  @media (hover: none) {
    .role .copy {
      opacity: 1;
    }
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    min-width: 0;
    --llm-json-height: 320px;
  }
  .heading {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--_muted);
  }
  .heading.new,
  .heading.wrote {
    color: var(--_focus);
  }
  .heading::after {
    content: '';
    flex: 1;
    height: 1px;
    background: currentColor;
    opacity: 0.35;
  }
  h4 {
    margin: 0;
    font: inherit;
    font-size: var(--_font-size-small);
  }
  .continuation {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 6px 10px;
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
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
  .tool-name {
    min-width: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
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
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin-inline-start: auto;
  }
  .go {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    gap: 4px;
    min-height: 24px;
    font-size: var(--_font-size-small);
    color: var(--_focus);
  }
  .go:hover {
    text-decoration: underline;
  }
  .structured {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .structured .go {
    justify-self: end;
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
  details > llm-text-block,
  details > llm-json {
    padding: 4px 10px 8px;
  }
  .tools {
    margin-block-start: 18px;
  }
  .tools .card {
    margin: 8px;
    border-style: solid;
    color: var(--_text);
  }
  .tools .links {
    margin: 0;
  }
  .tools .content {
    display: grid;
    gap: 8px;
    --llm-json-height: 320px;
  }
  .refusal {
    padding: 4px 10px;
    border-inline-start: 2px solid var(--_error);
    background: var(--_error-surface);
  }
  .refused {
    font-weight: 500;
    color: var(--_error);
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
  .citations blockquote {
    margin: 2px 0 0;
    color: var(--_muted);
  }
  .finish {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .finish.unusual {
    color: var(--_warning);
  }
  .finish strong {
    font-weight: 600;
  }
  @container llm-messages (max-width: 420px) {
    .message {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .role {
      align-items: center;
    }
    .role .copy {
      margin-block: -6px;
    }
    .who strong {
      display: inline;
    }
    .bar .space {
      flex-basis: 100%;
    }
  }
  @media print {
    .bar .button,
    .role .copy,
    .go {
      display: none;
    }
  }
`;
