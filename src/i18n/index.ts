export type { HelpAction, HelpPlace, NamedKey } from './en-help.js';
export { en } from './en.js';
export { problemText, readingErrorText, type FaultWords } from './fault-text.js';
export { findingText, type FindingFigures, type FindingWords } from './finding-text.js';
export * from './format.js';
export { hasLanguages, languageOf, onLanguage, registerLanguage } from './languages.js';
export type { Messages } from './messages.js';
export { inTimeZone } from './time-zone.js';
