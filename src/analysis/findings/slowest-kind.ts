import { stepsOf } from '../../model/steps.js';
import type { SpanKind } from '../../model/index.js';
import { Largest } from '../largest.js';
import type { Lint } from './finding.js';

const LEAST_SHARE = 0.6;
const NAMED = 5;

/** The kind of span that most of the work was done in, where it is by far the most. */
export const slowestKind: Lint = {
  name: 'slowest-kind',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const { selfTimes } = look.rollUps;
    const times = new Map<SpanKind, number>();
    let whole = 0;
    for (const [from, to] of stepsOf(selfTimes.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const time = selfTimes[position]!;
        if (!(time > 0)) continue;
        const kind = table.kinds[look.trace.rowAt(position)]!;
        times.set(kind, (times.get(kind) ?? 0) + time);
        whole += time;
      }
    }
    const [slowest] = [...times].sort(([, one], [, other]) => other - one);
    if (!slowest || times.size < 2 || slowest[1] < whole * LEAST_SHARE) return;
    const [kind, time] = slowest;
    const slowestOnes = new Largest(NAMED);
    for (const [from, to] of stepsOf(selfTimes.length)) {
      yield;
      for (let position = from; position < to; position++) {
        if (!(selfTimes[position]! > 0) || table.kinds[look.trace.rowAt(position)] !== kind) continue;
        slowestOnes.add(position, selfTimes[position]!);
      }
    }
    yield {
      rule: slowestKind.name,
      severity: 'info',
      values: { name: kind, time, share: time / whole },
      spans: look.spansAt(slowestOnes.items),
    };
  },
};
