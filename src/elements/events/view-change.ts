import { LlmEvent } from './llm-event.js';

/** How a view shows the spans of a trace. */
export type TraceViewName =
  'tree' | 'timeline' | 'steps' | 'conversation' | 'sequence' | 'table' | 'graph' | 'statistics';

/** A person chose another way to see the trace. */
export class LlmViewChangeEvent extends LlmEvent<{ view: TraceViewName }> {
  constructor(detail: { view: TraceViewName }) {
    super('llm-view-change', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-view-change': LlmViewChangeEvent;
  }
}
