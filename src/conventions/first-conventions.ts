import type { Convention } from './convention.js';
import { genAi } from './genai.js';
import { llmTraceKit } from './llm-trace-kit.js';
import { openInference } from './openinference.js';
import { openTelemetry } from './otel.js';

/** The vocabularies that are there at first; `registry.ts` has all, and is loaded when one of the others is met (`outlines.ts`). */
export const firstConventions: readonly Convention[] = [llmTraceKit, openInference, genAi, openTelemetry];
