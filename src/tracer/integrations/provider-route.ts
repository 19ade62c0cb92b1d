import type { SpanKind } from '../../model/index.js';

/** What a request to a model's API asks for. */
export interface CallRoute {
  /** `gen_ai.operation.name` of OpenTelemetry's GenAI conventions, where they have a word for it. */
  operation: string;
  kind: SpanKind;
  /** `gen_ai.provider.name` of whose way of speaking it is; `undefined` where the path does not tell. */
  provider: string | undefined;
  /** Where the address names it: Azure, Gemini. */
  model: string | undefined;
}

export type Route = readonly [path: RegExp, operation: string, kind: SpanKind, provider?: string];

/**
 * Calls of models, by the end of their path: hosts differ, and gateways put something in front. The last word says whose
 * way of speaking it is; the host knows better (`provider-host.ts`).
 */
export const OPENAI_ROUTES: readonly Route[] = [
  [/\/(?:chat\/completions|responses)$/, 'chat', 'llm', 'openai'],
  [/\/completions$/, 'text_completion', 'llm', 'openai'],
  [/\/images\/(?:generations|edits|variations)$/, 'generate_content', 'llm', 'openai'],
  [/\/audio\/(?:transcriptions|translations|speech)$/, 'generate_content', 'llm', 'openai'],
  [/\/embeddings$/, 'embeddings', 'embedding', 'openai'],
  [/\/moderations$/, 'moderation', 'guardrail', 'openai'],
];

export const ANTHROPIC_ROUTES: readonly Route[] = [[/\/v1\/messages$/, 'chat', 'llm', 'anthropic']];

/** What a request is; `undefined` where it is no call of a model: lists, files, what was stored. */
export function routeIn(routes: readonly Route[], method: string, url: URL): CallRoute | undefined {
  const route = method === 'POST' && routes.find(([path]) => path.test(url.pathname));
  if (!route) return undefined;
  const [, operation, kind, provider] = route;
  const [, model] = /\/(?:deployments|models)\/([^/:]+)[/:]/.exec(url.pathname) ?? [];
  return { operation, kind, provider, model };
}

/** An address as `fetch` understands it: against that of the page or the worker, where there is one. */
export const absolute = (address: string): URL =>
  new URL(address, (globalThis as { location?: { href: string } }).location?.href);
