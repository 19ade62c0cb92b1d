import { aiSdkSpans } from './ai-sdk.js';
import type { Convention } from './convention.js';
import { datadogApm } from './datadog-apm.js';
import { genAi } from './genai.js';
import { genkit } from './genkit.js';
import { googleAdk } from './google-adk.js';
import { honeyHiveSpans } from './honeyhive.js';
import { laminar } from './laminar.js';
import { langfuse } from './langfuse.js';
import { liveKit } from './livekit.js';
import { llmTraceKit } from './llm-trace-kit.js';
import { langSmithAttributes } from './langsmith.js';
import { logfire } from './logfire.js';
import { mlflowAttributes } from './mlflow.js';
import { openInference } from './openinference.js';
import { openLlmetry } from './openllmetry.js';
import { orq } from './orq.js';
import { openTelemetry } from './otel.js';

/** Every vocabulary that says something of outlines. Where two say the same of a span, the earlier one is believed. */
export const conventions: readonly Convention[] = [
  llmTraceKit,
  openInference,
  langfuse,
  langSmithAttributes,
  // Before OpenTelemetry's: it writes a tool's arguments under both, wrapped, and knows how to unwrap them.
  openLlmetry,
  genAi,
  aiSdkSpans,
  logfire,
  genkit,
  mlflowAttributes,
  googleAdk,
  liveKit,
  laminar,
  orq,
  honeyHiveSpans,
  datadogApm,
  openTelemetry,
];
