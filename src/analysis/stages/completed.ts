import { percentile } from '../percentile.js';
import type { Arrivals, Latency, LatencyFigure, StageDraft, StageRecord, StageTime } from './stage-record.js';

/** Gaps between what came one after the other. */
export function gapsOf({ times }: Arrivals): Float64Array {
  const gaps = new Float64Array(Math.max(0, times.length - 1));
  for (let at = 0; at < gaps.length; at++) gaps[at] = times[at + 1]! - times[at]!;
  return gaps;
}

const lengthOf = (stages: readonly StageTime[]): number =>
  stages.reduce((sum, { start, end }) => sum + (end - start), 0);

/** Adds to what a source states what follows from it, and says from what. Nothing is taken from another source. */
export function completed({ stated = [], tokensOut, arePlaced = false, ...draft }: StageDraft): StageRecord {
  const figures = new Map<Latency, LatencyFigure>();
  const derive = (latency: Latency, value: number | undefined, from: string): void => {
    if (value === undefined || !Number.isFinite(value) || value < 0 || figures.has(latency)) return;
    figures.set(latency, { value, from, isDerived: true });
  };
  for (const [latency, value, from] of stated) {
    if (value !== undefined && Number.isFinite(value) && value >= 0) {
      figures.set(latency, { value, from, isDerived: false });
    }
  }
  const { stages, arrivals } = draft;
  const of = (stage: string): readonly StageTime[] => stages.filter((one) => one.stage === stage);
  const queue = of('queue');
  if (queue.length) derive('queue', lengthOf(queue), 'queue');
  if (arrivals?.times.length) derive('ttft', arrivals.times[0], `first ${arrivals.unit}`);
  const written = [...of('reason'), ...of('decode')];
  if (written.length && stages.length > written.length) {
    const first = written.reduce((least, { start }) => Math.min(least, start), Infinity);
    const before = [...new Set(stages.filter(({ end }) => end <= first).map(({ stage }) => stage))];
    if (before.length) derive('ttft', first, arePlaced ? before.join(' + ') : 'start of the first of reason, decode');
  }
  if (arrivals && arrivals.times.length > 1) {
    const gaps = gapsOf(arrivals).sort();
    const from = `gaps between ${arrivals.unit}s`;
    derive('itl-p50', percentile(gaps, 0.5), from);
    derive('itl-p90', percentile(gaps, 0.9), from);
    derive('itl-p99', percentile(gaps, 0.99), from);
    if (arrivals.unit === 'token')
      derive('tpot', gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, `mean of ${from}`);
  }
  const ttft = figures.get('ttft');
  const e2e = figures.get('e2e');
  if (ttft && e2e && tokensOut !== undefined && tokensOut > 1) {
    derive('tpot', (e2e.value - ttft.value) / (tokensOut - 1), '(e2e − ttft) ÷ (output tokens − 1)');
  }
  return { ...draft, arePlaced, figures };
}
