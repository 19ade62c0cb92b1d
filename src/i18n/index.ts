export { en } from './en.js';
export { findingText, type FindingFigures, type FindingWords } from './finding-text.js';
export * from './format.js';
export type { Messages } from './messages.js';
