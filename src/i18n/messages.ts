import type { DiffWords } from './en-diff.js';
import type { DisplayWords } from './en-display.js';
import type { FaultWords } from './fault-text.js';
import type { FindingWords } from './finding-text.js';
import type { ChosenSpansWords } from './en-chosen-spans.js';
import type { BackendWords } from './en-backends.js';
import type { ManyTracesWords } from './en-many-traces.js';
import type { MarkdownWords } from './en-markdown.js';
import type { HelpWords } from './en-help.js';
import type { SearchWords } from './en-search.js';
import type { ShareWords } from './en-share.js';
import type { SourceWords } from './en-sources.js';
import type { GradientWords } from './en-gradients.js';
import type { AttentionWords, ContributionWords } from './en-attention.js';
import type { StageWords } from './en-stages.js';
import type { TokenWords } from './en-tokens.js';
import type { ViewWords } from './en-views.js';

/** Every word that the elements show. A language is one object of this type; functions take care of plurals. */
export interface Messages {
  /** BCP 47 tag that numbers, times and plurals are written in. */
  locale: string;
  /** IANA name of the zone that moments are told in. Without one that of the browser. */
  timeZone?: string;

  // Kinds of span.
  kinds: Readonly<Record<string, string>>;
  /** For a summary: “3 tools”. */
  kindCount(count: number, kind: string): string;

  // States of the view.
  loading: string;
  /** While bytes come in or spans are read. */
  loadingProgress(done: string): string;
  loadingSpans(count: string): string;
  emptyTitle: string;
  emptyHint: string;
  /** Where a store is followed. */
  emptyStoreHint: string;
  notInStoreHint: string;
  /** Of a backend that has no trace of the id that is asked for, or none at all. */
  notInSourceHint(backend: string): string;
  errorTitle: string;
  /** Where an older trace is still on the screen. */
  errorKeepsOld: string;
  tryAgain: string;
  dismiss: string;

  // Toolbar.
  traceLabel: string;
  traceOption(name: string, spans: number): string;
  expandAll: string;
  collapseAll: string;
  copy: string;
  copied: string;
  copyTraceId: string;
  problems(count: number): string;
  problemsLabel: string;
  moreProblems(count: number): string;
  running: string;
  /** What the dot before the name says. */
  stateOk: string;
  stateErrors(count: number): string;
  /** Under the tree, while no span is selected. */
  hint: string;

  // Tree.
  spansOf(trace: string): string;
  columnSpan: string;
  columnTime: string;
  columnTokens: string;
  columnCost: string;
  columnTimeline: string;
  barText(start: string, duration: string): string;
  barTextRunning(start: string): string;
  barTextUnknown: string;
  firstTokenAfter(time: string): string;
  /** Beside the bar. */
  firstTokenNote(time: string): string;
  /** Of figures that are sums over all that a span holds. */
  withEverythingInside: string;
  errorMark: string;
  errorsInside(count: number): string;
  levels(depth: number): string;
  noSpanSelected: string;

  // Timeline.
  /** Of the tabs that choose between tree and timeline. */
  viewLabel: string;
  viewTree: string;
  viewTimeline: string;
  timelineOf(trace: string): string;
  /** What the keys do, for a screen reader. */
  timelineKeys: string;
  /** What is seen of the trace after a key has zoomed or moved. */
  timelineRange(from: string, to: string): string;
  /** Of spans that are too short to be told apart from the one that is named. */
  timelineOthers(count: number): string;
  timelineUntimed(count: number): string;
  timelineEmpty: string;
  zoomIn: string;
  zoomOut: string;
  zoomAll: string;

  // Graph.
  viewGraph: string;
  /** What a graph is of, where that is not one trace. */
  graphOfTraces(count: number): string;
  graphOf(trace: string): string;
  /** What the keys do, for a screen reader. */
  graphKeys: string;
  /** Of the buttons that choose what the nodes are. */
  graphModeLabel: string;
  graphModes: Readonly<Record<'calls' | 'services' | 'steps', string>>;
  graphEmpty: string;
  graphNoServices: string;
  /** Where what places the nodes could not be loaded: the table is shown. */
  graphNotDrawn: string;
  /** What is drawn of a graph that is too large. */
  graphLeftOut(nodes: string, edges: string): string;
  graphFit: string;
  graphTable: string;
  /** Buttons. */
  graphAsMermaid: string;
  graphAsText: string;
  /** The same where space is short. */
  graphMermaid: string;
  graphText: string;
  notCopied: string;
  /** What stands for the outside of the trace, as a caller. */
  graphStart: string;
  graphFrom: string;
  graphTo: string;
  graphCalls: string;
  graphMedian: string;
  graphPercentile95: string;
  graphLongest: string;
  graphCallCount(count: number): string;
  /** An edge, for a screen reader. */
  graphEdge(from: string, to: string): string;
  /** Which of how many calls is selected; no place where none is. */
  graphCallOf(place: number | undefined, count: number): string;
  graphStepOf(place: number | undefined, count: number): string;
  graphPreviousCall: string;
  graphNextCall: string;
  graphSlowestCall: string;
  graphFailedCall: string;
  graphMoreRows(count: number): string;

  // Summary.
  summaryLabel: string;
  duration: string;
  llmCalls: string;
  models(count: number): string;
  tokens: string;
  tokensIn: string;
  tokensOut: string;
  cached(share: string): string;
  reasoningTokens(count: string): string;
  cost: string;
  errors: string;
  noErrors: string;
  /** Of tokens that no call states. */
  notStated: string;
  callsWithoutUsage(count: number): string;
  callsWithoutCost(count: number): string;
  /** A cost that was worked out from tokens and prices, in whole or in part. */
  estimated(cost: string): string;
  estimatedPart(cost: string): string;
  /** Spans that repeat figures of others. */
  countedOnce(count: number): string;
  slowest: string;
  mostExpensive: string;

  // Detail.
  closeDetail: string;
  divider: string;
  tabMessages: string;
  tabInputOutput: string;
  tabDocuments: string;
  tabParameters: string;
  tabPrompt: string;
  tabEvents: string;
  tabAttributes: string;
  tabRaw: string;
  input: string;
  output: string;
  /** Button that leads to the parent span. */
  within(parent: string): string;
  parentMissing(id: string): string;
  total: string;
  /** Of the time in which nothing inside a span ran. */
  selfTime: string;
  /** Of the figures of a span and all that it holds. */
  sumInside(figures: string): string;
  sumTokens(tokens: string): string;
  callCount(count: number): string;
  firstToken: string;
  tokensPerSecond: string;
  exception: string;
  stacktrace: string;
  toolsOffered(count: number): string;
  template: string;
  variables: string;
  version: string;
  scores: string;
  resource: string;
  scope: string;
  links: string;
  usage: Readonly<Record<string, string>>;
  rank: string;
  score: string;
  metadata: string;
  documentsGiven: string;
  documentsReturned: string;
  filterAttributes: string;
  noAttributeMatches: string;
  /** Which of how many are shown, where they come in pages: “1–200 of 5,000”. */
  pageOf(first: number, last: number, count: number): string;
  previousPage: string;
  nextPage: string;
  moreNotShown(count: number): string;
  /** On paper, below what is in sight of a tree. */
  rowsNotPrinted(count: number): string;
  noName: string;
  /** Of a tab that a page added and that failed. */
  rendererFailed: string;

  // Documents, prompt, parameters.
  tabTexts: string;
  nearDuplicates(count: number): string;
  /** Places are from 1. `movedFrom` is of what a reranker gave back, `movedTo` of what it was given. */
  movedFrom(place: number, by: number): string;
  movedTo(place: number): string;
  notGiven: string;
  leftOut: string;
  vector(numbers: number): string;
  missingVariable: string;
  limitReached: string;
  usually(value: string): string;
  notUsual: string;

  // Failures and other tries.
  rateLimit: string;
  nthTry(number: number): string;
  askedToWait(time: string): string;
  /** Buttons that lead to the other tries. */
  triedAgain(time: string, model?: string): string;
  tryBefore(status: string, model?: string): string;
  gaveUp(tries: number): string;
  retriesInside(count: number): string;
  libraryFrames(count: number): string;
  framesRepeated(times: number): string;
  wholeStack: string;
  linkedSpan(name: string): string;

  // Scores and feedback.
  traceScores: string;
  scoreSources: Readonly<Record<string, string>>;
  scoreBy(source: string): string;
  feedbackLabel: string;
  good: string;
  bad: string;
  comment: string;
  /** A scale of one to five. */
  stars: string;
  starCount(count: number): string;
  feedbackCategories: string;
  sendFeedback: string;
  feedbackSent: string;
  feedbackFailed: string;

  // Messages.
  messagesLabel: string;
  messageNumber(position: number, role: string): string;
  roles: Readonly<Record<string, string>>;
  reasoning(characters: string): string;
  reasoningRedacted: string;
  reasoningEncrypted: string;
  toolCall: string;
  toolResult(name: string): string;
  toolError: string;
  resultBelow: string;
  /** The way to another span, in which the result of a tool call is. */
  resultElsewhere: string;
  callAbove: string;
  toDefinition: string;
  /** A button that leads to the first, second… call of a tool. */
  toCall(number: number): string;
  callsOfTool(count: number): string;
  toolCallCount(count: number): string;
  messageCount(count: number): string;
  refusal: string;
  finish(reason: string): string;
  /** Why an answer ended otherwise than answers do. */
  finishNotes: Readonly<Record<'length' | 'filter' | 'error', string>>;
  reasoningTitle: string;
  copyMessage: string;
  copyConversation: string;
  copyConversationJson: string;
  showMarkdown: string;
  /** Shows the text itself that was opened as JSON. */
  asText: string;
  /** Above what a call was given, and above its answer. */
  modelSaw: string;
  modelWrote: string;
  newInCall: string;
  /** How many messages stand in the call before as well; `isFirst` where they are the first of this one. */
  sameAsBefore(count: number, isFirst: boolean): string;
  /** Messages of the call before that are not in this one. */
  notInCall(count: number): string;
  instructionsChanged: string;
  toCallBefore: string;
  unfold: string;
  fold: string;
  showWhole(size: string): string;
  media(modality: string, type: string, size: string): string;
  mediaRemote(modality: string, address: string): string;
  /** Above the list of what a text cites. */
  citations: string;
  /** A source that has only its place among the documents that were given, from 1. */
  citedDocument(place: number): string;
  otherPart: string;
  noContent: string;
  earlierMessages(count: number): string;
  laterMessages(count: number): string;
  showParts(count: number): string;
  characters(count: string): string;

  // List of traces.
  tracesLabel: string;
  loadingTraces: string;
  noTraces: string;
  tracesFailed: string;
  searchTraces: string;
  noTraceMatches: string;
  sortTraces: string;
  ascending: string;
  descending: string;
  groupTraces: string;
  notGrouped: string;
  /** By what traces are sorted by, and put together by. */
  traceColumns: Readonly<Record<string, string>>;
  traceGroupings: Readonly<Record<string, string>>;
  /** `name` is absent for the traces that state none. */
  traceGroup(grouping: string, name: string | undefined): string;
  /** A button, while rows are kept in their places. */
  newTraces(count: number): string;
  errorCount(count: number): string;
  traceCount(count: number): string;
  tokenCount(count: string): string;

  // Figures of many traces.
  many: ManyTracesWords;

  // Traces that come from a backend, page by page.
  backends: BackendWords;

  // Spans chosen as examples.
  chosen: ChosenSpansWords;

  // Two traces compared.
  diff: DiffWords;

  // Steps, conversation, sequence, table.
  views: ViewWords;
  display: DisplayWords;
  /** Searching a trace. */
  search: SearchWords;
  /** The sheet that lists the keys. */
  help: HelpWords;
  /** Handing a trace on, and opening one from a file. */
  share: ShareWords;
  markdown: MarkdownWords;
  /** Why an input was not read, and what is wrong with a trace. Without them it is said in English. */
  faults?: FaultWords;
  /** Tokens and how likely they were. */
  tokenView: TokenWords;
  /** What happened inside a call, and how long it took. */
  stageView: StageWords;
  /** Where the heads of a model looked. */
  attentionView: AttentionWords;
  /** What each part of the prompt did to the output. */
  contributionView: ContributionWords;
  /** The gradients of a training. */
  gradientView: GradientWords;
  /** What an answer rests on. */
  sourceView: SourceWords;

  // Texts.
  showMore(shown: string, total: string): string;
  showMoreOfMany(shown: string): string;
  /** Button that shows what the Markdown of a text says. */
  markdownForm: string;
  markdownFailed: string;
  /** Button that leads to the source of a text. */
  hiddenByMarkdown(characters: number): string;
  /** Above a very long piece of a text. */
  notReadAsMarkdown: string;
  tableLabel: string;

  // Pictures, recordings, files.
  modalities: Readonly<Record<string, string>>;
  showMedia: string;
  saveMedia: string;
  /** Button that loads what is at another place. */
  loadMedia(host: string): string;
  /** Of an address that is not shown whole. */
  queryLength(characters: number): string;
  loadingMedia: string;
  mediaNotLoaded: string;
  mediaNotPlayable: string;
  mediaTooLarge: string;

  // JSON.
  jsonLabel: string;
  searchJson: string;
  nextMatch: string;
  previousMatch: string;
  /** Which of how many matches is shown; `isOver` once everything was looked at. */
  matchOf(position: number, count: number, isOver: boolean): string;
  noMatch: string;
  searching: string;
  copyValue: string;
  copyPath: string;
  keys(count: number): string;
  items(count: number): string;
  /** Beside a string that holds the text of an object or a list. */
  jsonInText: string;
  bytes(size: string): string;

  /** Findings of the analysis, by the name of the rule. */
  findings: ReadonlyMap<string, FindingWords>;
  findingsLabel: string;
  findingsWorking: string;
  noFindings: string;
  severities: Readonly<Record<'error' | 'warning' | 'info', string>>;
  severityCount(count: number, severity: 'error' | 'warning' | 'info'): string;
  /** Shows which rule a finding is of. */
  findingRule: string;
  moreSpans(count: number): string;
  /** Findings of a rule that are not listed. */
  moreFindings(count: number, rule: string): string;
  /** Spans that a rule would have had to read. */
  notLookedAt(count: number, rule: string): string;

  /** Of what is loaded when it is first shown. */
  partFailed: string;

  // Critical path.
  criticalPath: string;
  onCriticalPath(time: string): string;
  /** Spans without times: they are on no path. */
  leftOutOfPath(count: number): string;

  // Statistics.
  viewStatistics: string;
  statisticsLabel: string;
  statisticsBy: string;
  statisticsGroups: Readonly<Record<'operation' | 'model' | 'tool' | 'service', string>>;
  columnName: string;
  columnCount: string;
  columnP50: string;
  columnP95: string;
  columnP99: string;
  /** Of a plot of the durations; what it shows is in the columns beside it. */
  columnSpread: string;
  columnSelfTime: string;
  columnErrorRate: string;
  untimed(count: number): string;
  inNoRow(count: number): string;
  noStatistics: string;
  moreRows(count: number): string;
  toSlowest: string;
}
