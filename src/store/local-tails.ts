import type { Tail } from './archive.js';
import { newId } from './pieces.js';

/** Characters in all. An origin has some 2.5 million, for everything that it keeps there. */
const MOST_CHARACTERS = 1_000_000;

/**
 * What pages leave behind in `localStorage` when they go away. Whoever opens the store next takes it out. Spans are masked
 * before they come to a store.
 */
export class LocalTails {
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `${name}:tail:`;
  }

  /** Of all tails. */
  get keys(): string[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
    } catch {
      // The page may not keep anything.
      return [];
    }
  }

  /**
   * Keeps as many spans as there is room for, the oldest first.
   *
   * @returns how many of those that have ended
   * @throws where nothing may be kept, or others have taken the room
   */
  keep({ ended, open, unsure }: Tail): number {
    let left = MOST_CHARACTERS;
    for (const key of this.keys) left -= this.read(key)?.length ?? 0;
    const fits = (span: unknown): boolean => (left -= JSON.stringify(span).length + 1) >= 0;
    const count = ended.findIndex((span) => !fits(span));
    const kept: Tail = { ended: count < 0 ? ended : ended.slice(0, count), open: open.filter(fits), unsure };
    if (kept.ended.length + kept.open.length > 0) localStorage.setItem(this.#prefix + newId(), JSON.stringify(kept));
    return kept.ended.length;
  }

  read(key: string): string | undefined {
    return localStorage.getItem(key) ?? undefined;
  }

  delete(key: string): void {
    localStorage.removeItem(key);
  }
}
