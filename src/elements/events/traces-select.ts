import { LlmEvent } from './llm-event.js';

/** Traces behind a point of a plot, or all of a stretch of time. */
export interface TracesSelection {
  traceIds: readonly string[];
  /** Milliseconds since the epoch: the stretch of time that is shown alone; absent for a point, and for all of the time. */
  range?: { readonly start: number; readonly end: number };
}

/** A person chose the traces behind a figure. */
export class LlmTracesSelectEvent extends LlmEvent<TracesSelection> {
  constructor(detail: TracesSelection) {
    super('llm-traces-select', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-traces-select': LlmTracesSelectEvent;
  }
}
