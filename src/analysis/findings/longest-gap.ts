import { stepsOf } from '../../model/steps.js';
import type { Finding, Lint } from './finding.js';

const LEAST_TIME = 200;
const LEAST_SHARE = 0.1;
/** Kinds that only hold others: nobody knows what they do while nothing inside them runs. */
const HOLDS: ReadonlySet<string> = new Set(['agent', 'chain', 'span']);

/** The longest time in which a span that holds others ran and none of them did. */
export const longestGap: Lint = {
  name: 'longest-gap',
  reads: 'outline',
  *find(look) {
    const { tree, table, duration } = look.trace;
    let longest = Math.max(LEAST_TIME, duration * LEAST_SHARE);
    let found: { position: number; before: number; after: number } | undefined;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        if (tree.childCount[position] === 0 || !HOLDS.has(table.kinds[look.trace.rowAt(position)]!)) continue;
        // Where the time of its own is shorter, so is every gap.
        if (!(look.rollUps.selfTimes[position]! > longest)) continue;
        let reached = look.startOf(position);
        let before = -1;
        const consider = (until: number, after: number): void => {
          if (!(until - reached > longest)) return;
          longest = until - reached;
          found = { position, before, after };
        };
        const end = look.endOf(position);
        for (const child of look.childrenOf(position)) {
          consider(Math.min(look.startOf(child), end), child);
          const childEnd = look.endOf(child);
          // One that is running, or whose times are missing, may have filled the rest.
          if (Number.isNaN(childEnd)) reached = Infinity;
          if (childEnd > reached) {
            reached = childEnd;
            before = child;
          }
        }
        consider(end, -1);
      }
    }
    if (!found) return;
    const finding: Finding = {
      rule: longestGap.name,
      severity: longest > duration / 3 ? 'warning' : 'info',
      values: { time: longest, share: longest / duration, name: table.names[look.trace.rowAt(found.position)]! },
      spans: look.spansAt([found.position, found.before, found.after].filter((position) => position >= 0)),
    };
    yield finding;
  },
};
