import type { Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** A stretch of the tokens of a call. */
export interface TokenRange {
  /** Position of the first token, counted from the first of the prompt. */
  readonly start: number;
  /** The one behind the last. */
  readonly end: number;
}

/** A person chose tokens. Views of the inside of a model stay in step by it. */
export class LlmTokenSelectEvent extends LlmEvent<TokenRange & { readonly span: Span | undefined }> {
  constructor(detail: TokenRange & { readonly span: Span | undefined }) {
    super('llm-token-select', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-token-select': LlmTokenSelectEvent;
  }
}
