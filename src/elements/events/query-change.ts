import { LlmEvent } from './llm-event.js';

/** A person changed what is searched for. The text may be unfinished, or no query. */
export class LlmQueryChangeEvent extends LlmEvent<{ query: string }> {
  constructor(detail: { query: string }) {
    super('llm-query-change', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-query-change': LlmQueryChangeEvent;
  }
}
