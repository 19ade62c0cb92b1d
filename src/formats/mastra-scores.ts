import { stated } from '../conventions/attribute-values.js';
import type { Score, SpanTable } from '../model/index.js';
import { firstText } from '../payloads/json-record.js';
import { either, type JsonObject } from '../payloads/json-value.js';
import type { JoinedScores } from './joined-scores.js';

/** Whether a value is a score or a feedback of Mastra's (packages/core/src/observability/types/scores.ts, feedback.ts). */
export const isScore = (value: JsonObject | undefined): value is JsonObject =>
  value !== undefined &&
  (typeof value['scorerId'] === 'string' || typeof value['feedbackType'] === 'string') &&
  either(value, 'score', 'value') !== undefined;

/** Notes a score for its span or trace. */
export function addScore(scores: JoinedScores, row: JsonObject, table: SpanTable): void {
  if (!isScore(row)) {
    table.problems.push({ code: 'unreadable-record', message: 'A score of an unknown shape was left out.' });
    return;
  }
  const value = either(row, 'score', 'value');
  const isFeedback = typeof row['feedbackType'] === 'string';
  const score: Score = {
    name: firstText(row, 'scorerName', 'scorerId', 'feedbackType') ?? '',
    ...stated<Omit<Score, 'name'>>({
      value: typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined,
      explanation: firstText(row, 'reason', 'comment'),
      source: firstText(row, 'scoreSource', 'feedbackSource', 'source') ?? (isFeedback ? 'human' : undefined),
    }),
  };
  scores.add(row['traceId'], row['spanId'], score);
}
