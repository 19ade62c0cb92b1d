import { amountIn, scaled, type StageReader } from '../stage-reader.js';
import { placed } from '../stage-record.js';

const ROOM = 'gen_ai.latency.';

/** Attributes of the spans that vLLM writes itself: seconds (vllm/tracing, `SpanAttributes`). */
export const vllmStages: StageReader = {
  read(span) {
    const { attributes } = span;
    const ms = (name: string): number | undefined => scaled(amountIn(attributes, `${ROOM}${name}`), 1000);
    const first = ms('time_to_first_token');
    const queue = ms('time_in_queue');
    const prefill = ms('time_in_model_prefill');
    const decode = ms('time_in_model_decode');
    if ([first, queue, prefill, decode].every((time) => time === undefined)) return undefined;
    return {
      from: `${ROOM}*`,
      measuredBy: 'server',
      arePlaced: true,
      stages: placed([
        { stage: 'queue', ms: queue },
        { stage: 'prefill', ms: prefill, tokensIn: span.usage?.input },
        { stage: 'decode', ms: decode, tokensOut: span.usage?.output },
      ]),
      stated: [
        ['queue', queue, `${ROOM}time_in_queue`],
        ['ttft', first, `${ROOM}time_to_first_token`],
        ['e2e', ms('e2e'), `${ROOM}e2e`],
      ],
      tokensOut: span.usage?.output,
    };
  },
};
