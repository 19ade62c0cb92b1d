import { firstValue, isRecord, type JsonRecord } from '../../payloads/json-record.js';
import { harmlessHeaders } from '../masking.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';

/** What errors are called by which a library says that the application gave a call up. */
const ABORTS: ReadonlySet<unknown> = new Set(['AbortError', 'ModelAbortError', 'APIUserAbortError', 'ResponseAborted']);

/** LangChain and LangGraph say it in the message of a plain `Error` as well. */
const isAbort = ({ name, message }: JsonRecord): boolean =>
  ABORTS.has(name) || (typeof message === 'string' && /^Abort(?:ed|Error)?$/.test(message));

/**
 * Tells a span why what it stands for has failed: the error, its HTTP status, the limits that the server names.
 *
 * @param reason how it ended, where that is known better than by the error
 */
export function recordFailure(span: TracerSpan, error: unknown, reason?: string): void {
  span.recordException(error);
  quietly(() => {
    const end = isRecord(error) && isAbort(error) ? 'aborted' : reason;
    if (end !== undefined) span.setAttributes({ 'llm_trace.end_reason': end });
    if (!isRecord(error)) return;
    // The AI SDK's error of a call that was repeated in vain holds the last one.
    const cause = isRecord(error['lastError']) ? error['lastError'] : error;
    const status = firstValue(cause, 'statusCode', 'status');
    const headers = firstValue(cause, 'responseHeaders', 'headers');
    span.setAttributes({
      ...(typeof status === 'number' && { 'http.response.status_code': status, 'error.type': String(status) }),
      ...headerAttributes(headers),
    });
  });
}

/** The headers of a response that may be recorded, as attributes. */
export const headerAttributes = (headers: unknown): Record<string, string> =>
  isRecord(headers)
    ? Object.fromEntries(
        Object.entries(harmlessHeaders(new Headers(headers as HeadersInit))).map(([name, value]) => [
          `http.response.header.${name}`,
          value,
        ]),
      )
    : {};
