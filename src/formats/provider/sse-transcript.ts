import { quoteLongIntegers } from '../long-integers.js';

/** One event of a transcript. */
export interface SseEvent {
  /** Its `event:` line; absent for a plain message. */
  readonly event?: string;
  readonly id?: string;
  /** What its `data:` lines hold: JSON where they are JSON, else their text. */
  readonly data: unknown;
}

/** A transcript of server-sent events, so that formats can tell it from a list of plain values. */
export class SseTranscript {
  readonly events: readonly SseEvent[];
  /** How many events hold data that should be JSON and is not; they are kept as text. */
  readonly unreadable: number;

  constructor(events: readonly SseEvent[], unreadable: number) {
    this.events = events;
    this.unreadable = unreadable;
  }

  /** The data of each event in turn. */
  get values(): unknown[] {
    return this.events.map(({ data }) => data);
  }
}

/** The first line of a transcript: a field, or a comment. No JSON begins so. */
const FIRST_LINE = /^\s*(?:(?:data|event|id|retry):|:)/;

/** Whether a text begins as a transcript does. */
export const isSse = (text: string): boolean => FIRST_LINE.test(text.slice(0, 1000));

/**
 * Reads a transcript (html.spec.whatwg.org, server-sent events): lines end in LF, CR or both, an empty line ends an event,
 * several `data:` lines are one text. An event that the end of the text cuts off is kept: the transcript may be cut too.
 */
export function parseSse(text: string): SseTranscript {
  const events: SseEvent[] = [];
  let unreadable = 0;
  let data: string[] = [];
  let event: string | undefined;
  let id: string | undefined;
  const dispatch = (): void => {
    if (data.length) {
      const held = dataOf(data.join('\n'));
      if (held.isUnreadable) unreadable++;
      events.push({ data: held.value, ...(event !== undefined && { event }), ...(id !== undefined && { id }) });
    }
    data = [];
    event = undefined;
    id = undefined;
  };
  for (const line of linesOf(text)) {
    const [name, value] = fieldOf(line);
    if (line === '') dispatch();
    else if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id') id = value;
  }
  dispatch();
  return new SseTranscript(events, unreadable);
}

function* linesOf(text: string): Generator<string> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const end = /\r\n?|\n/g;
  for (let found = end.exec(text); found; found = end.exec(text)) {
    yield text.slice(start, found.index);
    start = end.lastIndex;
  }
  yield text.slice(start);
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  return [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)];
}

/** Data that begins like JSON and is none was damaged; other words (`[DONE]`) are meant to be words. */
function dataOf(text: string): { value: unknown; isUnreadable: boolean } {
  if (text === '[DONE]') return { value: text, isUnreadable: false };
  try {
    return { value: JSON.parse(quoteLongIntegers(text)), isUnreadable: false };
  } catch {
    return { value: text, isUnreadable: /^\s*[{[]/.test(text) };
  }
}
