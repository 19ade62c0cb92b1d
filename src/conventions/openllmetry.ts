import { count, kind, marks, model, text, type Convention } from './convention.js';

/**
 * OpenLLMetry, the vocabulary of Traceloop (traceloop/openllmetry, packages/opentelemetry-semantic-conventions-ai/
 * opentelemetry/semconv_ai/__init__.py). Its newer versions write OpenTelemetry's GenAI attributes beside their own.
 */
export const openLlmetry: Convention = {
  name: 'OpenLLMetry',
  outline: new Map([
    ['traceloop.span.kind', kind(1, { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' })],
    ['llm.request.type', kind(4, { chat: 'llm', completion: 'llm', embedding: 'embedding', rerank: 'reranker' })],
    ['db.vector.query.top_k', marks('retriever', 5)],
    ['db.vector.query.id', marks('retriever', 5)],
    ['traceloop.association.properties.ls_model_name', model(5)],
    ['llm.usage.total_tokens', count('total', 4)],
    ['traceloop.association.properties.session_id', text('sessionId', 4)],
    ['traceloop.association.properties.user_id', text('userId', 4)],
  ]),
};
