import type { Payload, Span } from '../../model/index.js';
import { chatMessages, type ChatMessage } from './chat-messages.js';

/** One example of a dataset. */
export interface DatasetExample {
  /** What went in. A conversation is `{ messages }` in the shape of OpenAI's chat completions, which most tools take. */
  input: Payload;
  /** What came out. */
  output?: Payload;
  /** What should have come out. */
  expected?: Payload;
  /** Where it comes from, and what the page adds. */
  metadata?: Readonly<Record<string, unknown>>;
}

/** The input of an example that is a conversation. */
export interface Conversation {
  messages: readonly ChatMessage[];
}

export interface ExampleOptions {
  /** What should have come out, where the page knows it. The span's own output is never taken for it. */
  expected?: (span: Span) => Payload | undefined;
  /** What the page adds. */
  metadata?: (span: Span) => Readonly<Record<string, unknown>> | undefined;
}

/**
 * Spans as examples. Spans without an input make none. Reasoning is left out: it is no part of what is asked or expected.
 *
 * Those that a query finds (`llm-trace-kit/analysis`):
 *
 *     const search = searchSpans(trace, parseQuery('kind:llm status:error'));
 *     await finishSearch(search);
 *     datasetExamples([...trace.spans].filter(({ index }) => search.matches[index]));
 */
export function datasetExamples(spans: Iterable<Span>, options: ExampleOptions = {}): DatasetExample[] {
  const examples: DatasetExample[] = [];
  for (const span of spans) {
    const { input, output } = contentOf(span);
    if (input === undefined) continue;
    const expected = options.expected?.(span);
    examples.push({
      input,
      ...(output !== undefined && { output }),
      ...(expected !== undefined && { expected }),
      metadata: { ...originOf(span), ...options.metadata?.(span) },
    });
  }
  return examples;
}

function contentOf({ messages, input, output }: Span): { input: Payload | undefined; output: Payload | undefined } {
  const given = chatMessages(messages.filter(({ origin }) => origin === 'input'));
  if (given.length === 0) return { input, output };
  const written = chatMessages(messages.filter(({ origin }) => origin === 'output'));
  return {
    input: { messages: given },
    // One message is the answer; several stay a list.
    output: written.length > 1 ? { messages: written } : (written[0] ?? output),
  };
}

function originOf({ traceId, id, name, kind, model }: Span): Record<string, unknown> {
  return { trace_id: traceId, span_id: id, span_name: name, span_kind: kind, ...(model !== undefined && { model }) };
}
