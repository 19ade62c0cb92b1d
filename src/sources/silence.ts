/** Ends a request whose server sends nothing for a while, whether before its answer or in the middle of it. */
export class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #millis: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param millis without a byte */
  constructor(millis: number) {
    this.#millis = millis;
    this.#heard();
  }

  /** For the request. Its reason is a `TimeoutError`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the server fell silent. */
  get isOver(): boolean {
    return this.signal.aborted;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #heard(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException('The server fell silent.', 'TimeoutError'));
    }, this.#millis);
  }

  /** The same answer, each of whose bytes is a sign of life. */
  watch(response: Response): Response {
    if (!response.body) {
      this.stop();
      return response;
    }
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            this.stop();
            controller.close();
          } else {
            this.#heard();
            controller.enqueue(value);
          }
        } catch (error) {
          this.stop();
          // WebKit gives an error of its own in place of the reason for the abort.
          throw this.isOver ? this.signal.reason : error;
        }
      },
      cancel: (reason) => {
        this.stop();
        return reader.cancel(reason);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }
}
