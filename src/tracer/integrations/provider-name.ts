/** How frameworks begin the names of providers, and OpenTelemetry's name where it is another (`gen_ai.provider.name`). */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['amazon-bedrock', 'aws.bedrock'],
  ['amazon_bedrock', 'aws.bedrock'],
  ['azure', 'azure.ai.openai'],
  ['google', 'gcp.gemini'],
  ['google_genai', 'gcp.gemini'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['mistral', 'mistral_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['xai', 'x_ai'],
]);

/** OpenTelemetry's name of a provider, from what a framework calls it: `openai.chat`, `google.vertex.chat`, `mistral`. */
export function providerName(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  if (name.startsWith('google.vertex')) return 'gcp.vertex_ai';
  const [family] = name.split('.') as [string];
  return NAMES.get(family) ?? family;
}
