import { css } from 'lit';

export const stageViewStyles = css`
  .frame {
    overflow: auto;
    padding-block-end: 10px;
  }
  .sentence,
  .quiet {
    margin: 0;
    padding: 8px 14px 0;
  }
  .quiet {
    padding-block-start: 4px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .record {
    padding-block: 8px;
  }
  .record + .record {
    border-block-start: 1px solid var(--_line);
  }
  h4 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 8px;
    margin: 0;
    padding: 4px 14px;
    font: inherit;
  }
  code {
    font-family: var(--_font-mono);
    font-size: 12px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .clock {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-size: var(--_font-size-small);
    white-space: nowrap;
  }
  .clock.simulated {
    border-style: dashed;
    border-color: currentcolor;
    color: var(--_warning);
  }
  .clock.unknown {
    color: var(--_muted);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    margin: 0;
    padding: 4px 14px 8px;
  }
  .figure {
    min-width: 84px;
    max-width: 220px;
  }
  .figures dt {
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .figures dd {
    margin: 0;
  }
  .figures small {
    display: block;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .lanes {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(60px, 1fr) max-content;
    gap: 0 10px;
    margin: 0;
    padding: 2px 14px;
    list-style: none;
  }
  .lane {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
    min-height: 22px;
  }
  .lane .name {
    overflow-wrap: anywhere;
  }
  .lane .length {
    text-align: end;
  }
  .track {
    position: relative;
    direction: ltr;
    height: 12px;
    border-radius: 2px;
    background: var(--_surface);
  }
  .piece {
    position: absolute;
    inset-block: 0;
    left: calc(var(--start) * 100%);
    width: max(2px, calc(var(--length) * 100%));
    border-radius: 2px;
    background: var(--_chain);
    box-shadow: inset 0 0 0 1px var(--_background);
  }
  [data-stage='prefill'] .piece,
  [data-stage='first-token'] .piece {
    background: var(--_tool);
  }
  [data-stage='decode'] .piece {
    background: var(--_llm);
  }
  [data-stage='reason'] .piece {
    background: var(--_agent);
  }
  [data-stage='queue'] .piece {
    background: repeating-linear-gradient(45deg, var(--_muted) 0 2px, transparent 2px 5px);
  }
  [data-stage^='rag.'] .piece,
  [data-stage='rerank'] .piece {
    background: var(--_retriever);
  }
  [data-stage^='kv.'] .piece {
    background: var(--_embedding);
  }
  .axis {
    display: flex;
    justify-content: space-between;
    direction: ltr;
    padding: 2px 14px 0;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .gaps {
    margin: 0;
    padding: 8px 14px 0;
  }
  .gaps .quiet {
    padding-inline: 0;
  }
  .gaps b {
    font-weight: 600;
  }
  .strip {
    display: flex;
    align-items: flex-end;
    gap: 1px;
    direction: ltr;
    height: 40px;
    margin-block-start: 6px;
    border-block-end: 1px solid var(--_line);
  }
  .gap {
    flex: 1 1 0;
    min-width: 1px;
    max-width: 12px;
    height: max(1px, calc(var(--height) * 100%));
    background: var(--_llm);
  }
  .gap.stall {
    background: repeating-linear-gradient(0deg, var(--_error) 0 3px, transparent 3px 5px);
  }
  .stalls {
    margin: 6px 0 0;
    padding-inline-start: 18px;
  }
  .table {
    padding: 6px 14px 0;
  }
  .table > summary {
    cursor: pointer;
  }
  .box {
    padding-block: 6px;
  }
  .frame > .box {
    padding-inline: 14px;
  }
  tbody th {
    overflow-wrap: anywhere;
  }
  .go {
    text-decoration-line: underline;
    text-decoration-style: dotted;
    text-underline-offset: 2px;
  }
  @media (forced-colors: active) {
    .track,
    .strip {
      border: 1px solid CanvasText;
    }
    .piece,
    .gap {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .gap.stall {
      background: Highlight;
    }
  }
  @media print {
    .piece,
    .gap {
      print-color-adjust: exact;
    }
  }
`;
