import type { ListedTrace } from '../analysis/index.js';
import type { LookbackOptions, TraceQuery } from './source.js';

/** Milliseconds that a list goes back where nobody says it. */
const LOOKBACK = 7 * 86_400_000;
/** The most traces that are asked for at once. */
const MOST = 2000;

/** A stretch of time that a backend is asked for: times in units of its clock since the epoch, both ends inside. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** A trace that a backend has found, and the latest moment by which it may have put it in order, in milliseconds. */
export interface FoundTrace {
  readonly trace: ListedTrace;
  readonly latest: number;
}

/** Where the page after another one begins. */
export interface NextPage {
  /** Absent where there is none. */
  readonly cursor?: string;
  /** That some traces were left behind. */
  readonly incomplete?: string;
}

/**
 * Pages of a backend that has none, but gives the newest traces of a stretch of time: each page ends where the one before
 * began. A moment is asked for twice, so that none is lost that began in it; some traces come twice for that.
 */
export class TimePages {
  readonly #size: number;
  readonly #lookback: number;
  readonly #perMilli: number;

  /** @param perMilli units of the backend's clock in a millisecond: it tells no times apart within one */
  constructor(
    { pageSize = 20, lookback = LOOKBACK }: Pick<LookbackOptions, 'pageSize' | 'lookback'>,
    perMilli: number,
  ) {
    this.#size = Math.min(MOST, Math.max(1, Math.floor(pageSize)));
    this.#lookback = lookback;
    this.#perMilli = perMilli;
  }

  /** The window of the first page, or of the one that a cursor is for; `undefined` for a cursor of something else. */
  window({ from, to }: TraceQuery, cursor?: string): TimeWindow | undefined {
    if (cursor !== undefined) return windowIn(cursor);
    const end = to ?? Date.now();
    return {
      from: Math.floor((from ?? Math.max(0, end - this.#lookback)) * this.#perMilli),
      to: Math.ceil(end * this.#perMilli),
      limit: this.#size,
    };
  }

  /** How far back the list goes, where the query does not say it: milliseconds since the epoch. */
  since({ from }: TraceQuery, window: TimeWindow): number | undefined {
    return from === undefined && window.from > 0 ? window.from / this.#perMilli : undefined;
  }

  /** @param isFull whether the backend may have more in the window than were asked for */
  next({ from, to, limit }: TimeWindow, found: readonly FoundTrace[], isFull: boolean): NextPage {
    if (!isFull || found.length === 0) return {};
    // What it has not given began there or before.
    const bound = found.reduce((least, { latest }) => Math.min(least, latest), Infinity);
    const end = Math.min(to, Math.round(bound * this.#perMilli));
    if (end < from) return {};
    if (end < to) return { cursor: cursorOf({ from, to: end, limit: this.#size }) };
    // All of them in one moment of its clock.
    if (limit < MOST) return { cursor: cursorOf({ from, to, limit: Math.min(MOST, limit * 2) }) };
    const incomplete = `More than ${MOST} traces began in one moment: not all of them are here.`;
    return to > from ? { cursor: cursorOf({ from, to: to - 1, limit: this.#size }), incomplete } : { incomplete };
  }
}

/** The newest first. */
export const newestFirst = (found: readonly FoundTrace[]): ListedTrace[] =>
  found.map(({ trace }) => trace).sort((one, other) => other.start - one.start);

const cursorOf = (window: TimeWindow): string => JSON.stringify(window);

function windowIn(cursor: string): TimeWindow | undefined {
  try {
    const { from, to, limit } = JSON.parse(cursor) as Partial<TimeWindow>;
    return [from, to, limit].every(Number.isFinite) ? { from: from!, to: to!, limit: limit! } : undefined;
  } catch {
    return undefined;
  }
}
