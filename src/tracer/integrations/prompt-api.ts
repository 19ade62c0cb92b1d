/** Recording the Prompt API: the language model of the browser. */
import { toolDefinitions } from '../../payloads/tools.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import { settle } from '../settle.js';
import type { TracerSpan } from '../tracer-span.js';
import { promptMessages } from './prompt-messages.js';
import { newFamily, tracedSession, type SessionFamily, type SessionOrigin } from './prompt-session.js';
import { isStandIn, standIn } from './stand-in.js';
import { starterOf, type TraceUnder } from './trace-under.js';
import { IDLE_LIMIT } from './watch-values.js';

export type { TraceUnder } from './trace-under.js';

export type PromptApiOptions = TraceUnder & {
  /**
   * Milliseconds after which the span of a stream ends that was asked for and that nobody reads. What is read later still
   * reaches the application, and is not recorded. Five minutes where not given.
   */
  idleLimit?: number | undefined;
};

/**
 * The browser's `LanguageModel` (webmachinelearning/prompt-api), to be used in place of it: `create()`, and what is done
 * with the sessions that it gives, are recorded. The browser's own object is left as it is.
 *
 * The API states no tokens of a call: what is recorded is how much of the context it filled, by `contextUsage` before and
 * after. Where calls of a session overlap, or its context overflowed, that says nothing of one of them and is left out.
 * `measureContextUsage` is never called: it is work for the model.
 *
 * Tools are children of the call that they are for. Where several calls of a session go on at once, the browser does not
 * tell which one a tool is for: the tool then stands beside them and says so (`llm_trace.parent_unknown`).
 */
export function tracedLanguageModel<Model extends object>(model: Model, options: PromptApiOptions): Model {
  if (isStandIn(model)) return model;
  const copy = standIn(model, {
    methods: new Map([
      ['create', (call, [given]) => recordedCreate(call, given as CreateOptions | undefined, options)],
    ]),
  });
  registerClient(copy, (span) => tracedLanguageModel(model, { idleLimit: options.idleLimit, span }));
  return copy;
}

/** The part of `LanguageModelCreateOptions` that is looked at. */
interface CreateOptions {
  readonly tools?: unknown;
  readonly monitor?: unknown;
  readonly initialPrompts?: unknown;
  readonly samplingMode?: unknown;
  readonly topK?: unknown;
  readonly temperature?: unknown;
}

function recordedCreate(
  call: (...args: unknown[]) => unknown,
  given: CreateOptions | undefined,
  options: PromptApiOptions,
): unknown {
  const starter = starterOf(options);
  const span = starter.start('create_session', {
    provider: 'prompt-api',
    attributes: { 'llm_trace.operation': 'load' },
  });
  const family = newFamily(starter);
  const asked = askedOf(given, span, family);
  span.update({
    ...(asked.messages.length > 0 && { messages: asked.messages }),
    ...(asked.origin.tools.length > 0 && { tools: asked.origin.tools }),
    ...(Object.keys(asked.origin.parameters).length > 0 && { parameters: asked.origin.parameters }),
  });
  let created: object | undefined;
  const sessionOptions = { starter, idleLimit: options.idleLimit ?? IDLE_LIMIT };
  const result = settle(() => call(asked.options) as Promise<object>, {
    done: (session) => {
      created ??= tracedSession(session as object, asked.origin, sessionOptions);
      asked.progress.tell();
      span.end();
    },
    failed: (error) => {
      asked.progress.tell();
      span.recordException(error).end();
    },
  });
  return result.then((session) => created ?? session);
}

interface Asked {
  /** What the browser is given. */
  options: unknown;
  messages: ReturnType<typeof promptMessages>;
  origin: SessionOrigin;
  progress: Download;
}

/** What a session is asked to be, and the options that let us see what it does. */
function askedOf(given: CreateOptions | undefined, span: TracerSpan, family: SessionFamily): Asked {
  const progress = new Download(span);
  const nothing: Asked = {
    options: given,
    messages: [],
    origin: { created: span.context, family, tools: [], parameters: {} },
    progress,
  };
  try {
    const { tools, monitor, initialPrompts, samplingMode, topK, temperature } = given ?? {};
    const parameters = Object.entries({ samplingMode, topK, temperature }).filter(([, value]) => value !== undefined);
    return {
      // What it inherits is the application's: options are read by name, and may be anything that has these names.
      options: Object.assign(Object.create(given ?? null) as object, {
        ...(Array.isArray(tools) && { tools: tools.map((tool) => family.watchTool(tool as unknown)) }),
        ...((monitor === undefined || typeof monitor === 'function') && {
          monitor: (target: EventTarget, ...others: unknown[]): unknown => {
            quietly(() => progress.watch(target));
            return Reflect.apply((monitor ?? (() => undefined)) as () => unknown, undefined, [target, ...others]);
          },
        }),
      }),
      messages: promptMessages(initialPrompts),
      origin: { ...nothing.origin, tools: toolDefinitions(tools), parameters: Object.fromEntries(parameters) },
      progress,
    };
  } catch {
    // What cannot be read is the browser's to complain about.
    return nothing;
  }
}

/** How far the download of the model is. */
class Download {
  readonly #span: TracerSpan;
  #reports = 0;
  #tenth = -1;

  constructor(span: TracerSpan) {
    this.#span = span;
  }

  /** Tells each tenth of it as an event. */
  watch(monitor: EventTarget): void {
    monitor.addEventListener('downloadprogress', (event) => {
      const { loaded, total } = event as ProgressEvent;
      this.#reports++;
      const tenth = Math.floor((loaded / (total || 1)) * 10);
      if (tenth === this.#tenth) return;
      this.#tenth = tenth;
      this.#span.addEvent('downloadprogress', { loaded, total });
    });
  }

  tell(): void {
    if (this.#reports) this.#span.setAttributes({ 'llm_trace.load.reports': this.#reports });
  }
}
