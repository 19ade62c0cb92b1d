import { ANTHROPIC_ROUTES, OPENAI_ROUTES, routeIn, type CallRoute, type Route } from './provider-route.js';

export { absolute, type CallRoute } from './provider-route.js';

/** Calls of any model's API that is known. */
const ROUTES: readonly Route[] = [
  ...OPENAI_ROUTES,
  ...ANTHROPIC_ROUTES,
  // llama.cpp.
  [/\/completion$/, 'text_completion', 'llm'],
  [/\/api\/chat$/, 'chat', 'llm'],
  [/\/api\/generate$/, 'text_completion', 'llm'],
  [/:(?:stream)?[gG]enerateContent$/, 'generate_content', 'llm', 'gcp.gemini'],
  [/:(?:embedContent|batchEmbedContents)$/, 'embeddings', 'embedding', 'gcp.gemini'],
  [/\/api\/embed$/, 'embeddings', 'embedding'],
  [/\/rerank$/, 'rerank', 'reranker'],
];

/** What a request is; `undefined` where it is no call of a model: lists, files, what was stored. */
export const routeOf = (method: string, url: URL): CallRoute | undefined => routeIn(ROUTES, method, url);
