import { amountIn, answerPart, scaled, type StageReader } from '../stage-reader.js';
import { placed } from '../stage-record.js';

/** Seconds in the answer: in `usage` (Groq), or in `time_info` (Cerebras). */
export const answerTimeStages: StageReader = {
  read(span) {
    const times = answerPart(span, 'prompt_time', 'completion_time');
    if (!times) return undefined;
    const ms = (name: string): number | undefined => scaled(amountIn(times, name), 1000);
    const from = amountIn(times, 'completion_tokens') === undefined ? 'time_info' : 'usage';
    return {
      from,
      measuredBy: 'server',
      arePlaced: true,
      stages: placed([
        { stage: 'queue', ms: ms('queue_time') },
        { stage: 'prefill', ms: ms('prompt_time'), tokensIn: amountIn(times, 'prompt_tokens') },
        { stage: 'decode', ms: ms('completion_time'), tokensOut: amountIn(times, 'completion_tokens') },
      ]),
      stated: [
        ['queue', ms('queue_time'), `${from}.queue_time`],
        ['e2e', ms('total_time'), `${from}.total_time`],
      ],
      tokensOut: amountIn(times, 'completion_tokens') ?? span.usage?.output,
    };
  },
};
