import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { spanRecord } from './test-spans.js';

describe('OpenTelemetry', () => {
  it('reads exceptions from events, and from attributes only where there is no event', () => {
    const event = [
      'exception',
      { 'exception.type': 'E', 'exception.message': 'm', 'exception.stacktrace': 'at x' },
    ] as const;
    expect(interpret(spanRecord({ 'error.type': 'E' }, [event, ['log', {}]]))).to.deep.equal({
      exceptions: [{ type: 'E', message: 'm', stacktrace: 'at x', time: 1 }],
    });
    expect(interpret(spanRecord({ 'error.type': 'timeout', 'exception.message': 'late' }))).to.deep.equal({
      exceptions: [{ type: 'timeout', message: 'late' }],
    });
    expect(interpret(spanRecord({ 'http.method': 'GET' }))).to.deep.equal({});
  });
});
