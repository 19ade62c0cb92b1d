import type { Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** A person wants to read a span that is selected. */
export class LlmSpanOpenEvent extends LlmEvent<{ span: Span }> {
  constructor(detail: { span: Span }) {
    super('llm-span-open', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-span-open': LlmSpanOpenEvent;
  }
}
