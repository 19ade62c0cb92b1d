import { atOnce } from '../../model/steps.js';
import type { Trace } from '../../model/index.js';
import type { PriceSource } from '../call-cost.js';
import { rollUpSpansInSteps, type RollUps } from '../roll-ups.js';
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
  /** The sums of the trace, where they are known: else they are worked out, with the prices. */
  rollUps?: RollUps;
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

/** What one rule found. */
interface Found {
  readonly findings: readonly Finding[];
  readonly notRead: number;
}

/** As `findingsIn`, with chances to rest; what needs no messages and values is given as soon as it is there. */
export function* findingsInSteps(
  trace: Trace,
  { lints = LINTS, outlineOnly = false, prices, rollUps }: FindingsOptions = {},
): Generator<Findings | undefined, Findings> {
  const look = new TraceLook(rollUps ?? (yield* rollUpSpansInSteps(trace, prices)));
  yield* look.prepare();
  const found = new Map<Lint, Found>();
  for (const lint of lints) if (lint.reads === 'outline') found.set(lint, yield* findingsOf(lint, look));
  if (!outlineOnly) {
    yield inOrder(lints, found);
    for (const lint of lints) if (lint.reads === 'detail') found.set(lint, yield* findingsOf(lint, look));
  }
  return inOrder(lints, found);
}

function* findingsOf(lint: Lint, look: TraceLook): Generator<undefined, Found> {
  const { orderedBy } = lint;
  yield;
  look.startRule();
  const findings: Finding[] = [];
  for (const finding of lint.find(look)) {
    if (finding) findings.push(finding);
    else yield;
  }
  if (orderedBy) findings.sort((one, other) => figure(other, orderedBy) - figure(one, orderedBy));
  return { findings, notRead: look.notRead };
}

/** The most severe first, and those that are as severe in the order of their rules. */
function inOrder(lints: readonly Lint[], found: ReadonlyMap<Lint, Found>): Findings {
  const findings: Finding[] = [];
  const notListed = new Map<string, number>();
  const notRead = new Map<string, number>();
  for (const lint of lints) {
    const of = found.get(lint);
    if (!of) continue;
    for (const finding of of.findings.slice(0, MOST_FINDINGS)) findings.push(finding);
    if (of.findings.length > MOST_FINDINGS) notListed.set(lint.name, of.findings.length - MOST_FINDINGS);
    if (of.notRead > 0) notRead.set(lint.name, of.notRead);
  }
  findings.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  return { findings, notListed, notRead };
}

function figure({ values }: Finding, name: keyof FindingValues): number {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}
