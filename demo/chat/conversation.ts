import { totalTokens, type Span } from 'llm-trace-kit/model';
import type { TraceStore } from 'llm-trace-kit/store';
import type { TracerSpan } from 'llm-trace-kit/tracer';

/** One question and what became of it. */
export interface Turn {
  traceId: string;
  /** The root of the trace: what judgements are written to. */
  spanId: string;
  question: string;
  answer?: string | undefined;
  error?: string | undefined;
  isRunning: boolean;
  wasStopped: boolean;
  /** Tools that were run. */
  tools: readonly { spanId: string; name: string; hasFailed: boolean }[];
  /** Milliseconds since the epoch. */
  start: number;
  /** Milliseconds. */
  duration?: number | undefined;
  tokens?: number | undefined;
  isHelpful?: boolean | undefined;
}

/** The name of the judgement that the thumbs give. */
export const HELPFUL = 'helpful';

/** The turns of a session, as its traces tell them: the store of traces is all that the conversation is kept in. */
export class Conversation {
  readonly sessionId: string;
  readonly #store: TraceStore;
  readonly #turns = new Map<string, Turn>();

  constructor(store: TraceStore, sessionId: string) {
    this.#store = store;
    this.sessionId = sessionId;
  }

  get turns(): readonly Turn[] {
    return [...this.#turns.values()].sort((one, other) => one.start - other.start);
  }

  /** What was said so far, for the model. */
  get messages(): { role: 'user' | 'assistant'; content: string }[] {
    return this.turns.flatMap(({ question, answer }) =>
      answer
        ? [
            { role: 'user', content: question },
            { role: 'assistant', content: answer },
          ]
        : [],
    );
  }

  /** A turn that has just begun: nothing of it is in the store yet. */
  begin({ traceId, id }: TracerSpan, question: string): void {
    const turn = { traceId, spanId: id, question, isRunning: true, wasStopped: false, tools: [], start: Date.now() };
    this.#turns.set(traceId, turn);
  }

  /** Reads these traces anew; all of the session where none are named. */
  async read(traceIds: readonly string[] = []): Promise<void> {
    const isWhole = traceIds.length === 0;
    const summaries = isWhole ? await this.#store.list({ sessionId: this.sessionId }) : [];
    const ids = isWhole ? summaries.map(({ id }) => id) : traceIds;
    const traces = await Promise.all(ids.map((id) => this.#store.trace(id)));
    if (isWhole) this.#turns.clear();
    for (const [at, id] of ids.entries()) {
      const trace = traces[at];
      const root = trace?.roots[0];
      if (root && trace.sessionId === this.sessionId) this.#turns.set(id, turnOf(root));
      else this.#turns.delete(id);
    }
  }
}

function turnOf(root: Span): Turn {
  const { trace, input, output } = root;
  const tools = [...trace.spans].filter(({ kind }) => kind === 'tool');
  const judgement = root.scores.findLast(({ name }) => name === HELPFUL);
  return {
    traceId: trace.id,
    spanId: root.id,
    question: typeof input === 'string' ? input : '',
    answer: typeof output === 'string' ? output : undefined,
    error: root.status === 'error' ? (root.statusMessage ?? 'It failed.') : undefined,
    isRunning: root.isRunning,
    wasStopped: root.events.some(({ name }) => name === 'stopped'),
    tools: tools.map(({ id, name, status }) => ({ spanId: id, name, hasFailed: status === 'error' })),
    start: trace.start,
    duration: root.duration,
    tokens: trace.usage && totalTokens(trace.usage),
    isHelpful: judgement ? judgement.value === true : undefined,
  };
}
