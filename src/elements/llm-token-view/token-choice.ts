import type { Span } from '../../model/index.js';
import { LlmTokenSelectEvent, type TokenRange } from '../events/index.js';

/** A view in which a person chooses tokens. */
interface TokenChooser extends EventTarget {
  selected: TokenRange | undefined;
  readonly span: Span | undefined;
}

const isSame = (one: TokenRange | undefined, other: TokenRange | undefined): boolean =>
  one?.start === other?.start && one?.end === other?.end;

/** What a person chose in a view. What else is chosen, the page chose: the view goes there. */
export class TokenChoice {
  readonly #view: TokenChooser;
  #made: TokenRange | undefined;

  constructor(view: TokenChooser) {
    this.#view = view;
  }

  /** Chooses tokens, or none, and tells of it where they are others than before. */
  make(range: TokenRange | undefined): void {
    const { selected, span } = this.#view;
    if (isSame(selected, range)) return;
    this.#view.selected = this.#made = range;
    const { start, end } = range ?? { start: 0, end: 0 };
    this.#view.dispatchEvent(new LlmTokenSelectEvent({ start, end, span }));
  }

  /** Whether the page has chosen something else than a person did: one that hands a choice back has not. */
  isByPage(): boolean {
    const isOwn = isSame(this.#view.selected, this.#made);
    if (!isOwn) this.#made = undefined;
    return !isOwn;
  }
}
