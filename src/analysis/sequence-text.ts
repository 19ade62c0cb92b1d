import { escaped, quoted, titleOf } from './call-graph-text.js';
import type { Lifeline, Sequence, SequenceRow } from './sequence.js';

/** Rows that are written; Mermaid draws no more of them than a page can show. */
const MOST_ROWS = 500;
const MOST_CHARACTERS = 80;

/** What may be shown of a name. */
type Readable = (name: string) => string;

/**
 * A sequence as a Mermaid sequence diagram, what is repeated as loops. Names are somebody else's text: every character but letters,
 * digits and a few signs is written by its number, so that none can end a message, begin another statement or become markup.
 */
export function mermaidOfSequence(sequence: Sequence, readable: Readable = (name) => name): string {
  const { lifelines } = sequence;
  const lines = ['sequenceDiagram'];
  const rows = [...rowsOf(sequence)];
  if (rows.some(({ row }) => row.call.from < 0)) lines.push('  participant start');
  lifelines.forEach((lifeline, at) => lines.push(`  participant p${at} as ${escaped(nameOf(lifeline, readable))}`));
  const idOf = (lifeline: number): string => (lifeline < 0 ? 'start' : `p${lifeline}`);
  for (const { row, isLast } of rows) {
    const { type, call } = row;
    const [from, to] = [idOf(call.from), idOf(call.to)];
    const said = escaped(wordsOf(sequence, row, readable));
    if (type === 'loop') lines.push(`  loop ${row.times} times`);
    else if (type === 'return') lines.push(`  ${to}-->>-${from}: ${said}`);
    else lines.push(`  ${from}${call.span.status === 'error' ? '-x' : '->>'}${call.isLeaf ? '' : '+'}${to}: ${said}`);
    if (isLast) lines.push('  end');
  }
  const more = sequence.rows(() => false).count - rows.length;
  if (more > 0) lines.push(`  Note over ${idOf(0)}: ${more} more`);
  return `${lines.join('\n')}\n`;
}

/** A sequence as lines of text, indented: `agent "planner" -> tool "search": 3 times, 1 error, 120 ms`. */
export function sequenceText(sequence: Sequence, readable: Readable = (name) => name): string {
  const lines: string[] = [];
  const named = (lifeline: number): string => {
    const { kind, name, others } = sequence.lifelines[lifeline] ?? { kind: 'span', name: '', others: 0 };
    if (lifeline < 0) return 'start';
    return others > 0 ? `${others} others` : quoted({ kind, name: readable(name) });
  };
  const rows = [...rowsOf(sequence)];
  for (const { row } of rows) {
    const { type, call } = row;
    if (type === 'return') continue;
    const indent = '  '.repeat(Math.min(call.depth, 20));
    if (type === 'loop') lines.push(`${indent}${row.times} times:`);
    else {
      const inLoop = type === 'times' ? '  ' : '';
      const name = readable(call.span.name).slice(0, MOST_CHARACTERS);
      lines.push(
        `${indent}${inLoop}${named(call.from)} -> ${named(call.to)}: ${JSON.stringify(name)}${figuresOf(sequence, row)}`,
      );
    }
  }
  const more = sequence.rows(() => false).count - rows.length;
  if (more > 0) lines.push(`and ${more} more`);
  return lines.length ? `${lines.join('\n')}\n` : '';
}

/** The rows that are written, and whether each is the last of its loop. Calls whose return is beyond them have none. */
function* rowsOf(sequence: Sequence): Generator<{ row: SequenceRow; isLast: boolean }> {
  const rows = sequence.rows(() => false);
  let left = 0;
  for (let at = 0; at < rows.count && (at < MOST_ROWS || left > 0); at++) {
    const row = rows.at(at);
    if (row.type === 'loop') left = row.pattern;
    else if (left > 0 && --left === 0) {
      yield { row, isLast: true };
      continue;
    }
    yield { row, isLast: false };
  }
}

const nameOf = ({ kind, name, others }: Lifeline, readable: Readable): string =>
  others > 0 ? `${others} others` : titleOf({ kind, name: readable(name) });

const wordsOf = (sequence: Sequence, row: SequenceRow, readable: Readable): string => {
  const name = row.type === 'return' ? '' : readable(row.call.span.name).slice(0, MOST_CHARACTERS);
  return `${name}${figuresOf(sequence, row)}`.replace(/^, /, '') || '-';
};

function figuresOf(sequence: Sequence, row: SequenceRow): string {
  const { duration, errors, isRunning } = sequence.figures(row);
  const parts = [''];
  if (errors) parts.push(errors === 1 ? '1 error' : `${errors} errors`);
  if (isRunning) parts.push('running');
  else if (duration !== undefined) parts.push(`${Math.round(duration * 10) / 10} ms`);
  return parts.join(', ');
}
