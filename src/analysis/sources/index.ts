/** What answers rest on. */
export { sourcesOfDraft, type AnswerSources, type SourceDocument, type SourceSpan } from './answer-sources.js';
export { mayHaveSources } from './may-have-sources.js';
export { isOlmoTrace, olmoTraceSources } from './olmo-trace.js';
export { FEWEST_WORDS, sharedWords, type SharedWords } from './shared-words.js';
export { sourcesOf, sourcesOfAnswer } from './sources-of.js';
