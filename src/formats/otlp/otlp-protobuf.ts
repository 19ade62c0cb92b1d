import type { Format } from '../format.js';
import { readOtlp } from './otlp.js';
import { contentsOf, decodeMessage } from './protobuf-message.js';
import { reportPartial } from './tempo.js';

/**
 * OTLP as protobuf bytes: `TracesData`, `ExportTraceServiceRequest` and Tempo's `Trace` are the same on the wire
 * (open-telemetry/opentelemetry-proto, trace/v1/trace.proto); Tempo's `TraceByIDResponse` holds that one level deeper
 * (grafana/tempo, pkg/tempopb/tempo.proto). Protobuf does not say what it is, so the bytes are followed down to the first
 * span, which must have ids of 16 and 8 bytes.
 *
 * The bytes become the objects of OTLP JSON, which the detail view then shows as the raw record.
 */
export const otlpProtobuf: Format = {
  name: 'otlp-protobuf',
  title: 'OTLP protobuf',

  detect: (value) => value instanceof Uint8Array && (leadsToSpan(value, TO_SPAN) || leadsToSpan(value, FROM_RESPONSE)),

  *read(value, table) {
    if (!(value instanceof Uint8Array)) return;
    const isResponse = !leadsToSpan(value, TO_SPAN) && leadsToSpan(value, FROM_RESPONSE);
    const { message, faultAt } = decodeMessage(value, isResponse ? 'TraceByIDResponse' : 'TracesData');
    if (isResponse) reportPartial(message, table);
    yield* readOtlp(isResponse ? message['trace'] : message, table, otlpProtobuf.name);
    if (faultAt !== undefined) {
      table.problems.push({
        code: 'unreadable-record',
        message: `The bytes are damaged or cut off at byte ${faultAt} of ${value.length}. What follows is missing.`,
      });
    }
  },
};

/** Field numbers from the outermost message to a span: resource, scope (as it is called now, and was once), span. */
const TO_SPAN = [[1], [2, 1000], [2]] as const;
/** The same from Tempo's response, which holds a trace. */
const FROM_RESPONSE = [[1], ...TO_SPAN] as const;

/** Whether the fields of a path lead to a span. Depth is that of the path, not of the data. */
function leadsToSpan(bytes: Uint8Array, path: readonly (readonly number[])[]): boolean {
  const [numbers, ...rest] = path;
  try {
    if (!numbers) return hasLength(bytes, 1, 16) && hasLength(bytes, 2, 8);
    for (const number of numbers) {
      for (const content of contentsOf(bytes, number)) if (leadsToSpan(content, rest)) return true;
    }
  } catch {
    // Not protobuf.
  }
  return false;
}

function hasLength(span: Uint8Array, number: number, length: number): boolean {
  for (const content of contentsOf(span, number)) return content.length === length;
  return false;
}
