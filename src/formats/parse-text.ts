import { atOnce, type TraceProblem } from '../model/index.js';
import { csvRows } from './csv.js';
import { EmptyInputError, TraceReadError, TraceSyntaxError, UnknownFormatError } from './errors.js';
import { jsonFault, lineAndColumn } from './json-syntax.js';
import { linesOf } from './json-lines.js';
import { isLong } from './incoming-text.js';
import { parsePieces } from './json-pieces.js';
import { quoteLongIntegers } from './long-integers.js';
import { quotePythonNumbers } from './python-numbers.js';
import { isSse, parseSse } from './provider/sse-transcript.js';
import { closeEvents } from './chrome-trace/unclosed-events.js';

/** What a text holds: a JSON value, for JSON Lines a list of the values of its lines, or an `SseTranscript`. */
export interface ParsedText {
  value: unknown;
  /** Lines that could not be read; the many beyond the first ones in a single problem. */
  problems: TraceProblem[];
}

/** @throws {EmptyInputError | UnknownFormatError | TraceSyntaxError} */
export const parseText = (source: string): ParsedText => atOnce(parseTextInSteps(source));

/** As `parseText`; yields how much of a long text it has parsed. */
export function* parseTextInSteps(source: string): Generator<number, ParsedText> {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const start = text.search(/\S/);
  if (start < 0) {
    throw new EmptyInputError(
      text.length ? 'The input holds only white space.' : 'The input is empty: it has 0 bytes.',
    );
  }
  if (text[start] === '<') throw htmlError(text.slice(start, start + 2000));
  if (isSse(text)) return transcript(text);
  const taken = isLong(text) ? yield* tryPieces(text) : undefined;
  if (taken) return { value: taken.value, problems: [] };
  const exact = quoteLongIntegers(text);
  const whole = tryJson(exact);
  if (whole) return { value: whole.value, problems: [] };
  const lines = linesOf(text);
  if (lines) return lines;
  const python = quotePythonNumbers(exact);
  const ofPython = python === undefined ? undefined : tryJson(python);
  if (ofPython) return { value: ofPython.value, problems: [] };
  const closed = closeEvents(exact);
  const events = closed && tryJson(closed.text);
  if (events) return { value: events.value, problems: closed.problems };
  const rows = csvRows(text);
  if (rows) return { value: rows, problems: [] };
  throw syntaxError(text);
}

/** The value of a long text without a long wait; `undefined` where it is not JSON, or of a shape that has to be parsed as a whole. */
function* tryPieces(text: string): Generator<number, { value: unknown } | undefined> {
  try {
    return { value: yield* parsePieces(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function transcript(text: string): ParsedText {
  const value = parseSse(text);
  const { events, unreadable } = value;
  if (events.length === 0) throw new EmptyInputError('This is a transcript of server-sent events, but none has data.');
  const message = `${unreadable} of ${events.length} events hold no valid JSON and are kept as text.`;
  return { value, problems: unreadable ? [{ code: 'unreadable-record', message }] : [] };
}

function tryJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // An engine that runs out of stack on deep JSON says so with another error than a syntax error.
    if (error instanceof SyntaxError) return undefined;
    throw new TraceReadError(`The JSON could not be read: ${(error as Error).message}.`, { cause: error });
  }
}

function syntaxError(text: string): TraceReadError {
  const fault = jsonFault(text);
  if (!fault) return new TraceReadError('The JSON could not be read.');
  const { line, column } = lineAndColumn(text, fault.offset);
  return new TraceSyntaxError(fault.reason, line, column);
}

function htmlError(head: string): UnknownFormatError {
  const title = /<title[^>]*>([^<]{1,80})/i.exec(head)?.[1]?.trim();
  const seen = /^<\?xml/i.test(head) ? 'an XML document' : `a web page${title ? ` (“${title}”)` : ''}`;
  return new UnknownFormatError(
    `This is ${seen}, not a trace. A server answers with a page where a sign-in is needed or the address is wrong: ` +
      'open the address in a tab to see what it gives.',
  );
}
