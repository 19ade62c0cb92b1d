/** The evaluators of the kit, a line each. A page's own are objects of the same shape: see `Evaluator`. */
export { answerLanguage, type AnswerLanguageOptions } from './answer-language.js';
export { answerLength, type AnswerLengthOptions } from './answer-length.js';
export { bleu } from './bleu.js';
export { costBudget, type CostBudgetOptions } from './cost-budget.js';
export { exactMatch, type ExactMatchOptions } from './exact-match.js';
export { fuzzyMatch, type FuzzyMatchOptions } from './fuzzy-match.js';
export { groundedness, type GroundednessOptions } from './groundedness.js';
export { latencyBudget, type LatencyBudgetOptions } from './latency-budget.js';
export { llmJudge, type JudgeCall, type JudgeTracer, type LlmJudgeOptions } from './llm-judge.js';
export { matchesPattern, type MatchesPatternOptions } from './matches-pattern.js';
export { refusal } from './refusal.js';
export { repetition, type RepetitionOptions } from './repetition.js';
export { retrievalQuality, type RetrievalQualityOptions } from './retrieval-quality.js';
export { rougeL } from './rouge-l.js';
export { validJson, type ValidJsonOptions } from './valid-json.js';
