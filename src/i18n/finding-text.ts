import { formatCost, formatDuration, formatNumber, formatPercent } from './format.js';
import type { Messages } from './messages.js';

/** The figures of a finding, written out; empty for one that the finding does not state. */
export interface FindingFigures {
  /** For plurals. */
  count: number;
  share: string;
  time: string;
  otherTime: string;
  tokens: string;
  otherTokens: string;
  cost: string;
  rate: string;
  name: string;
}

/** The words of one rule. */
export interface FindingWords {
  /** What such a finding is called. */
  title: string;
  /** The rule itself: when there is such a finding. */
  rule: string;
  /** What was found. */
  found(figures: FindingFigures): string;
}

/** What a finding of the analysis carries. */
interface FindingLike {
  readonly rule: string;
  readonly values: {
    readonly count?: number;
    readonly share?: number;
    readonly time?: number;
    readonly otherTime?: number;
    readonly tokens?: number;
    readonly otherTokens?: number;
    readonly cost?: number;
    readonly rate?: number;
    readonly name?: string;
  };
}

/** A finding in words. One of a rule that the language has no words for, as a page may add, is its name. */
export function findingText({ rule, values }: FindingLike, { locale, findings, kinds }: Messages): string {
  const words = findings.get(rule);
  if (!words) return rule;
  const { count = 0, share, time, otherTime, tokens, otherTokens, cost, rate, name = '' } = values;
  const written = (value: number | undefined, format: (value: number, locale: string) => string): string =>
    value === undefined ? '' : format(value, locale);
  return words.found({
    count,
    share: written(share, formatPercent),
    time: written(time, formatDuration),
    otherTime: written(otherTime, formatDuration),
    tokens: written(tokens, formatNumber),
    otherTokens: written(otherTokens, formatNumber),
    cost: written(cost, formatCost),
    rate: written(rate && Math.round(rate * 10) / 10, formatNumber),
    // Of kinds there is a word in each language.
    name: rule === 'slowest-kind' ? (kinds[name] ?? name) : name,
  });
}
