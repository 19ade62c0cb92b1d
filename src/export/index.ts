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
export { toOtlp, type OtlpOptions } from './otlp.js';
export { recordedSpanOf } from './recorded-span.js';
export type { OutboxPage, OutboxPlace, SpanOutbox } from './span-outbox.js';
export type { SpanExporter } from './span-exporter.js';
