/** How long to leave a receiver alone that has failed: twice as long each time, by chance, so that not all come at once. */
export class Backoff {
  /** Failures in a row. */
  failures = 0;
  readonly #first: number;
  readonly #last: number;
  #asked = 0;

  constructor({ first = 1000, last = 60_000 }: { first?: number; last?: number } = {}) {
    this.#first = first;
    this.#last = last;
  }

  succeeded(): void {
    this.failures = 0;
    this.#asked = 0;
  }

  /** @param asked milliseconds that the receiver asked for */
  failed(asked = 0): void {
    this.failures++;
    this.#asked = asked;
  }

  /** Milliseconds until the next attempt. */
  get pause(): number {
    const most = Math.min(this.#last, this.#first * 2 ** Math.max(0, this.failures - 1));
    return Math.max(this.#asked, most / 2 + (Math.random() * most) / 2);
  }
}

/** The longest that anybody is waited for on request. */
const LONGEST = 10 * 60_000;

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const millis = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(0, millis), LONGEST);
}
