/** A document of OTLP JSON, as `toOtlp` gives it (`ExportTraceServiceRequest`). */
export interface OtlpDocument {
  resourceSpans: readonly object[];
}

/** What a receiver says of spans that it did not take, and why. */
export interface OtlpAnswer {
  rejected?: number;
  message?: string;
}

/**
 * How requests are written and answers read: `otlpJson`, which an exporter takes by itself, or `otlpProtobuf` of
 * `llm-trace-kit/export/protobuf`.
 */
export interface OtlpEncoding {
  contentType: string;
  encode(document: OtlpDocument): Uint8Array<ArrayBuffer>;
  /** Reads `ExportTraceServiceResponse`, or the `Status` of a request that was refused. May throw. */
  decode(answer: Uint8Array): OtlpAnswer;
}

/** OTLP's JSON encoding (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding"). */
export const otlpJson: OtlpEncoding = {
  contentType: 'application/json',
  encode: (document) => new TextEncoder().encode(JSON.stringify(document)),
  decode(answer) {
    const { partialSuccess, message } = JSON.parse(new TextDecoder().decode(answer)) as {
      partialSuccess?: { rejectedSpans?: unknown; errorMessage?: unknown } | null;
      message?: unknown;
    };
    const said = partialSuccess?.errorMessage ?? message;
    return {
      rejected: Number(partialSuccess?.rejectedSpans ?? 0) || 0,
      ...(typeof said === 'string' && { message: said }),
    };
  },
};
