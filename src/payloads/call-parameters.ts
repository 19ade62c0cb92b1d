import { isRecord, type JsonRecord } from './json-record.js';

/** What is content rather than a parameter of the call. */
const CONTENT: ReadonlySet<string> = new Set([
  ...['model', 'modelId', 'messages', 'input', 'prompt', 'system', 'instructions', 'contents', 'inputText', 'tools'],
  ...['systemInstruction', 'system_instruction', 'toolConfig', 'functions', 'metadata', 'user', 'conversation'],
]);

/** Parameters that stand in an object of their own. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['generationConfig', 'generation_config', 'config', 'inferenceConfig', 'options', 'textGenerationConfig'],
]);

/** How a provider's request body says that the model is to be called, by the provider's own names. */
export function callParameters(request: JsonRecord): Readonly<Record<string, unknown>> | undefined {
  const parameters = new Map<string, unknown>();
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined || value === null || CONTENT.has(name)) continue;
    if (GROUPS.has(name) && isRecord(value)) {
      for (const [inner, item] of Object.entries(value)) if (!CONTENT.has(inner)) parameters.set(inner, item);
    } else parameters.set(name, value);
  }
  return parameters.size ? Object.fromEntries(parameters) : undefined;
}
