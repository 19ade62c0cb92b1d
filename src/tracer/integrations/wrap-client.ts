import { registerClient } from '../bind-client.js';
import type { Tracer } from '../tracer.js';
import type { TracerSpan } from '../tracer-span.js';
import { HttpCapture, type HttpCaptureOptions, type HttpCaptureSetup, type SpanFactory } from './http-capture.js';
import { routeIn, type Route } from './provider-route.js';

/** What the wrappers of clients take. */
export interface WrapOptions extends HttpCaptureOptions {
  tracer: Tracer;
}

/** How the calls of a client are got at. */
export interface ClientHook {
  /** The options that hang a capture into a copy of a client, by a hook that the client offers. */
  options(client: object, capture: HttpCapture): object;
  /** Which requests are calls of models. */
  routes: readonly Route[];
}

/** A client that makes a copy of itself with other options, as those do that Stainless makes. */
interface ConfigurableClient {
  withOptions(options: object): object;
}

const wrapped = new WeakSet();

/**
 * A copy of a client whose calls are recorded. What `span.use()` and `withOptions()` make of it are such copies too. A
 * client that is wrapped already, or that cannot be copied, comes back as it is.
 */
export function wrapClient<Client extends object>(client: Client, hook: ClientHook, options: WrapOptions): Client {
  if (wrapped.has(client) || !isConfigurable(client)) return client;
  return wrapFor(undefined, client, (others) => client.withOptions(others), { hook, options }) as Client;
}

const isConfigurable = (client: object): client is ConfigurableClient =>
  typeof (client as Partial<ConfigurableClient>).withOptions === 'function';

function wrapFor(
  parent: TracerSpan | undefined,
  client: object,
  copyWith: (options: object) => object,
  how: { hook: ClientHook; options: WrapOptions },
): object {
  const { hook, options } = how;
  const describe: HttpCaptureSetup['describe'] = ({ method }, url) => routeIn(hook.routes, method, url);
  const capture = new HttpCapture({ ...options, describe, start: spansOf(options.tracer, parent) });
  const copy = copyWith(hook.options(client, capture)) as ConfigurableClient;
  const copyOfCopy = copy.withOptions.bind(copy);
  const withOptions = (others: object): object => {
    const next = copyOfCopy(others) as ConfigurableClient;
    return wrapFor(parent, next, next.withOptions.bind(next), how);
  };
  Object.defineProperty(copy, 'withOptions', { value: withOptions, configurable: true, writable: true });
  wrapped.add(copy);
  registerClient(copy, (span) => wrapFor(span, copy, copyOfCopy, how));
  return copy;
}

/** Children of a span, or roots. A retry of a root goes on with its trace. */
export const spansOf =
  (tracer: Tracer, parent: TracerSpan | undefined): SpanFactory =>
  (name, span, retryOf) =>
    (parent ?? retryOf ?? tracer).start(name, span);
