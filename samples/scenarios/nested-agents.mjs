import { setTimeout as sleep } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import {
  getDocumentAttributes,
  getEvaluationAttributes,
  getInputAttributes,
  getRetrieverAttributes,
  setMetadata,
  setSession,
  setTags,
  setUser,
  traceAgent,
  traceChain,
  traceEvaluator,
  traceGuardrail,
  traceReranker,
  traceRetriever,
} from '@arizeai/openinference-core';
import { SemanticConventions } from '@arizeai/openinference-semantic-conventions';
import { defineTool, runAgentLoop, startOpenInference } from '../openinference.mjs';

export const name = 'nested-agents';
export const title = 'Supervisor and two sub-agents: why checkout was slow';
export const about =
  'Two agents work at the same time, each with models and tools, between a guardrail and an evaluator of the report.';
export const packages = ['@arizeai/openinference-instrumentation-openai', '@arizeai/openinference-core', 'openai'];

const question = 'Checkout was slow on Tuesday. What happened, and what should we tell the shops that complained?';

const findings = {
  metrics:
    'Checkout p95 rose from 410 ms to 2.9 s between 14:05 and 15:40 UTC. It began three minutes after release 811 of ' +
    'the pricing service, which dropped the cache of tax rates: every cart asked the tax provider again. Release 812 ' +
    'restored the cache at 15:38.',
  tickets:
    '23 shops wrote in. 17 saw slow payment pages, 6 saw a second charge that was in fact a pending authorization; ' +
    'the status guide says these disappear within 24 hours. No shop lost an order.',
};

const report = [
  '**What happened.** From 14:05 to 15:40 UTC on Tuesday, checkout took up to 2.9 s instead of 0.4 s. Release 811 of ',
  'the pricing service had dropped its cache of tax rates. Release 812 restored it.\n\n',
  '**What to tell the shops.** Pages were slow, and no order was lost. What looks like a second charge is a pending ',
  'authorization and disappears within 24 hours.\n\n',
  '**Next.** Add an alert on the rate of calls to the tax provider, which would have fired at 14:07.',
].join('');

const isMetricsAnalyst = ({ system }) => system.includes('You are the metrics analyst');
const isSupportAnalyst = ({ system }) => system.includes('You are the support analyst');
const isSupervisor = ({ system }) => system.includes('You lead two analysts');

export const replies = [
  { when: ({ system }) => system.includes('Classify'), text: '{"allowed": true, "topic": "incident"}' },
  {
    when: ({ system }) => system.includes('Grade the report'),
    reasoning:
      'Check every claim. Times 14:05 to 15:40: in the findings. 2.9 s and 0.4 s: the same, rounded. ' +
      'Release 811, cache of tax rates, 812: yes. No order lost: yes. 24 hours: yes. The alert at 14:07 is advice ' +
      'and its time is not in the findings, a small leap.',
    text: JSON.stringify({
      score: 0.9,
      label: 'grounded',
      explanation: 'All facts are in the findings; the time of the alert is a guess.',
    }),
  },
  {
    when: (conversation) => isSupervisor(conversation) && conversation.last === question,
    toolCalls: [
      { name: 'ask_metrics_analyst', arguments: { task: 'Find what made checkout slow on Tuesday, with times.' } },
      { name: 'ask_support_analyst', arguments: { task: 'Find what the shops reported on Tuesday, and how many.' } },
    ],
  },
  {
    when: isSupervisor,
    reasoning:
      'The rise began three minutes after release 811 and ended with 812, so the cause is the dropped cache. The ' +
      'second charges are authorizations: say so, since that is what worries shops most. No order lost. Keep it ' +
      'short, and propose an alert because the team noticed late.',
    text: report,
  },
  {
    when: (conversation) => isMetricsAnalyst(conversation) && conversation.last.startsWith('Find what made'),
    toolCalls: [
      { name: 'query_metrics', arguments: { metric: 'checkout.latency.p95', from: '13:00', to: '17:00' } },
      { name: 'list_releases', arguments: { from: '13:00', to: '17:00' } },
    ],
  },
  {
    when: (conversation) => isMetricsAnalyst(conversation) && conversation.last.includes('"release":811'),
    reasoning:
      'The jump at 14:05 is three minutes after release 811 of pricing at 14:02. Payments was released at 13:10, ' +
      'long before. Look at the diff of 811 to see whether it touches the path of the cart.',
    toolCalls: [{ name: 'read_diff', arguments: { service: 'pricing', release: 811 } }],
  },
  {
    when: (conversation) => isMetricsAnalyst(conversation) && conversation.last.includes('taxRates'),
    reasoning: 'The cache of tax rates is gone in 811, and 812 puts it back at 15:38. That explains start and end.',
    text: findings.metrics,
  },
  {
    when: (conversation) => isSupportAnalyst(conversation) && conversation.last.startsWith('Find what the shops'),
    toolCalls: [
      { name: 'search_tickets', arguments: { words: 'checkout slow', day: 'Tuesday' } },
      { name: 'search_guides', arguments: { query: 'customer sees a second charge' } },
    ],
  },
  {
    when: (conversation) => isSupportAnalyst(conversation) && conversation.last.includes('authorization'),
    toolCalls: [{ name: 'count_by_topic', arguments: { tickets: 23 } }],
  },
  { when: isSupportAnalyst, text: findings.tickets },
];

const text = { type: 'string' };
const number = { type: 'number' };

const metricsTools = [
  defineTool({
    name: 'query_metrics',
    description: 'Values of a metric over time, in UTC',
    properties: { metric: text, from: text, to: text },
    execute: async () => {
      await sleep(310);
      return { '13:00': 405, '14:00': 412, '14:05': 1890, '14:30': 2900, '15:30': 2870, '15:40': 520, '16:00': 409 };
    },
  }),
  defineTool({
    name: 'list_releases',
    description: 'Releases of all services within a time, in UTC',
    properties: { from: text, to: text },
    execute: async () => {
      await sleep(140);
      return [
        { at: '13:10', service: 'payments', release: 302 },
        { at: '14:02', service: 'pricing', release: 811 },
        { at: '15:38', service: 'pricing', release: 812 },
      ];
    },
  }),
  defineTool({
    name: 'read_diff',
    description: 'What a release changed',
    properties: { service: text, release: number },
    execute: async () => {
      await sleep(90);
      return '- const rate = await cache.through(taxRates, region);\n+ const rate = await taxProvider.rate(region);';
    },
  }),
];

const guides = [
  {
    id: 'guide-12',
    content: 'Pending authorization: the customer sees a second charge, which disappears within 24 hours.',
    metadata: { section: 'payments' },
  },
  { id: 'guide-31', content: 'How to refund a charge from the dashboard.', metadata: { section: 'payments' } },
  { id: 'guide-07', content: 'How the customer changes the delivery address.', metadata: { section: 'orders' } },
];

function createSupportTools(client) {
  const retrieve = traceRetriever(
    async (query) => {
      const { data } = await client.embeddings.create({
        model: 'text-embedding-3-small',
        input: [query, ...guides.map(({ content }) => content)],
        encoding_format: 'float',
      });
      const [queryVector, ...vectors] = data.map(({ embedding }) => embedding);
      const similarity = (vector) => vector.reduce((sum, value, index) => sum + value * queryVector[index], 0);
      return guides
        .map((guide, index) => ({ ...guide, score: Number(similarity(vectors[index]).toFixed(4)) }))
        .sort((left, right) => right.score - left.score);
    },
    { name: 'guide_index', processOutput: (documents) => getRetrieverAttributes({ documents }) },
  );

  const documentAttributes = (documents, prefix) =>
    Object.assign({}, ...documents.map((document, index) => getDocumentAttributes(document, index, prefix)));

  const rerank = traceReranker(
    async (query, documents) => {
      await sleep(45);
      const words = query.split(' ');
      return documents
        .map(({ id, content }) => {
          const shared = words.filter((word) => content.includes(word)).length;
          return { id, content, score: Number((shared / words.length).toFixed(2)) };
        })
        .sort((left, right) => right.score - left.score)
        .slice(0, 2);
    },
    {
      name: 'rerank_guides',
      attributes: {
        [SemanticConventions.RERANKER_MODEL_NAME]: 'shared-words',
        [SemanticConventions.RERANKER_TOP_K]: 2,
      },
      processInput: (query, documents) => ({
        [SemanticConventions.RERANKER_QUERY]: query,
        ...getInputAttributes(query),
        ...documentAttributes(documents, SemanticConventions.RERANKER_INPUT_DOCUMENTS),
      }),
      processOutput: (documents) => documentAttributes(documents, SemanticConventions.RERANKER_OUTPUT_DOCUMENTS),
    },
  );

  return [
    defineTool({
      name: 'search_tickets',
      description: 'Support tickets that contain these words',
      properties: { words: text, day: text },
      execute: async () => {
        await sleep(230);
        return { found: 23, examples: ['Payment page takes forever', 'My buyer was charged twice, please help'] };
      },
    }),
    defineTool({
      name: 'search_guides',
      description: 'Pages of the status guide that are near to a question',
      properties: { query: text },
      execute: async ({ query }) => rerank(query, await retrieve(query)),
    }),
    defineTool({
      name: 'count_by_topic',
      description: 'Number of tickets of each topic',
      properties: { tickets: number },
      execute: async () => {
        await sleep(60);
        return { 'slow payment page': 17, 'second charge': 6, 'lost order': 0 };
      },
    }),
  ];
}

const agentAttributes = (agentName) => ({ [SemanticConventions.AGENT_NAME]: agentName });

function createSupervisor(client) {
  const metricsAnalyst = traceAgent(
    async ({ task }) =>
      runAgentLoop({
        client,
        task,
        model: 'o4-mini',
        instructions: 'You are the metrics analyst. Find causes in metrics and releases. Give times in UTC.',
        tools: metricsTools,
        settings: { reasoning_effort: 'low' },
      }),
    { name: 'metrics_analyst', attributes: agentAttributes('metrics_analyst') },
  );

  const supportAnalyst = traceAgent(
    async ({ task }) =>
      runAgentLoop({
        client,
        task,
        model: 'gpt-4.1-mini',
        instructions: 'You are the support analyst. Count what customers report, and find what our guides say on it.',
        tools: createSupportTools(client),
        settings: { temperature: 0 },
      }),
    { name: 'support_analyst', attributes: agentAttributes('support_analyst') },
  );

  return traceAgent(
    async (task) =>
      runAgentLoop({
        client,
        task,
        model: 'o4-mini',
        instructions:
          'You lead two analysts. Ask them, then write a short report with the cause and a message to the shops.',
        tools: [delegate('ask_metrics_analyst', metricsAnalyst), delegate('ask_support_analyst', supportAnalyst)],
        settings: { reasoning_effort: 'medium' },
      }),
    { name: 'supervisor', attributes: agentAttributes('supervisor') },
  );
}

// Not made with defineTool: a sub-agent has a span of its own, which a tool's span around it would only repeat.
function delegate(toolName, agent) {
  const parameters = { type: 'object', properties: { task: text }, required: ['task'] };
  const description = 'Give a task to this analyst';
  return {
    name: toolName,
    definition: { type: 'function', function: { name: toolName, description, parameters } },
    call: agent,
  };
}

export async function run({ baseURL }) {
  const { client, finishedSpans } = startOpenInference('incident-desk', baseURL);

  const askJson = async (model, instructions, content, settings) => {
    const completion = await client.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content },
      ],
      response_format: { type: 'json_object' },
      ...settings,
    });
    return JSON.parse(completion.choices[0].message.content);
  };

  const checkQuestion = traceGuardrail(
    async (content) =>
      askJson(
        'gpt-4.1-nano',
        'Classify the question. Allow questions on incidents of our shop platform only. JSON.',
        content,
      ),
    { name: 'topic_guardrail' },
  );

  const gradeReport = traceEvaluator(
    async (written) =>
      askJson(
        'o4-mini',
        'Grade the report: is every fact in it supported by the findings? JSON with score, label and explanation.',
        `Findings:\n${findings.metrics}\n${findings.tickets}\n\nReport:\n${written}`,
        { reasoning_effort: 'low' },
      ),
    {
      name: 'groundedness',
      processOutput: (grade) => getEvaluationAttributes({ evaluations: [{ name: 'groundedness', ...grade }] }),
    },
  );

  const supervise = createSupervisor(client);
  const answer = traceChain(
    async (content) => {
      await checkQuestion(content);
      const written = await supervise(content);
      await gradeReport(written);
      return written;
    },
    { name: 'incident_report' },
  );

  let request = setSession(context.active(), { sessionId: 'session-c55d' });
  request = setUser(request, { userId: 'user-9' });
  request = setTags(request, ['incident', 'multi-agent']);
  request = setMetadata(request, { team: 'shop-platform', incident: 'INC-204' });
  await context.with(request, () => answer(question));
  return finishedSpans();
}
