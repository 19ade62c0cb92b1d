import { css } from 'lit';

export const textBlockStyles = css`
  .frame {
    position: relative;
    background: none;
    height: auto;
  }
  .text {
    margin: 0;
    font: inherit;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    tab-size: 2;
    unicode-bidi: plaintext;
  }
  :host([mono]) .text,
  .json {
    font: 12px/1.5 var(--_font-mono);
  }
  .tools {
    position: absolute;
    z-index: 1;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    display: flex;
    border-radius: var(--_radius);
    background: var(--_background);
    opacity: 0;
  }
  .frame:hover > .tools,
  .tools:focus-within,
  .tools.done {
    opacity: 1;
  }
  @media (hover: none) {
    .tools {
      opacity: 1;
    }
    .text {
      padding-inline-end: 80px;
    }
    /* A button that is always there would take room from each message: the one above all of them is enough. */
    :host([no-copy]) .tools {
      display: none;
    }
    :host([no-copy]) .text {
      padding-inline-end: 0;
    }
  }
  .tools [aria-pressed='true'] {
    color: var(--_focus);
  }
  .more,
  .finding {
    margin-block-start: 6px;
    color: var(--_focus);
  }
  .finding {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 8px;
    border-radius: var(--_radius);
    color: var(--_warning);
    background: color-mix(in srgb, var(--_warning) 12%, transparent);
  }

  .markdown {
    overflow-wrap: anywhere;
    line-height: 1.55;
    unicode-bidi: plaintext;
  }
  .markdown p,
  .markdown ul,
  .markdown ol,
  .markdown blockquote,
  .markdown figure,
  .markdown .table {
    margin: 0 0 8px;
  }
  /* What is not in sight is not laid out: a text may hold thousands of elements. */
  .markdown .piece {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 400px;
    overflow-clip-margin: 4px;
  }
  .markdown .piece:last-child > :last-child,
  .markdown li > :last-child,
  .markdown blockquote > :last-child {
    margin-block-end: 0;
  }
  .markdown ul,
  .markdown ol {
    padding-inline-start: 24px;
  }
  .markdown li + li {
    margin-block-start: 2px;
  }
  .markdown .heading {
    margin: 14px 0 6px;
    font-size: 1.08em;
    font-weight: 600;
  }
  .markdown .piece:first-child > .heading:first-child {
    margin-block-start: 0;
  }
  .markdown .h1 {
    font-size: 1.3em;
  }
  .markdown .h2 {
    font-size: 1.18em;
  }
  .markdown strong {
    font-weight: 600;
  }
  .markdown blockquote {
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_line);
    color: var(--_muted);
  }
  .markdown code {
    padding: 1px 4px;
    border-radius: 4px;
    background: var(--_surface);
    font: 0.92em var(--_font-mono);
    white-space: pre-wrap;
  }
  .markdown hr {
    margin: 12px 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .markdown figure {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    --llm-background: var(--_surface);
  }
  .markdown figcaption {
    padding: 3px 10px;
    border-block-end: 1px solid var(--_line);
    font-size: var(--_font-size-small);
    color: var(--_muted);
    unicode-bidi: isolate;
  }
  .markdown figure > llm-text-block,
  .markdown pre {
    margin: 0;
    padding: 8px 10px;
  }
  .markdown pre {
    font: 12px/1.5 var(--_font-mono);
    white-space: pre-wrap;
  }
  .markdown .table {
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .markdown table {
    border-collapse: collapse;
    overflow-wrap: normal;
  }
  .markdown th,
  .markdown td {
    padding: 3px 10px;
    border: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }
  .markdown th {
    font-weight: 600;
    background: var(--_surface);
  }
  .markdown .center {
    text-align: center;
  }
  .markdown .right {
    text-align: end;
  }
  @media print {
    .tools {
      display: none;
    }
    .markdown .table {
      overflow: visible;
    }
  }
`;
