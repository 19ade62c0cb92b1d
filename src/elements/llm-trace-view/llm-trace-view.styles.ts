import { css } from 'lit';

export const viewStyles = css`
  :host {
    container: llm-trace-view / size;
    height: 640px;
    min-height: 200px;
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    /* A page may take away the height of the element; its content must not get as long as the trace. */
    max-height: 200vh;
    border: 1px solid var(--_line);
    border-radius: var(--llm-view-radius, 8px);
    overflow: hidden;
  }
  .slot {
    display: none;
  }

  .toolbar {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px 12px;
    min-height: 44px;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .dot {
    flex: none;
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
  h2 {
    margin: 0;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 14px;
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .facts {
    display: flex;
    flex: 0 1 auto;
    align-items: center;
    gap: 12px;
    min-width: 0;
    overflow: hidden;
    white-space: nowrap;
    color: var(--_muted);
  }
  .trace-id {
    border-radius: 3px;
    color: var(--_muted);
  }
  .trace-id:hover {
    color: var(--_text);
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .views {
    display: flex;
    flex: none;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  .views button {
    min-height: 26px;
    padding: 2px 10px;
    white-space: nowrap;
  }
  .views button + button {
    border-inline-start: 1px solid var(--_line);
  }
  .views button:hover {
    background: var(--_hover);
  }
  .views button[aria-selected='true'] {
    background: var(--_selection);
    font-weight: 500;
  }
  .traces {
    max-width: 260px;
    min-width: 0;
    min-height: 26px;
    padding: 2px 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    text-overflow: ellipsis;
  }
  .findings-button {
    flex: none;
    margin-inline-start: auto;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  .findings-button .severity {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .findings-button [data-severity='error'] {
    color: var(--_error);
  }
  .findings-button [data-severity='warning'] {
    color: var(--_warning);
  }
  .icon-button[aria-pressed='true'] {
    background: var(--_selection);
    color: var(--_text);
  }
  .problems-button {
    border-color: transparent;
    color: var(--_warning);
    background: none;
  }
  .problems {
    flex: none;
    max-height: 40%;
    margin: 0;
    padding: 8px 14px;
    overflow: auto;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    list-style: none;
  }
  .problems li {
    padding-block: 2px;
    overflow-wrap: anywhere;
  }
  .problems button:hover {
    color: var(--_focus);
  }

  llm-metric-summary {
    flex: none;
    border-block-end: 1px solid var(--_line);
  }
  llm-findings {
    flex: none;
    max-height: 40%;
    overflow: auto;
    border-block-end: 1px solid var(--_line);
  }
  .part-failed {
    flex: none;
    margin: 0;
    padding: 8px 14px;
    color: var(--_error);
  }

  .panes {
    display: flex;
    flex: 1;
    flex-direction: row;
    min-height: 0;
  }
  llm-span-tree,
  llm-timeline,
  llm-trace-graph,
  llm-statistics {
    flex: 1 1 0;
    height: auto;
    min-width: 0;
    min-height: 0;
  }
  .panes.split :is(llm-span-tree, llm-timeline, llm-trace-graph, llm-statistics) {
    flex: 0 0 calc(var(--share) * 100%);
  }
  llm-span-detail {
    flex: 1 1 0;
    min-width: 0;
    min-height: 0;
  }
  .divider {
    position: relative;
    z-index: 3;
    flex: none;
    width: 1px;
    background: var(--_line);
    cursor: col-resize;
    touch-action: none;
  }
  .divider::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline: -4px;
  }
  .divider:hover,
  .divider:focus-visible {
    outline: none;
    background: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }

  .hint {
    flex: none;
    padding: 4px 14px;
    border-block-start: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
  }

  .state {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: 8px;
    padding: 24px;
    text-align: center;
    overflow: auto;
  }
  .state p {
    margin: 0;
    max-width: 60ch;
    overflow-wrap: anywhere;
  }
  .state strong {
    font-weight: 600;
  }
  .banner {
    display: flex;
    flex: none;
    align-items: start;
    gap: 8px 12px;
    flex-wrap: wrap;
    padding: 8px 14px;
    border-block-end: 1px solid var(--_line);
    background: var(--_error-surface);
  }
  .banner p {
    flex: 1 1 240px;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .banner .error-text {
    color: var(--_error);
    font-weight: 600;
  }
  .progress {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    z-index: 4;
    height: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  .progress span {
    display: block;
    height: 100%;
    width: calc(var(--done) * 100%);
    background: var(--_focus);
  }
  .progress.unknown span {
    width: 30%;
    animation: llm-progress 1.2s linear infinite;
  }
  @keyframes llm-progress {
    from {
      translate: -100%;
    }
    to {
      translate: 400%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .progress.unknown span {
      width: 100%;
      animation: none;
      opacity: 0.5;
    }
  }

  @container llm-trace-view (max-width: 760px) {
    .panes {
      flex-direction: column;
    }
    .divider {
      width: auto;
      height: 1px;
      cursor: row-resize;
    }
    .divider::after {
      inset-block: -6px;
      inset-inline: 0;
    }
    .facts .moment {
      display: none;
    }
  }
  @container llm-trace-view (max-width: 560px) {
    .toolbar {
      flex-wrap: wrap;
      padding-inline: 10px;
    }
    h2 {
      flex: 1;
    }
    .actions {
      flex: 1 0 100%;
      flex-wrap: wrap;
      gap: 2px;
    }
    .facts {
      display: none;
    }
    .views button {
      padding-inline: 6px;
    }
    .traces {
      max-width: 130px;
    }
    .findings-button .words,
    .problems-button .words {
      display: none;
    }
  }
  @media print {
    :host {
      /* A page that gives the view a height means the screen. */
      height: auto !important;
      container-type: inline-size;
    }
    .frame {
      max-height: none;
    }
    .actions,
    .findings-button,
    .hint,
    .divider {
      display: none;
    }
    .panes {
      flex-direction: column;
    }
    .panes.split llm-span-tree,
    llm-span-detail {
      flex: none;
    }
  }
`;
