/**
 * What went on inside the model while a span ran: its tokens and their probabilities, attention, gradients, the stages of the
 * work, the sources of an answer. Columns stand beside each other (one list a fact). Each section may be absent: it was not
 * captured then. Version 1.
 *
 * On an OTLP span it is the JSON text of the attribute `llm_trace.internals`. It is read by `readInternals`, which checks it.
 */
export interface Internals {
  v: 1;
  model?: InternalsModel;
  tokens?: InternalsTokens;
  output?: InternalsOutput;
  attention?: InternalsAttention[];
  hidden?: InternalsHidden;
  lens?: InternalsLens;
  attribution?: InternalsAttribution[];
  gradients?: InternalsGradients;
  sources?: InternalsSources;
  stages?: InternalsStages;
  /** Operators of the runtime, in the order in which they ran; `start` and `dur` in milliseconds from the start of the span. */
  ops?: InternalsOperator[] | PartReference;
  capture?: InternalsCapture;
}

/** A part that is kept elsewhere: a function of the page's finds it. */
export interface PartReference {
  ref: string;
}

export interface InternalsModel {
  id?: string;
  layers?: number;
  heads?: number;
  kv_heads?: number;
  d_model?: number;
  vocab?: number;
  dtype?: string;
  runtime?: string;
}

export interface InternalsTokens {
  text: string[];
  id?: number[];
  /** Where each begins in the joined text, in UTF-16 units. */
  start?: number[];
  /** Index of the first token of the output; those before are the prompt. */
  split: number;
  /** Indices of tokens that are no text, as the end of a turn. */
  special?: number[];
  /** Indices of tokens that go on with the character of the token before. */
  cont?: number[];
  /** The bytes of each token (UTF-8), as OpenAI gives them. */
  bytes?: (number[] | null)[];
  /** The message of the conversation that each belongs to. */
  message?: number[];
}

/**
 * Whether probabilities are those of the model (`raw`), or what was left after temperature, penalties and top-p
 * (`processed`).
 */
export type Distribution = 'raw' | 'processed' | 'unknown';

export interface InternalsOutput {
  /** Index of the token that the first value of each list is about. */
  from: number;
  dist: Distribution;
  /** Natural logarithm of the probability; `null` where it is not known. */
  logprob?: (number | null)[];
  /** The mean of the logarithms, where a provider states it and no tokens. */
  mean?: number;
  /** Place among all tokens of the vocabulary, the most likely first, from 1. */
  rank?: (number | null)[];
  /** In nats. */
  entropy?: (number | null)[];
  /** `topk`: worked out from a list of the most likely tokens, an estimate. */
  entropy_kind?: 'full' | 'topk';
  /** The most likely tokens at each place. */
  top?: { text: string[][]; id?: number[][]; logprob: number[][] };
  /** When each came, in milliseconds from the start of the span. */
  t_ms?: number[];
  sampler?: { temperature?: number; top_p?: number; top_k?: number; repetition_penalty?: number; seed?: number };
}

export interface InternalsAttention {
  type: 'self' | 'cross' | 'encoder';
  /** First token, and the one behind the last. */
  q: [number, number];
  k: [number, number];
  captured: 'live' | 'replay' | 'import';
  /** By layer and head. */
  summary?: { sink?: number[][]; prev?: number[][]; entropy?: number[][] };
  /** Each of the shape heads × queries × keys. */
  layers?: (EncodedArray & { layer: number; heads?: number[] })[];
}

export interface InternalsHidden {
  norm: 'l2' | 'rms';
  at?: string;
  /** By layer and token. */
  layers: number[][];
}

/** What the model would have said after each layer. */
export interface InternalsLens {
  type: string;
  layers: number[];
  /** By token, layer and place. */
  top: { text: string[][][]; prob: number[][][] };
}

export interface InternalsAttribution {
  method: string;
  over: 'prompt' | 'all';
  /** First token, and the one behind the last. */
  target: [number, number];
  signed: boolean;
  unit?: 'token' | 'word' | 'message';
  /** By target and input. */
  scores: EncodedArray;
  baseline?: string;
}

/** A number; JSON has no word for those that are none or without end. */
export type MaybeNumber = number | 'NaN' | 'Infinity' | '-Infinity' | null;

export interface InternalsGradients {
  metric: 'l2' | 'rms' | 'max' | 'update_ratio';
  steps: number[];
  params: string[];
  /** By step and parameter. */
  values: EncodedArray | MaybeNumber[][];
  estimated?: boolean;
  loss?: MaybeNumber[];
  lr?: MaybeNumber[];
  global?: MaybeNumber[];
  clip?: number;
  flags?: { step: number; param: string; kind: 'vanishing' | 'exploding' | 'nan' | 'dead' }[];
}

export interface InternalsSources {
  method: 'verbatim' | 'citation' | 'retrieval' | 'influence';
  index?: string;
  /** Stretches of the answer, in UTF-16 units of its text; `end` is exclusive. */
  spans: {
    start: number;
    end: number;
    text: string;
    tokens?: [number, number];
    count?: number;
    rarity?: number;
    /** Positions in `docs`. */
    docs: number[];
  }[];
  docs: {
    id: string;
    title?: string;
    url?: string;
    source?: string;
    usage?: string;
    score?: number;
    relevance?: 'high' | 'medium' | 'low';
    snippets: { text: string; match?: [number, number] }[];
    text?: string;
  }[];
}

export interface InternalsStage {
  stage: string;
  /** Milliseconds from the origin. */
  start: number;
  end: number;
  /** The request that it was for, where several are told of. */
  req?: string;
  /** What it ran on. */
  on?: string;
  batch?: number;
  tokens_in?: number;
  tokens_out?: number;
  cached?: number;
  bytes?: number;
  energy_j?: number;
}

export interface InternalsStages {
  clock: 'ms';
  /** Milliseconds since the epoch; without it, times are from the start of the span. */
  origin?: number;
  /** Who took the times: a server stops at the computation, a client at the receipt. Absent where nobody says. */
  measured_at?: 'client' | 'server' | 'simulated';
  events: InternalsStage[];
  /** Milliseconds. */
  metrics?: {
    queue?: number;
    ttft?: number;
    tpot?: number;
    itl?: { p50: number; p90: number; p99: number };
    e2e?: number;
  };
}

export interface InternalsOperator {
  name: string;
  op: string;
  layer?: number;
  start: number;
  dur: number;
  shape?: number[][];
  bytes?: number;
}

export interface InternalsCapture {
  level: 0 | 1 | 2 | 3;
  cost_ms?: number;
  dropped?: string[];
  source_format?: string;
}

export type ArrayType = 'u8' | 'i8' | 'u16' | 'f16' | 'f32';

/**
 * `tri`: of each matrix the lower triangle, row by row (each row one longer than the one before, the last one whole). `coo`: the
 * values of the places in `index`, counted through the whole array. `topk`: so many a row, their columns in `index`.
 */
export type ArrayLayout = 'dense' | 'tri' | 'coo' | 'topk';

/** Numbers of a shape, packed. A value is `scale × (stored − zero)`. Bytes are little-endian; indices are 32 bits wide. */
export interface PackedArray {
  shape: number[];
  dtype: ArrayType;
  scale?: number;
  zero?: number;
  layout?: ArrayLayout;
  enc: 'json' | 'b64' | 'gz+b64';
  /** Text of base64, or a list of numbers (`json`). */
  data: string | number[];
  index?: string | number[];
}

export type EncodedArray = PackedArray | PartReference;

export const isReference = (part: object): part is PartReference =>
  typeof (part as Partial<PartReference>).ref === 'string';
