import type { TraceProblem } from '../model/index.js';
import { isObject } from '../payloads/json-value.js';
import { MOST_UNDECIDED } from './incoming-text.js';
import { quoteLongIntegers } from './long-integers.js';
import { mayHoldLong } from './may-hold-long.js';
import { quotePythonNumbers } from './python-numbers.js';

/** How many lines that could not be read are listed one by one. */
const MOST_LISTED = 100;

/** How often what came is looked at before it is held to be something else. */
const MOST_LOOKS = 8;

/** Lines that could not be read; the many beyond the first ones in a single problem. */
class UnreadableLines {
  readonly #problems: TraceProblem[] = [];
  #count = 0;

  add(line: number): void {
    if (++this.#count > MOST_LISTED) return;
    this.#problems.push({ code: 'unreadable-record', message: `Line ${line} is not valid JSON and was left out.` });
  }

  list(): TraceProblem[] {
    const more = this.#count - MOST_LISTED;
    if (more <= 0) return this.#problems;
    const message = `And ${more} more ${more === 1 ? 'line is' : 'lines are'} not valid JSON and left out.`;
    return [...this.#problems, { code: 'unreadable-record', message }];
  }
}

/** @returns `undefined` for what is no JSON */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The value of a line; `undefined` where it holds none that a trace could be of.
 *
 * @param isExact whether it is known to hold no integer that a double cannot hold
 */
function valueOfLine(content: string, isExact = false): unknown {
  if (!content.startsWith('{') && !content.startsWith('[')) return undefined;
  const exact = isExact ? content : quoteLongIntegers(content);
  const value = parsed(exact);
  if (value !== undefined) return value;
  const python = quotePythonNumbers(exact);
  return python === undefined ? undefined : parsed(python);
}

/**
 * JSON Lines: each line a JSON object or list. A line that is cut off or garbled is counted and left out, since the
 * others are whole; but where the first line does not stand for itself, or is the only good one and what follows does
 * not begin as another object, the text is one document with a fault.
 *
 * Takes a text as it comes in, and gives the values of its lines once it is sure that they are JSON Lines: the first line
 * stands for itself, and another one does or begins as an object. Until then nothing is taken: whoever has the text keeps it.
 */
export class JsonLines {
  readonly #unreadable = new UnreadableLines();
  #state: 'open' | 'lines' | 'other' = 'open';
  /** What came and is in no value yet: of the whole text, or of the last line. */
  #pieces: string[] = [];
  #length = 0;
  #line = 0;
  #looks = 0;
  /** Whether the first line has come as a whole. */
  #hasEnds = false;

  /** Whether what came is JSON Lines, and its text is not needed any more. */
  get areLines(): boolean {
    return this.#state === 'lines';
  }

  /** Lines that could not be read. */
  get problems(): TraceProblem[] {
    return this.#unreadable.list();
  }

  /** The values of the lines that end in what came; the caller may rest between two. */
  *take(text: string): Generator<unknown, void> {
    if (this.#state === 'other' || text === '') return;
    let latest = text;
    if (this.#state === 'open') {
      this.#pieces.push(text);
      this.#length += text.length;
      this.#decide(text);
      if (!this.areLines) return;
      latest = this.#pieces.join('');
      this.#pieces = [];
    }
    const end = latest.lastIndexOf('\n') + 1;
    let begin = 0;
    // What came before is put before the line that it began alone: to copy all of the text takes its time.
    if (end > 0 && this.#pieces.length > 0) {
      begin = latest.indexOf('\n') + 1;
      const line = this.#pieces.join('') + latest.slice(0, begin);
      this.#pieces = [];
      yield* this.#valuesOf(line, 0, line.length);
    }
    if (end < latest.length) this.#pieces.push(latest.slice(end));
    yield* this.#valuesOf(latest, begin, end);
  }

  /** The value of the last line, which need not be ended. */
  *finish(): Generator<unknown, void> {
    if (this.#state !== 'lines') return;
    const whole = this.#pieces.join('');
    this.#pieces = [];
    yield* this.#valuesOf(whole, 0, whole.length);
  }

  *#valuesOf(text: string, from: number, end: number): Generator<unknown, void> {
    for (let start = from; start < end;) {
      const newline = text.indexOf('\n', start);
      const stop = newline < 0 ? end : newline;
      const content = text.slice(start, stop).trim();
      const isExact = !mayHoldLong(text, start, stop);
      start = stop + 1;
      this.#line++;
      if (content === '') continue;
      const value = valueOfLine(content, isExact);
      if (value === undefined) this.#unreadable.add(this.#line);
      else yield value;
    }
  }

  /** Looks for two lines at the beginning that are as lines have to be. */
  #decide(latest: string): void {
    this.#hasEnds ||= latest.includes('\n');
    if (!this.#hasEnds && this.#pieces.length > 1 && this.#length <= MOST_UNDECIDED) return;
    const text = this.#pieces.join('');
    this.#pieces = [text.charCodeAt(0) === 0xfeff ? text.slice(1) : text];
    let first: string | undefined;
    let value: unknown;
    let place = 0;
    for (const { content, isWhole } of beginningsOf(this.#pieces[0]!)) {
      place++;
      if (first === undefined) {
        if (!/^[{[]/.test(content)) return this.#giveUp();
        first = content;
        continue;
      }
      // Not before there is a second line: the first may be a document of any length.
      value ??= valueOfLine(first);
      if (value === undefined) return this.#giveUp();
      // The second one need not be whole: no other text goes on like this.
      if ((place === 2 && isObject(value) && content.startsWith('{')) || (isWhole && valueOfLine(content))) {
        this.#state = 'lines';
        return;
      }
    }
    if (this.#length > MOST_UNDECIDED || (value !== undefined && ++this.#looks === MOST_LOOKS)) this.#giveUp();
  }

  #giveUp(): void {
    this.#state = 'other';
    this.#pieces = [];
  }
}

/** The lines of a text that are not empty, without the space around them; the last one may go on. */
function* beginningsOf(text: string): Generator<{ content: string; isWhole: boolean }> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const isWhole = newline >= 0;
    const content = text.slice(start, isWhole ? newline : undefined).trim();
    start = isWhole ? newline + 1 : text.length;
    if (content !== '') yield { content, isWhole };
  }
}

/** The values of a text that is JSON Lines as a whole; `undefined` for any other. */
export function linesOf(text: string): { value: unknown[]; problems: TraceProblem[] } | undefined {
  const lines = new JsonLines();
  // So that the last line, too, is known to be whole.
  const value = [...lines.take(`${text}\n`)];
  return lines.areLines ? { value, problems: lines.problems } : undefined;
}
