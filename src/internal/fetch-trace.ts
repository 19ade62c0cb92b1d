/** Why an address gave no trace. `message` is written for a person. */
export class TraceFetchError extends Error {
  override name = 'TraceFetchError';
  /** What kind of failure it was. */
  readonly reason: 'address' | 'http' | 'network' | 'timeout';
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(message: string, reason: TraceFetchError['reason'], options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.status = options.status;
  }
}

export interface FetchOptions {
  signal: AbortSignal;
  /** Milliseconds without a byte after which the server is given up. */
  timeout: number;
  credentials: RequestCredentials;
  /** Whether the browser may answer from what it keeps; its own rules where nothing is said. */
  cache?: RequestCache;
}

/**
 * Fetches a trace. The response's body fails like the fetch itself when the server falls silent.
 *
 * @throws {TraceFetchError} no such address, no answer, or an answer that is no success
 */
export async function fetchTrace(
  src: string,
  { signal, timeout, credentials, cache }: FetchOptions,
): Promise<Response> {
  const url = addressOf(src);
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(timeoutError(url, timeout)), timeout);
  };
  const stop = (): void => clearTimeout(timer);
  signal.addEventListener('abort', stop, { once: true });
  heard();
  try {
    const response = await fetch(url, {
      credentials,
      ...(cache && { cache }),
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok) {
      void response.body?.cancel();
      throw httpError(url, response);
    }
    if (!response.body) {
      stop();
      return response;
    }
    const watched = watchedStream(response.body, heard, stop);
    return new Response(watched, { headers: response.headers });
  } catch (error) {
    stop();
    // WebKit gives an error of its own in place of the reason for the abort.
    silence.signal.throwIfAborted();
    if (signal.aborted || error instanceof TraceFetchError) throw error;
    throw networkError(url, error);
  }
}

/** The stream, with each sign of life and its end told, whoever ends it. */
function watchedStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  heard: () => void,
  stop: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        stop();
        controller.close();
      } else {
        heard();
        controller.enqueue(value);
      }
    },
    cancel(reason) {
      stop();
      return reader.cancel(reason);
    },
  });
}

/** @throws {TraceFetchError} no such address */
export function addressOf(src: string): URL {
  try {
    return new URL(src, document.baseURI);
  } catch (error) {
    throw new TraceFetchError(`“${src}” is not an address.`, 'address', { cause: error });
  }
}

function httpError(url: URL, { status, statusText }: Response): TraceFetchError {
  const answer = `${status}${statusText ? ` ${statusText}` : ''}`;
  const advice =
    status === 401 || status === 403
      ? 'It wants a sign-in, or does not let this page read the trace.'
      : status === 404 || status === 410
        ? 'There is no such file: check the address.'
        : status >= 500
          ? 'The server has a fault: try again later.'
          : 'Check the address.';
  return new TraceFetchError(`The server answered ${answer} for ${url.href}. ${advice}`, 'http', { status });
}

function timeoutError(url: URL, timeout: number): TraceFetchError {
  const seconds = Math.max(1, Math.round(timeout / 1000));
  return new TraceFetchError(
    `${url.host || 'The address'} sent nothing for ${seconds} s, and the request for ${url.href} was given up.`,
    'timeout',
  );
}

/** A browser does not tell a page whether the network failed or the other server forbids the reading. */
function networkError(url: URL, cause: unknown): TraceFetchError {
  const isElsewhere = url.origin !== location.origin;
  const advice =
    url.protocol === 'file:'
      ? 'A page may not read files from disk by address: put the trace into the page, or give the file to load().'
      : isElsewhere
        ? `Either it cannot be reached, or it does not allow this page to read it: it must then send the header Access-Control-Allow-Origin: ${location.origin}.`
        : 'The server cannot be reached.';
  return new TraceFetchError(`No answer from ${url.href}. ${advice}`, 'network', { cause });
}
