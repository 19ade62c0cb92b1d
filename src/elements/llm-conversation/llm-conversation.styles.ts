import { css } from 'lit';

/** Beside those of `llm-messages`, whose messages these are. */
export const conversationStyles = css`
  :host {
    height: 420px;
    min-height: 0;
  }
  .frame {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .bar {
    flex: none;
    margin: 0;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overflow-anchor: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  ol.entries {
    gap: 6px;
    padding: 8px 14px 14px;
  }
  .entries > li {
    margin-inline-start: calc(min(var(--depth), 8) * 16px);
  }
  .entries > .message {
    grid-template-columns: 120px minmax(0, 1fr);
    padding: 5px 8px;
    border-inline-start: 2px solid transparent;
    scroll-margin-block: 40px;
  }
  .entries > .message:hover {
    background: var(--_hover);
  }
  .entries > .selected,
  .entries > .message.selected {
    border-inline-start-color: var(--_focus);
    background: var(--_selection);
  }
  .who .go {
    max-width: 100%;
    min-height: 20px;
    overflow-wrap: anywhere;
    color: var(--_muted);
  }
  .who .go:hover {
    color: var(--_focus);
  }
  .part {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding-inline: 4px 8px;
    border-block-start: 1px solid var(--_line);
    border-inline-start: 2px solid transparent;
    background: var(--_surface);
  }
  .part .toggle {
    display: inline-grid;
    place-items: center;
    width: 24px;
    height: 24px;
    color: var(--_muted);
  }
  .part .toggle svg {
    transition: rotate 80ms;
  }
  .toggle[aria-expanded='true'] svg {
    rotate: 90deg;
  }
  :host(:dir(rtl)) .toggle[aria-expanded='false'] svg {
    rotate: 180deg;
  }
  .part .go {
    min-width: 0;
    font-size: inherit;
    font-weight: 500;
    color: var(--_text);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .exchange {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  .exchange.selected {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
  .exchange > .card {
    border: 0;
    border-radius: 0;
  }
  .exchange > .card + .card {
    border-block-start: 1px solid var(--_line);
  }
  .above {
    padding-inline: 10px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .changed {
    font-size: var(--_font-size-small);
    color: var(--_warning);
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    padding: 5px 10px;
    border-inline-start: 2px solid var(--_error);
    background: var(--_error-surface);
    color: var(--_error);
    overflow-wrap: anywhere;
  }
  .quiet {
    margin: 0;
    padding: 10px 14px;
    color: var(--_muted);
  }
  @container llm-messages (max-width: 560px) {
    .entries > .message {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .entries > li {
      margin-inline-start: calc(min(var(--depth), 5) * 8px);
    }
    ol.entries {
      padding-inline: 8px;
    }
    .who strong {
      display: inline;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .part .toggle svg {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .entries > .selected,
    .entries > .message.selected {
      outline: 2px solid Highlight;
    }
  }
  @media print {
    :host {
      height: auto;
    }
    .frame,
    .scroller {
      height: auto;
      overflow: visible;
    }
    .part .go,
    .part .toggle {
      display: inline-flex;
    }
  }
`;
