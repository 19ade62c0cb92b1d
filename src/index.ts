/** Everything that has no side effects: classes, functions, types. Elements are registered by `llm-trace-kit/define.js`. */
export * from './analysis/index.js';
export * from './elements/index.js';
export {
  maskJson,
  maskTraces,
  provideProgram,
  recordedSpanOf,
  toHtmlFile,
  toMarkdown,
  toOtlp,
  tracesToOtlp,
  type HtmlFileOptions,
  type MarkdownOptions,
  type MaskedCopy,
  type MaskRules,
  type OtlpOptions,
  type Program,
  type ProgramSource,
} from './export/index.js';
export * from './formats/index.js';
export { en, registerLanguage, type Messages } from './i18n/index.js';
export { TraceFetchError } from './internal/fetch-trace.js';
export * from './model/index.js';
