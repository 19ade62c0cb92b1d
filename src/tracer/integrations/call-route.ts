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

type Route = readonly [path: RegExp, operation: string, kind: SpanKind, provider?: string];

/**
 * Calls of models, by the end of their path: hosts differ, and gateways put something in front. The last word says whose
 * way of speaking it is; the host knows better (`provider-host.ts`).
 */
const ROUTES: readonly Route[] = [
  [/\/(?:chat\/completions|responses)$/, 'chat', 'llm', 'openai'],
  [/\/v1\/messages$/, 'chat', 'llm', 'anthropic'],
  [/\/api\/chat$/, 'chat', 'llm'],
  [/\/completions$/, 'text_completion', 'llm', 'openai'],
  [/\/api\/generate$/, 'text_completion', 'llm'],
  [/:(?:stream)?[gG]enerateContent$/, 'generate_content', 'llm', 'gcp.gemini'],
  [/\/images\/(?:generations|edits|variations)$/, 'generate_content', 'llm', 'openai'],
  [/\/audio\/(?:transcriptions|translations|speech)$/, 'generate_content', 'llm', 'openai'],
  [/\/embeddings$/, 'embeddings', 'embedding', 'openai'],
  [/:(?:embedContent|batchEmbedContents)$/, 'embeddings', 'embedding', 'gcp.gemini'],
  [/\/api\/embed$/, 'embeddings', 'embedding'],
  [/\/moderations$/, 'moderation', 'guardrail', 'openai'],
  [/\/rerank$/, 'rerank', 'reranker'],
];

/** What a request is; `undefined` where it is no call of a model: lists, files, what was stored. */
export function routeOf(method: string, url: URL): CallRoute | undefined {
  if (method !== 'POST') return undefined;
  const route = ROUTES.find(([path]) => path.test(url.pathname));
  if (!route) return undefined;
  const [, operation, kind, speaksLike] = route;
  const [, model] = /\/(?:deployments|models)\/([^/:]+)[/:]/.exec(url.pathname) ?? [];
  return { operation, kind, provider: speaksLike, model };
}

/** An address as `fetch` understands it: against that of the page or the worker, where there is one. */
export const absolute = (address: string): URL =>
  new URL(address, (globalThis as { location?: { href: string } }).location?.href);
