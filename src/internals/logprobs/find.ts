import type { Internals } from '../internals.js';
import { isFields, type Fields } from '../shape.js';
import { logprobShapes } from './registry.js';
import { internalsOfReport } from './token-columns.js';

/** Objects and lists of a payload that are looked into, and entries of one. */
const MOST_PLACES = 2000;
const MOST_ENTRIES = 500;

/** Names under which payloads have probabilities of tokens. */
export const LOGPROB_FIELDS: readonly string[] = [
  'logprobs',
  'completion_probabilities',
  'prompt_logprobs',
  'logprobsResult',
  'logprobs_result',
  'avgLogprobs',
  'avg_logprobs',
];

const isTelling = (place: object): boolean =>
  LOGPROB_FIELDS.some((name) => {
    const held = (place as Fields)[name];
    return typeof held === 'object' ? held !== null : typeof held === 'number';
  });

/** What probabilities a payload holds of its tokens, wherever frameworks have put the answer. */
export function internalsOfPayload(payload: unknown): Internals | undefined {
  if (!mayHaveLogprobs(payload)) return undefined;
  for (const place of placesIn(payload)) {
    if (!isFields(place)) continue;
    for (const shape of logprobShapes) {
      const report = shape.read(place);
      if (report) return internalsOfReport(report);
    }
  }
  return undefined;
}

/** Whether it is worth while to read a payload for them: quick. */
export function mayHaveLogprobs(payload: unknown): boolean {
  for (const place of placesIn(payload)) if (isTelling(place)) return true;
  return false;
}

/** A payload of plain JSON without the probabilities of its tokens: they are the greater part of it. */
export const withoutLogprobs = (payload: unknown): unknown =>
  JSON.parse(JSON.stringify(payload, (name, held: unknown) => (LOGPROB_FIELDS.includes(name) ? undefined : held)));

/** The objects and lists of a payload, the outer ones first. */
export function* placesIn(payload: unknown): Generator<object> {
  if (typeof payload !== 'object' || payload === null) return;
  const waiting: object[] = [payload];
  for (let at = 0; at < waiting.length && at < MOST_PLACES; at++) {
    const place = waiting[at]!;
    yield place;
    if (waiting.length >= MOST_PLACES || ArrayBuffer.isView(place)) continue;
    let entries = 0;
    for (const name in place) {
      const held = (place as Fields)[name];
      if (typeof held === 'object' && held !== null) waiting.push(held);
      if (++entries >= MOST_ENTRIES) break;
    }
  }
}
