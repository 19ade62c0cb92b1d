import type { TracerSpan } from './tracer-span.js';

/** How a wrapped client is bound to a span. */
export type ClientBinder = (span: TracerSpan) => object;

const binders = new WeakMap<object, ClientBinder>();

/** For integrations: says how a client that they wrapped is bound to a span. */
export function registerClient(client: object, binder: ClientBinder): void {
  binders.set(client, binder);
}

/** The client, its calls children of the span; a client that nobody wrapped as it is. */
export const bindClient = <Client extends object>(client: Client, span: TracerSpan): Client =>
  (binders.get(client)?.(span) as Client | undefined) ?? client;
