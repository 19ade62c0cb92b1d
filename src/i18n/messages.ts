/** Every word that the elements show. A language is one object of this type; functions take care of plurals. */
export interface Messages {
  /** BCP 47 tag that numbers, times and plurals are written in. */
  locale: string;

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
  moreAttributes(count: number): string;
  moreNotShown(count: number): string;
  moreParts(count: number): string;

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
  callAbove: string;
  refusal: string;
  finish(reason: string): string;
  media(modality: string, type: string, size: string): string;
  mediaRemote(modality: string, address: string): string;
  /** Above the list of what a text cites. */
  citations: string;
  /** A source that has only its place among the documents that were given, from 1. */
  citedDocument(place: number): string;
  otherPart: string;
  written: string;
  noContent: string;
  earlierMessages(count: number): string;
  characters(count: string): string;

  // List of traces.
  tracesLabel: string;
  loadingTraces: string;
  noTraces: string;
  tracesFailed: string;
  moreTraces: string;
  errorCount(count: number): string;
  traceCount(count: number): string;
  tokenCount(count: string): string;
  session(id: string): string;
  noSession: string;

  // Long values.
  showMore(shown: string, total: string): string;
  showMoreOfMany(shown: string): string;

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
}
