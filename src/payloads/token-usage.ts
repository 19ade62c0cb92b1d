import type { Usage } from '../model/index.js';
import { firstValue, isRecord, type JsonRecord } from './json-record.js';
import { usageOfCounts } from './usage.js';

const numberIn = (record: JsonRecord, name: string): number => {
  const value = record[name];
  return typeof value === 'number' && value > 0 ? value : 0;
};

/**
 * Tokens as LangChain, LangSmith and frameworks like them count them: a provider's own counts, `usage_metadata`, the
 * counts of a run (`prompt_token_details`), or with camel case. Cached tokens are inside the input and reasoning is
 * inside the output; a provider that counts otherwise is told by its names (see usage.ts).
 */
export function tokenUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const input = firstValue(value, 'input_token_details', 'prompt_token_details');
  const output = firstValue(value, 'output_token_details', 'completion_token_details');
  const total = firstValue(value, 'total_tokens', 'totalTokens');
  const isOwn = input !== undefined || output !== undefined || firstValue(value, 'promptTokens', 'completionTokens');
  const usage = usageOfCounts(
    isOwn
      ? {
          input_tokens: firstValue(value, 'input_tokens', 'prompt_tokens', 'promptTokens'),
          output_tokens: firstValue(value, 'output_tokens', 'completion_tokens', 'completionTokens'),
          total_tokens: total,
          input_token_details: isRecord(input) ? withCacheWrite(input) : undefined,
          output_token_details: output,
        }
      : value,
  );
  return usage ?? (typeof total === 'number' && total >= 0 ? { total } : undefined);
}

/** What was written to the cache may be split by how long the cache keeps it; the sum is then 0, or left out. */
function withCacheWrite(details: JsonRecord): JsonRecord {
  const split = numberIn(details, 'ephemeral_5m_input_tokens') + numberIn(details, 'ephemeral_1h_input_tokens');
  return split > numberIn(details, 'cache_creation') ? { ...details, cache_creation: split } : details;
}
