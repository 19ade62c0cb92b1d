import { css } from 'lit';

export const listStyles = css`
  :host {
    container: llm-trace-list / inline-size;
    min-height: 0;
  }
  .frame {
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    border-block-end: 1px solid var(--_line);
  }
  .trace {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) 76px 88px 60px auto;
    align-items: center;
    gap: 2px 14px;
    width: 100%;
    min-height: 40px;
    padding: 6px 14px;
  }
  .no-cost .trace {
    grid-template-columns: 14px minmax(0, 1fr) 76px 88px auto;
  }
  .no-cost .cost {
    display: none;
  }
  .trace:hover {
    background: var(--_hover);
  }
  .trace[aria-current='true'] {
    background: var(--_selection);
    box-shadow: inset 2px 0 var(--_focus);
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_retriever);
  }
  .dot.error {
    background: var(--_error);
  }
  .dot.running {
    background: none;
    border: 2px solid var(--_focus);
  }
  .dot.live {
    animation: llm-running 900ms ease-in-out infinite alternate;
  }
  @keyframes llm-running {
    to {
      opacity: 0.35;
    }
  }
  .name {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    unicode-bidi: isolate;
  }
  .figure {
    color: var(--_muted);
    white-space: nowrap;
    text-align: end;
  }
  .error-text {
    color: var(--_error);
  }
  .session {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    align-items: baseline;
    gap: 2px 14px;
    padding: 5px 14px;
    border-block-end: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
    white-space: nowrap;
  }
  .session .sums {
    margin-inline-start: auto;
  }
  h3 {
    margin: 0;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    font: inherit;
    font-weight: 600;
    color: var(--_text);
    unicode-bidi: isolate;
  }
  .more {
    display: block;
    margin: 10px auto;
  }
  .nothing {
    margin: 0;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .nothing p {
    margin: 0 0 10px;
  }
  @media (prefers-reduced-motion: reduce) {
    .dot.live {
      animation: none;
    }
  }
  @container llm-trace-list (max-width: 560px) {
    .trace,
    .no-cost .trace {
      grid-template-columns: 14px minmax(0, 1fr) auto;
    }
    .trace .moment {
      grid-column: 2;
      grid-row: 2;
      text-align: start;
    }
    .trace .tokens,
    .trace .cost {
      display: none;
    }
  }
`;
