import { englishCount } from './english.js';

/** Words for what happened inside a call, and how long it took. */
export interface StageWords {
  /** Of the tab and of the lanes. */
  title: string;
  /** By their names; those that are not here are shown as they are. */
  stages: ReadonlyMap<string, string>;
  latencies: Readonly<Record<'queue' | 'ttft' | 'tpot' | 'itl-p50' | 'itl-p90' | 'itl-p99' | 'e2e', string>>;
  /** What a latency is, in a sentence. */
  latencyHints: Readonly<Record<'queue' | 'ttft' | 'tpot' | 'itl-p50' | 'itl-p90' | 'itl-p99' | 'e2e', string>>;
  /** Who took the times. */
  measuredBy: Readonly<Record<'client' | 'server' | 'simulated' | 'unknown', string>>;
  measuredByHint: Readonly<Record<'client' | 'server' | 'simulated' | 'unknown', string>>;
  /** Where a figure stands in the record. */
  from(field: string): string;
  /** How a figure was worked out. */
  derived(from: string): string;
  /** Of a record that states only lengths. */
  placed: string;
  /** What stands for the time before the first part of an answer. */
  untilFirst: string;
  noMoments: string;

  // One call.
  /** The main figures, as a sentence. */
  sentence(parts: readonly string[]): string;
  first(time: string): string;
  perToken(time: string): string;
  whole(time: string): string;
  figures: string;
  figure: string;
  value: string;
  source: string;
  table: string;
  stage: string;
  start: string;
  duration: string;
  details: string;
  tokensIn(count: number): string;
  tokensOut(count: number): string;
  cached(count: number): string;
  request(id: string): string;
  on(device: string): string;
  batch(count: number): string;

  // Gaps.
  gaps(unit: 'token' | 'chunk', count: number): string;
  /** A piece of a stream is not a token. */
  chunksAreNoTokens: string;
  longest(time: string): string;
  stalls(count: number): string;
  noStalls: string;
  /** A stall behind a piece, counted from 1. */
  stall(time: string, after: number, at: string): string;
  stallRule: string;

  // Many calls.
  calls(told: number, silent: number): string;
  latency: string;
  count: string;
  p50: string;
  p90: string;
  p99: string;
  max: string;
  clock: string;
  toSlowest: string;
  spread: string;

  // Nothing there.
  notCaptured: string;
  howTo: string;
  notLoaded: string;
}

const calls = (count: number): string => `${englishCount(count)} ${count === 1 ? 'call' : 'calls'}`;

export const ENGLISH_STAGES: StageWords = {
  title: 'Stages',
  stages: new Map([
    ['download', 'Download'],
    ['compile', 'Compile'],
    ['load', 'Load'],
    ['tokenize', 'Tokenise'],
    ['queue', 'Queue'],
    ['route', 'Route'],
    ['rag.embed', 'RAG: embed'],
    ['rag.retrieve', 'RAG: retrieve'],
    ['rerank', 'Rerank'],
    ['kv.retrieve', 'KV retrieval'],
    ['kv.transfer', 'KV transfer'],
    ['first-token', 'Until the first token'],
    ['prefill', 'Prefill'],
    ['reason', 'Reason'],
    ['decode', 'Decode'],
    ['tool', 'Tool'],
    ['detokenize', 'Detokenise'],
    ['batch', 'Batch'],
    ['operator', 'Operator'],
  ]),
  latencies: {
    queue: 'Queue',
    ttft: 'TTFT',
    tpot: 'TPOT',
    'itl-p50': 'ITL p50',
    'itl-p90': 'ITL p90',
    'itl-p99': 'ITL p99',
    e2e: 'Total',
  },
  latencyHints: {
    queue: 'Time before the request was worked on',
    ttft: 'Time to the first token',
    tpot: 'Time per output token after the first',
    'itl-p50': 'Half of the gaps between tokens are no longer',
    'itl-p90': '90% of the gaps between tokens are no longer',
    'itl-p99': '99% of the gaps between tokens are no longer',
    e2e: 'Time from the request to the end of the answer',
  },
  measuredBy: { client: 'Client', server: 'Server', simulated: 'Simulated', unknown: 'Clock not stated' },
  measuredByHint: {
    client: 'Measured by the client: network and queue count in',
    server: 'Measured by the server: the way to the client does not count in',
    simulated: 'From a simulator: nothing ran',
    unknown: 'The record does not state who took these times',
  },
  from: (field) => `stated: ${field}`,
  derived: (from) => `worked out: ${from}`,
  placed: 'The record states how long these stages took, not when they began: they are drawn one behind the other.',
  untilFirst: 'Network, queue and prefill cannot be told apart in the time before the first token.',
  noMoments: 'The record does not state when the stages ran.',

  sentence: (parts) => `${parts.join(', ')}.`,
  first: (time) => `First token after ${time}`,
  perToken: (time) => `${time} per token after it`,
  whole: (time) => `${time} in total`,
  figures: 'Latencies',
  figure: 'Latency',
  value: 'Value',
  source: 'Source',
  table: 'Stages as a table',
  stage: 'Stage',
  start: 'Start',
  duration: 'Duration',
  details: 'Details',
  tokensIn: (count) => `${englishCount(count)} in`,
  tokensOut: (count) => `${englishCount(count)} out`,
  cached: (count) => `${englishCount(count)} cached`,
  request: (id) => `request ${id}`,
  on: (device) => `on ${device}`,
  batch: (count) => `batch ${englishCount(count)}`,

  gaps: (unit, count) =>
    `Gaps between ${englishCount(count)} ${unit === 'token' ? 'tokens' : 'pieces of the stream'}, the longest of each stretch`,
  chunksAreNoTokens: 'A piece of a stream may hold several tokens.',
  longest: (time) => `longest gap ${time}`,
  stalls: (count) => `${englishCount(count)} ${count === 1 ? 'stall' : 'stalls'}`,
  noStalls: 'no stalls',
  stall: (time, after, at) => `${time} after piece ${englishCount(after)}, at ${at}`,
  stallRule: 'A stall is a gap of more than five times the median and of more than 100 ms.',

  calls: (told, silent) => `${calls(told)} with times${silent ? `, ${englishCount(silent)} without` : ''}.`,
  latency: 'Latency',
  count: 'Count',
  p50: 'p50',
  p90: 'p90',
  p99: 'p99',
  max: 'Max',
  clock: 'Measured by',
  toSlowest: 'go to the slowest',
  spread: 'Latencies over calls',

  notCaptured: 'The times inside this call were not captured.',
  howTo:
    'Stream the answer, so that the time to the first token is known; vLLM, llama.cpp, Ollama, Groq and Cerebras state more.',
  notLoaded: 'This view could not be loaded.',
};
