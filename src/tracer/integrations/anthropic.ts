/** Recording the calls of the Anthropic client. */
import { capturedFetch, untraced, type HttpCapture } from './http-capture.js';
import { ANTHROPIC_ROUTES } from './provider-route.js';
import { wrapClient, type ClientHook, type WrapOptions } from './wrap-client.js';

export type { WrapOptions } from './wrap-client.js';

/** A request as the client's middleware sees it: in Anthropic's words, whoever's cloud it goes to. */
interface MiddlewareRequest extends RequestInit {
  url: string;
}

type Middleware = (
  request: MiddlewareRequest,
  next: (request: MiddlewareRequest) => Promise<Response>,
) => Promise<Response>;

const ours = new WeakSet<Middleware>();

const middlewareOf = (capture: HttpCapture): Middleware => {
  const middleware: Middleware = (request, next) => {
    const { method = 'POST', url, headers, body, signal } = request;
    return capture.send({ method: method.toUpperCase(), url, headers, body, signal }, () => next(request));
  };
  ours.add(middleware);
  return middleware;
};

const anthropicHook: ClientHook = {
  routes: ANTHROPIC_ROUTES,
  options(client, capture) {
    const { middleware, fetch } = client as { middleware?: readonly Middleware[]; fetch?: typeof globalThis.fetch };
    if (!Array.isArray(middleware)) return { fetch: capturedFetch(fetch ?? globalThis.fetch, capture) };
    // Behind those of the application: what they send is what is recorded, each time that they send it.
    const others = (middleware as Middleware[]).filter((other) => !ours.has(other));
    return { middleware: [...others, middlewareOf(capture)], ...(fetch && { fetch: untraced(fetch) }) };
  },
};

/**
 * A copy of an Anthropic client whose calls are recorded. It is of the same type and behaves as before; the hook is its
 * `middleware` (version 1 or later), else its `fetch` option.
 *
 * `span.use(client)` makes its calls children of a span; without, each is a root. Each attempt is a span: a retry says
 * which it repeats (`http.request.resend_count`, `llm_trace.retry_of`).
 */
export const wrapAnthropic = <Client extends object>(client: Client, options: WrapOptions): Client =>
  wrapClient(client, anthropicHook, options);
