import { css } from 'lit';

/** For elements that show texts of a trace: what `revealed` makes visible, and links. */
export const texts = css`
  .hidden-character {
    padding: 0 3px;
    border: 1px solid color-mix(in srgb, var(--_warning) 45%, transparent);
    border-radius: 3px;
    font: 0.85em/1.2 var(--_font-mono);
    color: var(--_warning);
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .terminal-red {
    color: var(--_error);
  }
  .terminal-green {
    color: var(--_retriever);
  }
  .terminal-yellow {
    color: var(--_warning);
  }
  .terminal-blue {
    color: var(--_llm);
  }
  .terminal-magenta {
    color: var(--_guardrail);
  }
  .terminal-cyan {
    color: var(--_evaluator);
  }
  .terminal-black,
  .terminal-faint {
    color: var(--_muted);
  }
  .terminal-bold {
    font-weight: 600;
  }
  .terminal-italic {
    font-style: italic;
  }
  .terminal-underline {
    text-decoration: underline;
  }
  .terminal-strike {
    text-decoration: line-through;
  }
  .terminal-underline.terminal-strike {
    text-decoration: underline line-through;
  }

  a {
    color: var(--_focus);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .address {
    color: var(--_muted);
    font-size: 0.92em;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .address:empty {
    display: none;
  }
  .link {
    display: inline;
  }
  .link > summary {
    display: inline;
    list-style: none;
    cursor: pointer;
  }
  .link > summary::-webkit-details-marker {
    display: none;
  }
  .link .words {
    color: var(--_focus);
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-underline-offset: 2px;
    unicode-bidi: isolate;
  }
  .link > .opened {
    display: block;
    margin-block: 2px 4px;
    padding: 4px 8px;
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
`;
