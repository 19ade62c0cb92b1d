import { Backoff, retryAfter } from '../export/backoff.js';
import { TraceReadError } from '../formats/errors.js';
import { readTraces } from '../formats/index.js';
import type { Trace } from '../model/index.js';
import { SilenceWatch } from './silence.js';
import { TraceSourceError, type SourceFailure } from './source-error.js';
import type { SourceOptions } from './source.js';

/** Milliseconds without a byte after which a request is given up. */
const SILENCE = 30_000;
/** Times that a request is sent at most. */
const TRIES = 3;
/** Milliseconds that are waited at most before a request is sent again: whoever waits for longer is told. */
const PATIENCE = 5000;
/** Characters of what a backend says of a failure that are kept. */
const MOST_WORDS = 300;

/** What a backend is called, and what it wants. */
export interface Backend {
  readonly title: string;
  /** What has to be set there so that a page of another origin may read; absent where there is no such setting. */
  readonly setting?: string | undefined;
}

/** Values of the search part. A list stands for the same name several times; what is `undefined` is left out. */
export type SearchPart = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One question to a backend. It must change nothing there: it may be sent more than once. */
export interface Question {
  search?: SearchPart | undefined;
  /** JSON of this is sent by POST; a string as it is. */
  body?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
  signal?: AbortSignal | undefined;
  /** Whether it asks for the page after another one, which may be gone: 400, 404 and 410 mean that. */
  isNextPage?: boolean | undefined;
}

/**
 * Asks a backend: adds the headers that the page gives, sends again what may succeed, and tells why there is no answer.
 * Nothing of an answer, and no header, is kept.
 */
export class SourceAccess {
  readonly #options: SourceOptions;
  readonly #backend: Backend;

  constructor(options: SourceOptions, backend: Backend) {
    this.#options = options;
    this.#backend = backend;
  }

  /**
   * The parsed JSON of an answer.
   *
   * @param path below the address of the backend, without a slash before it; its parts are escaped
   */
  async json(path: string, question: Question = {}): Promise<unknown> {
    const response = await this.response(path, question);
    return this.#reading(path, question.signal, async () => JSON.parse(await response.text()) as unknown);
  }

  /** The traces in an answer, read by their format; none where there are no spans. */
  async traces(path: string, question: Question = {}, format?: string): Promise<Trace[]> {
    const response = await this.response(path, question);
    return this.read(path, response, question.signal, format);
  }

  /** As `traces`; none where the backend says that it has no such trace. */
  async tracesOrNone(path: string, question: Question = {}, format?: string): Promise<Trace[]> {
    return (await unlessMissing(this.traces(path, question, format))) ?? [];
  }

  /** Reads traces of this backend by their format; none where there are no spans. */
  read(path: string, input: unknown, signal: AbortSignal | undefined, format?: string): Promise<Trace[]> {
    return this.#reading(path, signal, async () => {
      try {
        return await readTraces(input, { signal, format });
      } catch (error) {
        if (error instanceof Error && error.name === 'EmptyInputError') return [];
        throw error;
      }
    });
  }

  /** That an answer is not what its API answers with. */
  unreadable(path: string, answer?: string): TraceSourceError {
    return this.#error('unreadable', path, { answer });
  }

  /**
   * A successful answer. Its body fails when the backend falls silent.
   *
   * @throws {TraceSourceError}
   */
  async response(path: string, question: Question = {}): Promise<Response> {
    const { signal } = question;
    const backoff = new Backoff({ first: 300, last: PATIENCE });
    for (;;) {
      try {
        return await this.#ask(path, question);
      } catch (error) {
        signal?.throwIfAborted();
        backoff.failed(error instanceof TraceSourceError ? error.retryAfter : undefined);
        if (!isPassing(error) || backoff.failures >= TRIES || backoff.pause > PATIENCE) throw error;
      }
      await pause(backoff.pause, signal);
    }
  }

  async #ask(path: string, question: Question): Promise<Response> {
    const { signal, search, body } = question;
    const url = this.urlOf(path, search);
    const headers = new Headers({ accept: 'application/json', ...question.headers });
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    new Headers(await this.#options.headers?.()).forEach((value, name) => {
      headers.set(name, value);
    });
    signal?.throwIfAborted();
    const silence = new SilenceWatch(this.#options.timeout ?? SILENCE);
    let response: Response;
    try {
      response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers,
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        credentials: this.#options.credentials ?? 'same-origin',
        signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
      });
    } catch (cause) {
      silence.stop();
      signal?.throwIfAborted();
      if (silence.isOver) throw this.#error('timeout', path, { cause });
      throw await this.#unanswered(url, path, cause);
    }
    if (!response.ok) throw await this.#refusal(response, path, question, silence);
    const isPage = /^(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '');
    if (isPage) {
      silence.stop();
      void response.body?.cancel();
      throw this.#error('page', path, {});
    }
    return silence.watch(response);
  }

  /** The address of a request. */
  urlOf(path: string, search: SearchPart = {}): URL {
    let url: URL;
    try {
      const base = new URL(this.#options.url, typeof document === 'undefined' ? undefined : document.baseURI);
      if (!/^https?:$/.test(base.protocol)) throw new TypeError('Backends are asked by HTTP.');
      url = new URL(base);
      if (path !== '') url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`;
    } catch (cause) {
      throw this.#error('address', this.#options.url, { cause });
    }
    for (const [name, value] of Object.entries(search)) {
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) {
        url.searchParams.append(name, String(one));
      }
    }
    return url;
  }

  /**
   * A browser does not say why there is no answer. A request whose answer it would not show (`no-cors`) succeeds where
   * something answers: then the answer was kept from the page.
   */
  async #unanswered(url: URL, path: string, cause: unknown): Promise<TraceSourceError> {
    const isElsewhere = typeof location !== 'undefined' && url.origin !== location.origin;
    if (!isElsewhere) return this.#error('network', path, { cause });
    const probe = new URL('/', url);
    const answers = await fetch(probe, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    }).then(
      () => true,
      () => false,
    );
    return this.#error(answers ? 'cors' : 'network', path, { cause });
  }

  async #refusal(
    response: Response,
    path: string,
    { isNextPage }: Question,
    silence: SilenceWatch,
  ): Promise<TraceSourceError> {
    const { status, headers } = response;
    const wait = retryAfter(headers.get('retry-after'));
    const text = await silence
      .watch(response)
      .text()
      .catch(() => '');
    const answer = wordsIn(text);
    // Where the API is, a trace that is missing is told in other words.
    if (status === 404 && /^\s*</.test(text)) return this.#error('page', path, { status });
    const isGone = isNextPage && (status === 400 || status === 404 || status === 410 || status === 422);
    return this.#error(isGone ? 'gone' : failureOf(status), path, { status, retryAfter: wait, answer });
  }

  async #reading<T>(path: string, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TraceSourceError) throw error;
      if (error instanceof Error && error.name === 'TimeoutError') throw this.#error('timeout', path, { cause: error });
      const isOurs = error instanceof TraceReadError || error instanceof SyntaxError;
      // The connection broke while the body came in.
      if (!isOurs) throw this.#error('network', path, { cause: error });
      throw this.#error('unreadable', path, { cause: error, answer: error.message });
    }
  }

  #error(
    reason: SourceFailure,
    path: string,
    facts: { status?: number; retryAfter?: number | undefined; answer?: string | undefined; cause?: unknown },
  ): TraceSourceError {
    let address = path;
    if (reason !== 'address') {
      const { origin, pathname } = this.urlOf(path);
      address = `${origin}${pathname}`;
    }
    return new TraceSourceError(reason, { ...this.#backend, ...facts, address });
  }
}

/** Whether a backend says that it does not have what it was asked for. */
export const isMissing = (error: unknown): boolean =>
  error instanceof TraceSourceError && error.reason === 'not-found' && error.status === 404;

/** What a backend was asked for; `undefined` where it says that it does not have it. */
export async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function failureOf(status: number): SourceFailure {
  if (status === 401 || status === 407) return 'key';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 405 || status === 410 || status === 501) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'server' : 'refused';
}

/** Whether the same question may be answered a moment later. */
const isPassing = (error: unknown): boolean =>
  error instanceof TraceSourceError &&
  (error.reason === 'too-many' || error.reason === 'server' || error.reason === 'network') &&
  error.status !== 501;

/** Where backends put what they say of a failure. */
const WORDS = ['message', 'detail', 'error', 'msg', 'errors', 'exception'];

/** What a backend says of a failure, in one line; nothing of a page for people. */
function wordsIn(text: string): string | undefined {
  if (/^\s*</.test(text)) return undefined;
  let words: unknown = text;
  try {
    words = JSON.parse(text);
    // `{error: {message}}`, `{errors: [{msg}]}`, `{detail: [{msg}]}`
    for (let depth = 0; depth < 4 && typeof words === 'object' && words !== null; depth++) {
      const facts: Readonly<Record<string, unknown>> = Array.isArray(words)
        ? { message: words[0] as unknown }
        : { ...words };
      words = WORDS.map((name) => facts[name]).find((value) => value !== undefined && value !== null);
    }
  } catch {
    // Plain text.
  }
  if (typeof words !== 'string') return undefined;
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line || undefined;
}

function pause(millis: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, millis);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
