import type { Message } from '../../model/index.js';
import type { TracerSpan } from '../tracer-span.js';
import { ChunkTimes } from './chunk-times.js';
import { answerMessage } from './prompt-messages.js';
import { recordFailure } from './record-failure.js';
import type { ValuesRecord } from './watch-values.js';

/** What is known of a session while it lives. */
export interface SessionState {
  readonly session: object;
  /** Its calls that go on. */
  readonly running: Set<TracerSpan>;
  /** How many calls it has had. */
  begun: number;
  /** How often its context was too small. */
  overflows: number;
}

/** What a call asks for. */
export interface PromptRequest {
  readonly operation: 'chat' | 'append';
  readonly signal: AbortSignal | undefined;
  readonly messages: readonly Message[];
}

/** How a call ended: with what it answered, as far as it came, and with what was thrown. */
export interface CallResult {
  answer?: unknown;
  error?: unknown;
}

/** What of a session is read: by the names of today, and by those of browsers of 2025. */
interface ContextFigures {
  readonly contextUsage?: number;
  readonly contextWindow?: number;
  readonly inputUsage?: number;
  readonly inputQuota?: number;
}

const usageOf = ({ contextUsage, inputUsage }: ContextFigures): number | undefined => contextUsage ?? inputUsage;

/** A call of a session, from its beginning to its end. */
export class RunningCall {
  readonly #span: TracerSpan;
  readonly #request: PromptRequest;
  readonly #state: SessionState;
  readonly #over: () => void;
  readonly #times = new ChunkTimes();
  readonly #usageBefore: number | undefined;
  readonly #overflowsBefore: number;
  /** Which call of the session it is. */
  readonly #number: number;
  readonly #hasBegunAlone: boolean;

  constructor(span: TracerSpan, request: PromptRequest, state: SessionState, over: () => void) {
    this.#span = span;
    this.#request = request;
    this.#state = state;
    this.#over = over;
    this.#usageBefore = usageOf(state.session);
    this.#overflowsBefore = state.overflows;
    this.#number = ++state.begun;
    this.#hasBegunAlone = state.running.size === 0;
    state.running.add(span);
  }

  endStream({ values, reason, error }: ValuesRecord): void {
    for (const { time } of values) this.#times.add(time);
    // A chunk is not a token: there is no telling how many tokens came in a second.
    this.#times.tell(this.#span, undefined);
    if (reason === 'stopped' || reason === 'unread') this.#span.setAttributes({ 'llm_trace.end_reason': reason });
    const answer = values.map(({ value }) => String(value)).join('');
    this.end({ answer, ...(reason === 'failed' && { error }) });
  }

  end(result: CallResult): void {
    const span = this.#span;
    this.#state.running.delete(span);
    this.#over();
    this.#tellAnswer(result.answer);
    const hasFailed = 'error' in result;
    if (hasFailed) {
      // Who aborts may give any reason.
      recordFailure(span, result.error, this.#request.signal?.aborted ? 'aborted' : 'failed');
    }
    this.#tellContext(hasFailed);
    span.end();
  }

  #tellAnswer(answer: unknown): void {
    const { messages } = this.#request;
    if (answer === undefined || answer === '') this.#span.update({ messages });
    else this.#span.update({ output: answer, messages: [...messages, answerMessage(this.#span.snapshot(answer))] });
  }

  /** How much of the context the call filled, where that can be told. */
  #tellContext(hasFailed: boolean): void {
    const { session, begun, overflows }: SessionState & { session: ContextFigures } = this.#state;
    const before = this.#usageBefore;
    const after = usageOf(session);
    const window = session.contextWindow ?? session.inputQuota;
    const isAlone = this.#hasBegunAlone && this.#number === begun && overflows === this.#overflowsBefore;
    const tokens = before !== undefined && after !== undefined && after > before ? after - before : undefined;
    const isKnown = tokens !== undefined && isAlone && !hasFailed;
    // What was only read in was all input; the API does not part the two sides of an answer.
    if (isKnown)
      this.#span.update({ usage: { ...(this.#request.operation === 'append' && { input: tokens }), total: tokens } });
    this.#span.setAttributes({
      ...(before !== undefined && { 'prompt_api.context_usage.before': before }),
      ...(after !== undefined && { 'prompt_api.context_usage.after': after }),
      ...(window !== undefined && { 'prompt_api.context_window': window }),
      ...(!isKnown && !hasFailed && { 'llm_trace.usage_missing': true }),
    });
  }
}
