import { knowsAll, learn } from './outline-draft.js';

/** How keys begin that only further vocabularies have. A test holds it against them. */
const FURTHER_KEYS =
  /^(?:langfuse|langsmith|traceloop|llm\.usage|db\.vector|ai|logfire|pydantic_ai|mlflow|gcp\.vertex|lk|lmnr|orq|honeyhive|_dd|openai|vllm)[._]|^genkit:|^(?:llm\.request\.type|operation\.name|model_name|tool_response)$|^gen_ai\.usage\.(?:input_cost|output_cost|reasoning_output_tokens)$/;

/** How spans are named of which a further vocabulary tells the kind by the name. */
const FURTHER_NAMES = /^(?:ai\.|agent_|assistant_turn|call_llm|execute_tool|llm_|function_tool)/;

/** Keys by which those that are there state the kind: the name is asked where none does. */
const KIND_KEYS = new Set(['openinference.span.kind', 'gen_ai.operation.name']);

export const statesKind = (key: string): boolean => KIND_KEYS.has(key);

/** Whether a vocabulary that is not there at first may say something of a span that has such a key. */
export const isFurtherKey = (key: string): boolean => FURTHER_KEYS.test(key);

/** Whether one may say something of a span that is named so. */
export const isFurtherName = (name: string): boolean => FURTHER_NAMES.test(name);

/** What says all that attributes say of outlines. Spans that are asked before may be told of less. */
export const furtherOutlines = {
  get isThere(): boolean {
    return knowsAll();
  },
  async load(): Promise<void> {
    if (!knowsAll()) learn((await import('./registry.js')).conventions);
  },
};
