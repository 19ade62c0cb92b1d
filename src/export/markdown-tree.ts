import { formatCost, formatDuration } from '../i18n/format.js';
import type { Messages } from '../i18n/messages.js';
import type { Trace } from '../model/index.js';
import { bytesOf, inlineCode } from './markdown-text.js';

/** What a text is written in: its words, and how it writes figures. */
export type MarkdownLanguage = Pick<Messages, 'locale' | 'markdown'>;

/** Levels that are drawn as such; what is deeper says how deep it is. */
const MOST_LEVELS = 12;
/** What is said on a line of what is not shown inside takes about so much. */
const NOTE = 32;

/**
 * The spans between two positions as a nested list, a line a span. Where not all of them fit into some bytes: failed ones with
 * all that they are in, then the outer ones.
 */
export function markdownTree(
  trace: Trace,
  first: number,
  end: number,
  budget: number,
  language: MarkdownLanguage,
): string {
  const { markdown: words } = language;
  const heading = `\n## ${words.tree}\n\n`;
  const shown = new Map<number, string>();
  let left = budget - bytesOf(heading);
  const show = (position: number): boolean => {
    if (shown.has(position)) return true;
    const line = lineOf(trace, position, first, language);
    const size = bytesOf(line) + NOTE;
    if (size > left) return false;
    left -= size;
    shown.set(position, line);
    return true;
  };
  for (const position of inOrder(trace, first, end)) if (!show(position)) break;
  const hidden = new Map<number, number>();
  const lines: string[] = [];
  const places = [...shown.keys()].sort((one, other) => one - other);
  for (let position = first; shown.size < end - first && position < end; position++) {
    if (shown.has(position)) continue;
    let nearest = trace.tree.parent[position]!;
    while (nearest >= first && !shown.has(nearest)) nearest = trace.tree.parent[nearest]!;
    hidden.set(nearest, (hidden.get(nearest) ?? 0) + 1);
  }
  for (const position of places) {
    const inside = hidden.get(position);
    lines.push(`${shown.get(position)!}${inside ? ` (${words.insideNotShown(inside)})` : ''}\n`);
    hidden.delete(position);
  }
  let others = 0;
  for (const count of hidden.values()) others += count;
  if (others) lines.push(`\n${words.spansNotShown(others)}\n`);
  return heading + lines.join('');
}

/** Failed spans behind all that they are in, then all from the outside in. */
function* inOrder(trace: Trace, first: number, end: number): Generator<number> {
  const { parent, depth } = trace.tree;
  for (let position = first; position < end; position++) {
    if (trace.table.statuses[trace.rowAt(position)] !== 'error') continue;
    const chain: number[] = [];
    for (let at = position; at >= first; at = parent[at]!) chain.push(at);
    yield* chain.reverse();
  }
  for (let level = depth[first] ?? 0, found = true; found; level++) {
    found = false;
    for (let position = first; position < end; position++) {
      if (depth[position] !== level) continue;
      found = true;
      yield position;
    }
  }
}

function lineOf(trace: Trace, position: number, first: number, { locale, markdown: words }: MarkdownLanguage): string {
  const span = trace.spanAt(position);
  const level = span.depth - trace.tree.depth[first]!;
  const tokens = trace.rollUp.tokens[position]!;
  const cost = trace.rollUp.cost[position]!;
  const facts = [
    span.kind,
    span.model === undefined ? '' : inlineCode(span.model, words.noName),
    span.duration === undefined ? (span.isRunning ? words.running : '') : formatDuration(span.duration, locale),
    tokens ? words.tokens(tokens) : '',
    cost ? formatCost(cost, locale) : '',
    level > MOST_LEVELS ? words.level(level) : '',
    span.status === 'error'
      ? `**${words.failed}**${span.statusMessage ? ` ${inlineCode(span.statusMessage, '')}` : ''}`
      : '',
  ];
  return `${'  '.repeat(Math.min(level, MOST_LEVELS))}- ${inlineCode(span.name, words.noName)} ${facts.filter(Boolean).join(', ')}`;
}
