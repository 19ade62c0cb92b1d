import { datasetExamples, toDataset } from '../../export/datasets/index.js';
import type { Payload, Span } from '../../model/index.js';

/** Puts in the place of a text what may be shown of it; `name` is what the value is called where it stands. */
export type Masking = (text: string, name: string) => string;

/**
 * Spans as lines of a dataset, one after the other: reading the details of many takes time. An empty line for one that makes no
 * example.
 *
 * @param masking absent where nothing is masked
 */
export function* exampleLines(
  spans: Iterable<Span>,
  shape: string,
  masking: Masking | undefined,
): Generator<string, void> {
  for (const span of spans) {
    const examples = datasetExamples([span]);
    yield toDataset(masking ? examples.map((example) => masked(example, masking)) : examples, shape);
  }
}

/** A value of JSON in which all texts are masked. */
const masked = <Value extends object>(value: Value, masking: Masking): Value =>
  JSON.parse(
    JSON.stringify(value, (name, inner: Payload) => (typeof inner === 'string' ? masking(inner, name) : inner)),
  ) as Value;
