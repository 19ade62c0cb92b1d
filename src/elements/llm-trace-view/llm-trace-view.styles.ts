import { css } from 'lit';
import { cutText } from '../../internal/styles/cut-text.js';

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
    /* Tabs and buttons take lines of their own where the words of a language need them. */
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 44px;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .title {
    display: flex;
    flex: 1 1 260px;
    align-items: center;
    gap: 12px;
    min-width: 0;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_retriever);
  }
  .dot.awaited {
    background: var(--_line);
  }
  .dot.error {
    background: var(--_error);
  }
  .dot.running {
    background: none;
    border: 2px solid var(--_focus);
  }
  h2 {
    ${cutText}
    margin: 0;
    min-width: 0;
    font-size: 14px;
    font-weight: 600;
  }
  .facts {
    display: flex;
    /* Gives way before the name does: a name that lacks a fraction of a pixel ends in dots. */
    flex: 0 99999 auto;
    align-items: center;
    gap: 12px;
    min-width: 0;
    overflow: hidden;
    white-space: nowrap;
    color: var(--_muted);
  }
  .facts :empty {
    display: none;
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
    flex: 0 1 auto;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  .room {
    width: 26px;
    height: 26px;
  }
  .views {
    display: flex;
    flex: 0 1 auto;
    flex-wrap: wrap;
    min-width: 0;
    /* Between the tabs, also where they are in several lines. */
    gap: 1px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
    background: var(--_line);
  }
  .views button {
    flex: 1 0 auto;
    min-height: 26px;
    padding: 2px 10px;
    background: var(--_background);
    white-space: nowrap;
    text-align: center;
  }
  .views button:hover {
    background: var(--_hover);
  }
  .views button[aria-selected='true'] {
    background: var(--_selection);
    font-weight: 500;
  }
  .findings-button {
    flex: none;
    margin-inline-start: auto;
    border-color: transparent;
    background: none;
    color: var(--_muted);
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
  llm-metric-summary {
    display: block;
    flex: none;
    /* Until it is loaded: the room of a line of figures. */
    min-height: calc(15px + 1.35 * (var(--_font-size-small) + max(15px, var(--_font-size))));
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
  llm-statistics,
  llm-steps,
  llm-conversation,
  llm-sequence,
  llm-span-table {
    flex: 1 1 0;
    height: auto;
    min-width: 0;
    min-height: 0;
  }
  .panes.split > [id^='view-'] {
    flex: 0 0 calc(var(--share) * 100%);
  }
  llm-span-detail {
    flex: 1 1 0;
    min-width: 0;
    min-height: 0;
  }
  .hint {
    flex: none;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
    padding: 4px 14px;
    border-block-start: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
  }

  /* All else stands ready for a trace, and nobody sees it. */
  .frame.awaiting {
    overflow: hidden;
  }
  .awaiting > :is(.toolbar, .panes, .hint, .part-failed, llm-metric-summary, llm-search-field) {
    visibility: hidden;
  }
  .unsummed {
    visibility: hidden;
  }
  /* Over the rows that stand ready. */
  .no-trace {
    position: absolute;
    inset: 0;
    z-index: 1;
    display: flex;
    flex-direction: column;
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
  @media (forced-colors: active) {
    .dot {
      border: 4px solid CanvasText;
    }
    .dot.running {
      border-width: 2px;
    }
    .views button[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .progress.unknown span {
      width: 100%;
      animation: none;
      opacity: 0.5;
    }
  }

  @container llm-trace-view (max-width: 1280px) {
    .facts .moment {
      display: none;
    }
  }
  /* Where there are several lines of them, no line begins with a gap. */
  @container llm-trace-view (max-width: 900px) {
    .room {
      order: 1;
    }
    .views button {
      padding-inline: 8px;
    }
  }
  @container llm-trace-view (max-width: 760px) {
    .panes {
      flex-direction: column;
    }
  }
  /* As on a screen that is zoomed to 400 %: with too little height for everything, the whole scrolls. */
  @container llm-trace-view (max-width: 760px) and (max-height: 480px) {
    .frame {
      overflow: auto;
    }
    .panes {
      flex: none;
      height: 280px;
    }
    .panes.split {
      height: 560px;
    }
  }
  @container llm-trace-view (max-width: 560px) {
    .toolbar {
      padding-inline: 10px;
    }
    h2 {
      flex: 1;
    }
    .actions {
      gap: 2px;
    }
    .facts {
      display: none;
    }
    .views button {
      padding-inline: 6px;
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
    .hint {
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
