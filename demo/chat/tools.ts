import type { TracerSpan } from 'llm-trace-kit/tracer';
import type OpenAI from 'openai';
import { calculate } from './arithmetic.js';
import { search } from './retriever.js';

/** A function that the model may call. What it gives goes back to the model; what it throws, too. */
interface Tool {
  description: string;
  parameters: Record<string, { type: string; description: string }>;
  run(args: Record<string, unknown>, span: TracerSpan): unknown;
}

const ORDERS = new Map([
  [
    1042,
    {
      status: 'on its way',
      expected: 'Thursday',
      items: [
        { name: 'tent for two', price: 289, count: 1 },
        { name: 'tent peg', price: 2.5, count: 8 },
      ],
    },
  ],
  [1043, { status: 'delivered', items: [{ name: 'down jacket', price: 179.9, count: 1 }] }],
  [1077, { status: 'being packed', expected: 'next Tuesday', items: [{ name: 'gas stove', price: 64, count: 2 }] }],
]);

const TOOLS = new Map<string, Tool>(
  Object.entries({
    search_documents: {
      description: 'Searches the help pages of the shop: returns, shipping, warranty, repairs, care, payment.',
      parameters: { query: { type: 'string', description: 'What to look for.' } },
      run: ({ query }, span) =>
        // A span of a retriever shows the documents that it gave, with their scores.
        span.child('help pages', { kind: 'retriever', input: query }, () => search(String(query))),
    },
    look_up_order: {
      description: 'Looks up an order by its number.',
      parameters: { order: { type: 'number', description: 'Four digits.' } },
      async run({ order }) {
        // As long as a small server takes.
        await new Promise((resolve) => setTimeout(resolve, 400));
        const found = ORDERS.get(Number(order));
        if (!found) throw new Error(`There is no order ${order}.`);
        return { order, ...found };
      },
    },
    calculate: {
      description: 'Works out an expression of numbers, + - * / and brackets.',
      parameters: { expression: { type: 'string', description: 'For example 3 * (24.90 + 4).' } },
      run: ({ expression }) => ({ expression, result: calculate(String(expression)) }),
    },
    current_time: {
      description: 'Tells date and time in a time zone.',
      parameters: { time_zone: { type: 'string', description: 'An IANA name such as Europe/Oslo.' } },
      run: ({ time_zone }) => ({
        time_zone,
        time: new Date().toLocaleString('en-GB', {
          timeZone: String(time_zone),
          weekday: 'long',
          hour: '2-digit',
          minute: '2-digit',
        }),
      }),
    },
  } satisfies Record<string, Tool>),
);

/** The tools as the model is told of them. */
export const tools: OpenAI.ChatCompletionTool[] = Array.from(TOOLS, ([name, { description, parameters }]) => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: { type: 'object', properties: parameters, required: Object.keys(parameters) },
  },
}));

/** Runs the tool that the model has called, as a child of a span. Never rejects: the model is told what went wrong. */
export async function runTool(parent: TracerSpan, name: string, args: string): Promise<string> {
  try {
    const result = await parent.child(name, { kind: 'tool', input: args }, (span) => {
      const tool = TOOLS.get(name);
      if (!tool) throw new Error(`There is no tool ${name}.`);
      const parsed = JSON.parse(args) as Record<string, unknown>;
      span.setInput(parsed);
      return tool.run(parsed, span);
    });
    return JSON.stringify(result);
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
