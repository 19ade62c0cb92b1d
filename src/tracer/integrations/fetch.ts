/** Recording calls of models that an application makes by `fetch` itself. */
import { registerClient } from '../bind-client.js';
import type { TracerSpan } from '../tracer-span.js';
import { absolute, routeOf, type CallRoute } from './call-route.js';
import { capturedFetch, HttpCapture, type HttpCall } from './http-capture.js';
import { providerOf } from './provider-host.js';
import { spansOf, type WrapOptions } from './wrap-client.js';

/** Addresses: by how they begin, by a pattern, or by a function. */
export type UrlRule = string | RegExp | ((url: URL) => boolean);

export interface TraceFetchOptions extends WrapOptions {
  /** Which requests are recorded. Calls of models at providers that are known by their host, where not given. */
  match?: UrlRule | readonly UrlRule[];
}

/**
 * A `fetch` that records the calls of models: of OpenAI and what is compatible with it, Anthropic, Gemini and Ollama.
 * The `fetch` of the page stays as it is; requests that do not match go through untouched.
 *
 * `span.use(fetch)` makes its calls children of a span; without, each is a root. The body of a request is recorded
 * where it is handed over as such, not inside a `Request`.
 */
export function traceFetch(fetch: typeof globalThis.fetch, options: TraceFetchOptions): typeof globalThis.fetch {
  const forSpan = (parent: TracerSpan | undefined): typeof globalThis.fetch => {
    const describe = (call: HttpCall, url: URL): CallRoute | undefined => describeBy(options.match, call, url);
    const capture = new HttpCapture({ ...options, describe, start: spansOf(options.tracer, parent) });
    const traced = capturedFetch(fetch, capture);
    registerClient(traced, forSpan);
    return traced;
  };
  return forSpan(undefined);
}

function describeBy(match: TraceFetchOptions['match'], { method }: HttpCall, url: URL): CallRoute | undefined {
  const route = routeOf(method, url);
  if (match === undefined) return providerOf(url) === undefined ? undefined : route;
  const rules = Array.isArray(match) ? (match as readonly UrlRule[]) : [match as UrlRule];
  if (!rules.some((rule) => matches(rule, url))) return undefined;
  // What the application calls its own: what it is turns out when the bodies are read.
  return route ?? { operation: `${method} ${url.pathname}`, kind: 'span', provider: undefined, model: undefined };
}

function matches(rule: UrlRule, url: URL): boolean {
  if (typeof rule === 'string') return url.href.startsWith(absolute(rule).href);
  if (typeof rule === 'function') return rule(url);
  // A pattern with `g` remembers where it was.
  return new RegExp(rule.source, rule.flags.replace('g', '')).test(url.href);
}
