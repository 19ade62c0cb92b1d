/**
 * Tokens of one call or of many. `input` and `output` include the parts that are listed beside them: cached tokens are
 * inside `input`, reasoning is inside `output`. Readers of providers that count otherwise (Anthropic, Gemini) add them
 * up first. A part that is not known is absent, never 0.
 */
export interface Usage {
  input?: number;
  output?: number;
  /** As stated by the trace, or `input + output` where it states none. */
  total?: number;
  /** Input tokens read from the provider's prompt cache. */
  cacheRead?: number;
  /** Input tokens written to the provider's prompt cache. */
  cacheWrite?: number;
  /** Output tokens spent on reasoning. */
  reasoning?: number;
  audioInput?: number;
  audioOutput?: number;
}

export const USAGE_FIELDS = [
  'input',
  'output',
  'total',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'audioInput',
  'audioOutput',
] as const satisfies readonly (keyof Usage)[];

/** The total of a usage: the stated one, else the sum of the sides that are known; `undefined` when none is. */
export function totalTokens(usage: Usage): number | undefined {
  if (usage.total !== undefined) return usage.total;
  if (usage.input === undefined && usage.output === undefined) return undefined;
  return (usage.input ?? 0) + (usage.output ?? 0);
}

/** Adds `usage` to `sum`, part by part. A part that neither knows stays absent. */
export function addUsage(sum: Usage, usage: Usage): void {
  for (const field of USAGE_FIELDS) {
    const tokens = field === 'total' ? totalTokens(usage) : usage[field];
    if (tokens !== undefined) sum[field] = (sum[field] ?? 0) + tokens;
  }
}
