import type { TracerSpan } from 'llm-trace-kit/tracer';
import type OpenAI from 'openai';
import { runTool, tools } from './tools.js';

/** A model that calls tools again and again is stopped. */
const MOST_STEPS = 6;

const INSTRUCTIONS =
  'You are the assistant of a small outdoor shop. Answer briefly. Look things up with the tools; say so when they tell ' +
  'you nothing.';

export interface Request {
  /** A client that is wrapped by `wrapOpenAI`. */
  openai: OpenAI;
  model: string;
  /** What was said so far, and the question. */
  messages: readonly OpenAI.ChatCompletionMessageParam[];
  signal: AbortSignal;
  /** Told of what is written so far. */
  onText(text: string): void;
  /** Told of the tools that are called, by name. */
  onTools(names: readonly string[]): void;
}

/** Asks the model, runs the tools that it calls, all of one step at once, and asks again, until it has an answer. */
export async function answer(span: TracerSpan, request: Request): Promise<string> {
  const { model, signal, onText, onTools } = request;
  // Calls of this client are children of the span.
  const openai = span.use(request.openai);
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: INSTRUCTIONS },
    ...request.messages,
  ];
  for (let step = 0; step < MOST_STEPS; step++) {
    const stream = openai.chat.completions
      .stream({ model, messages, tools, stream_options: { include_usage: true } }, { signal })
      .on('content', (_delta, text) => onText(text));
    const { content, tool_calls = [] } = await stream.finalMessage();
    const calls = tool_calls.filter((call) => call.type === 'function');
    if (calls.length === 0) return content ?? '';

    messages.push({ role: 'assistant', content, tool_calls: calls });
    onTools(calls.map((call) => call.function.name));
    const results = calls.map(async ({ id, function: { name, arguments: args } }) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: await runTool(span, name, args),
    }));
    messages.push(...(await Promise.all(results)));
  }
  throw new Error(`There was no answer after ${MOST_STEPS} steps.`);
}
