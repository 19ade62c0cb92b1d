import { formatDuration } from './format.js';
import type { FirstMessages } from './en-first.js';

/** What a problem of a trace is about. */
export interface ProblemFigures {
  /** Id of the span. */
  span: string;
  count: number;
  /** Id of another span: the parent, or what came twice. */
  id: string;
  name: string;
  time: string;
  /** What the reader says, in English. */
  message: string;
}

/** Words for what can be wrong with a trace, by the code of the problem. */
export interface ProblemWords {
  'missing-parent'(figures: ProblemFigures): string;
  'self-parent'(figures: ProblemFigures): string;
  cycle(figures: ProblemFigures): string;
  /** A count of 0 where the same span came again, each time the same. */
  'duplicate-id'(figures: ProblemFigures): string;
  'missing-id'(figures: ProblemFigures): string;
  'missing-start'(figures: ProblemFigures): string;
  'missing-end'(figures: ProblemFigures): string;
  'end-before-start'(figures: ProblemFigures): string;
  'several-roots'(figures: ProblemFigures): string;
  'several-traces'(figures: ProblemFigures): string;
  'unreadable-record'(figures: ProblemFigures): string;
}

/** Words for why an input could not be read, by what kind of failure it is. */
export interface ReadingErrorWords {
  empty: string;
  syntax(line: number, column: number): string;
  unknownFormat: string;
  tooLarge: string;
  address: string;
  /** The server answered, with this status. */
  http(status: number): string;
  network: string;
  timeout: string;
  /** Why a backend gave no traces, by the reason of its error. */
  backend: Readonly<Record<string, (facts: BackendErrorFigures) => string>>;
}

/** What is known of a backend that gave no traces. */
export interface BackendErrorFigures {
  /** What it is called. */
  title: string;
  address: string;
  status: number;
  /** Seconds that it asks to wait; absent where it does not. */
  wait: number | undefined;
  /** What has to be set there so that a page may read; absent where there is no such setting. */
  setting: string | undefined;
}

/** Words for faults. The readers tell them in English themselves: English has none. */
export interface FaultWords {
  problems: ProblemWords;
  errors: ReadingErrorWords;
}

interface ProblemLike {
  readonly code: keyof ProblemWords;
  readonly message: string;
  readonly spanId?: string;
  readonly values?: { readonly count?: number; readonly id?: string; readonly name?: string; readonly time?: number };
}

/** A problem of a trace in words. */
export function problemText({ code, message, spanId = '', values = {} }: ProblemLike, words: FirstMessages): string {
  if (!words.faults) return message;
  const { count = 0, id = '', name = '', time } = values;
  return words.faults.problems[code]({
    span: spanId,
    count,
    id,
    name,
    time: time === undefined ? '' : formatDuration(time, words.locale),
    message,
  });
}

/** What an error of reading says of itself, beside its message. */
interface ReadingErrorLike {
  readonly name: string;
  readonly line?: number;
  readonly column?: number;
  readonly reason?: string;
  readonly status?: number | undefined;
  readonly title?: string;
  readonly address?: string;
  readonly retryAfter?: number | undefined;
  readonly setting?: string | undefined;
}

/**
 * Why an input could not be read, in words that stand before the error's own message; `undefined` where that is all there is
 * to say: in English, and for an error that is none of ours.
 */
export function readingErrorText(error: ReadingErrorLike, { faults }: FirstMessages): string | undefined {
  if (!faults) return undefined;
  const { errors } = faults;
  switch (error.name) {
    case 'EmptyInputError':
      return errors.empty;
    case 'TraceSyntaxError':
      return errors.syntax(error.line ?? 1, error.column ?? 1);
    case 'UnknownFormatError':
      return errors.unknownFormat;
    case 'TooLargeError':
      return errors.tooLarge;
    case 'TraceFetchError':
      if (error.reason === 'http') return errors.http(error.status ?? 0);
      if (error.reason === 'address' || error.reason === 'network' || error.reason === 'timeout') {
        return errors[error.reason];
      }
      return undefined;
    case 'TraceSourceError': {
      const { reason = '', title = '', address = '', status = 0, retryAfter, setting } = error;
      const wait = retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000);
      return errors.backend[reason]?.({ title, address, status, wait, setting });
    }
    default:
      return undefined;
  }
}
