import { LlmEvent } from './llm-event.js';

/** A person chose a trace from a list. */
export class LlmTraceSelectEvent extends LlmEvent<{ traceId: string }> {
  constructor(detail: { traceId: string }) {
    super('llm-trace-select', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-trace-select': LlmTraceSelectEvent;
  }
}
