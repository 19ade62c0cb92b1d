/** Stretches of time that are marked in the plots, by their places: from the one that a person began with to the last. */
export interface Marked {
  readonly anchor: number;
  readonly at: number;
}

/** What a key or a pointer asks for. */
export type CursorAction =
  | { readonly type: 'mark'; readonly marked: Marked | undefined }
  /** The traces of one stretch. */
  | { readonly type: 'choose'; readonly at: number }
  /** Only these stretches, to the end of the last. */
  | { readonly type: 'zoom'; readonly from: number; readonly to: number }
  | { readonly type: 'whole' };

/** Stretches that a page key goes on by. */
const PAGE = 10;

/** What a key does in a plot of so many stretches of time. Time goes from left to right in every language. */
export function cursorAction(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  marked: Marked | undefined,
  count: number,
): CursorAction | undefined {
  const at = marked?.at ?? count - 1;
  const to = new Map([
    ['ArrowLeft', at - (marked ? 1 : 0)],
    ['ArrowRight', at + 1],
    ['ArrowDown', at - (marked ? 1 : 0)],
    ['ArrowUp', at + 1],
    ['PageDown', at - PAGE],
    ['PageUp', at + PAGE],
    ['Home', 0],
    ['End', count - 1],
  ]).get(key);
  if (to !== undefined) {
    const next = Math.min(count - 1, Math.max(0, to));
    return { type: 'mark', marked: { anchor: shiftKey ? (marked?.anchor ?? at) : next, at: next } };
  }
  if (key === 'Enter' || key === ' ') return marked && chosen(marked);
  if (key === 'Escape') return marked ? { type: 'mark', marked: undefined } : { type: 'whole' };
  return undefined;
}

/** What is meant by a mark: one stretch is a point, several are a range. */
export function chosen({ anchor, at }: Marked): CursorAction {
  if (anchor === at) return { type: 'choose', at };
  return { type: 'zoom', from: Math.min(anchor, at), to: Math.max(anchor, at) };
}
