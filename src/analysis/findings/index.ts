import { atOnce } from '../../model/steps.js';
import type { Trace } from '../../model/index.js';
import type { PriceSource } from '../call-cost.js';
import { TraceLook, type Finding, type FindingValues, type Lint, type Severity } from './finding.js';
import { LINTS } from './registry.js';

export type { Finding, FindingValues, Lint, Severity, TraceLook } from './finding.js';
export { LINTS } from './registry.js';

export interface FindingsOptions {
  /** The rules to apply; all by default. */
  lints?: readonly Lint[];
  /** Leaves out the rules that read messages and values, which takes longer. */
  outlineOnly?: boolean;
  prices?: PriceSource;
}

/** What rules found, and what they did not look at. */
export interface Findings {
  /** The most severe first. */
  readonly findings: readonly Finding[];
  /** How many more findings a rule has than `MOST_FINDINGS`. */
  readonly notListed: ReadonlyMap<string, number>;
  /** Rules that would have had to read too many spans, and how many they left out. */
  readonly notRead: ReadonlyMap<string, number>;
}

/** Findings of one rule that are listed. */
export const MOST_FINDINGS = 20;

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Applies rules to a trace: where its time, tokens and money went, and what went wrong. */
export const findingsIn = (trace: Trace, options?: FindingsOptions): Findings =>
  atOnce(findingsInSteps(trace, options));

/** As `findingsIn`, with a chance to rest before each rule. */
export function* findingsInSteps(
  trace: Trace,
  { lints = LINTS, outlineOnly = false, prices }: FindingsOptions = {},
): Generator<undefined, Findings> {
  const look = new TraceLook(trace, prices);
  const findings: Finding[] = [];
  const notListed = new Map<string, number>();
  const notRead = new Map<string, number>();
  for (const lint of lints) {
    const { name, reads, orderedBy } = lint;
    if (outlineOnly && reads === 'detail') continue;
    yield;
    look.startRule();
    const found = Array.from(lint.find(look));
    if (orderedBy) found.sort((one, other) => figure(other, orderedBy) - figure(one, orderedBy));
    for (const finding of found.slice(0, MOST_FINDINGS)) findings.push(finding);
    if (found.length > MOST_FINDINGS) notListed.set(name, found.length - MOST_FINDINGS);
    if (look.notRead > 0) notRead.set(name, look.notRead);
  }
  findings.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  return { findings, notListed, notRead };
}

function figure({ values }: Finding, name: keyof FindingValues): number {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}
