import { asText, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';

const EVENT_TYPE =
  /^(trace|score|observation|span|event|generation|agent|tool|chain|retriever|evaluator|embedding|guardrail)-(create|update)$/;

/** Whether a value is one event of a batch that Langfuse's SDKs send: `{id, timestamp, type: "span-create", body}`. */
export const isIngestionEvent = (value: unknown): boolean =>
  isObject(value) && isObject(value['body']) && typeof value['type'] === 'string' && EVENT_TYPE.test(value['type']);

/** Whether a value is the body of a request to `/api/public/ingestion`. */
export const isIngestionBatch = (value: JsonObject): boolean => isIngestionEvent(firstObject(value['batch'] ?? null));

/** What the events of batches add up to. */
export type IngestedKind = 'trace' | 'score' | 'observation';

/**
 * Puts the events of ingestion batches together: an update, or a second create, adds to what was sent before under the
 * same id, and does not take back what it leaves out or says nothing of.
 */
export class LangfuseBatch {
  // Maps, so that no key of the data is a key of ours, and an update costs no more than what it states.
  readonly #rows = new Map<
    string,
    { kind: IngestedKind; fields: Map<string, unknown>; metadata: Map<string, unknown> }
  >();

  add(event: JsonObject): void {
    const body = event['body'] as JsonObject;
    const subject = (event['type'] as string).replace(/-(create|update)$/, '');
    const kind = subject === 'trace' || subject === 'score' ? subject : 'observation';
    const id = typeof body['id'] === 'string' ? body['id'] : asText(event['id']);
    const key = `${kind} ${id}`;
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = { kind, fields: new Map(), metadata: new Map() }));
    for (const [name, value] of Object.entries(body)) {
      if (value === undefined || value === null) continue;
      // The SDK states the moment of the update when it adds to a trace.
      if (kind === 'trace' && name === 'timestamp' && row.fields.has(name)) continue;
      if (name !== 'metadata' || !isObject(value)) row.fields.set(name, value);
      else for (const [inner, item] of Object.entries(value)) row.metadata.set(inner, item);
    }
    row.fields.set('id', id);
    if (kind === 'observation' && subject !== 'observation') row.fields.set('type', subject.toUpperCase());
  }

  *rows(): Generator<{ kind: IngestedKind; row: JsonObject }> {
    for (const { kind, fields, metadata } of this.#rows.values()) {
      if (metadata.size) fields.set('metadata', Object.fromEntries(metadata));
      yield { kind, row: Object.fromEntries(fields) };
    }
  }
}
