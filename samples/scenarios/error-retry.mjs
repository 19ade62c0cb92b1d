import { setTimeout as sleep } from 'node:timers/promises';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import * as traceloop from '@traceloop/node-server-sdk';
import OpenAI from 'openai';

export const name = 'error-retry';
export const title = 'Errors and retries: a refund that took two attempts';
export const about =
  'A tool fails and is called again; then the model answers 429, and the same request goes through a second later.';
export const packages = ['@traceloop/node-server-sdk', '@traceloop/instrumentation-openai', 'openai'];

const isDraft = ({ last }) => last.startsWith('Write the reply');

export const replies = [
  {
    when: ({ last }) => last.startsWith('My teapot'),
    toolCalls: [{ name: 'lookup_order', arguments: { order_id: 'A-10482' } }],
  },
  {
    when: ({ last }) => last.includes('ceramic teapot'),
    text: 'REFUND: delivered 3 days ago, inside the 30-day window, damage reported with a photo. Amount: $38.00.',
  },
  {
    when: isDraft,
    times: 1,
    error: {
      status: 429,
      code: 'rate_limit_exceeded',
      message:
        'Rate limit reached for gpt-4.1 in organization org-sample on requests per min (RPM): Limit 3, Used 3, ' +
        'Requested 1. Please try again in 1s.',
      retryAfter: 1,
    },
  },
  {
    when: isDraft,
    text: [
      'Hello Mara,\n\nI am sorry that the teapot reached you with a cracked lid. I have refunded $38.00 to your card; ',
      'it takes three to five days to appear. There is no need to send the teapot back.\n\nKind regards,\nTheo',
    ].join(''),
  },
];

const email = 'My teapot (order A-10482) arrived with a cracked lid, photo attached. Can I get my money back? Mara';

const lookupOrderDefinition = {
  type: 'function',
  function: {
    name: 'lookup_order',
    description: 'Find an order by its number',
    parameters: { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] },
  },
};

function createOrderService() {
  let requests = 0;
  return async (orderId) => {
    requests += 1;
    await sleep(requests === 1 ? 400 : 120);
    if (requests === 1) throw new Error('orders-db: connection timed out after 400 ms');
    return { order_id: orderId, item: 'ceramic teapot', total: '38.00 USD', delivered: '3 days ago' };
  };
}

// withTool ends its span only when the function returns; after a throw the span would never be recorded. So the error
// is written on the span here, and returned.
async function recordFailure(work) {
  try {
    return { result: await work() };
  } catch (error) {
    const span = trace.getActiveSpan();
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    return { error: error.message };
  }
}

async function lookupOrder(orderService, orderId) {
  const attempt = () =>
    traceloop.withTool({ name: 'lookup_order' }, (order) => recordFailure(() => orderService(order)), orderId);
  const first = await attempt();
  return first.error ? attempt() : first;
}

async function decide(client, orderService) {
  const request = { model: 'gpt-4.1-mini', temperature: 0.1, tools: [lookupOrderDefinition] };
  const messages = [
    {
      role: 'system',
      content: 'You decide on refunds. Look the order up first. Answer with REFUND or REJECT and why.',
    },
    { role: 'user', content: email },
  ];
  const first = await client.chat.completions.create({ ...request, messages });
  const { message } = first.choices[0];
  const [call] = message.tool_calls;
  const found = await lookupOrder(orderService, JSON.parse(call.function.arguments).order_id);
  const conversation = [...messages, message, { role: 'tool', tool_call_id: call.id, content: JSON.stringify(found) }];
  const second = await client.chat.completions.create({ ...request, messages: conversation });
  return second.choices[0].message.content;
}

// The reply goes through the Responses API: there Traceloop ends the span of a failed request with the error on it
// (if the request is a streamed one), which it does not for chat completions. After the 429, a plain request is made.
async function writeReply(client, decision) {
  const request = {
    model: 'gpt-4.1',
    temperature: 0.7,
    input: `Write the reply to this customer.\n${email}\n${decision}`,
  };
  try {
    return await client.responses.create({ ...request, stream: true });
  } catch (error) {
    if (!(error instanceof OpenAI.RateLimitError)) throw error;
    await sleep(Number(error.headers.get('retry-after')) * 1000);
    const response = await client.responses.create(request);
    return response.output_text;
  }
}

export async function run({ baseURL }) {
  // The OpenTelemetry SDK that Traceloop starts would put the host, the process and its user into the resource.
  process.env.OTEL_NODE_RESOURCE_DETECTORS = 'none';
  const exporter = new InMemorySpanExporter();
  traceloop.initialize({
    appName: 'refund-desk',
    exporter,
    disableBatch: true,
    traceloopSyncEnabled: false,
    silenceInitializationMessage: true,
    instrumentModules: { openAI: OpenAI },
  });

  // The client retries by itself unless it is told not to, and its retries have no span.
  const client = new OpenAI({ baseURL, apiKey: 'not-needed', maxRetries: 0 });
  const orderService = createOrderService();
  const workflow = {
    name: 'handle_refund_email',
    associationProperties: { user_id: 'user-57', session_id: 'session-e20b' },
  };
  await traceloop.withWorkflow(
    workflow,
    async (text) => {
      const decision = await traceloop.withTask({ name: 'decide', inputParameters: [text] }, () =>
        decide(client, orderService),
      );
      return traceloop.withTask({ name: 'write_reply' }, (reason) => writeReply(client, reason), decision);
    },
    email,
  );
  await traceloop.forceFlush();
  return exporter.getFinishedSpans();
}
