import type { Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** A person chose a span. */
export class LlmSpanSelectEvent extends LlmEvent<{ span: Span }> {
  constructor(detail: { span: Span }) {
    super('llm-span-select', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-span-select': LlmSpanSelectEvent;
  }
}
