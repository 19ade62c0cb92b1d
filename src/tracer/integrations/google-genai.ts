/** Recording the calls of the Google GenAI client. */
import { registerClient } from '../bind-client.js';
import type { TracerSpan } from '../tracer-span.js';
import { routeOf, type CallRoute } from './call-route.js';
import { capturedFetch, HttpCapture, type HttpCall } from './http-capture.js';
import { standIn, type Hook } from './stand-in.js';
import type { WrapOptions } from './wrap-client.js';

export type { WrapOptions } from './wrap-client.js';

type Fetch = typeof globalThis.fetch;

/** What a method that calls a model takes. */
interface CallOptions {
  config?: { httpOptions?: { fetch?: Fetch } };
}

/** What the client sends its requests with. */
interface ApiClient {
  /** Gives the `fetch` of the application. Only versions that take one have it. */
  getFetch?(): Fetch | undefined;
  apiCall?(url: string, request: RequestInit, ...others: unknown[]): Promise<Response>;
}

type Models = Record<string, (...args: unknown[]) => unknown>;

interface GenAIClient {
  readonly models: Models;
  readonly chats: object;
  readonly apiClient: ApiClient;
}

interface Wrapping extends WrapOptions {
  readonly client: GenAIClient;
  readonly parent: TracerSpan | undefined;
}

const MODEL_METHODS = ['generateContent', 'generateContentStream', 'embedContent'];
const CHAT_METHODS = ['sendMessage', 'sendMessageStream'];

const wrapped = new WeakSet();

/**
 * A Google GenAI client whose calls are recorded: `models.generateContent`, `generateContentStream`, `embedContent`, and
 * chats. It is of the same type and behaves as before; the hook is `httpOptions.fetch` of each call, or, in versions
 * that have no such option, what the client sends its requests with. A client that has neither comes back as it is.
 *
 * `span.use(client)` makes its calls children of a span, `span.use(chat)` those of one chat; without, each is a root. Each
 * request is a span: a retry says which it repeats (`http.request.resend_count`, `llm_trace.retry_of`). A reader that
 * leaves a stream closes the connection as well, which the client alone leaves open.
 */
export function wrapGoogleGenAI<Client extends object>(client: Client, options: WrapOptions): Client {
  const { models, chats, apiClient } = client as Partial<GenAIClient>;
  if (wrapped.has(client) || !models || !chats || !(apiClient?.getFetch ?? apiClient?.apiCall)) return client;
  return wrapFor({ ...options, client: client as unknown as GenAIClient, parent: undefined }) as unknown as Client;
}

function wrapFor(wrapping: Wrapping): GenAIClient {
  const { client } = wrapping;
  const members = client.apiClient.getFetch ? membersByFetch(wrapping) : membersByRequest(wrapping);
  const traced = standIn(client, { members });
  wrapped.add(traced);
  registerClient(traced, (parent) => wrapFor({ ...wrapping, parent }));
  return traced;
}

type Members = ReadonlyMap<string, (member: object) => object>;

const methods = (names: readonly string[], hook: (name: string) => Hook): ReadonlyMap<string, Hook> =>
  new Map(names.map((name) => [name, hook(name)]));

const membersByFetch = (wrapping: Wrapping): Members =>
  new Map([
    ['models', (models) => standIn(models, { methods: methods(MODEL_METHODS, (name) => fetchHook(name, wrapping)) })],
    [
      'chats',
      (chats) =>
        standIn(chats, {
          methods: methods(['create'], () => (create, args) => {
            return tracedChat(create(...args) as object, args[0] as CallOptions | undefined, wrapping);
          }),
        }),
    ],
  ]);

function tracedChat(chat: object, defaults: CallOptions | undefined, wrapping: Wrapping): object {
  const traced = standIn(chat, { methods: methods(CHAT_METHODS, (name) => fetchHook(name, wrapping, defaults)) });
  registerClient(traced, (parent) => tracedChat(chat, defaults, { ...wrapping, parent }));
  return traced;
}

/** Gives each call a `fetch` that records it. */
const fetchHook =
  (name: string, wrapping: Wrapping, defaults?: CallOptions): Hook =>
  (call, [given, ...others]) => {
    if (typeof given !== 'object' || given === null) return call(given, ...others);
    const requests = new Requests(name, wrapping);
    // What a message of a chat sets takes the place of all that the chat does, as in the client.
    const config = (given as CallOptions).config ?? defaults?.config;
    const http = config?.httpOptions;
    const fetch = requests.fetch(http?.fetch ?? wrapping.client.apiClient.getFetch!() ?? globalThis.fetch);
    return requests.watch(call({ ...given, config: { ...config, httpOptions: { ...http, fetch } } }, ...others));
  };

/** For older versions, which do not change any more: each call is made with parts of its own. */
function membersByRequest(wrapping: Wrapping): Members {
  const { apiClient, models } = wrapping.client;
  const OwnModels = models.constructor as unknown as new (apiClient: ApiClient) => Models;
  const traced = standIn(models, {
    methods: methods(MODEL_METHODS, (name) => (_call, args) => {
      const requests = new Requests(name, wrapping);
      const apiCall: ApiClient['apiCall'] = (url, request, ...others) =>
        requests.send(url, request, () => apiClient.apiCall!(url, request, ...others));
      const own = new OwnModels(Object.create(apiClient, { apiCall: { value: apiCall } }) as ApiClient);
      return requests.watch(own[name]!(...args));
    }),
  });
  return new Map([
    ['models', () => traced],
    ['chats', (chats: object) => Object.create(chats, { modelsModule: { value: traced } }) as object],
  ]);
}

/** What one call of a method sends: a request, and those that repeat it or go on with it. */
class Requests {
  readonly #capture: HttpCapture;
  #answer: Response | undefined;

  constructor(name: string, wrapping: Wrapping) {
    this.#capture = captureOf(name, wrapping);
  }

  fetch(given: Fetch): Fetch {
    const traced = capturedFetch(given, this.#capture);
    return (input, init) => this.#keep(traced(input, init));
  }

  send(url: string, { method = 'POST', headers, body, signal }: RequestInit, send: () => Promise<Response>) {
    return this.#keep(this.#capture.send({ method, url, headers, body, signal }, send));
  }

  async #keep(answer: Promise<Response>): Promise<Response> {
    return (this.#answer = await answer);
  }

  /** What the method gives; where that is a stream, it closes its connection when its reader goes away. */
  watch(result: unknown): unknown {
    return (result as Promise<unknown>).then((given) => {
      if (typeof given === 'object' && given !== null && Symbol.asyncIterator in given)
        this.#watchStream(given as Partial<AsyncGenerator>);
      return given;
    });
  }

  #watchStream(stream: Partial<AsyncGenerator>): void {
    const close = (): void => {
      // What is at its end, or is read by somebody else, cannot be cancelled.
      this.#answer?.body?.cancel().catch(() => {});
    };
    const next = stream.next?.bind(stream);
    const leave = stream.return?.bind(stream);
    if (!next || !leave) return;
    // The client has just made this object for this one call.
    stream.next = (...args) =>
      next(...args).catch((error: unknown) => {
        close();
        throw error;
      });
    stream.return = (value) => leave(value).finally(close);
  }
}

/** Apart from the answers: what a capture is told of must not hold them. */
function captureOf(name: string, wrapping: Wrapping): HttpCapture {
  const { parent, tracer } = wrapping;
  let first: TracerSpan | undefined;
  const sent = new Map<string, number>();
  return new HttpCapture({
    ...wrapping,
    start(title, span, retryOf) {
      // What goes on with a call of its own accord stays in its trace.
      const begun = (parent ?? retryOf ?? first ?? tracer).start(title, span);
      first ??= begun;
      return begun;
    },
    describe: ({ method }, url) => routeOf(method, url) ?? otherRoute(name, method, url),
    // The client does not say it: what is sent again within a call is a retry.
    attemptOf({ url, body }) {
      const key = `${url} ${typeof body === 'string' ? body : ''}`;
      const count = sent.get(key) ?? 0;
      sent.set(key, count + 1);
      return count;
    },
  });
}

/** Vertex AI embeds by addresses that do not tell it (`…:predict`). */
function otherRoute(name: string, method: HttpCall['method'], { pathname }: URL): CallRoute | undefined {
  if (name !== 'embedContent' || method !== 'POST') return undefined;
  const [, model] = /\/models\/([^/:]+):/.exec(pathname) ?? [];
  return { operation: 'embeddings', kind: 'embedding', provider: 'gcp.gemini', model };
}
