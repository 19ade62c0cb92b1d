import { amountIn, answerPart, scaled, type StageReader } from '../stage-reader.js';

/** The figures in `usage.extra` of WebLLM: seconds (mlc-ai/web-llm, `CompletionUsage`). It runs in the page: there is no network. */
export const webLlmStages: StageReader = {
  read(span) {
    const extra = answerPart(span, 'time_to_first_token_s', 'time_per_output_token_s');
    if (!extra) return undefined;
    const ms = (name: string): number | undefined => scaled(amountIn(extra, name), 1000);
    const first = ms('time_to_first_token_s')!;
    const whole = ms('e2e_latency_s');
    return {
      from: 'usage.extra',
      measuredBy: 'client',
      stages: [
        { stage: 'first-token', start: 0, end: first },
        ...(whole !== undefined && whole >= first ? [{ stage: 'decode', start: first, end: whole }] : []),
      ],
      stated: [
        ['ttft', first, 'usage.extra.time_to_first_token_s'],
        ['tpot', ms('time_per_output_token_s'), 'usage.extra.time_per_output_token_s'],
        ['e2e', whole, 'usage.extra.e2e_latency_s'],
      ],
    };
  },
};
