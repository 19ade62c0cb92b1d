import { html, type TemplateResult } from 'lit';
import type { SpanKind } from '../model/index.js';

/**
 * Icons drawn for this project on a grid of 16, in one path and one stroke. They are decoration: a word stands beside or
 * behind them. All are one template: making one takes longer than drawing a row of the tree.
 */
export const icon = (path: string, size = 14, fill = 'none'): TemplateResult =>
  // Without a space between the tags: each would be a node.
  html`<svg aria-hidden="true" width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path fill=${fill} d=${path}></path></svg>`; // prettier-ignore

/** The picture of a kind, in one path. */
interface KindShape {
  readonly path: string;
  /** Whether it is filled, beside its outline. */
  readonly isSolid?: boolean;
}

// prettier-ignore
export const KIND_SHAPES: Readonly<Record<SpanKind, KindShape>> = {
  agent: { path: 'M8 1.5v2.2M5.2 3.8h5.6a3 3 0 0 1 3 3v3.6a3 3 0 0 1-3 3H5.2a3 3 0 0 1-3-3V6.8a3 3 0 0 1 3-3zM5.8 7.6v1.6M10.2 7.6v1.6' },
  chain: { path: 'M1.5 8a2.1 2.1 0 1 0 4.2 0 2.1 2.1 0 1 0-4.2 0M10.3 8a2.1 2.1 0 1 0 4.2 0 2.1 2.1 0 1 0-4.2 0M5.7 8h4.6' },
  llm: { path: 'M8 1.8c.6 3.6 2.6 5.6 6.2 6.2-3.6.6-5.6 2.6-6.2 6.2-.6-3.6-2.6-5.6-6.2-6.2 3.6-.6 5.6-2.6 6.2-6.2z', isSolid: true },
  tool: { path: 'M14 4.6a3.9 3.9 0 0 1-5.3 4.3l-4.2 4.3a1.6 1.6 0 0 1-2.3-2.3l4.3-4.2A3.9 3.9 0 0 1 10.8 1.6L8.7 3.8l.5 2.5 2.5.5z' },
  retriever: { path: 'M2.4 7a4.6 4.6 0 1 0 9.2 0 4.6 4.6 0 1 0-9.2 0M10.5 10.5 14 14M5.2 7h3.6' },
  embedding: { path: 'M2.45 3.2a0.75 0.75 0 1 0 1.5 0 0.75 0.75 0 1 0-1.5 0M7.6 3.2a0.4 0.4 0 1 0 0.8 0 0.4 0.4 0 1 0-0.8 0M11.85 3.2a0.95 0.95 0 1 0 1.9 0 0.95 0.95 0 1 0-1.9 0M2.8 8a0.4 0.4 0 1 0 0.8 0 0.4 0.4 0 1 0-0.8 0M6.95 8a1.05 1.05 0 1 0 2.1 0 1.05 1.05 0 1 0-2.1 0M12.4 8a0.4 0.4 0 1 0 0.8 0 0.4 0.4 0 1 0-0.8 0M2.25 12.8a0.95 0.95 0 1 0 1.9 0 0.95 0.95 0 1 0-1.9 0M7.6 12.8a0.4 0.4 0 1 0 0.8 0 0.4 0.4 0 1 0-0.8 0M12.15 12.8a0.65 0.65 0 1 0 1.3 0 0.65 0.65 0 1 0-1.3 0', isSolid: true },
  reranker: { path: 'M4.5 13V3M2 5.5 4.5 3 7 5.5M11.5 3v10M9 10.5l2.5 2.5 2.5-2.5' },
  guardrail: { path: 'M8 1.7 13.2 3.6v4c0 3.3-2.1 5.6-5.2 6.8-3.1-1.2-5.2-3.5-5.2-6.8v-4zM5.8 7.8l1.6 1.6 2.9-3' },
  evaluator: { path: 'M2.2 11.6a6 6 0 1 1 11.6 0M8 10.6l2.6-3.9M7.1 10.8a0.9 0.9 0 1 0 1.8 0 0.9 0.9 0 1 0-1.8 0' },
  prompt: { path: 'M2.2 3.2h11.6v8H7.2L4.4 13.6v-2.4H2.2zM5.2 6.2h5.6M5.2 8.4h3.4' },
  span: { path: 'M4.6 8a3.4 3.4 0 1 0 6.8 0 3.4 3.4 0 1 0-6.8 0' },
};

export function kindIcon(kind: SpanKind): TemplateResult {
  const { path, isSolid } = KIND_SHAPES[kind];
  return icon(path, 14, isSolid ? 'currentColor' : 'none');
}

/** A lens. */
export const searchIcon = (): TemplateResult => icon('M2.2 7a4.8 4.8 0 1 0 9.6 0 4.8 4.8 0 1 0-9.6 0M10.6 10.6 14 14');
/** A keyboard. */
export const keysIcon = (): TemplateResult =>
  icon('M1.6 3.8h12.8v8.4H1.6zM4.4 6.6h.1M6.8 6.6h.1M9.2 6.6h.1M11.6 6.6h.1M5.4 9.6h5.2');
export const errorIcon = (): TemplateResult =>
  icon('M1.8 8a6.2 6.2 0 1 0 12.4 0 6.2 6.2 0 1 0-12.4 0M8 4.8v3.8M8 11.1v.1', 13);
/** A lamp. */
export const findingsIcon = (): TemplateResult => icon('M5.7 11a4.3 4.3 0 1 1 4.6 0v1.5H5.7zM6.7 14.4h2.6');
/** A way through steps. */
export const pathIcon = (): TemplateResult => icon('M1.8 3.8h4.4v4.2h4v4.2h4M11.8 9.8l2.4 2.4-2.4 2.4');
/** A sheet with a tick. */
export const exampleIcon = (): TemplateResult => icon('M3.2 1.8h6.4l3.2 3.2v9.2H3.2zM5.6 9.4l1.7 1.7 3.2-3.4');
export const warningIcon = (): TemplateResult => icon('M8 2.2 14.4 13.4H1.6zM8 6.4v3.2M8 11.5v.1', 13);
export const displayIcon = (): TemplateResult =>
  icon(
    'M1.8 4.4h5.4M11 4.4h3.2M7.2 4.4a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0M1.8 11.6h2.6M8.2 11.6h6M4.4 11.6a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0',
  );
export const expandIcon = (): TemplateResult => icon('m4.5 6.2 3.5-3.5 3.5 3.5M4.5 9.8l3.5 3.5 3.5-3.5');
export const collapseIcon = (): TemplateResult => icon('m4.5 2.7 3.5 3.5 3.5-3.5M4.5 13.3l3.5-3.5 3.5 3.5');
/** Something goes out of a box. */
export const shareIcon = (): TemplateResult => icon('M8 9.6V1.8M5 4.6 8 1.8l3 2.8M5.4 7H3.2v7h9.6V7h-2.2');
