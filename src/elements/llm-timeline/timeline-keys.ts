/** What a key does in the timeline. */
export type TimelineAction = 'parent' | 'child' | 'previous' | 'next' | 'first' | 'last' | 'select' | 'open' | View;
type View = 'zoom-in' | 'zoom-out' | 'all' | 'fit' | 'left' | 'right' | 'dismiss';

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const ACTIONS: ReadonlyMap<string, TimelineAction> = new Map([
  ['ArrowUp', 'parent'],
  ['ArrowDown', 'child'],
  ['ArrowLeft', 'previous'],
  ['ArrowRight', 'next'],
  ['Home', 'first'],
  ['End', 'last'],
  [' ', 'select'],
  ['Enter', 'open'],
  ['+', 'zoom-in'],
  ['=', 'zoom-in'],
  ['-', 'zoom-out'],
  ['_', 'zoom-out'],
  ['0', 'all'],
  ['f', 'fit'],
  ['F', 'fit'],
  ['Escape', 'dismiss'],
]);

/** The timeline's keyboard, as a function. Time goes from left to right on every page. */
export function timelineAction({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): TimelineAction | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  if (shiftKey && key === 'ArrowLeft') return 'left';
  if (shiftKey && key === 'ArrowRight') return 'right';
  return ACTIONS.get(key);
}

/** The tree that is walked through, as `SpanTree` has it. */
interface Walked {
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly size: Uint32Array;
  readonly childCount: Uint32Array;
}

/** The next or the previous span of the same level, also beyond the parent; -1 where there is none. */
export function besideOf({ depth, size }: Walked, position: number, step: 'previous' | 'next'): number {
  const level = depth[position]!;
  if (step === 'previous') {
    for (let at = position - 1; at >= 0; at--) if (depth[at] === level) return at;
    return -1;
  }
  for (let at = position + size[position]!; at < depth.length; at += depth[at]! < level ? 1 : size[at]!) {
    if (depth[at] === level) return at;
  }
  return -1;
}

/** Where a step leads; -1 where it leads nowhere. */
export function stepTo(tree: Walked, position: number, step: TimelineAction): number {
  switch (step) {
    case 'parent':
      return tree.parent[position]!;
    case 'child':
      return tree.childCount[position]! > 0 ? position + 1 : -1;
    case 'previous':
    case 'next':
      return besideOf(tree, position, step);
    case 'first':
      return 0;
    case 'last':
      return tree.depth.length - 1;
    default:
      return -1;
  }
}
