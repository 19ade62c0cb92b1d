/** What a key does among tokens. */
export type TokenAction =
  { type: 'move' | 'row' | 'page' | 'uncertain'; by: 1 | -1 } | { type: 'first' | 'last' | 'select' | 'clear' };

/** The keys of the list of tokens. In a page that reads from right to left the next token is at the left. */
export function tokenAction(event: KeyboardEvent, isRightToLeft: boolean): TokenAction | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const forward = isRightToLeft ? -1 : 1;
  switch (event.key) {
    case 'ArrowRight':
      return { type: 'move', by: forward };
    case 'ArrowLeft':
      return { type: 'move', by: forward === 1 ? -1 : 1 };
    case 'ArrowDown':
      return { type: 'row', by: 1 };
    case 'ArrowUp':
      return { type: 'row', by: -1 };
    case 'PageDown':
      return { type: 'page', by: 1 };
    case 'PageUp':
      return { type: 'page', by: -1 };
    case 'Home':
      return { type: 'first' };
    case 'End':
      return { type: 'last' };
    case 'Enter':
    case ' ':
      return { type: 'select' };
    case 'Escape':
      return { type: 'clear' };
    case 'n':
      return { type: 'uncertain', by: 1 };
    case 'p':
      return { type: 'uncertain', by: -1 };
    default:
      return undefined;
  }
}
