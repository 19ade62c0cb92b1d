import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { RequestContext } from '@mastra/core/request-context';
import { createTool } from '@mastra/core/tools';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { MastraPlatformExporter, Observability } from '@mastra/observability';
import { z } from 'zod';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

const summaryText = 'You sum up a conversation in one line.';
const summary = 'Parcel 4711 is at customs; the customs due are not known.';

export const replies = [{ when: ({ system }) => system.includes(summaryText), text: summary }, ...story.replies];

const asTool = (id, execute) =>
  createTool({ id, description: story.toolTexts[id], inputSchema: z.object({ parcel: z.string() }), execute });

export async function run({ modelURL, collector }) {
  const model = { id: `openai/${story.model}`, url: modelURL, apiKey: 'sk-local' };
  const agent = new Agent({
    id: 'parcels',
    name: 'parcels',
    instructions: story.systemPrompt,
    model,
    tools: {
      look_up_parcel: asTool('look_up_parcel', story.lookUpParcel),
      check_customs: asTool('check_customs', story.checkCustoms),
    },
  });

  const summarizer = new Agent({ id: 'summary', name: 'summary', instructions: summaryText, model });

  const documents = z.array(z.any());
  const search = createStep({
    id: 'search help pages',
    inputSchema: z.object({ question: z.string() }),
    outputSchema: z.object({ documents }),
    execute: async () => ({ documents: await story.searchHelpPages() }),
  });
  const answer = createStep({
    id: 'answer',
    inputSchema: z.object({ documents }),
    outputSchema: z.object({ answer: z.string() }),
    execute: async ({ inputData, tracingContext }) => {
      const stream = await agent.stream(story.firstMessages(inputData.documents), {
        tracingContext,
        modelSettings: { temperature: 0 },
      });
      return { answer: await stream.text };
    },
  });
  // A streamed answer of such a model has no usage, because Mastra does not ask for it; this one has.
  const sumUp = createStep({
    id: 'sum up',
    inputSchema: z.object({ answer: z.string() }),
    outputSchema: z.object({ answer: z.string(), summary: z.string() }),
    execute: async ({ inputData, tracingContext }) => {
      const { text } = await summarizer.generate(inputData.answer, { tracingContext });
      return { ...inputData, summary: text };
    },
  });
  const workflow = createWorkflow({
    id: 'support question',
    inputSchema: z.object({ question: z.string() }),
    outputSchema: z.object({ answer: z.string(), summary: z.string() }),
  })
    .then(search)
    .then(answer)
    .then(sumUp)
    .commit();

  const exporter = new MastraPlatformExporter({
    endpoint: collector.url,
    accessToken: 'sk-local',
    resolveFromEnv: false,
  });
  const observability = new Observability({
    configs: {
      default: { serviceName: 'support', exporters: [exporter], requestContextKeys: ['userId', 'sessionId'] },
    },
  });
  const mastra = new Mastra({
    workflows: { support: workflow },
    agents: { parcels: agent, summary: summarizer },
    observability,
    logger: false,
  });

  const requestContext = new RequestContext([
    ['userId', story.user],
    ['sessionId', story.session],
  ]);
  const started = await mastra.getWorkflow('support').createRun();
  const { traceId } = await started.start({
    inputData: { question: story.question },
    requestContext,
    tracingOptions: { metadata: { userId: story.user, sessionId: story.session }, tags: ['support', 'parcels'] },
  });
  const { name, value, comment } = story.score;
  await observability.addScore({
    correlationContext: { traceId },
    traceId,
    score: { scorerId: name, score: value, reason: comment },
  });
  await exporter.flush();
  await mastra.shutdown();
  // Logs and metrics are sent too.
  const spans = collector.bodies(/\/spans\/publish$/);
  return { 'mastra.jsonl': toLines([...spans, ...collector.bodies(/\/scores\/publish$/)]) };
}
