/** A piece of a Markdown text that can be read without the others. */
export type MarkdownBlock =
  | { readonly type: 'markdown'; readonly source: string }
  /** Fenced code: its language, as the fence says it, and its lines. `source` is all of it, fences included. */
  | { readonly type: 'code'; readonly language: string; readonly text: string; readonly source: string }
  /** A paragraph, list or table so long that reading it as Markdown could hold up the page. */
  | { readonly type: 'plain'; readonly source: string };

/** Blocks are joined up to so many characters. */
const WANTED = 4000;
/** A longer one, which has no place to cut it, is not read as Markdown. */
const MOST = 10_000;

const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\r\n]*)$/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
/** What ends a list without a blank line: a heading, a quote, a rule, a table. */
const INTERRUPTS = /^(?:#{1,6}[ \t]|>|---|\*\*\*|___|\|)/;
const DEFINITION = /^ {0,3}\[[^\]\r\n]{1,999}\]:/;
/** A table of more cells is not made. */
const MOST_CELLS = 8000;
/** Definitions of links beyond these, or this far into a text, are not looked for. */
const MOST_DEFINITIONS = 1000;
const DEFINED_WITHIN = 300_000;
/** Lines after which the work could rest. */
const LINES_AT_ONCE = 2000;

/**
 * Cuts a Markdown text at places where, by CommonMark's rules, nothing before them bears on what follows: behind a blank line
 * before a line that is neither indented nor a list's item; a long list also between items. One pass over the lines; gives
 * `undefined` where it could rest.
 */
export function* blocksOf(source: string): Generator<MarkdownBlock | undefined, void> {
  let start = 0;
  /** The last place where the block may end. */
  let cut = 0;
  let wasBlank = false;
  let fence: { start: number; bar: string; language: string; content: number } | undefined;
  /** The marks of an indented fence, which may be part of a list: it stays where it is, in one piece. */
  let bar: string | undefined;
  let isList = false;
  let lines = 0;
  for (const { line, at, next } of linesOf(source)) {
    if (++lines % LINES_AT_ONCE === 0) yield undefined;
    if (fence) {
      if (!closes(line, fence.bar)) continue;
      yield code(source, fence, at, next);
      fence = undefined;
      isList = false;
      start = cut = next;
      wasBlank = true;
      continue;
    }
    if (bar !== undefined && isList && /^[^ \t]/.test(line)) {
      // The list ends, and its fence with it.
      bar = undefined;
      isList = false;
    }
    if (bar !== undefined) {
      if (closes(line.trimStart(), bar)) bar = undefined;
      wasBlank = false;
      continue;
    }
    const opening = openingOf(line);
    if (opening?.indent === '') {
      if (at > start) yield* pieces(source, start, cut, at);
      fence = { start: at, bar: opening.bar, language: opening.language, content: next };
      continue;
    }
    bar = opening?.bar;
    const isBlank = line.trim() === '';
    const isItem = ITEM.test(line);
    const isCut = wasBlank && !isBlank && !isItem && !/^[ \t]/.test(line);
    if (isCut || (isItem && at - start > WANTED)) {
      if (at - start > WANTED) {
        yield* pieces(source, start, cut, at);
        start = at;
      }
      cut = at;
    }
    isList = isItem || (isList && !isCut && !INTERRUPTS.test(line));
    wasBlank = isBlank;
  }
  if (fence) yield code(source, fence, source.length, source.length);
  else if (start < source.length) yield* pieces(source, start, cut, source.length);
}

/** The definitions of links (`[label]: address`) in a text, which hold in all its blocks. */
export function definitionsOf(source: string): string {
  const definitions: string[] = [];
  let bar: string | undefined;
  for (const { line } of linesOf(source.slice(0, DEFINED_WITHIN))) {
    const opening = openingOf(line)?.bar;
    if (bar !== undefined) {
      if (closes(line, bar)) bar = undefined;
    } else if (opening) bar = opening;
    else if (DEFINITION.test(line) && line.length < WANTED) definitions.push(line);
    if (definitions.length === MOST_DEFINITIONS) break;
  }
  return definitions.join('\n\n');
}

/** What lies between two places, in two where that keeps each short enough. */
function* pieces(source: string, start: number, cut: number, end: number): Generator<MarkdownBlock, void> {
  const isLong = end - start > MOST && cut > start;
  if (isLong) yield piece(source.slice(start, cut));
  yield piece(source.slice(isLong ? cut : start, end));
}

const piece = (source: string): MarkdownBlock => ({
  type: source.length > MOST || mayHaveCells(source) > MOST_CELLS ? 'plain' : 'markdown',
  source,
});

/** Cells that a table in a text may have at the most: a row that is short gets as many as the widest line between bars. */
function mayHaveCells(source: string): number {
  let columns = 0;
  for (const [line] of source.matchAll(/^[|:\- \t>]+$/gm)) columns = Math.max(columns, line.split('|').length);
  return columns < 2 ? 0 : columns * source.split('\n').length;
}

const code = (
  source: string,
  { start, language, content }: { start: number; language: string; content: number },
  end: number,
  next: number,
): MarkdownBlock => ({
  type: 'code',
  language,
  text: source.slice(content, end).replace(/\r?\n$/, ''),
  source: source.slice(start, next),
});

/** The fence that a line opens, if it does. */
function openingOf(line: string): { indent: string; bar: string; language: string } | undefined {
  const found = FENCE.exec(line);
  if (!found) return undefined;
  const [, indent, bar, language] = found as unknown as [string, string, string, string];
  // Marks on both sides are a piece of code within a line.
  return bar.startsWith('`') && language.includes('`') ? undefined : { indent, bar, language: language.trim() };
}

/** Whether a line ends a fence: at least as many of its marks, and nothing else. */
function closes(line: string, bar: string): boolean {
  const marks = line.trim();
  return (
    marks.length >= bar.length && line.length - line.trimStart().length < 4 && marks === bar[0]!.repeat(marks.length)
  );
}

function* linesOf(source: string): Generator<{ line: string; at: number; next: number }> {
  for (let at = 0; at < source.length;) {
    const found = source.indexOf('\n', at);
    const next = found < 0 ? source.length : found + 1;
    // A rule for lines looks at the beginning of one only: a line of megabytes is not copied.
    const end = Math.min(found < 0 ? next : found, at + MOST);
    yield { line: source.slice(at, end).replace(/\r$/, ''), at, next };
    at = next;
  }
}
