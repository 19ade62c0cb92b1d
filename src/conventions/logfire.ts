import { marks, model, text, type Convention } from './convention.js';

/**
 * Pydantic Logfire and Pydantic AI (pydantic/pydantic-ai, pydantic_ai_slim/pydantic_ai/models/instrumented.py; read as in
 * comet-ml/opik, LogfireMappingRules.java and PydanticMappingRules.java).
 */
export const logfire: Convention = {
  name: 'Logfire',
  outline: new Map([
    ['logfire.msg', text('name', 1)],
    ['model_name', model(6)],
    ['pydantic_ai.all_messages', marks('agent', 5)],
    ['pydantic_ai.all_messages_events', marks('agent', 5)],
    ['tool_response', marks('tool', 5)],
  ]),
};
