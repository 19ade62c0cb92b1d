/** Hosts by how they end, with OpenTelemetry's name for whose they are. */
const HOSTS: readonly (readonly [host: RegExp, provider: string])[] = [
  [/(?:^|\.)openai\.com$/, 'openai'],
  [/(?:^|\.)anthropic\.com$/, 'anthropic'],
  [/^generativelanguage\.googleapis\.com$/, 'gcp.gemini'],
  [/aiplatform\.googleapis\.com$/, 'gcp.vertex_ai'],
  [/\.(?:openai|cognitiveservices)\.azure\.com$/, 'azure.ai.openai'],
  [/\.services\.ai\.azure\.com$/, 'azure.ai.inference'],
  [/^bedrock-runtime\..*\.amazonaws\.com$/, 'aws.bedrock'],
  [/(?:^|\.)groq\.com$/, 'groq'],
  [/(?:^|\.)mistral\.ai$/, 'mistral_ai'],
  [/(?:^|\.)deepseek\.com$/, 'deepseek'],
  [/(?:^|\.)x\.ai$/, 'x_ai'],
  [/(?:^|\.)cohere\.(?:com|ai)$/, 'cohere'],
  [/(?:^|\.)perplexity\.ai$/, 'perplexity'],
  [/(?:^|\.)openrouter\.ai$/, 'openrouter'],
  [/(?:^|\.)together\.(?:ai|xyz)$/, 'together'],
  [/(?:^|\.)fireworks\.ai$/, 'fireworks'],
];

/** Where Ollama listens unless told otherwise (ollama/ollama, docs/faq.md). */
const OLLAMA_PORT = '11434';

/** Whose API an address belongs to, as far as it tells. */
export const providerOf = ({ hostname, port }: URL): string | undefined =>
  port === OLLAMA_PORT ? 'ollama' : HOSTS.find(([host]) => host.test(hostname))?.[1];
