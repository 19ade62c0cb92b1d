/** A place in a trace, as W3C Trace Context hands it from one service to the next. */
export interface TraceContext {
  traceId: string;
  spanId: string;
  /** Whether the caller records its side. */
  isSampled: boolean;
}

/** Version 00 ends after the flags; later ones may go on. Version `ff` and ids of zeros are none. */
const TRACEPARENT =
  /^(?:00(?=.{53}$)|(?!00|ff)[\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]([\da-f])(?!\w)/;

/** W3C Trace Context, section 3.2.2. `undefined` for a header that is none: the trace then begins anew. */
export function parseTraceparent(header: string | null | undefined): TraceContext | undefined {
  const found = typeof header === 'string' && TRACEPARENT.exec(header.trim());
  if (!found) return undefined;
  return { traceId: found[1]!, spanId: found[2]!, isSampled: parseInt(found[3]!, 16) % 2 === 1 };
}

export const formatTraceparent = ({ traceId, spanId, isSampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-0${isSampled ? 1 : 0}`;
