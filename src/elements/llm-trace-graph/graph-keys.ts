import type { GraphLayout } from './graph-layout.js';
import type { GraphPart } from './graph-part.js';

/** What a key does in the drawing. */
export type GraphAction =
  | 'callee'
  | 'caller'
  | 'above'
  | 'below'
  | 'first'
  | 'last'
  | 'next-call'
  | 'previous-call'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'left'
  | 'right'
  | 'up'
  | 'down';

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const ACTIONS: ReadonlyMap<string, GraphAction> = new Map([
  ['ArrowRight', 'callee'],
  ['ArrowLeft', 'caller'],
  ['ArrowUp', 'above'],
  ['ArrowDown', 'below'],
  ['Home', 'first'],
  ['End', 'last'],
  ['n', 'next-call'],
  ['p', 'previous-call'],
  ['+', 'zoom-in'],
  ['=', 'zoom-in'],
  ['-', 'zoom-out'],
  ['_', 'zoom-out'],
  ['0', 'fit'],
]);

const WITH_SHIFT: ReadonlyMap<string, GraphAction> = new Map([
  ['ArrowRight', 'right'],
  ['ArrowLeft', 'left'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** The drawing's keyboard, as a function. Callers are on the left on every page. */
export function graphAction({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): GraphAction | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return (shiftKey ? WITH_SHIFT.get(name) : undefined) ?? ACTIONS.get(name);
}

/** The node that a key leads to; `undefined` where there is none. */
export function nodeFrom(
  action: GraphAction,
  active: number | undefined,
  { edges }: GraphPart,
  { nodes }: GraphLayout,
): number | undefined {
  if (action === 'callee') return edges.find(({ from, to }) => from === active && to !== active)?.to;
  if (action === 'caller') {
    return edges.find(({ from, to }) => to === active && from !== undefined && from !== active)?.from;
  }
  // From the left to the right, each column from the top.
  const places = [...nodes].sort(([, one], [, other]) => one.x - other.x || one.y - other.y);
  const place = places.findIndex(([index]) => index === active);
  const steps = new Map<GraphAction, number>([
    ['first', 0],
    ['last', places.length - 1],
    ['above', place - 1],
    ['below', place + 1],
  ]);
  return places[steps.get(action)!]?.[0];
}
