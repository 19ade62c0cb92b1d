import { englishCount } from './english.js';
import type { Messages } from './messages.js';

/** Parts of the words of which only some are shown at first. */
type Group = 'views' | 'display' | 'search' | 'help' | 'share' | 'chosen' | 'many';

type Beginning = Partial<Omit<Messages, Group>> & { [Name in Group]: Partial<Messages[Name]> };

const plural = (count: number, one: string, many: string): string =>
  `${englishCount(count)} ${count === 1 ? one : many}`;

const KINDS: Readonly<Record<string, string>> = {
  agent: 'agent',
  chain: 'chain',
  llm: 'LLM',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'embedding',
  reranker: 'reranker',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
  prompt: 'prompt',
  span: 'span',
  service: 'service',
};

/**
 * What the view of a trace says before a person has opened anything. The other words come with the elements that say them
 * (`whole-words.ts`).
 */
export const enFirst = {
  locale: 'en',

  kinds: KINDS,
  kindCount: (count, kind) => {
    const name = KINDS[kind] ?? kind;
    return plural(count, kind === 'llm' ? 'LLM call' : name, kind === 'llm' ? 'LLM calls' : `${name}s`);
  },
  loading: 'Loading the trace…',
  loadingProgress: (done) => `Loading the trace… ${done}`,
  loadingSpans: (count) => `Loading the trace… ${count} spans`,
  emptyTitle: 'No trace yet',
  emptyHint: 'Set src to the address of a trace, or give one to load().',
  emptyStoreHint: 'A trace is shown here as soon as one is recorded.',
  notInStoreHint: 'The store does not hold this trace: nothing of it is written yet, or it was deleted.',
  notInSourceHint: (backend) => `${backend} has no such trace.`,
  errorTitle: 'The trace could not be shown',
  errorKeepsOld: 'The trace below is the one from before.',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  traceLabel: 'Trace',
  traceOption: (name, spans) => `${name} · ${plural(spans, 'span', 'spans')}`,
  expandAll: 'Expand all',
  collapseAll: 'Collapse all',
  copyTraceId: 'Copy the trace id',
  problems: (count) => plural(count, 'problem', 'problems'),
  problemsLabel: 'What is not as it should be in this trace',
  moreProblems: (count) => `and ${englishCount(count)} more like it`,
  running: 'running',
  stateOk: 'ended without an error',
  stateErrors: (count) => plural(count, 'span failed', 'spans failed'),
  hint: 'Select a span to read it. Arrow keys move, Enter opens.',
  spansOf: (trace) => `Spans of ${trace}`,
  columnSpan: 'Span',
  columnTime: 'Time',
  columnTokens: 'Tokens',
  columnCost: 'Cost',
  columnTimeline: 'Timeline',
  barText: (start, duration) => `starts at ${start}, takes ${duration}`,
  barTextRunning: (start) => `starts at ${start}, still running`,
  barTextUnknown: 'no times recorded',
  firstTokenAfter: (time) => `first token after ${time}`,
  firstTokenNote: (time) => `first token ${time}`,
  withEverythingInside: 'with everything inside',
  errorMark: 'error',
  errorsInside: (count) => plural(count, 'error inside', 'errors inside'),
  levels: (depth) => `level ${depth}`,
  viewLabel: 'View of the spans',
  viewTree: 'Tree',
  viewTimeline: 'Timeline',
  viewGraph: 'Graph',
  viewStatistics: 'Statistics',
  summaryLabel: 'Summary of the trace',
  duration: 'Duration',
  llmCalls: 'LLM calls',
  models: (count) => plural(count, 'model', 'models'),
  tokens: 'Tokens',
  tokensIn: 'in',
  tokensOut: 'out',
  cached: (share) => `${share} cached`,
  reasoningTokens: (count) => `${count} reasoning`,
  cost: 'Cost',
  errors: 'Errors',
  noErrors: 'none',
  notStated: 'not stated',
  callsWithoutUsage: (count) => `${plural(count, 'call states', 'calls state')} none`,
  callsWithoutCost: (count) => `${plural(count, 'call', 'calls')} without a price`,
  estimated: (cost) => `≈ ${cost}`,
  estimatedPart: (cost) => `${cost} of it estimated`,
  countedOnce: (count) => `${plural(count, 'repeat', 'repeats')} counted once`,
  slowest: 'Longest own time',
  mostExpensive: 'Most expensive',
  divider: 'Room for the tree and the detail',
  findingsLabel: 'Findings',
  noFindings: 'Nothing stands out.',
  severityCount: (count, severity) =>
    severity === 'info' ? plural(count, 'note', 'notes') : plural(count, severity, `${severity}s`),
  partFailed: 'This part could not be loaded.',
  onCriticalPath: (time) => `on the critical path for ${time}`,
  criticalPath: 'Critical path',
  leftOutOfPath: (count) => `${plural(count, 'span', 'spans')} without times on no path`,

  views: {
    steps: 'Steps',
    conversation: 'Conversation',
    sequence: 'Sequence',
    table: 'Table',
    missingSpan: (id) => `This trace has no span with the id ${id}.`,
    missingTrace: (id) => `There is no trace with the id ${id} here. Another one is shown.`,
  },

  display: {
    display: 'How spans are shown',
    hiddenSpans: (number) => `${plural(number, 'span', 'spans')} hidden`,
    showAll: 'Show all',
    times: (number) => `×${englishCount(number)}`,
    timesSpoken: (number) => `${englishCount(number)} times`,
    total: (duration) => `Σ ${duration}`,
    totalSpoken: (duration) => `${duration} together`,
    idle: (duration) => `idle for ${duration}`,
    idleCut: (number) => `${plural(number, 'idle stretch', 'idle stretches')} cut short`,
    inOrder: 'in order, not to scale',
    matchesInside: (number) => `${plural(number, 'match', 'matches')} inside`,
    parentMissing: 'Parent not yet received',
    newest: 'Newest',
    newestHint: 'Go to the newest span and follow',
  },

  search: {
    search: 'Search',
    match: 'match',
  },

  help: {
    title: 'Keys',
  },

  share: {
    share: 'Share',
    openFile: 'Open a trace file',
    dropHere: 'Drop trace files here. They are read in this page; nothing is sent.',
    noFiles: 'What was dropped is no file.',
    printedPart: (shown, total) => `The first ${shown} of ${total} spans.`,
  },

  chosen: {
    start: 'Choose spans as examples',
    choose: 'Choose as an example',
    mark: 'chosen',
  },

  many: {
    loading: 'Reading the traces…',
  },
} satisfies Beginning;

/** What is said at first, of any language. */
export type FirstMessages = Pick<Messages, Exclude<keyof typeof enFirst, Group> | 'timeZone' | 'faults'> & {
  [Name in Group]: Pick<Messages[Name], keyof (typeof enFirst)[Name] & keyof Messages[Name]>;
};
