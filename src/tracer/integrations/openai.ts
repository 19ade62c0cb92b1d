/** Recording the calls of the OpenAI client, and of clients of compatible APIs that are made like it. */
import { capturedFetch } from './http-capture.js';
import { OPENAI_ROUTES } from './provider-route.js';
import { wrapClient, type ClientHook, type WrapOptions } from './wrap-client.js';

export type { WrapOptions } from './wrap-client.js';

const fetchHook: ClientHook = {
  routes: OPENAI_ROUTES,
  options(client, capture) {
    const { fetch } = client as { fetch?: typeof globalThis.fetch };
    return { fetch: capturedFetch(fetch ?? globalThis.fetch, capture) };
  },
};

/**
 * A copy of an OpenAI client (version 5 or later) whose calls are recorded: chat, completions, responses, embeddings,
 * images, audio, moderations. It is of the same type and behaves as before; the hook is its `fetch` option.
 *
 * `span.use(client)` makes its calls children of a span; without, each is a root. Each attempt is a span: a retry says
 * which it repeats (`http.request.resend_count`, `llm_trace.retry_of`).
 */
export const wrapOpenAI = <Client extends object>(client: Client, options: WrapOptions): Client =>
  wrapClient(client, fetchHook, options);
