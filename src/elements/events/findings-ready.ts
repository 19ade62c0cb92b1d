import type { Findings } from '../../analysis/index.js';
import { LlmEvent } from './llm-event.js';

/** A trace was looked through for what stands out. */
export class LlmFindingsReadyEvent extends LlmEvent<{ findings: Findings }> {
  constructor(detail: { findings: Findings }) {
    super('llm-findings-ready', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-findings-ready': LlmFindingsReadyEvent;
  }
}
