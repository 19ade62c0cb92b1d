import type { SpanKind } from '../../model/index.js';
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
    for (let position = 0; position < selfTimes.length; position++) {
      const time = selfTimes[position]!;
      if (!(time > 0)) continue;
      const kind = table.kinds[look.trace.rowAt(position)]!;
      times.set(kind, (times.get(kind) ?? 0) + time);
      whole += time;
    }
    const [slowest] = [...times].sort(([, one], [, other]) => other - one);
    if (!slowest || times.size < 2 || slowest[1] < whole * LEAST_SHARE) return;
    const [kind, time] = slowest;
    const positions: number[] = [];
    for (let position = 0; position < selfTimes.length; position++) {
      if (!(selfTimes[position]! > 0) || table.kinds[look.trace.rowAt(position)] !== kind) continue;
      const place = positions.findIndex((other) => selfTimes[other]! < selfTimes[position]!);
      if (place >= 0) positions.splice(place, 0, position);
      else if (positions.length < NAMED) positions.push(position);
      if (positions.length > NAMED) positions.pop();
    }
    yield {
      rule: slowestKind.name,
      severity: 'info',
      values: { name: kind, time, share: time / whole },
      spans: look.spansAt(positions),
    };
  },
};
