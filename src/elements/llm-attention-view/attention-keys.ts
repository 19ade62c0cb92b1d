/** What a key does in the matrix. */
export type AttentionAction =
  | { type: 'move'; rows: number; columns: number }
  | { type: 'layer' | 'head' | 'zoom'; by: 1 | -1 }
  | { type: 'first' | 'last' | 'hold' | 'release' | 'sink' };

const ARROWS: ReadonlyMap<string, readonly [rows: number, columns: number]> = new Map([
  ['ArrowDown', [1, 0]],
  ['ArrowUp', [-1, 0]],
  ['ArrowRight', [0, 1]],
  ['ArrowLeft', [0, -1]],
  ['PageDown', [10, 0]],
  ['PageUp', [-10, 0]],
]);

/** The keys of the matrix. It is a drawing: its columns go from left to right on every page. */
export function attentionAction(event: KeyboardEvent): AttentionAction | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const arrow = ARROWS.get(event.key);
  if (arrow) return { type: 'move', rows: arrow[0], columns: arrow[1] };
  switch (event.key) {
    case 'l':
    case 'L':
      return { type: 'layer', by: event.shiftKey ? -1 : 1 };
    case 'h':
    case 'H':
      return { type: 'head', by: event.shiftKey ? -1 : 1 };
    case '+':
    case '=':
      return { type: 'zoom', by: 1 };
    case '-':
    case '_':
      return { type: 'zoom', by: -1 };
    case 's':
    case 'S':
      return { type: 'sink' };
    case 'Home':
      return { type: 'first' };
    case 'End':
      return { type: 'last' };
    case 'Enter':
    case ' ':
      return { type: 'hold' };
    case 'Escape':
      return { type: 'release' };
    default:
      return undefined;
  }
}

/** The one behind another, around the end. */
export function neighbour(all: readonly number[], from: number, by: 1 | -1): number {
  const at = all.indexOf(from);
  return all[(Math.max(at, by > 0 ? -1 : 0) + by + all.length) % all.length] ?? from;
}
