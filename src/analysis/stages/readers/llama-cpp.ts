import { amountIn, answerPart, type StageReader } from '../stage-reader.js';
import { placed } from '../stage-record.js';

/** The `timings` of llama.cpp's server, and of what is built on it: milliseconds (tools/server, `result_timings`). */
export const llamaCppStages: StageReader = {
  read(span) {
    const timings = answerPart(span, 'prompt_ms', 'predicted_ms');
    if (!timings) return undefined;
    const of = (name: string): number | undefined => amountIn(timings, name);
    return {
      from: 'timings',
      measuredBy: 'server',
      arePlaced: true,
      stages: placed([
        { stage: 'load', ms: of('load_ms') },
        { stage: 'prefill', ms: of('prompt_ms'), tokensIn: of('prompt_n'), cached: of('cache_n') },
        { stage: 'decode', ms: of('predicted_ms'), tokensOut: of('predicted_n') },
      ]),
      stated: [['tpot', of('predicted_per_token_ms'), 'timings.predicted_per_token_ms']],
    };
  },
};
