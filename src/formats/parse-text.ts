import type { TraceProblem } from '../model/index.js';
import { EmptyInputError, TraceReadError, TraceSyntaxError, UnknownFormatError } from './errors.js';
import { isObject } from '../payloads/json-value.js';
import { jsonFault, lineAndColumn } from './json-syntax.js';
import { quoteLongIntegers } from './long-integers.js';
import { isSse, parseSse } from './provider/sse-transcript.js';
import { closeEvents } from './chrome-trace/unclosed-events.js';

/** What a text holds: a JSON value, for JSON Lines a list of the values of its lines, or an `SseTranscript`. */
export interface ParsedText {
  value: unknown;
  /** Lines that could not be read; the many beyond the first ones in a single problem. */
  problems: TraceProblem[];
}

/** How many lines that could not be read are listed one by one. */
const MOST_LISTED = 100;

/** @throws {EmptyInputError | UnknownFormatError | TraceSyntaxError} */
export function parseText(source: string): ParsedText {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const start = text.search(/\S/);
  if (start < 0) {
    throw new EmptyInputError(
      text.length ? 'The input holds only white space.' : 'The input is empty: it has 0 bytes.',
    );
  }
  if (text[start] === '<') throw htmlError(text.slice(start, start + 2000));
  if (isSse(text)) return transcript(text);
  const exact = quoteLongIntegers(text);
  const whole = tryJson(exact);
  if (whole) return { value: whole.value, problems: [] };
  const lines = parseLines(exact);
  if (lines) return lines;
  const closed = closeEvents(exact);
  const events = closed && tryJson(closed.text);
  if (events) return { value: events.value, problems: closed.problems };
  throw syntaxError(text);
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

/**
 * JSON Lines: each line a JSON object or list. A line that is cut off or garbled is counted and left out, since the
 * others are whole; but where the first line does not stand for itself, or is the only good one and what follows does
 * not begin as another object, the text is one document with a fault.
 */
function parseLines(text: string): ParsedText | undefined {
  const values: unknown[] = [];
  const problems: TraceProblem[] = [];
  let line = 0;
  let bad = 0;
  let second: string | undefined;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(start, end).trim();
    start = end + 1;
    line++;
    if (content === '') continue;
    if (values.length === 1) second ??= content;
    const parsed = content.startsWith('{') || content.startsWith('[') ? tryJson(content) : undefined;
    if (parsed) values.push(parsed.value);
    else if (values.length === 0) return undefined;
    else if (++bad <= MOST_LISTED) {
      problems.push({ code: 'unreadable-record', message: `Line ${line} is not valid JSON and was left out.` });
    }
  }
  if (values.length < 2 && !(isObject(values[0]) && second?.startsWith('{'))) return undefined;
  if (bad > MOST_LISTED) {
    const more = bad - MOST_LISTED;
    const message = `And ${more} more ${more === 1 ? 'line is' : 'lines are'} not valid JSON and left out.`;
    problems.push({ code: 'unreadable-record', message });
  }
  return { value: values, problems };
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
