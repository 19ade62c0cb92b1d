import { knownStage } from '../stage-names.js';
import type { StageReader } from '../stage-reader.js';
import type { StageTime } from '../stage-record.js';

const FROM = 'llm_trace.internals';

/** What `Internals` say: stages, and when each token came. */
export const statedStages: StageReader = {
  read(span) {
    const { stages, output } = span.internals ?? {};
    const times = output?.t_ms;
    if (!stages && !times?.length) return undefined;
    const offset = stages?.origin === undefined || !span.hasStart ? 0 : stages.origin - span.start;
    const metrics = stages?.metrics;
    const of = (name: string): string => `stages.metrics.${name}`;
    return {
      from: FROM,
      measuredBy: stages?.measured_at ?? 'unknown',
      stages: (stages?.events ?? []).map((event): StageTime => {
        const { stage, start, end, req, on, batch, tokens_in, tokens_out, cached, bytes, energy_j } = event;
        return {
          stage: knownStage(stage) ?? stage,
          start: start + offset,
          end: end + offset,
          ...(req !== undefined && { request: req }),
          ...(on !== undefined && { on }),
          ...(batch !== undefined && { batch }),
          ...(tokens_in !== undefined && { tokensIn: tokens_in }),
          ...(tokens_out !== undefined && { tokensOut: tokens_out }),
          ...(cached !== undefined && { cached }),
          ...(bytes !== undefined && { bytes }),
          ...(energy_j !== undefined && { energy: energy_j }),
        };
      }),
      stated: [
        ['queue', metrics?.queue, of('queue')],
        ['ttft', metrics?.ttft, of('ttft')],
        ['tpot', metrics?.tpot, of('tpot')],
        ['itl-p50', metrics?.itl?.p50, of('itl.p50')],
        ['itl-p90', metrics?.itl?.p90, of('itl.p90')],
        ['itl-p99', metrics?.itl?.p99, of('itl.p99')],
        metrics?.e2e === undefined && stages?.measured_at === 'client'
          ? ['e2e', span.duration, 'duration']
          : ['e2e', metrics?.e2e, of('e2e')],
      ],
      ...(times?.length && { arrivals: { times, unit: 'token' as const } }),
    };
  },
};
