import type { SpanMeaning, SpanRecord } from '../model/index.js';
import { aiSdkSpansMeaning } from './ai-sdk-meaning.js';
import { datadogApmMeaning } from './datadog-apm-meaning.js';
import { genAiMeaning } from './genai-meaning.js';
import { genAiEventsMeaning } from './genai-events-meaning.js';
import { genkitMeaning } from './genkit-meaning.js';
import { googleAdkMeaning } from './google-adk-meaning.js';
import { honeyHiveSpansMeaning } from './honeyhive-meaning.js';
import { laminarMeaning } from './laminar-meaning.js';
import { langfuseMeaning } from './langfuse-meaning.js';
import { langSmithAttributesMeaning } from './langsmith-meaning.js';
import { liveKitMeaning } from './livekit-meaning.js';
import { logfireMeaning } from './logfire-meaning.js';
import { mlflowAttributesMeaning } from './mlflow-meaning.js';
import { openInferenceMeaning } from './openinference-meaning.js';
import { openLlmetryMeaning } from './openllmetry-meaning.js';
import { orqMeaning } from './orq-meaning.js';
import { openTelemetryMeaning } from './otel-meaning.js';
import { plainMeaning } from './plain-meaning.js';

/**
 * What a record says in each vocabulary; absent parts are not said in it. Cheap where it says nothing. Where two say the same of a
 * span, the earlier one is believed.
 */
export const meanings: readonly ((record: SpanRecord) => SpanMeaning)[] = [
  openInferenceMeaning,
  langfuseMeaning,
  langSmithAttributesMeaning,
  // Before OpenTelemetry's: it writes a tool's arguments under both, wrapped, and knows how to unwrap them.
  openLlmetryMeaning,
  genAiMeaning,
  genAiEventsMeaning,
  aiSdkSpansMeaning,
  logfireMeaning,
  genkitMeaning,
  mlflowAttributesMeaning,
  googleAdkMeaning,
  liveKitMeaning,
  laminarMeaning,
  orqMeaning,
  honeyHiveSpansMeaning,
  datadogApmMeaning,
  openTelemetryMeaning,
  plainMeaning,
];
