/** What a key does in the map. */
export type GradientAction =
  { type: 'row' | 'step' | 'page' | 'pan' | 'odd' | 'zoom'; by: 1 | -1 } | { type: 'first' | 'last' | 'all' };

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const ACTIONS: ReadonlyMap<string, GradientAction> = new Map<string, GradientAction>([
  ['ArrowUp', { type: 'row', by: -1 }],
  ['ArrowDown', { type: 'row', by: 1 }],
  ['ArrowLeft', { type: 'step', by: -1 }],
  ['ArrowRight', { type: 'step', by: 1 }],
  ['PageUp', { type: 'page', by: -1 }],
  ['PageDown', { type: 'page', by: 1 }],
  ['Home', { type: 'first' }],
  ['End', { type: 'last' }],
  ['+', { type: 'zoom', by: 1 }],
  ['=', { type: 'zoom', by: 1 }],
  ['-', { type: 'zoom', by: -1 }],
  ['0', { type: 'all' }],
  ['n', { type: 'odd', by: 1 }],
  ['p', { type: 'odd', by: -1 }],
]);

/** The keys of the map. Steps go from left to right on every page. */
export function gradientAction({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): GradientAction | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  if (shiftKey && key === 'ArrowLeft') return { type: 'pan', by: -1 };
  if (shiftKey && key === 'ArrowRight') return { type: 'pan', by: 1 };
  return ACTIONS.get(key.length === 1 ? key.toLowerCase() : key);
}
