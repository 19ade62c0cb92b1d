import { LlmEvent } from './llm-event.js';

/** An input could not be read. What was on the screen before is still there. */
export class LlmTraceErrorEvent extends LlmEvent<{ error: Error }> {
  constructor(detail: { error: Error }) {
    super('llm-trace-error', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-trace-error': LlmTraceErrorEvent;
  }
}
