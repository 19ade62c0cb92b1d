import { agentOps } from './agentops.js';
import { attributeMap } from './attribute-map.js';
import { braintrust } from './braintrust.js';
import { chromeTrace } from './chrome-trace/chrome-trace.js';
import { claudeCode } from './claude-code/claude-code.js';
import { datadogApm } from './datadog/datadog-apm.js';
import { datadogLlmObs } from './datadog/datadog-llmobs.js';
import type { Format } from './format.js';
import { har } from './provider/har.js';
import { helicone } from './helicone/helicone.js';
import { honeyHive } from './honeyhive.js';
import { internalsFile } from './internals-file.js';
import { jaeger } from './jaeger/jaeger.js';
import { klu } from './klu.js';
import { langChainEvents } from './langchain/langchain-events.js';
import { langfuse } from './langfuse/langfuse.js';
import { langGraphStream } from './langchain/langgraph-stream.js';
import { langSmith } from './langchain/langsmith.js';
import { logfireRows } from './logfire-rows.js';
import { llmServingSim } from './serving/llm-serving-sim.js';
import { mastra } from './mastra.js';
import { mlflow } from './mlflow/mlflow.js';
import { openAiAgents } from './openai-agents.js';
import { opik } from './opik/opik.js';
import { otlpProtobuf } from './otlp/otlp-protobuf.js';
import { phoenix } from './phoenix/phoenix.js';
import { portkey } from './portkey.js';
import { providerBody } from './provider/provider-body.js';
import { readableSpan } from './readable-span.js';
import { sse } from './provider/sse.js';
import { tensorBoard } from './training/tensorboard.js';
import { trainerState } from './training/trainer-state.js';
import { wandbHistory } from './training/wandb.js';
import { tempo } from './otlp/tempo.js';
import { vidurRequests } from './serving/vidur.js';
import { weave } from './weave.js';
import { zipkin, zipkinV1 } from './zipkin/zipkin.js';

/**
 * Every other container, in the order in which they are tried: those that are told by a telling shape first. The last
 * one takes what looks like the attributes of a span.
 */
export const furtherFormats: readonly Format[] = [
  readableSpan,
  // Its records have a check: before what bytes may be by chance.
  tensorBoard,
  otlpProtobuf,
  tempo,
  jaeger,
  zipkin,
  zipkinV1,
  chromeTrace,
  datadogApm,
  phoenix,
  langfuse,
  langSmith,
  mlflow,
  honeyHive,
  datadogLlmObs,
  openAiAgents,
  weave,
  braintrust,
  opik,
  helicone,
  portkey,
  logfireRows,
  mastra,
  langChainEvents,
  langGraphStream,
  agentOps,
  klu,
  claudeCode,
  vidurRequests,
  llmServingSim,
  internalsFile,
  trainerState,
  wandbHistory,
  har,
  sse,
  // Told by a few fields that others have too: after all that are told by more.
  providerBody,
  attributeMap,
];
