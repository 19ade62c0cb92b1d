/** Spans for other tools. */
export { consoleExporter, type ConsoleExporterOptions } from './console-exporter.js';
export * from './datasets/index.js';
export {
  otlpExporter,
  type ExportDropReason,
  type OtlpExporter,
  type OtlpExporterOptions,
  type OtlpExporterStatus,
} from './otlp-exporter.js';
export type { OtlpAnswer, OtlpDocument, OtlpEncoding } from './otlp-encoding.js';
export { toOtlp, tracesToOtlp, type OtlpOptions } from './otlp.js';
export { toHtmlFile, type HtmlFileOptions } from './html-file.js';
export { toMarkdown, type MarkdownOptions } from './markdown.js';
export { maskJson, maskTraces, type MaskedCopy, type MaskRules } from './masked-copy.js';
export { provideProgram, type Program, type ProgramSource } from './program.js';
export { recordedSpanOf } from './recorded-span.js';
export type { SlowWork } from './slices.js';
export type { OutboxPage, OutboxPlace, SpanOutbox } from './span-outbox.js';
export type { SpanExporter } from './span-exporter.js';
