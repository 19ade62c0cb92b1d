import type { HelpAction, HelpPlace } from '../../i18n/index.js';

/** Keys that do one thing. Those of a chord are pressed together; each chord does it. */
export interface HelpRow {
  readonly chords: readonly (readonly string[])[];
  readonly action: HelpAction;
  /** Whether left and right change places in a page that reads from right to left. */
  readonly isMirrored?: boolean;
}

const row = (action: HelpAction, ...keys: readonly string[]): HelpRow => ({
  action,
  chords: keys.map((chord) => (chord.length > 1 ? chord.split('+') : [chord])),
});

const mirrored = (action: HelpAction, ...keys: readonly string[]): HelpRow => ({
  ...row(action, ...keys),
  isMirrored: true,
});

/** All keys of a view by the place in which they do something. Tests hold them against what the places do with them. */
export const HELP_KEYS: ReadonlyMap<HelpPlace, readonly HelpRow[]> = new Map([
  [
    'anywhere',
    [
      row('help', '?'),
      row('search', 'Control+F'),
      row('nextMatch', 'F3'),
      row('previousMatch', 'Shift+F3'),
      row('leaveDetail', 'Escape'),
    ],
  ],
  [
    'tree',
    [
      row('moveRow', 'ArrowDown', 'ArrowUp'),
      row('movePage', 'PageDown', 'PageUp'),
      row('endRows', 'Home', 'End'),
      mirrored('open', 'ArrowRight'),
      mirrored('close', 'ArrowLeft'),
      row('openInside', '*'),
      row('select', 'Space'),
      row('toDetail', 'Enter'),
      row('find', 'letters'),
    ],
  ],
  [
    'timeline',
    [
      row('parent', 'ArrowUp'),
      row('child', 'ArrowDown'),
      row('beside', 'ArrowLeft', 'ArrowRight'),
      row('endSpans', 'Home', 'End'),
      row('select', 'Space'),
      row('toDetail', 'Enter'),
      row('zoom', '+', '-'),
      row('fit', 'F'),
      row('all', '0'),
      row('pan', 'Shift+ArrowLeft', 'Shift+ArrowRight'),
      row('hideTip', 'Escape'),
    ],
  ],
  [
    'graph',
    [
      row('called', 'ArrowRight'),
      row('caller', 'ArrowLeft'),
      row('nodes', 'ArrowDown', 'ArrowUp'),
      row('endNodes', 'Home', 'End'),
      row('callOfNode', 'Enter'),
      row('calls', 'N', 'P'),
      row('zoom', '+', '-'),
      row('all', '0'),
      row('pan', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'),
    ],
  ],
  [
    'search',
    [
      row('suggestion', 'ArrowDown', 'ArrowUp'),
      row('takeSuggestion', 'Enter', 'Tab'),
      row('nextMatch', 'Enter'),
      row('previousMatch', 'Shift+Enter'),
      row('endSearch', 'Escape'),
    ],
  ],
  [
    'tokens',
    [
      mirrored('token', 'ArrowRight', 'ArrowLeft'),
      row('moveRow', 'ArrowDown', 'ArrowUp'),
      row('movePage', 'PageDown', 'PageUp'),
      row('endTokens', 'Home', 'End'),
      row('uncertain', 'N', 'P'),
      mirrored('stretch', 'Shift+ArrowRight', 'Shift+ArrowLeft'),
      row('select', 'Enter', 'Space'),
      row('letGo', 'Escape'),
    ],
  ],
  [
    'attention',
    [
      row('moveRow', 'ArrowDown', 'ArrowUp'),
      row('lookedAt', 'ArrowRight', 'ArrowLeft'),
      row('movePage', 'PageDown', 'PageUp'),
      row('endTokens', 'Home', 'End'),
      row('layer', 'L', 'Shift+L'),
      row('head', 'H', 'Shift+H'),
      row('hideFirst', 'S'),
      row('zoom', '+', '-'),
      row('hold', 'Enter', 'Space'),
      row('letGo', 'Escape'),
    ],
  ],
  [
    'gradients',
    [
      row('moveRow', 'ArrowDown', 'ArrowUp'),
      row('step', 'ArrowRight', 'ArrowLeft'),
      row('movePage', 'PageDown', 'PageUp'),
      row('endSteps', 'Home', 'End'),
      row('odd', 'N', 'P'),
      row('zoom', '+', '-'),
      row('all', '0'),
      row('pan', 'Shift+ArrowLeft', 'Shift+ArrowRight'),
    ],
  ],
  ['tabs', [mirrored('moveTab', 'ArrowRight', 'ArrowLeft'), row('endTabs', 'Home', 'End')]],
  [
    'divider',
    [row('moveDivider', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'), row('endDivider', 'Home', 'End')],
  ],
]);
