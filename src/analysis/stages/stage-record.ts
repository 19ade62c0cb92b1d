/** Who took the times. A server stops at the computation, a client at the receipt: figures of both are never put together. */
export type MeasuredBy = 'client' | 'server' | 'simulated' | 'unknown';

/** One stage of a call. */
export interface StageTime {
  /** One of `STAGES`, or a name of the record's own. */
  readonly stage: string;
  /** Milliseconds from the start of the span. */
  readonly start: number;
  readonly end: number;
  readonly request?: string;
  /** What it ran on. */
  readonly on?: string;
  readonly batch?: number;
  readonly tokensIn?: number;
  readonly tokensOut?: number;
  /** Tokens that were there already. */
  readonly cached?: number;
  readonly bytes?: number;
  /** Joule. */
  readonly energy?: number;
}

/**
 * Milliseconds. `queue`: before anything was worked out; `ttft`: to the first token; `tpot`: a token after the first, on average;
 * `itl-…`: percentiles of the gaps between tokens; `e2e`: all of it.
 */
export const LATENCIES = ['queue', 'ttft', 'tpot', 'itl-p50', 'itl-p90', 'itl-p99', 'e2e'] as const;

export type Latency = (typeof LATENCIES)[number];

export interface LatencyFigure {
  /** Milliseconds. */
  readonly value: number;
  /** The field that states it, or how it was worked out. */
  readonly from: string;
  readonly isDerived: boolean;
}

/** When the pieces of an answer came, in milliseconds from the start of the span. */
export interface Arrivals {
  readonly times: ArrayLike<number>;
  /** A piece of a stream is not a token: it may hold several. */
  readonly unit: 'token' | 'chunk';
}

/** What one source says of the times inside a call. */
export interface StageRecord {
  /** Where it stands: the name of a field or an attribute. */
  readonly from: string;
  readonly measuredBy: MeasuredBy;
  /** Whether only lengths are stated, and the stages were put one behind the other. */
  readonly arePlaced: boolean;
  readonly stages: readonly StageTime[];
  readonly figures: ReadonlyMap<Latency, LatencyFigure>;
  readonly arrivals?: Arrivals;
}

/** As a reader finds it. */
export type StageDraft = Omit<StageRecord, 'figures' | 'arePlaced'> & {
  readonly arePlaced?: boolean;
  /** Those that the source states, with its name for each. */
  readonly stated?: readonly (readonly [latency: Latency, ms: number | undefined, from: string])[];
  /** Tokens that were written. */
  readonly tokensOut?: number | undefined;
};

/** A stage of which only the length is known. */
export interface StageLength {
  readonly stage: string;
  readonly ms: number | undefined;
  readonly tokensIn?: number | undefined;
  readonly tokensOut?: number | undefined;
  readonly cached?: number | undefined;
}

/** Puts stages one behind the other; those without a length are left out. */
export function placed(lengths: readonly StageLength[]): StageTime[] {
  const stages: StageTime[] = [];
  let at = 0;
  for (const { stage, ms, tokensIn, tokensOut, cached } of lengths) {
    if (ms === undefined || ms <= 0) continue;
    stages.push({
      stage,
      start: at,
      end: at + ms,
      ...(tokensIn !== undefined && { tokensIn }),
      ...(tokensOut !== undefined && { tokensOut }),
      ...(cached !== undefined && { cached }),
    });
    at += ms;
  }
  return stages;
}
