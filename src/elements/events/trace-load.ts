import type { Trace } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** Traces were read and are on the screen. */
export class LlmTraceLoadEvent extends LlmEvent<{ traces: readonly Trace[] }> {
  constructor(detail: { traces: readonly Trace[] }) {
    super('llm-trace-load', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-trace-load': LlmTraceLoadEvent;
  }
}
