import type { ToolDefinition } from '../../model/index.js';
import { ask } from '../ask.js';
import { registerClient } from '../bind-client.js';
import { newSpanId } from '../ids.js';
import { quietly } from '../quietly.js';
import { settle } from '../settle.js';
import type { SpanOptions } from '../span-facts.js';
import { runSpan, type SpanStarter } from '../span-starter.js';
import type { TraceContext } from '../trace-context.js';
import type { TracerSpan } from '../tracer-span.js';
import { RunningCall, type SessionState } from './prompt-call.js';
import { promptMessages } from './prompt-messages.js';
import { standIn, type Call, type Hook } from './stand-in.js';
import { watchStream } from './watch-values.js';

/** A session and its clones: they share their tools, so that a tool does not know for which of them it is called. */
export interface SessionFamily {
  /** Calls that go on. */
  readonly open: Set<TracerSpan>;
  /** A tool whose calls are recorded. */
  watchTool(tool: unknown): unknown;
}

/** Where a session comes from, and what holds of all its calls. */
export interface SessionOrigin {
  /** The span that made it. */
  readonly created: TraceContext;
  readonly family: SessionFamily;
  readonly tools: readonly ToolDefinition[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface SessionOptions {
  readonly starter: SpanStarter;
  readonly idleLimit: number;
}

export function newFamily(starter: SpanStarter): SessionFamily {
  const open = new Set<TracerSpan>();
  const watchTool = (tool: unknown): unknown => {
    const { execute, name } = (tool ?? {}) as { execute?: unknown; name?: unknown };
    if (typeof execute !== 'function') return tool;
    const watched = (...args: unknown[]): unknown => {
      const [call, ...others] = open;
      const isSure = call !== undefined && others.length === 0;
      const options: SpanOptions = {
        kind: 'tool',
        input: args.length === 1 ? args[0] : args,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': name,
          ...(!isSure && { 'llm_trace.parent_unknown': true }),
        },
      };
      const span = (isSure ? call : starter).start(`execute_tool ${String(name)}`, options);
      return runSpan(span, options, () => Reflect.apply(execute as Call, undefined, args));
    };
    return Object.assign(Object.create(tool as object) as object, { execute: watched });
  };
  return { open, watchTool };
}

/** A session whose calls are recorded. */
export function tracedSession(session: object, origin: SessionOrigin, options: SessionOptions): object {
  const state: SessionState = { session, running: new Set(), begun: 0, overflows: 0 };
  ask(() => {
    (session as EventTarget).addEventListener('contextoverflow', () => {
      state.overflows++;
      for (const span of state.running) span.addEvent('contextoverflow');
    });
    return true;
  });
  return new Session(state, origin).standIn(options);
}

class Session {
  readonly #id = newSpanId();
  readonly #state: SessionState;
  readonly #origin: SessionOrigin;

  constructor(state: SessionState, origin: SessionOrigin) {
    this.#state = state;
    this.#origin = origin;
  }

  standIn(options: SessionOptions): object {
    const copy = standIn(this.#state.session, {
      methods: new Map<PropertyKey, Hook>([
        ['prompt', (call, args) => this.#prompt(call, args, options)],
        ['promptStreaming', (call, args) => this.#stream(call, args, options)],
        ['append', (call, args) => this.#append(call, args, options)],
        ['clone', (call, args) => this.#clone(call, args, options)],
        ['destroy', (call, args) => this.#destroy(call, args)],
      ]),
    });
    registerClient(copy, (span) => this.standIn({ ...options, starter: span }));
    return copy;
  }

  #prompt(call: Call, args: readonly unknown[], { starter }: SessionOptions): unknown {
    const running = this.#begin('chat', args, starter);
    if (!running) return call(...args);
    return settle(() => call(...args), {
      done: (answer) => running.end({ answer }),
      failed: (error) => running.end({ error }),
    });
  }

  #stream(call: Call, args: readonly unknown[], { starter, idleLimit }: SessionOptions): unknown {
    const running = this.#begin('chat', args, starter, { 'gen_ai.request.stream': true });
    if (!running) return call(...args);
    try {
      const stream = call(...args) as ReadableStream<unknown>;
      return watchStream(stream, { idleLimit, ended: (record) => running.endStream(record) });
    } catch (error) {
      running.end({ error });
      throw error;
    }
  }

  #append(call: Call, args: readonly unknown[], { starter }: SessionOptions): unknown {
    const running = this.#begin('append', args, starter);
    if (!running) return call(...args);
    return settle(() => call(...args), {
      done: () => running.end({}),
      failed: (error) => running.end({ error }),
    });
  }

  #clone(call: Call, args: readonly unknown[], options: SessionOptions): unknown {
    const span = options.starter.start('clone_session', this.#facts());
    this.#link(span);
    let cloned: object | undefined;
    const result = settle(() => call(...args) as Promise<object>, {
      done: (session) => {
        cloned ??= tracedSession(session as object, { ...this.#origin, created: span.context }, options);
        span.end();
      },
      failed: (error) => span.recordException(error).end(),
    });
    return result.then((session) => cloned ?? session);
  }

  #destroy(call: Call, args: readonly unknown[]): unknown {
    for (const span of this.#state.running) span.addEvent('destroy');
    return call(...args);
  }

  #facts(attributes: Readonly<Record<string, unknown>> = {}): SpanOptions {
    return { provider: 'prompt-api', attributes: { 'prompt_api.session': this.#id, ...attributes } };
  }

  #link(span: TracerSpan): void {
    const { traceId, spanId } = this.#origin.created;
    span.update({ links: [{ traceId, spanId }] });
  }

  #begin(
    operation: 'chat' | 'append',
    [prompt, given]: readonly unknown[],
    starter: SpanStarter,
    attributes: Readonly<Record<string, unknown>> = {},
  ): RunningCall | undefined {
    const { family, tools, parameters } = this.#origin;
    const span = starter.start(operation, {
      ...this.#facts({ 'gen_ai.operation.name': operation, ...attributes }),
      kind: 'llm',
      input: prompt,
      ...(operation === 'chat' && tools.length > 0 && { tools }),
    });
    if (!span.isRecording) return undefined;
    this.#link(span);
    const asked = { ...parameters, ...constraintOf(span.snapshot(given)) };
    if (Object.keys(asked).length > 0) span.update({ parameters: asked });
    family.open.add(span);
    const signal = quietly(() => (given as { signal?: AbortSignal } | null | undefined)?.signal);
    return new RunningCall(
      span,
      { operation, signal, messages: promptMessages(span.snapshot(prompt)) },
      this.#state,
      () => family.open.delete(span),
    );
  }
}

/** How an answer is to be made, as `LanguageModelPromptOptions` has it. */
function constraintOf(given: unknown): Record<string, unknown> {
  const { responseConstraint, omitResponseConstraintInput } = (given ?? {}) as Record<string, unknown>;
  return {
    ...(responseConstraint !== undefined && { responseConstraint }),
    ...(omitResponseConstraintInput !== undefined && { omitResponseConstraintInput }),
  };
}
