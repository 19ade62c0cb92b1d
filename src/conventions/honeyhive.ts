import { kind, text, type Convention, type OutlineRule } from './convention.js';

/**
 * HoneyHive over OpenTelemetry (honeyhiveai/python-sdk, src/honeyhive/tracer/): objects either as JSON text under one key
 * (`honeyhive_inputs`), or written out in dotted keys (`honeyhive_inputs._params_.question`).
 */
export const honeyHiveSpans: Convention = {
  name: 'HoneyHive',
  outline: new Map<string, OutlineRule>([
    ['honeyhive_event_type', kind(1, { model: 'llm', tool: 'tool', chain: 'chain' })],
    ['honeyhive.session_id', text('sessionId', 3)],
    ['honeyhive_user_id', text('userId', 3)],
  ]),
};
