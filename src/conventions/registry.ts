import { aiSdkSpans } from './ai-sdk.js';
import type { Convention } from './convention.js';
import { genAiEvents } from './genai-events.js';
import { genAi } from './genai.js';
import { genkit } from './genkit.js';
import { langfuse } from './langfuse.js';
import { logfire } from './logfire.js';
import { openInference } from './openinference.js';
import { openLlmetry } from './openllmetry.js';
import { openTelemetry } from './otel.js';
import { plainAttributes } from './plain.js';

/** Every vocabulary that is read. Where two say the same of a span, the earlier one is believed. */
export const conventions: readonly Convention[] = [
  openInference,
  langfuse,
  // Before OpenTelemetry's: it writes a tool's arguments under both, wrapped, and knows how to unwrap them.
  openLlmetry,
  genAi,
  genAiEvents,
  aiSdkSpans,
  logfire,
  genkit,
  openTelemetry,
  plainAttributes,
];
