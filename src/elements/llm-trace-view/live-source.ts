import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { addressOf, fetchTrace, TraceFetchError } from '../../internal/fetch-trace.js';

/** An address whose trace grows. */
export interface LiveAddress {
  src: string;
  /** Whether it sends events, or milliseconds between an answer and the next request. */
  how: 'events' | number;
  credentials: RequestCredentials;
  /** Milliseconds without a byte after which a request is given up; events may be silent for ever. */
  timeout: number;
}

/** What is done with what comes. None of these rejects: failures are told where they are shown. */
export interface LiveTarget {
  /** Shows an input in place of what is shown. */
  load(open: (signal: AbortSignal) => Promise<unknown>): Promise<void>;
  /** Shows the same traces as they are now. */
  renew(input: Response): Promise<void>;
  append(input: string): Promise<void>;
  failed(error: Error): void;
}

/**
 * Follows an address while its element is in the page. A stream of server-sent events is opened by the browser, which
 * connects again by itself when the connection breaks; each event holds spans. Anything else is asked for again and again,
 * and read where its headers do not say that it is the same.
 */
export class LiveSource implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #target: LiveTarget;
  #address: LiveAddress | undefined;
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Element, target: LiveTarget) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  /** Begins again, where an address is followed. */
  get again(): (() => void) | undefined {
    const address = this.#address;
    return address && (() => this.follow(address));
  }

  /** Follows this address from now on, or none. */
  follow(address: LiveAddress | undefined): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#address = address;
    if (!address) return;
    this.#running = new AbortController();
    const { signal } = this.#running;
    if (address.how === 'events') this.#listen(address, signal);
    else void this.#ask(address, address.how, signal);
  }

  hostConnected(): void {
    if (!this.#running) this.follow(this.#address);
  }

  /** To be moved in the page is not to leave it: what a stream sent before is not sent again. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#running?.abort();
      this.#running = undefined;
    });
  }

  /** The first event is what is loaded, so that the page waits for it; later ones join it. */
  #listen({ src, credentials }: LiveAddress, signal: AbortSignal): void {
    const firstEvent = (loadSignal: AbortSignal): Promise<string> =>
      new Promise((resolve, reject) => {
        let isFirst = true;
        const source = new EventSource(addressOf(src), { withCredentials: credentials === 'include' });
        signal.addEventListener('abort', () => source.close(), { once: true });
        loadSignal.addEventListener('abort', () => reject(loadSignal.reason as Error), { once: true });
        source.onmessage = ({ data }: MessageEvent<string>) => {
          if (isFirst) resolve(data);
          else void this.#target.append(data);
          isFirst = false;
        };
        source.onerror = () => {
          // Where it is not closed, the browser connects again.
          if (source.readyState !== EventSource.CLOSED) return;
          const failure = new TraceFetchError(
            `No events come from ${source.url}. Its answer must be a success, of the type text/event-stream, that this page may read.`,
            'network',
          );
          if (isFirst) reject(failure);
          else this.#target.failed(failure);
        };
      });
    void this.#target.load(firstEvent);
  }

  async #ask(address: LiveAddress, wait: number, signal: AbortSignal): Promise<void> {
    const { src, timeout, credentials } = address;
    const open = (until: AbortSignal): Promise<Response> =>
      fetchTrace(src, { signal: until, timeout, credentials, cache: 'no-cache' });
    let known: string | undefined;
    const isOver = (): boolean => signal.aborted;
    await this.#target.load(async (loadSignal) => {
      const response = await open(AbortSignal.any([signal, loadSignal]));
      known = versionOf(response);
      return response;
    });
    for (;;) {
      await pause(wait, signal);
      if (isOver()) return;
      try {
        const response = await open(signal);
        const version = versionOf(response);
        if (version !== undefined && version === known) void response.body?.cancel();
        else await this.#target.renew(response);
        known = version;
      } catch (error) {
        if (isOver()) return;
        this.#target.failed(error as Error);
      }
    }
  }
}

/** What the server calls the state of its answer. */
function versionOf({ headers }: Response): string | undefined {
  return headers.get('etag') ?? headers.get('last-modified') ?? undefined;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
