/** What a key does in the tree. */
export type TreeAction =
  | { type: 'move'; by: number }
  | { type: 'first' }
  | { type: 'last' }
  | { type: 'into' }
  | { type: 'out' }
  | { type: 'select' }
  | { type: 'open' }
  | { type: 'expand-subtree' }
  | { type: 'find'; letter: string };

export interface TreeKey {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export interface TreeKeyContext {
  /** Rows of a page. */
  pageSize: number;
  isRightToLeft: boolean;
  /** Whether letters have just been typed. */
  isTyping: boolean;
}

/**
 * The tree's keyboard (WAI-ARIA APG, tree view and treegrid), as a function. In a page that reads from right to left the
 * arrows that open and close change places; time does not.
 */
export function treeAction(
  event: TreeKey,
  { pageSize, isRightToLeft, isTyping }: TreeKeyContext,
): TreeAction | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return { type: 'move', by: 1 };
    case 'ArrowUp':
      return { type: 'move', by: -1 };
    case 'PageDown':
      return { type: 'move', by: pageSize };
    case 'PageUp':
      return { type: 'move', by: -pageSize };
    case 'Home':
      return { type: 'first' };
    case 'End':
      return { type: 'last' };
    case 'ArrowRight':
      return { type: isRightToLeft ? 'out' : 'into' };
    case 'ArrowLeft':
      return { type: isRightToLeft ? 'into' : 'out' };
    case 'Enter':
      return { type: 'open' };
    case ' ':
      // In a name that is being typed, a space is one of its letters.
      return isTyping ? { type: 'find', letter: ' ' } : { type: 'select' };
    case '*':
      return { type: 'expand-subtree' };
    default:
      // A question mark asks for the keys, in the view around a tree.
      return event.key.length === 1 && event.key !== '?' ? { type: 'find', letter: event.key } : undefined;
  }
}
