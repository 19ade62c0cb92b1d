import { amountIn, answerPart, scaled, type StageReader } from '../stage-reader.js';
import { placed } from '../stage-record.js';

/** The durations of Ollama's answers: nanoseconds (ollama/ollama, docs/api.md). */
export const ollamaStages: StageReader = {
  read(span) {
    const answer = answerPart(span, 'total_duration', 'eval_duration');
    if (!answer) return undefined;
    const ms = (name: string): number | undefined => scaled(amountIn(answer, name), 1e-6);
    return {
      from: 'total_duration',
      measuredBy: 'server',
      arePlaced: true,
      stages: placed([
        { stage: 'load', ms: ms('load_duration') },
        { stage: 'prefill', ms: ms('prompt_eval_duration'), tokensIn: amountIn(answer, 'prompt_eval_count') },
        { stage: 'decode', ms: ms('eval_duration'), tokensOut: amountIn(answer, 'eval_count') },
      ]),
      stated: [['e2e', ms('total_duration'), 'total_duration']],
      tokensOut: amountIn(answer, 'eval_count'),
    };
  },
};
