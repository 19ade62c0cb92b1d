import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Letters that come closer together than this are one word. */
const PAUSE = 700;

/** Finds rows by what a person types. */
export class TypeAhead implements ReactiveController {
  #typed = '';
  #typedAt = -Infinity;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Whether a word has been begun and may go on. */
  get isTyping(): boolean {
    return this.#typed !== '' && performance.now() - this.#typedAt <= PAUSE;
  }

  hostDisconnected(): void {
    this.#typed = '';
  }

  /**
   * The next row, from `current` and round the end, whose name begins with what was typed. A single letter, and the same
   * letter again and again, goes on from the next row; a longer word stays where it is while it still matches.
   */
  find(letter: string, current: number, count: number, nameAt: (row: number) => string): number | undefined {
    const now = performance.now();
    this.#typed = now - this.#typedAt > PAUSE ? letter : this.#typed + letter;
    this.#typedAt = now;
    const typed = this.#typed.toLowerCase();
    const isOneLetter = typed === typed[0]!.repeat(typed.length);
    const wanted = isOneLetter ? typed[0]! : typed;
    for (let step = isOneLetter ? 1 : 0; step <= count; step++) {
      const row = (current + step) % count;
      if (nameAt(row).toLowerCase().startsWith(wanted)) return row;
    }
    return undefined;
  }
}
