import { css } from 'lit';

/**
 * Every colour and size of the kit. A page sets `--llm-…`; elements read `--_…`, which holds the page's value or the
 * default. The defaults are not set as `--llm-…` on `:host`: an element inside another would then undo what the page set
 * on the outer one.
 */
export const tokens = css`
  :host {
    --_font: var(--llm-font, system-ui, sans-serif);
    --_font-mono: var(--llm-font-mono, ui-monospace, monospace);
    --_font-size: var(--llm-font-size, 13px);
    --_font-size-small: var(--llm-font-size-small, 11px);
    --_row-height: max(24px, var(--llm-row-height, 28px));
    --_radius: var(--llm-radius, 6px);

    --_background: var(--llm-background, light-dark(#ffffff, #14161a));
    --_surface: var(--llm-surface, light-dark(#f7f8f9, #191c21));
    --_line: var(--llm-line, light-dark(#e4e7ea, #2a2e35));
    --_text: var(--llm-text, light-dark(#1b1f24, #e6e8eb));
    --_muted: var(--llm-muted, light-dark(#5d646e, #98a1ac));
    --_mark: var(--llm-mark, light-dark(#ffe58a, #5c4a00));
    --_hover: var(--llm-hover, light-dark(#f3f5f7, #1b1f25));
    --_selection: var(--llm-selection, light-dark(#e8f0ff, #1c2a40));
    --_focus: var(--llm-focus, light-dark(#2260d8, #6aa1ff));
    --_error: var(--llm-error, light-dark(#bd2438, #ff7a8a));
    --_error-surface: var(--llm-error-surface, light-dark(#fdf1f2, #2b1a1e));
    --_warning: var(--llm-warning, light-dark(#8a5a00, #e9b44c));

    --_agent: var(--llm-agent, light-dark(#7446d0, #b18cff));
    --_chain: var(--llm-chain, light-dark(#69707a, #8d96a1));
    --_llm: var(--llm-llm, light-dark(#2260d8, #6aa1ff));
    --_tool: var(--llm-tool, light-dark(#a85600, #f0a04b));
    --_retriever: var(--llm-retriever, light-dark(#0a7563, #4fc9b2));
    --_embedding: var(--llm-embedding, light-dark(#547200, #a9cc4a));
    --_reranker: var(--llm-reranker, light-dark(#8a6d00, #dcc04a));
    --_guardrail: var(--llm-guardrail, light-dark(#b0357f, #f58fc6));
    --_evaluator: var(--llm-evaluator, light-dark(#0f6f9c, #5cc3ee));
    --_prompt: var(--llm-prompt, light-dark(#8b4a3c, #d99a89));
    --_span: var(--llm-span, light-dark(#7b828c, #7f8893));
  }
  @media (prefers-contrast: more) {
    :host {
      --_line: var(--llm-line, light-dark(#6b727c, #8a929d));
      --_text: var(--llm-text, light-dark(#000000, #ffffff));
      --_muted: var(--llm-muted, light-dark(#33383f, #ccd1d8));
    }
  }
`;
