import type { FirstMessages } from './en-first.js';
/** Where keys do something. */
export type HelpPlace =
  'anywhere' | 'search' | 'tabs' | 'divider' | 'tree' | 'timeline' | 'graph' | 'tokens' | 'attention' | 'gradients';

/** Keys that have words for them; others are what is printed on them. */
export type NamedKey =
  | 'ArrowUp'
  | 'ArrowDown'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'PageUp'
  | 'PageDown'
  | 'Home'
  | 'End'
  | 'Enter'
  | 'Space'
  | 'Escape'
  | 'Tab'
  | 'Shift'
  | 'Control'
  | 'letters';

/** What keys do. */
export type HelpAction =
  | 'help'
  | 'search'
  | 'nextMatch'
  | 'previousMatch'
  | 'leaveDetail'
  | 'suggestion'
  | 'takeSuggestion'
  | 'endSearch'
  | 'moveTab'
  | 'endTabs'
  | 'moveDivider'
  | 'endDivider'
  | 'moveRow'
  | 'movePage'
  | 'endRows'
  | 'open'
  | 'close'
  | 'openInside'
  | 'select'
  | 'toDetail'
  | 'find'
  | 'parent'
  | 'child'
  | 'beside'
  | 'endSpans'
  | 'zoom'
  | 'fit'
  | 'all'
  | 'pan'
  | 'hideTip'
  | 'called'
  | 'caller'
  | 'nodes'
  | 'endNodes'
  | 'callOfNode'
  | 'calls'
  | 'token'
  | 'endTokens'
  | 'uncertain'
  | 'stretch'
  | 'letGo'
  | 'step'
  | 'endSteps'
  | 'odd'
  | 'lookedAt'
  | 'layer'
  | 'head'
  | 'hideFirst'
  | 'hold';

/** Words for the sheet that lists the keys. */
export interface HelpWords {
  /** Of the sheet, and of the button that opens it. */
  title: string;
  close: string;
  places: Readonly<Record<HelpPlace, string>>;
  actions: Readonly<Record<HelpAction, string>>;
  keys: Readonly<Record<NamedKey, string>>;
  /** Between keys of which each does it. */
  or: string;
}

/** The others are in `en-first.ts`. */
export const ENGLISH_HELP: Omit<HelpWords, keyof FirstMessages['help']> = {
  close: 'Close',
  places: {
    anywhere: 'Anywhere in the view',
    search: 'In the search field',
    tabs: 'On tabs',
    divider: 'On the line between spans and detail',
    tree: 'In the tree, steps, sequence and table',
    timeline: 'In the timeline',
    graph: 'In the graph',
    tokens: 'In the tokens of a call',
    attention: 'In the matrix of attention',
    gradients: 'In the map of gradients',
  },
  actions: {
    help: 'show the keys',
    search: 'search',
    nextMatch: 'next match',
    previousMatch: 'previous match',
    leaveDetail: 'from the detail back to the spans',
    suggestion: 'next and previous suggestion',
    takeSuggestion: 'take the suggestion',
    endSearch: 'close suggestions, then clear, then close the search',
    moveTab: 'next and previous tab',
    endTabs: 'first and last tab',
    moveDivider: 'move it',
    endDivider: 'as far as it goes',
    moveRow: 'next and previous row',
    movePage: 'a page of rows',
    endRows: 'first and last row',
    open: 'open, then to what is inside',
    close: 'close, then to the parent',
    openInside: 'open everything inside',
    select: 'select',
    toDetail: 'go to the detail',
    find: 'find a row by its name',
    parent: 'parent',
    child: 'first child',
    beside: 'span before and next span',
    endSpans: 'first and last span',
    zoom: 'zoom in and out',
    fit: 'fit the span',
    all: 'show all',
    pan: 'move what is shown',
    hideTip: 'hide the tip',
    called: 'what is called',
    caller: 'caller',
    nodes: 'through all nodes',
    endNodes: 'first and last node',
    callOfNode: 'first call of a node, then the next',
    calls: 'next and previous call',
    token: 'next and previous token',
    endTokens: 'first and last token',
    uncertain: 'next and previous uncertain token',
    stretch: 'choose a stretch',
    letGo: 'let go of what is chosen',
    step: 'next and previous step',
    endSteps: 'first and last step',
    odd: 'next and previous odd norm',
    lookedAt: 'next and previous token that is looked at',
    layer: 'next and previous layer',
    head: 'next and previous head',
    hideFirst: 'hide the first token',
    hold: 'hold the pair',
  },
  keys: {
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    PageUp: 'Page Up',
    PageDown: 'Page Down',
    Home: 'Home',
    End: 'End',
    Enter: 'Enter',
    Space: 'Space',
    Escape: 'Esc',
    Tab: 'Tab',
    Shift: 'Shift',
    Control: 'Ctrl or ⌘',
    letters: 'letters',
  },
  or: 'or',
};
