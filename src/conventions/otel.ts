import { text, type Convention } from './convention.js';

/**
 * What OpenTelemetry says of any span: exceptions (open-telemetry/semantic-conventions, docs/exceptions/
 * exceptions-spans.md), errors (docs/registry/attributes/error.md) and users.
 */
export const openTelemetry: Convention = {
  name: 'OpenTelemetry',
  outline: new Map([['enduser.id', text('userId', 5)]]),
};
