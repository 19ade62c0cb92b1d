import { isObject, type JsonObject } from '../../payloads/json-value.js';

/** A span as a GraphQL answer has it, whatever of it was asked for. */
export const isGraphQlSpan = (node: JsonObject): boolean =>
  typeof idIn(node) === 'string' &&
  'spanKind' in node &&
  ('startTime' in node || 'attributes' in node || 'name' in node);

const idIn = (node: JsonObject): unknown =>
  node['spanId'] ?? (isObject(node['context']) ? node['context']['spanId'] : undefined);

/**
 * The spans anywhere in the `data` of an answer: what holds them depends on the question (`node.spans`, `node.trace.spans`,
 * `projects.edges[].node.spans`), and Relay puts `edges` and `node` around each. A span below a trace that is named
 * around it takes its id from there. Looks at `most` values at most; without recursion.
 */
export function* graphQlSpans(data: unknown, most = Infinity): Generator<JsonObject> {
  const waiting: { value: unknown; traceId: unknown }[] = [{ value: data, traceId: undefined }];
  let seen = 0;
  for (let next = waiting.pop(); next && seen++ < most; next = waiting.pop()) {
    const { value } = next;
    let { traceId } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value)) {
      if (typeof value['traceId'] === 'string') traceId = value['traceId'];
      if (isGraphQlSpan(value)) {
        yield traceId === undefined || traceId === value['traceId'] ? value : { ...value, traceId };
        continue;
      }
    }
    // From the last, so that the first is the next.
    const inner: unknown[] = Object.values(value);
    for (let at = inner.length - 1; at >= 0; at--) waiting.push({ value: inner[at], traceId });
  }
}
