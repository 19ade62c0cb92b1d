/// <reference types="dom-chromium-ai" />

/** What a double's model says, in chunks, and the tools that it calls before. */
export interface Script {
  chunks?: readonly string[];
  calls?: readonly { name: string; args: unknown[] }[];
  /** What is thrown after so many chunks. */
  failure?: { after: number; error: unknown };
  /** What the second half of the answer waits for. */
  gate?: Promise<void>;
  window?: number;
}

/** One token a character, as far as the doubles are concerned. */
const tokensIn = (prompt: unknown): number => (typeof prompt === 'string' ? prompt : JSON.stringify(prompt)).length;

/**
 * A `LanguageModel` after the types of the Prompt API (@types/dom-chromium-ai): its state is private, so that its methods
 * only work on the object itself, as those of the browser do.
 */
export function languageModelDouble(script: Script = {}) {
  const { chunks = ['Hello', ', ', 'you'], calls = [], failure, gate, window = 1000 } = script;
  const measured: unknown[] = [];
  const given: LanguageModelCreateOptions[] = [];

  class Model extends EventTarget {
    readonly #options: LanguageModelCreateOptions;
    #used: number;
    #isDestroyed = false;
    #handler: ((event: Event) => unknown) | null = null;

    private constructor(options: LanguageModelCreateOptions, used: number) {
      super();
      this.#options = options;
      this.#used = used;
    }

    static availability(): Promise<Availability> {
      return Promise.resolve('available');
    }

    static async create(options: LanguageModelCreateOptions = {}): Promise<Model> {
      given.push(options);
      // As bindings of a browser do, members are read by name.
      const { signal, monitor, initialPrompts } = options;
      signal?.throwIfAborted();
      const target = new EventTarget();
      monitor?.(target as CreateMonitor);
      await Promise.resolve();
      for (const loaded of [0, 0.51, 0.52, 1]) {
        target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total: 1, lengthComputable: true }));
      }
      return new Model(options, initialPrompts ? tokensIn(initialPrompts) : 0);
    }

    get contextUsage(): number {
      return this.#used;
    }

    get contextWindow(): number {
      return window;
    }

    get oncontextoverflow(): ((event: Event) => unknown) | null {
      return this.#handler;
    }

    set oncontextoverflow(handler: ((event: Event) => unknown) | null) {
      this.#handler = handler;
    }

    #check(signal: AbortSignal | undefined): void {
      if (this.#isDestroyed) throw new DOMException('The session has been destroyed.', 'InvalidStateError');
      signal?.throwIfAborted();
    }

    #fill(tokens: number): void {
      this.#used += tokens;
      if (this.#used <= window) return;
      this.#used = tokens;
      const event = new Event('contextoverflow');
      this.dispatchEvent(event);
      this.#handler?.(event);
    }

    async *#answer(prompt: LanguageModelPrompt, signal: AbortSignal | undefined): AsyncGenerator<string> {
      this.#check(signal);
      this.#fill(tokensIn(prompt));
      await Promise.resolve();
      const tools = this.#options.tools ?? [];
      await Promise.all(calls.map(({ name, args }) => tools.find((tool) => tool.name === name)!.execute(...args)));
      for (const [index, chunk] of chunks.entries()) {
        if (index === 1) await gate;
        this.#check(signal);
        if (index === failure?.after) throw failure.error;
        this.#fill(chunk.length);
        yield chunk;
      }
    }

    async prompt(prompt: LanguageModelPrompt, options: LanguageModelPromptOptions = {}): Promise<string> {
      let text = '';
      for await (const chunk of this.#answer(prompt, options.signal)) text += chunk;
      return text;
    }

    promptStreaming(prompt: LanguageModelPrompt, options: LanguageModelPromptOptions = {}): ReadableStream<string> {
      const answer = this.#answer(prompt, options.signal);
      return new ReadableStream({
        async pull(controller) {
          const next = await answer.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        },
        cancel: () => answer.return(undefined).then(() => undefined),
      });
    }

    async append(prompt: LanguageModelPrompt): Promise<undefined> {
      this.#check(undefined);
      await Promise.resolve();
      this.#fill(tokensIn(prompt));
    }

    measureContextUsage(prompt: LanguageModelPrompt): Promise<number> {
      measured.push(prompt);
      return Promise.resolve(tokensIn(prompt));
    }

    clone(): Promise<Model> {
      this.#check(undefined);
      return Promise.resolve(new Model(this.#options, this.#used));
    }

    destroy(): undefined {
      this.#isDestroyed = true;
    }
  }
  return { LanguageModel: Model as unknown as typeof LanguageModel, measured, given };
}
